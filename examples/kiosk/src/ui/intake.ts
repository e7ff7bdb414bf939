import { tidyScan } from 'veristamp/verify'
import { isStamp } from '../../../shared/is-stamp.ts'
import { run } from '../../../shared/run.ts'
import { DecoderFault, type SeenCode } from '../../../shared/scan/decoder.ts'
import { readPicture } from '../../../shared/scan/picture.ts'
import { type Notice, noticeOf, readKeys, stampsAmong } from '../core/reading.ts'
import { type Reading, textsOf } from '../core/wedge.ts'
import { listenToScanner } from '../scan/keyboard.ts'
import { pictureFaultOf } from '../scan/picture-file.ts'
import type { Answers } from './answers.ts'
import { askStamp } from './dialogs.ts'
import type { Page } from './page.ts'
import { showLayout } from './scanner-view.ts'
import { settings } from './settings.ts'
import { play } from './sound.ts'

/** What comes to the page otherwise than by its camera: pictures, typed texts, a hand scanner's keys. */
export class Intake {
  readonly #page: Page
  readonly #answers: Answers
  /** The reading that was asked for once more. */
  #asked: string | undefined

  constructor(page: Page, answers: Answers) {
    this.#page = page
    this.#answers = answers
  }

  /** Listens wherever the focus is. */
  listen(): void {
    listenToScanner(document, (reading) => this.#onScan(reading))
    document.addEventListener('paste', (event) => this.#onData(event, event.clipboardData))
    document.addEventListener('dragover', (event) => event.preventDefault())
    document.addEventListener('drop', (event) => this.#onData(event, event.dataTransfer))
  }

  async onPicture(file: File): Promise<void> {
    const { pictures, camera } = this.#page.app.words
    this.#clear()
    const fault = await pictureFaultOf(file)
    if (fault !== undefined && fault !== 'heic') return this.#page.say(pictures[fault])
    try {
      const codes = await readPicture(file, this.#page.app.decoder, (found) => this.#hasStamp(found))
      if (codes === undefined) return this.#page.say(pictures[fault ?? 'not_picture'])
      if (codes.length === 0) return this.#page.say(pictures.none)
      this.#onTexts(codes.map(({ text }) => text))
    } catch (error) {
      if (!(error instanceof DecoderFault)) throw error
      this.#page.say(camera.unreadable)
    }
  }

  async onType(): Promise<void> {
    const { kiosk, words } = this.#page.app
    const now = new Date()
    const typed = await askStamp(this.#page.app, (text) => {
      const tidy = tidyScan(text.trim())
      const verdict = kiosk.verify(tidy, now)
      return verdict && isStamp(tidy, verdict) ? undefined : words.notices[noticeOf([tidy])]
    })
    if (typed !== undefined) this.#answers.check(tidyScan(typed.trim()))
  }

  /** A poster's code may stand beside a stamp that is harder to read. */
  #hasStamp(codes: readonly SeenCode[]): boolean {
    const { kiosk } = this.#page.app
    if (!kiosk.isReady) return codes.length > 0
    const now = new Date()
    const texts = codes.map(({ text }) => text)
    return stampsAmong(texts, (text) => kiosk.verify(text, now)!).length > 0
  }

  /** A picture or a text that was dropped or pasted anywhere. */
  #onData(event: Event, data: DataTransfer | null): void {
    const [file] = data?.files ?? []
    const text = data?.getData('text/plain') ?? ''
    if (document.querySelector('dialog[open]') || (file === undefined && text === '')) return
    if (event.target instanceof Element && event.target.closest('input, textarea')) return
    event.preventDefault()
    if (file !== undefined) run(() => this.onPicture(file))
    else if (this.#page.app.kiosk.isReady || this.#page.setup !== undefined) this.#onTexts([text])
  }

  #onTexts(texts: readonly string[]): void {
    const { app, setup, view } = this.#page
    if (setup?.offer(texts)) return
    if (this.#page.lacksData() || view?.takesHiddenCode(texts)) return
    const now = new Date()
    const stamps = stampsAmong(texts, (text) => app.kiosk.verify(text, now)!)
    const [first] = stamps
    if (first === undefined) {
      this.#clear()
      this.#page.tell(noticeOf(texts))
    } else if (stamps.length === 1) this.#answers.check(first)
    else this.#answers.checkSeveral(stamps)
  }

  /** What a hand scanner typed. */
  #onScan(reading: Reading): void {
    const { app, setup, view } = this.#page
    const texts = textsOf(reading)
    if (setup?.offer(texts)) return
    if (document.querySelector('#layout-result') !== null) {
      showLayout(reading, app.words)
      return
    }
    if (this.#page.lacksData() || view?.takesHiddenCode(texts)) return
    const now = new Date()
    const read = readKeys(reading, (text) => app.kiosk.verify(text, now)!, this.#asked)
    this.#asked = 'notice' in read ? read.text : undefined
    if ('notice' in read) this.#tell(read.notice)
    else this.#answers.check(read.stamp)
  }

  /** A reading without an answer: whoever scans looks at the goods, and hears that there is none. */
  #tell(notice: Notice): void {
    this.#clear()
    play('again', settings.sound)
    this.#page.tell(notice)
    if (notice === 'again') this.#answers.askAgain()
  }

  /** The answer on the screen is not that of what was read now. */
  #clear(): void {
    this.#answers.next()
    this.#answers.makeWay()
  }
}
