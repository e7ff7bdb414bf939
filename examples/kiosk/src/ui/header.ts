import type { Words } from '../core/words.ts'
import type { App } from './app.ts'
import { h } from './dom.ts'
import { settings } from './settings.ts'
import { statusBar } from './status-bar.ts'

export type Tab = keyof Words['tabs']

const TABS: readonly Tab[] = ['scan', 'history', 'lists', 'scanner']

/** The bar on top: the pages, how old the lists are, sound and language. */
export function header(app: App, current: Tab, show: (tab: Tab) => void): HTMLElement {
  const { kiosk, words } = app
  return h(
    'header',
    {},
    h('span', { class: 'title' }, words.title),
    kiosk.setup !== undefined &&
      h('nav', {}, ...TABS.map((tab) => tabButton(tab, tab === current, words, show))),
    statusBar(kiosk.lists, words, new Date()),
    soundSwitch(words),
    languageButton(app),
  )
}

const tabButton = (tab: Tab, isCurrent: boolean, words: Words, show: (tab: Tab) => void): HTMLElement =>
  h(
    'button',
    { type: 'button', 'aria-current': isCurrent ? 'page' : undefined, onclick: () => show(tab) },
    words.tabs[tab],
  )

function soundSwitch(words: Words): HTMLElement {
  const onchange = (event: Event): void => {
    settings.sound = (event.target as HTMLInputElement).checked
  }
  const box = h('input', { type: 'checkbox', checked: settings.sound, onchange })
  return h('label', { class: 'sound' }, box, words.sound)
}

function languageButton({ language, words, refresh }: App): HTMLElement {
  const other = language === 'vi' ? 'en' : 'vi'
  const onclick = (): void => {
    settings.language = other
    refresh()
  }
  return h('button', { type: 'button', class: 'language', lang: other, onclick }, words.language)
}
