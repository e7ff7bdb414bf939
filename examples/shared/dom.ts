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
