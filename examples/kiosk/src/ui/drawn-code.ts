import { h } from '../../../shared/dom.ts'

/** A code on the screen, for other devices to read. @param drawn an SVG document @param alt what it is */
export function drawnCode(drawn: string, alt: string): HTMLElement {
  const picture = new DOMParser().parseFromString(drawn, 'image/svg+xml').documentElement
  picture.setAttribute('role', 'img')
  picture.setAttribute('aria-label', alt)
  return h('div', { class: 'test-code' }, document.adoptNode(picture))
}
