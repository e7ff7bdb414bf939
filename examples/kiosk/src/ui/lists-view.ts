import { explainReason } from 'veristamp/scanlog'
import { toHex } from '../core/setup.ts'
import { en, type Words } from '../core/words.ts'
import { forgetAll } from '../kiosk/keep.ts'
import type { LoadOutcome, OwnReason } from '../kiosk/lists.ts'
import { type App, readBytes, writeDate } from './app.ts'
import { fact, filePicker, h, run } from './dom.ts'

/** Which lists are loaded, and the ways to load newer ones. */
export function listsView(app: App): HTMLElement {
  const { kiosk, words } = app
  const outcomes = h('div', { role: 'status' }, h('ul', { class: 'outcomes' }))

  async function load(files: readonly Uint8Array[]): Promise<void> {
    const loaded = await kiosk.load(files)
    app.refresh()
    // The page was drawn anew, and what came of the files is said on it.
    document.querySelector('.outcomes')?.replaceChildren(...loaded.map((each) => outcomeView(each, app)))
  }
  return h(
    'section',
    { class: 'panel' },
    h('h1', {}, words.tabs.lists),
    factsView(app),
    filePicker(words.lists.load, { multiple: true }, (files) =>
      run(async () => load(await Promise.all(files.map(readBytes)))),
    ),
    h('p', { class: 'hint' }, words.lists.loadHint),
    outcomes,
    saveView(app),
    addressForm(app, (bytes) => load([bytes])),
    resetView(words),
  )
}

function factsView({ kiosk: { setup, lists, memory }, words, language }: App): HTMLElement {
  const describe = (list: { sequence: number; issued: Date; expires: Date } | undefined): string =>
    list === undefined
      ? words.lists.none
      : words.lists.numbered(
          list.sequence,
          writeDate(list.issued, language),
          writeDate(list.expires, language),
        )
  return h(
    'dl',
    { class: 'facts' },
    fact(words.facts.authority, setup?.authority ?? ''),
    fact(words.lists.trust, describe(lists?.trustList)),
    fact(words.lists.revocation, describe(lists?.revocationList)),
    fact(words.lists.scans, String(memory?.log.size ?? 0)),
  )
}

const isOwn = (reason: string): reason is OwnReason => Object.hasOwn(en.lists.reasons, reason)

function outcomeView(outcome: LoadOutcome, { words: { lists }, language }: App): HTMLElement {
  const { kind, reason, places = [], added } = outcome
  const what = lists.kinds[kind]
  const gain = added === undefined ? '' : ` ${lists.merged(places.join(', '), added)}`
  if (reason === undefined) return h('li', { class: 'loaded' }, `✓ ${lists.loaded(what)}${gain}`)
  const why = isOwn(reason) ? lists.reasons[reason] : explainReason(reason, language)
  return h('li', { class: 'refused' }, `✗ ${lists.refused(what, why)}`)
}

/** This kiosk's log as a file, and the key that others have to know. */
function saveView({ kiosk: { memory, setup }, words }: App): HTMLElement | undefined {
  if (memory?.publicKey === undefined) return undefined
  async function save(): Promise<void> {
    const file = await memory!.save(new Date())
    const link = h('a', {
      href: URL.createObjectURL(new Blob([Uint8Array.from(file)])),
      download: 'kiosk.scans',
    })
    link.click()
    URL.revokeObjectURL(link.href)
  }
  return h(
    'div',
    {},
    h('button', { type: 'button', onclick: () => run(save) }, words.lists.save),
    h('p', { class: 'hint' }, words.lists.saveHint),
    h('p', { class: 'key' }, `${setup!.place} · `, h('code', {}, toHex(memory.publicKey))),
  )
}

/** Loads from this server alone; the page's policy forbids any other too. */
function addressForm({ words }: App, onBytes: (bytes: Uint8Array) => Promise<void>): HTMLElement {
  const field = h('input', { id: 'address', placeholder: '/lists/trust-list.cbor' })
  const problem = h('p', { class: 'problem', role: 'alert' })
  async function load(): Promise<void> {
    const address = new URL(field.value, location.href)
    if (address.origin !== location.origin) {
      problem.textContent = words.lists.otherOrigin
      return
    }
    const answer = await fetch(address, { cache: 'no-store' }).catch(() => undefined)
    if (answer?.ok) await onBytes(new Uint8Array(await answer.arrayBuffer()))
    else problem.textContent = words.lists.fetchFailed
  }
  const onsubmit = (event: Event): void => {
    event.preventDefault()
    problem.textContent = ''
    run(load)
  }
  return h(
    'form',
    { class: 'address', onsubmit },
    h('label', { for: 'address' }, words.lists.url),
    h('div', { class: 'row' }, field, h('button', { type: 'submit' }, words.lists.fetch)),
    problem,
  )
}

function resetView({ setup }: Words): HTMLElement {
  const forget = (): void => {
    if (!window.confirm(setup.resetSure)) return
    run(async () => {
      await forgetAll()
      location.reload()
    })
  }
  return h(
    'div',
    { class: 'reset' },
    h('button', { type: 'button', class: 'danger', onclick: forget }, setup.reset),
    h('p', { class: 'hint' }, setup.resetHint),
  )
}
