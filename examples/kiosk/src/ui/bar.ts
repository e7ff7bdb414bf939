import { h } from '../../../shared/dom.ts'
import { mark } from '../../../shared/mark.ts'
import { ageOf } from '../core/list-age.ts'
import type { Tab } from '../core/pages.ts'
import type { Words } from '../core/words.ts'
import type { Kiosk } from '../kiosk/kiosk.ts'
import type { App } from './app.ts'
import { icon } from './icons.ts'
import { settings } from './settings.ts'

const TABS: readonly Tab[] = ['scan', 'history', 'lists', 'settings']

/** The bar on top: whose kiosk it is, how old its data is, and the language. */
export function bar(app: App): HTMLElement {
  const { kiosk, words } = app
  const names = kiosk.authorities.map(({ setup }) => setup.authority).join(' · ')
  return h(
    'header',
    {},
    h(
      'div',
      { class: 'name' },
      mark(),
      h(
        'div',
        { class: 'titles' },
        h('p', { class: 'title' }, words.title),
        h('p', { class: 'whose' }, names),
      ),
    ),
    statusBar(kiosk, words, new Date()),
    languageButton(app),
  )
}

/** The pages. */
export const tabBar = ({ words }: App, current: Tab, show: (tab: Tab) => void): HTMLElement =>
  h(
    'nav',
    { 'aria-label': words.title },
    ...TABS.map((tab) =>
      h(
        'button',
        {
          type: 'button',
          'aria-current': tab === current ? 'page' : undefined,
          onclick: () => show(tab),
        },
        icon(tab),
        h('span', {}, words.tabs[tab]),
      ),
    ),
  )

function languageButton({ language, words, refresh }: App): HTMLElement {
  const other = language === 'vi' ? 'en' : 'vi'
  const onclick = (): void => {
    settings.language = other
    refresh()
  }
  return h('button', { type: 'button', class: 'language', lang: other, onclick }, words.language)
}

interface Chip {
  readonly text: string
  readonly level: 'fine' | 'plain' | 'alarm'
}

/** How far the data can be relied on, always in sight. */
export function statusBar(kiosk: Kiosk, words: Words, now: Date): HTMLElement {
  const chips = chipsOf(kiosk, words, now)
  return h(
    'div',
    { class: 'status', role: 'status' },
    ...chips.map(({ text, level }) => h('span', { class: `chip ${level}` }, text)),
  )
}

function chipsOf({ authorities, refresh }: Kiosk, { lists: said }: Words, now: Date): Chip[] {
  const ages = authorities.map(({ setup, lists }) => ({ name: setup.authority, ...ageOf(lists, now) }))
  const days = ages.flatMap(({ days }) => days ?? [])
  const faults = [...new Set(ages.flatMap(({ faults }) => faults))].map((fault) => {
    const names = ages.filter((each) => each.faults.includes(fault)).map(({ name }) => name)
    // What only one of several authorities lacks says nothing of the others' stamps.
    return names.length === ages.length ? said.faults[fault] : `${names.join(', ')}: ${said.faults[fault]}`
  })
  const alarms = authorities.flatMap(({ setup }) => refresh?.state(setup.authority)?.alarms ?? [])
  // Under a clock that is behind nothing is fine: the age of the data is not known.
  const isAged = days.length > 0 && !ages.some(({ faults }) => faults.includes('clock'))
  const isStale = ages.some(({ faults }) => faults.includes('stale'))
  const level = isStale ? 'plain' : 'fine'
  const age: Chip[] = isAged ? [{ text: said.age(Math.max(...days)), level }] : []
  const texts = new Set([...faults, ...alarms.map((kind) => said.alarms[kind])])
  return [...age, ...[...texts].map((text): Chip => ({ text, level: 'alarm' }))]
}
