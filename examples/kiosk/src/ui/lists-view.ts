import { explainReason } from 'veristamp/scanlog'
import { h } from '../../../shared/dom.ts'
import { fact, filePicker } from '../../../shared/parts.ts'
import { run } from '../../../shared/run.ts'
import { kindOf } from '../core/file-kind.ts'
import { keyIdsOf, type SlicedList } from '../core/slices.ts'
import { en } from '../core/words.ts'
import type { Authority } from '../kiosk/kiosk.ts'
import type { LoadOutcome, OwnReason } from '../kiosk/lists.ts'
import { type App, readBytes, writeDate, writeTime } from './app.ts'
import { deviceView } from './device-view.ts'
import { droppedFiles } from './dropped.ts'

/** Which lists are loaded, and the ways to load newer ones. */
export function listsView(app: App): HTMLElement {
  const { kiosk, words } = app
  const outcomes = h('div', { role: 'status' }, h('ul', { class: 'outcomes' }))

  async function load(named: readonly NamedFile[]): Promise<void> {
    const before = turned(app)
    const names = new Map(named.map(({ bytes, name }) => [bytes, name]))
    const loaded = withoutOlder(await kiosk.load([...names.keys()]))
    app.refresh()
    const more = turned(app) - before
    // The page was drawn anew, and what came of the files is said on it.
    document
      .querySelector('.outcomes')
      ?.replaceChildren(
        ...loaded.map((each) => outcomeView(each, each.file && names.get(each.file), app)),
        ...(more > 0 ? [h('li', { class: 'turned' }, `⚠ ${words.lists.turned(more)}`)] : []),
      )
  }
  const take = (files: readonly File[]): void =>
    run(async () => load(await Promise.all(files.map(readNamed))))
  /** Of a folder what is for the kiosk: other things may lie there. */
  const takeFolder = (files: readonly File[]): void =>
    run(async () => {
      const all = await Promise.all(files.filter(({ name }) => OURS.test(name)).map(readNamed))
      const own = all.filter(({ bytes }) => !['unknown', 'setup'].includes(kindOf(bytes)))
      await load(own.length > 0 ? own : [{ bytes: new Uint8Array(0) }])
    })
  const ondrop = (event: Event): void => {
    event.preventDefault()
    event.stopPropagation()
    const data = (event as DragEvent).dataTransfer
    if (data !== null) void droppedFiles(data).then(takeFolder)
  }
  return h(
    'section',
    { class: 'panel', ondrop },
    h('h1', {}, words.tabs.lists),
    ...kiosk.authorities.map((each) => authorityView(each, app)),
    h(
      'div',
      { class: 'card' },
      h(
        'div',
        { class: 'sources row' },
        filePicker(words.lists.load, { multiple: true }, take),
        filePicker(words.lists.folder, { folder: true }, takeFolder),
      ),
      h('p', { class: 'hint' }, words.lists.loadHint),
      outcomes,
      addressForm(app, (file) => load([file])),
    ),
    deviceView(app),
  )
}

/** A file as it lay on the stick. */
interface NamedFile {
  readonly bytes: Uint8Array
  readonly name?: string
}

const readNamed = async (file: File): Promise<NamedFile> => ({
  bytes: await readBytes(file),
  name: file.name,
})

/** The names that files of this system have. */
const OURS = /\.(cbor|scans|json)$/i

/** A folder keeps older lists for a while: beside a newer one that was taken they are no news. */
const withoutOlder = (outcomes: readonly LoadOutcome[]): readonly LoadOutcome[] =>
  outcomes.filter(
    ({ reason, kind }) => reason !== 'rollback' || !outcomes.some((each) => each.ok && each.kind === kind),
  )

/** How many scans were turned by a log that came later. */
const turned = ({ kiosk }: App): number => kiosk.history.entries().filter(({ later }) => later).length

function authorityView({ setup, lists }: Authority, app: App): HTMLElement {
  const { words, language } = app
  const describe = (list: { sequence: number; issued: Date; expires: Date } | undefined): string =>
    list === undefined
      ? words.lists.none
      : words.lists.numbered(
          list.sequence,
          writeDate(list.issued, language),
          writeDate(list.expires, language),
        )
  return h(
    'div',
    { class: 'card' },
    h('h2', {}, setup.authority),
    h(
      'dl',
      { class: 'facts' },
      fact(words.lists.trust, describe(lists.trustList)),
      fact(words.lists.revocation, describe(lists.revocationList)),
    ),
    missingView(words.lists.trust, lists.trustList, app),
    missingView(words.lists.revocation, lists.revocationList, app),
    lists.missing.length > 0 && h('p', { class: 'hint' }, words.lists.missingHint),
    askView(setup.authority, app),
  )
}

/** Key ids are named up to here. */
const MAX_NAMED = 6

/** Which slices of a list are not here. */
function missingView(
  what: string,
  list: SlicedList | undefined,
  { words: { lists: said } }: App,
): HTMLElement | undefined {
  const { slices = [], missingSlices = [] } = list ?? {}
  if (missingSlices.length === 0) return undefined
  const ranges = keyIdsOf(missingSlices).map(([first, last]) =>
    first === last ? `${first}` : `${first}–${last}`,
  )
  const named = ranges.slice(0, MAX_NAMED).join(', ')
  const keyIds = ranges.length > MAX_NAMED ? `${named} ${said.more_ids}` : named
  return h(
    'p',
    { class: 'problem missing' },
    `${what}: ${said.missing(missingSlices.length, slices.length, keyIds)}`,
  )
}

/** Where a server is asked for newer lists: when it was, and a way to ask now. */
function askView(authority: string, { kiosk, words, language, refresh }: App): HTMLElement | undefined {
  const state = kiosk.refresh?.state(authority)
  if (state === undefined) return undefined
  const ask = () => run(() => kiosk.refresh!.refresh().then(refresh))
  const { lastSuccess, lastFailure } = state
  const failed = lastFailure !== undefined && !(lastSuccess && lastSuccess > lastFailure.at)
  return h(
    'div',
    { class: 'asked' },
    lastSuccess && h('p', { class: 'hint' }, words.lists.asked(writeTime(lastSuccess, language))),
    failed && h('p', { class: 'hint' }, words.lists.askFailed),
    h('button', { type: 'button', class: 'quiet', onclick: ask }, words.lists.refresh),
  )
}

const isOwn = (reason: string): reason is OwnReason => Object.hasOwn(en.lists.reasons, reason)

function outcomeView(
  outcome: LoadOutcome,
  name: string | undefined,
  { words: { lists }, language }: App,
): HTMLElement {
  const { kind, reason, places = [], added, count } = outcome
  const what = name === undefined ? lists.kinds[kind] : `${lists.kinds[kind]} (${name})`
  const gain = added === undefined ? '' : ` ${lists.merged(places.join(', '), added)}`
  if (reason === undefined) return h('li', { class: 'loaded' }, `✓ ${lists.loaded(what, count)}${gain}`)
  const why = isOwn(reason) ? lists.reasons[reason] : explainReason(reason, language)
  return h('li', { class: 'refused' }, `✗ ${lists.refused(what, why, count)}`)
}

/** Loads from this server alone; the page's policy forbids any other too. */
function addressForm({ words }: App, onFile: (file: NamedFile) => Promise<void>): HTMLElement {
  const field = h('input', { id: 'address', placeholder: '/lists/trust-list.cbor' })
  const problem = h('p', { class: 'problem', role: 'alert' })
  async function load(): Promise<void> {
    const address = new URL(field.value, location.href)
    if (address.origin !== location.origin) {
      problem.textContent = words.lists.otherOrigin
      return
    }
    const answer = await fetch(address, { cache: 'no-store' }).catch(() => undefined)
    if (answer?.ok)
      await onFile({ bytes: new Uint8Array(await answer.arrayBuffer()), name: address.pathname })
    else problem.textContent = words.lists.fetchFailed
  }
  const onsubmit = (event: Event): void => {
    event.preventDefault()
    problem.textContent = ''
    run(load)
  }
  return h(
    'details',
    {},
    h('summary', {}, words.lists.more),
    h(
      'form',
      { class: 'address', onsubmit },
      h('label', { for: 'address' }, words.lists.url),
      h('div', { class: 'row' }, field, h('button', { type: 'submit' }, words.lists.fetch)),
      problem,
    ),
  )
}
