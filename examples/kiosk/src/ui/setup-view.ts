import { fingerprintOf } from 'veristamp/authority'
import { readSetup } from '../core/setup.ts'
import { type App, readBytes } from './app.ts'
import { fact, filePicker, h, run } from './dom.ts'

/** Files beside the page, where the demo's are served. */
const DEMO = ['setup.json', 'trust-list.cbor', 'revocation-list.cbor', 'other-kiosks.scans']

/** The first screen of a kiosk: whom to believe. */
export function setupView(app: App): HTMLElement {
  const { words } = app
  const dialog = h('div', { class: 'confirm', role: 'status' })
  const demo = h(
    'button',
    { type: 'button', hidden: true, onclick: () => run(() => loadDemo(app)) },
    words.setup.demo,
  )
  run(async () => {
    if (await demoFile('setup.json')) demo.hidden = false
  })
  return h(
    'section',
    { class: 'panel setup' },
    h('h1', {}, words.setup.title),
    h('p', {}, words.setup.intro),
    h(
      'div',
      { class: 'row' },
      filePicker(words.setup.choose, { accept: '.json' }, ([file]) =>
        run(async () => file && dialog.replaceChildren(confirmView(app, await readBytes(file), dialog))),
      ),
      demo,
    ),
    dialog,
  )
}

/** Shows whom the file names; nothing is pinned until somebody has compared it. */
function confirmView(app: App, bytes: Uint8Array, dialog: HTMLElement): HTMLElement {
  const { setup: words, facts } = app.words
  const setup = readSetup(bytes)
  if (setup === undefined) return h('p', { class: 'problem' }, words.badFile)
  const { authority, roots } = setup
  const confirm = (): void => run(() => app.kiosk.setUp(bytes).then(app.refresh))
  return h(
    'div',
    {},
    h('p', {}, words.compare),
    h(
      'dl',
      { class: 'facts' },
      fact(facts.authority, authority),
      fact(words.fingerprint, h('code', {}, fingerprintOf({ authority, roots }))),
    ),
    h(
      'div',
      { class: 'row' },
      h('button', { type: 'button', onclick: confirm }, words.confirm),
      h('button', { type: 'button', class: 'quiet', onclick: () => dialog.replaceChildren() }, words.cancel),
    ),
  )
}

async function demoFile(name: string): Promise<Uint8Array | undefined> {
  const answer = await fetch(`demo/${name}`).catch(() => undefined)
  const isThere = answer?.ok && !answer.headers.get('content-type')?.startsWith('text/html')
  return isThere ? new Uint8Array(await answer.arrayBuffer()) : undefined
}

/** The demo's authority is pinned without comparing: it is nobody's. */
async function loadDemo({ kiosk, refresh }: App): Promise<void> {
  const [setup, ...files] = await Promise.all(DEMO.map(demoFile))
  await kiosk.setUp(setup!)
  await kiosk.load(files.filter((file) => file !== undefined))
  refresh()
}
