import { createRepeatGuard } from '../core/repeat.ts'
import { type Reading, textsOf } from '../core/wedge.ts'
import type { Kiosk } from '../kiosk/kiosk.ts'
import type { Decoder } from '../scan/decoder.ts'
import { listenToScanner } from '../scan/keyboard.ts'
import { type App, WORDS } from './app.ts'
import { h, run } from './dom.ts'
import { header, type Tab } from './header.ts'
import { historyView } from './history-view.ts'
import { listsView } from './lists-view.ts'
import { ScanView } from './scan-view.ts'
import { scannerView, showLayout } from './scanner-view.ts'
import { settings } from './settings.ts'
import { setupView } from './setup-view.ts'
import { play } from './sound.ts'
import { statusBar } from './status-bar.ts'

/** An answer goes after this long, so that nobody takes it for the next product's. */
const ANSWER_STAYS = 30_000
const MINUTE = 60_000

/** The page: draws it, and brings scans to it. */
export class Shell {
  readonly #kiosk: Kiosk
  readonly #decoder: Decoder
  readonly #root: HTMLElement
  readonly #guard = createRepeatGuard()
  #tab: Tab = 'scan'
  #view: ScanView | undefined
  #leaving: number | undefined
  #saving = 0

  constructor(kiosk: Kiosk, decoder: Decoder, root: HTMLElement) {
    this.#kiosk = kiosk
    this.#decoder = decoder
    this.#root = root
    this.#draw()
    listenToScanner(document, (reading) => this.#onScan(reading))
    window.setInterval(() => this.#renewStatus(), MINUTE)
  }

  get #app(): App {
    const { language } = settings
    const [kiosk, decoder] = [this.#kiosk, this.#decoder]
    return { kiosk, decoder, language, words: WORDS[language], refresh: () => this.#draw() }
  }

  #draw(): void {
    const app = this.#app
    document.documentElement.lang = app.language
    document.title = app.words.title
    this.#view?.stopCamera()
    this.#view = undefined
    this.#root.replaceChildren(
      header(app, this.#tab, (tab) => this.#show(tab)),
      h('main', {}, this.#body(app)),
    )
  }

  #show(tab: Tab): void {
    this.#tab = tab
    this.#draw()
  }

  #body(app: App): HTMLElement {
    if (this.#kiosk.setup === undefined) return setupView(app)
    if (this.#tab === 'history') return historyView(app)
    if (this.#tab === 'lists') return listsView(app)
    if (this.#tab === 'scanner') return scannerView(app)
    const view = new ScanView(app, (texts, source) => this.#onTexts(texts, source))
    this.#view = view
    if (settings.camera) run(() => view.startCamera())
    return view.element
  }

  #onTexts(texts: readonly string[], source: 'camera' | 'picture'): void {
    const [nearest] = texts
    if (nearest === undefined) return
    if (source === 'picture' || this.#guard.isNew(nearest, performance.now())) this.#check([nearest])
  }

  #onScan(reading: Reading): void {
    if (this.#tab === 'scanner') showLayout(reading, this.#app.words)
    else this.#check(textsOf(reading))
  }

  #check(texts: readonly string[]): void {
    if (this.#view?.takesHiddenCode(texts)) return
    const scan = this.#kiosk.check(texts, new Date())
    if (scan === undefined) return
    const { checked, saved } = scan
    run(() => this.#whileSaving(saved))
    if (this.#tab !== 'scan') this.#show('scan')
    this.#view?.show(checked)
    this.#renewStatus()
    if (settings.sound) play(checked.answer.tone)
    this.#leaveLater()
  }

  /** Marks the page until all is on disk: a reload before would lose it. */
  async #whileSaving(saved: Promise<unknown>): Promise<void> {
    this.#saving++
    this.#root.dataset.saving = ''
    try {
      await saved
    } finally {
      this.#saving--
      if (this.#saving === 0) delete this.#root.dataset.saving
    }
  }

  #leaveLater(): void {
    window.clearTimeout(this.#leaving)
    this.#leaving = window.setTimeout(() => {
      // Somebody may be typing a hidden code.
      if (document.activeElement instanceof HTMLInputElement) this.#leaveLater()
      else this.#view?.showReady()
    }, ANSWER_STAYS)
  }

  #renewStatus(): void {
    const { words } = this.#app
    this.#root.querySelector('.status')?.replaceWith(statusBar(this.#kiosk.lists, words, new Date()))
  }
}
