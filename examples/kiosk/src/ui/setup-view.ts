import { fingerprintOf } from 'veristamp/authority'
import { h } from '../../../shared/dom.ts'
import { fact, filePicker } from '../../../shared/parts.ts'
import { run } from '../../../shared/run.ts'
import { isSameRoot, readSetup } from '../core/setup.ts'
import { type App, readBytes } from './app.ts'
import { mayOperate } from './dialogs.ts'
import { Eye } from './eye.ts'
import { icon } from './icons.ts'

/** Files beside the page, where the demo's are served. */
const DEMO = ['setup.json', 'trust-list.cbor', 'revocation-list.cbor', 'other-kiosks.scans']

/** The first screen of a kiosk, and where authorities are added: whom to believe. */
export class SetupView {
  readonly element: HTMLElement
  readonly #app: App
  readonly #dialog = h('div', { class: 'confirm', role: 'status' })
  readonly #eye: Eye
  readonly #place = h('div', { class: 'setup-camera' })
  readonly #scan: HTMLButtonElement

  constructor(app: App) {
    this.#app = app
    const { words, decoder } = app
    this.#eye = new Eye({
      decoder,
      words,
      onCodes: (codes) => codes.find(({ text }) => this.offer([text])),
    })
    const scan = () => run(() => this.#toggle())
    this.#scan = h('button', { type: 'button', onclick: scan }, icon('scan'), words.setup.scan)
    const choose = filePicker(words.setup.choose, { accept: '.json' }, ([file]) =>
      run(async () => file && this.#confirm(await readBytes(file), words.setup.badFile)),
    )
    choose.classList.add('quiet')
    this.element = h(
      'section',
      { class: 'panel setup' },
      h('h1', {}, app.kiosk.setup === undefined ? words.setup.title : words.settings.add),
      h('p', {}, words.setup.intro),
      h('div', { class: 'row' }, this.#scan, choose, this.#demoButton()),
      this.#place,
      this.#dialog,
    )
  }

  close(): void {
    this.#eye.close()
  }

  /** True where one of the texts is a set-up code: it is shown, and nothing is pinned until somebody has compared it. */
  offer(texts: readonly string[]): boolean {
    const bytes = texts.map((text) => new TextEncoder().encode(text)).find((each) => readSetup(each))
    if (bytes === undefined) return false
    this.#stop()
    this.#confirm(bytes, '')
    return true
  }

  async #toggle(): Promise<void> {
    if (this.#place.hasChildNodes()) return this.#stop()
    this.#dialog.replaceChildren()
    this.#place.replaceChildren(this.#eye.element)
    this.#scan.lastChild!.textContent = this.#app.words.setup.stop
    await this.#eye.open()
  }

  #stop(): void {
    this.#eye.close()
    this.#place.replaceChildren()
    this.#scan.lastChild!.textContent = this.#app.words.setup.scan
  }

  #demoButton(): HTMLElement | undefined {
    const { words, kiosk } = this.#app
    if (kiosk.setup !== undefined) return undefined
    const onclick = () => run(() => loadDemo(this.#app))
    const demo = h('button', { type: 'button', class: 'quiet', hidden: true, onclick }, words.setup.demo)
    run(async () => {
      if (await demoFile('setup.json')) demo.hidden = false
    })
    return demo
  }

  #refuse(why: string): void {
    this.#dialog.replaceChildren(h('p', { class: 'problem' }, why))
  }

  /** Shows whom a set-up names. One that moves a kiosk is compared as well. */
  #confirm(bytes: Uint8Array, whatElse: string): void {
    const { words, kiosk, refresh } = this.#app
    const setup = readSetup(bytes)
    if (setup === undefined) {
      this.#refuse(whatElse)
      return
    }
    const { authority, roots, place, lists } = setup
    const known = kiosk.authorities.find((each) => each.setup.authority === authority)?.setup
    const isOther = known !== undefined && !isSameRoot(known, setup)
    if (isOther || (known?.place === place && known.lists === lists)) {
      this.#refuse(isOther ? words.setup.otherRoots : words.setup.known)
      return
    }
    const isMoved = known !== undefined && known === kiosk.setup && known.place !== place
    const confirm = () =>
      run(async () => {
        if (!(await mayOperate(this.#app))) return
        await (known === undefined ? kiosk.setUp(bytes) : kiosk.changeSetUp(bytes))
        refresh()
      })
    const leave = (): void => this.#dialog.replaceChildren()
    this.#dialog.replaceChildren(
      h(
        'div',
        { class: 'card' },
        h('p', {}, words.setup.compare),
        isMoved && h('p', { class: 'hint' }, words.setup.moved),
        h(
          'dl',
          { class: 'facts' },
          fact(words.facts.authority, authority),
          fact(words.setup.fingerprint, h('code', {}, fingerprintOf({ authority, roots }))),
          fact(words.facts.place, place),
          lists !== undefined && fact(words.setup.lists, lists),
        ),
        h(
          'div',
          { class: 'row' },
          h('button', { type: 'button', onclick: confirm }, words.setup.confirm),
          h('button', { type: 'button', class: 'quiet', onclick: leave }, words.setup.cancel),
        ),
      ),
    )
    this.#dialog.scrollIntoView({ block: 'nearest' })
  }
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
