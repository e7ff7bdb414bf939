import { h } from '../../../shared/dom.ts'
import { WORDS } from './app.ts'
import { settings } from './settings.ts'

/** The kiosk is open in another window. */
export function elsewhereView(onHere: () => void): HTMLElement {
  const { elsewhere } = WORDS[settings.language]
  document.documentElement.lang = settings.language
  return h(
    'main',
    { class: 'elsewhere' },
    h(
      'section',
      { class: 'panel' },
      h('h1', {}, elsewhere.title),
      h('p', {}, elsewhere.why),
      h('button', { type: 'button', onclick: onHere }, elsewhere.here),
    ),
  )
}
