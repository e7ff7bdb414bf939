import { h } from '../../../shared/dom.ts'
import { run } from '../../../shared/run.ts'
import type { Decoder } from '../../../shared/scan/decoder.ts'
import type { Tab } from '../core/pages.ts'
import type { Notice } from '../core/reading.ts'
import type { Kiosk } from '../kiosk/kiosk.ts'
import type { Pin } from '../kiosk/pin.ts'
import { Answers } from './answers.ts'
import { type App, WORDS } from './app.ts'
import { bar, statusBar, tabBar } from './bar.ts'
import { keepPictures } from './goods-view.ts'
import { historyView } from './history-view.ts'
import { Intake } from './intake.ts'
import { listsView } from './lists-view.ts'
import type { Page } from './page.ts'
import { Say } from './say.ts'
import { ScanView } from './scan-view.ts'
import { settings } from './settings.ts'
import { settingsView } from './settings-view.ts'
import { SetupView } from './setup-view.ts'
import { Sights } from './sights.ts'
import { keepAwake } from './wake.ts'

const MINUTE = 60_000
const PICTURES_EVERY = 360 * MINUTE

/** The page: draws what is asked for. What comes in is taken by others: the camera's sights, pictures, keys. */
export class Shell implements Page {
  readonly #kiosk: Kiosk
  readonly #decoder: Decoder
  readonly #pin: Pin
  readonly #root: HTMLElement
  readonly #say = new Say()
  readonly #answers = new Answers(this)
  readonly #sights = new Sights(this, this.#answers)
  readonly #intake = new Intake(this, this.#answers)
  #tab: Tab = 'scan'
  #view: ScanView | undefined
  #setup: SetupView | undefined
  #saving = 0

  constructor(kiosk: Kiosk, decoder: Decoder, pin: Pin, root: HTMLElement) {
    this.#kiosk = kiosk
    this.#decoder = decoder
    this.#pin = pin
    this.#root = root
    kiosk.onLists = () => this.#onLists()
    this.#draw()
    this.#intake.listen()
    window.setInterval(() => this.renewStatus(), MINUTE)
    this.#keepPictures()
    window.setInterval(() => this.#keepPictures(), PICTURES_EVERY)
    window.addEventListener('online', () => this.#keepPictures())
  }

  /** True while nobody uses the kiosk: a new build may take over. */
  get isIdle(): boolean {
    return this.#tab === 'scan' && (this.#view?.isReady ?? false)
  }

  get app(): App {
    const { language } = settings
    const [kiosk, decoder, pin] = [this.#kiosk, this.#decoder, this.#pin]
    return { kiosk, decoder, pin, language, words: WORDS[language], refresh: () => this.#draw() }
  }

  get view(): ScanView | undefined {
    return this.#view
  }

  get setup(): SetupView | undefined {
    return this.#setup
  }

  toScan(): void {
    if (this.#tab !== 'scan') this.#show('scan')
  }

  say(text: string): void {
    this.#say.say(text)
  }

  tell(notice: Notice): void {
    this.#say.say(this.app.words.notices[notice])
  }

  silence(): void {
    this.#say.silence()
  }

  lacksData(): boolean {
    const lacks = !this.#kiosk.isReady
    if (lacks && this.#kiosk.setup !== undefined) this.say(this.app.words.noLists)
    return lacks
  }

  renewStatus(): void {
    const { words } = this.app
    this.#root.querySelector('.status')?.replaceWith(statusBar(this.#kiosk, words, new Date()))
  }

  async whileSaving(saved: Promise<unknown>): Promise<void> {
    this.#saving++
    this.#root.dataset.saving = ''
    try {
      await saved
    } finally {
      this.#saving--
      if (this.#saving === 0) delete this.#root.dataset.saving
    }
  }

  #draw(): void {
    const { app } = this
    document.documentElement.lang = app.language
    document.title = app.words.title
    this.#view?.eye.close()
    this.#setup?.close()
    this.#view = undefined
    this.#setup = undefined
    this.#sights.forget()
    const isSetUp = this.#kiosk.setup !== undefined
    this.#root.dataset.tab = isSetUp ? this.#tab : 'setup'
    this.#root.replaceChildren(
      bar(app),
      h('main', {}, this.#body(app)),
      ...(isSetUp ? [tabBar(app, this.#tab, (tab) => this.#show(tab))] : []),
      this.#say.element,
    )
    this.#startCamera()
    keepAwake(isSetUp && this.#tab === 'scan')
  }

  #show(tab: Tab): void {
    this.#tab = tab
    this.#draw()
  }

  #body(app: App): HTMLElement {
    if (this.#kiosk.setup === undefined) {
      this.#setup = new SetupView(app)
      return this.#setup.element
    }
    if (this.#tab === 'history') return historyView(app)
    if (this.#tab === 'lists') return listsView(app)
    if (this.#tab === 'settings') return settingsView(app)
    this.#view = new ScanView(app, {
      onCodes: (codes) => this.#sights.onCodes(codes),
      onAgain: () => this.#answers.again(),
      onPicture: (file) => this.#intake.onPicture(file),
      onType: () => this.#intake.onType(),
      onCode: (code) => run(() => this.#answers.onHiddenCode(code)),
      onNext: () => this.#answers.next(),
      onUndo: () => this.#answers.undo(),
    })
    return this.#view.element
  }

  #startCamera(): void {
    const view = this.#view
    if (view !== undefined && settings.camera) run(() => view.eye.open())
  }

  #keepPictures(): void {
    if (navigator.onLine && this.#kiosk.isReady)
      run(() => keepPictures((product) => this.#kiosk.isPictured(product)))
  }

  /** Newer data came by itself. */
  #onLists(): void {
    this.#keepPictures()
    this.#sights.forget()
    if (this.#tab === 'lists') this.#draw()
    else this.renewStatus()
    if (this.#view?.isReady) this.#view.showReady()
  }
}
