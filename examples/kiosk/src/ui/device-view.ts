import { svg, textSymbol } from 'veristamp/print'
import { h } from '../../../shared/dom.ts'
import { fact } from '../../../shared/parts.ts'
import { run } from '../../../shared/run.ts'
import { toHex } from '../core/setup.ts'
import type { UploadState } from '../kiosk/upload.ts'
import { type App, writeTime } from './app.ts'
import { drawnCode } from './drawn-code.ts'
import { inFileName, saveFile } from './save.ts'

/** This kiosk's log: for others as a file, sent where there is a server, and the key that others have to know. */
export function deviceView(app: App): HTMLElement | undefined {
  const { kiosk, words } = app
  const { memory, authorities, setup } = kiosk
  if (memory === undefined || setup === undefined) return undefined
  const names = authorities.map((each) => each.setup.authority)
  const save = async (authority: string): Promise<void> => {
    const now = new Date()
    const name = `${inFileName(setup.place)}-${now.toISOString().slice(0, 10)}.scans`
    saveFile(name, await memory.save(authority, now))
  }
  const button = (authority: string): HTMLElement =>
    h(
      'button',
      { type: 'button', class: 'quiet', onclick: () => run(() => save(authority)) },
      names.length === 1 ? words.lists.save : `${words.lists.save}: ${authority}`,
    )
  return h(
    'div',
    { class: 'card' },
    h('h2', {}, words.lists.logs),
    h('dl', { class: 'facts' }, fact(words.lists.scans, String(memory.log.size))),
    ...names.map((name) => uploadView(name, app)),
    ...(memory.publicKey === undefined
      ? []
      : [h('div', { class: 'row' }, ...names.map(button)), enrolView(setup.place, memory.publicKey, app)]),
  )
}

/** How far the log has come on its way to an authority's server. */
function uploadView(authority: string, app: App): HTMLElement | undefined {
  const { kiosk, words, language, refresh } = app
  const upload = kiosk.uploads.get(authority)
  if (upload === undefined) return undefined
  const { lastSent } = upload
  const send = () => run(() => upload.send().then(refresh))
  return h(
    'div',
    { class: 'upload' },
    lastSent && h('p', { class: 'hint' }, words.uploads.sent(writeTime(lastSent, language))),
    saidOf(upload.state, app),
    h('button', { type: 'button', class: 'quiet', onclick: send }, words.uploads.send),
  )
}

function saidOf(state: UploadState, { words: { uploads } }: App): HTMLElement | undefined {
  if (state === 'new' || state === 'sent') return undefined
  return h('p', { class: 'hint' }, uploads.states[state])
}

/** What the authority's trust list has to name: to be scanned, photographed or carried. */
function enrolView(place: string, publicKey: Uint8Array, { words }: App): HTMLElement {
  const text = `${place} · ${toHex(publicKey)}`
  const save = () => saveFile(`${inFileName(place)}.scanner.txt`, `${text}\n`)
  return h(
    'div',
    { class: 'enrol' },
    h('p', { class: 'hint' }, words.lists.saveHint),
    drawnCode(svg(textSymbol(text)), words.lists.keyCode),
    h('p', { class: 'key' }, `${place} · `, h('code', {}, toHex(publicKey))),
    h('button', { type: 'button', class: 'quiet', onclick: save }, words.lists.saveKey),
  )
}
