export type Child = Node | string | undefined | false

interface Properties {
  readonly [name: string]: string | boolean | undefined | ((event: Event) => void)
}

/**
 * An element. Properties are attributes, functions are listeners: `onclick`. Text is always text, so nothing that was
 * scanned or loaded can become markup.
 */
export function h<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  properties: Properties = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[Tag] {
  const element = document.createElement(tag)
  for (const [name, value] of Object.entries(properties)) {
    if (typeof value === 'function') element.addEventListener(name.slice(2), value)
    else if (value === true) element.setAttribute(name, '')
    else if (typeof value === 'string') element.setAttribute(name, value)
  }
  element.append(...children.filter((child) => child !== undefined && child !== false))
  return element
}

const SVG = 'http://www.w3.org/2000/svg'

/** A drawing on a square of 100: a filled shape and the lines on it. */
export function drawing(shape: string, lines: string): SVGSVGElement {
  const svg = document.createElementNS(SVG, 'svg')
  svg.setAttribute('viewBox', '0 0 100 100')
  svg.setAttribute('aria-hidden', 'true')
  for (const [name, path] of [
    ['shape', shape],
    ['lines', lines],
  ] as const) {
    const element = document.createElementNS(SVG, 'path')
    element.setAttribute('class', name)
    element.setAttribute('d', path)
    svg.append(element)
  }
  return svg
}

/** A line of a list of facts. */
export const fact = (name: string, ...value: readonly Child[]): HTMLElement =>
  h('div', { class: 'fact' }, h('dt', {}, name), h('dd', {}, ...value))

/** A button that opens the file dialog. Its label says what for. */
export function filePicker(
  label: string,
  options: { readonly accept?: string; readonly multiple?: boolean },
  onFiles: (files: readonly File[]) => void,
): HTMLElement {
  const input = h('input', {
    type: 'file',
    class: 'file',
    accept: options.accept,
    multiple: options.multiple,
    onchange: () => {
      onFiles([...(input.files ?? [])])
      input.value = ''
    },
  })
  return h('label', { class: 'button' }, label, input)
}

const NOTICE_STAYS = 20_000

/** Runs what may take time, and shows what went wrong instead of losing it. */
export function run(work: () => Promise<unknown>): void {
  work().catch((error: unknown) => {
    console.error(error)
    const message = error instanceof Error ? error.message : String(error)
    const notice = h('p', { class: 'failure', role: 'alert' }, message)
    document.body.append(notice)
    window.setTimeout(() => notice.remove(), NOTICE_STAYS)
  })
}
