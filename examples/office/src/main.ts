import './style.css'
import { h } from '../../shared/dom.ts'
import { mark } from '../../shared/mark.ts'
import { copiesPanel } from './copies.ts'
import { fetchOffice, type Office, type Trouble } from './data.ts'
import { chosenLanguage, keepLanguage, type Tongue, tongueOf } from './language.ts'
import { mapPanel } from './map.ts'
import { scansPanel } from './scans.ts'
import { kiosksPanel, listsPanel, runsPanel } from './tables.ts'

/** Milliseconds between two looks. */
const LOOK = 30_000
const KEY = 'token'

let tongue: Tongue = tongueOf(chosenLanguage())
/** As long as the tab is open, and no longer. */
let token = sessionStorage.getItem(KEY) ?? ''
let office: Office | undefined
let trouble: Trouble | undefined

function show(): void {
  const { language, words } = tongue
  document.documentElement.lang = language
  document.title = words.title
  document.querySelector('header')!.replaceChildren(...headerParts())
  document.querySelector('main')!.replaceChildren(...(office === undefined ? [signIn()] : panels(office)))
}

function headerParts(): Node[] {
  const { words } = tongue
  const other = tongue.language === 'vi' ? 'en' : 'vi'
  return [
    h(
      'h1',
      { class: 'name' },
      mark(),
      office === undefined ? words.title : `${words.title} · ${office.authority}`,
    ),
    h(
      'div',
      { class: 'tools' },
      h('button', { type: 'button', lang: other, onclick: () => speak(other) }, words.other),
      office !== undefined && h('button', { type: 'button', onclick: leave }, words.leave),
    ),
  ]
}

function panels(now: Office): Node[] {
  const { words, moment } = tongue
  const map = mapPanel(now, tongue)
  return [
    h(
      'p',
      { class: 'state', role: 'status' },
      trouble === undefined
        ? words.asOf(moment(now.now))
        : `${words.unreachable} ${words.asOf(moment(now.now))}`,
    ),
    copiesPanel(now, tongue),
    ...(map === undefined ? [] : [map]),
    listsPanel(now, tongue),
    scansPanel(now, tongue),
    kiosksPanel(now, tongue),
    runsPanel(now, tongue),
  ]
}

const TROUBLES: Readonly<Record<Trouble, 'wrong' | 'slow' | 'unreachable'>> = {
  token: 'wrong',
  slow: 'slow',
  unreachable: 'unreachable',
}

function signIn(): HTMLElement {
  const { words } = tongue
  const input = h('input', { type: 'password', id: 'token', autocomplete: 'off', required: true })
  return h(
    'form',
    {
      class: 'panel sign-in',
      onsubmit: (event) => {
        event.preventDefault()
        token = input.value.trim()
        void look()
      },
    },
    h('h2', {}, h('label', { for: 'token' }, words.token)),
    h('p', { class: 'quiet' }, words.tokenWhy),
    input,
    h('button', { type: 'submit' }, words.enter),
    trouble !== undefined && h('p', { class: 'trouble', role: 'alert' }, words[TROUBLES[trouble]]),
  )
}

function speak(language: Tongue['language']): void {
  keepLanguage(language)
  tongue = tongueOf(language)
  show()
}

function leave(): void {
  sessionStorage.removeItem(KEY)
  token = ''
  office = undefined
  trouble = undefined
  show()
}

/** Asks the server; what it said before stays while it does not answer. */
async function look(): Promise<void> {
  const asked = token
  if (asked === '') return
  const answer = await fetchOffice(asked)
  if (asked !== token) return
  if (typeof answer === 'string') {
    trouble = answer
    if (answer === 'token') office = undefined
  } else {
    trouble = undefined
    office = answer
    sessionStorage.setItem(KEY, asked)
  }
  show()
}

show()
void look()
setInterval(() => {
  if (office !== undefined && document.visibilityState === 'visible') void look()
}, LOOK)
