import { type Child, h } from './dom.ts'

/** A line of a list of facts. */
export const fact = (name: string, ...value: readonly Child[]): HTMLElement =>
  h('div', { class: 'fact' }, h('dt', {}, name), h('dd', {}, ...value))

/** A button that opens the file dialog. Its label says what for. */
export function filePicker(
  label: string,
  options: { readonly accept?: string; readonly multiple?: boolean; readonly folder?: boolean },
  onFiles: (files: readonly File[]) => void,
): HTMLElement {
  const input = h('input', {
    type: 'file',
    class: 'file',
    accept: options.accept,
    multiple: options.multiple,
    webkitdirectory: options.folder,
    onchange: () => {
      onFiles([...(input.files ?? [])])
      input.value = ''
    },
  })
  return h('label', { class: 'button' }, label, input)
}
