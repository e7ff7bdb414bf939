import { tidyScan } from 'veristamp/verify'
import { FOREIGN_FRAMES, isStamp } from '../../../shared/is-stamp.ts'
import type { SeenCode } from '../../../shared/scan/decoder.ts'
import { noticeOf } from '../core/reading.ts'
import { createRepeatGuard } from '../core/repeat.ts'
import type { Answers } from './answers.ts'
import type { Page } from './page.ts'
import { settings } from './settings.ts'
import { play } from './sound.ts'
import { inUse } from './use.ts'

const MAX_KNOWN = 500
/** Who typed so lately does not hold up the next product, in milliseconds. */
const TYPING = 10_000
/** What was in sight so shortly before an answer that came otherwise is no next product, in milliseconds. */
const BEFORE = 5_000

/** What the camera sees, many times a second. */
export class Sights {
  readonly #page: Page
  readonly #answers: Answers
  readonly #guard = createRepeatGuard()
  /** Which texts are stamps: a camera asks for the same ones many times a second. */
  readonly #known = new Map<string, boolean>()
  /** Other codes that lay beside what was answered, and when they were seen: a poster is no next product. */
  readonly #beside = new Map<string, number>()
  /** The stamp that is, or was last, in sight. */
  #seen: string | undefined
  #foreignFrames = 0

  constructor(page: Page, answers: Answers) {
    this.#page = page
    this.#answers = answers
  }

  /** Newer data may know more stamps. */
  forget(): void {
    this.#known.clear()
  }

  /** Gets the codes of a frame, the one nearest to the middle first. @returns the one to outline */
  onCodes(codes: readonly SeenCode[]): SeenCode | undefined {
    const named = codes.map((code) => ({ code, text: tidyScan(code.text) }))
    const others = named.filter(({ text }) => !this.#isStamp(text)).map(({ text }) => text)
    const fresh = others.filter((text) => this.#guard.isNew(text, performance.now()))
    if (fresh.length > 0 && this.#page.view?.takesHiddenCode(fresh)) {
      this.#lieBeside(fresh)
      return undefined
    }
    const nearest = named.find(({ text }) => this.#isStamp(text))
    if (nearest !== undefined) this.#see(nearest.text, others)
    else this.#seeOthers(others)
    return nearest?.code
  }

  #see(text: string, others: readonly string[]): void {
    this.#foreignFrames = 0
    if (text !== this.#seen) this.#beside.clear()
    this.#seen = text
    this.#lieBeside(others)
    if (this.#guard.isNew(text, performance.now())) this.#answers.check(text)
    else this.#answers.keep(text)
  }

  /**
   * Other people's codes lie about everywhere: they are worth a quiet word. But one that comes into sight while the
   * answered stamp is away is the next product's, and a green page beside it would be taken for its answer.
   */
  #seeOthers(texts: readonly string[]): void {
    const { view } = this.#page
    if (view?.isReady) this.#forgetBeside()
    const fresh = view?.isReady ? texts : texts.filter((text) => !this.#beside.has(text))
    if (view?.isReady) this.#lieBeside(texts)
    this.#foreignFrames = fresh.length === 0 ? 0 : this.#foreignFrames + 1
    if (this.#foreignFrames !== FOREIGN_FRAMES || view === undefined) return
    if (!view.isReady) {
      if (inUse.isTyping(TYPING)) {
        this.#foreignFrames--
        return
      }
      this.#answers.makeWay()
      play('again', settings.sound)
    }
    const notice = noticeOf(fresh)
    if (notice === 'setup' || !this.#page.lacksData()) this.#page.tell(notice)
  }

  #lieBeside(texts: readonly string[]): void {
    for (const text of texts) this.#beside.set(text, performance.now())
  }

  #forgetBeside(): void {
    this.#seen = undefined
    for (const [text, time] of this.#beside) if (performance.now() - time > BEFORE) this.#beside.delete(text)
  }

  #isStamp(text: string): boolean {
    const known = this.#known.get(text)
    if (known !== undefined) return known
    const verdict = this.#page.app.kiosk.verify(text, new Date())
    const is = verdict !== undefined && isStamp(text, verdict)
    if (this.#known.size >= MAX_KNOWN) this.#known.clear()
    this.#known.set(text, is)
    return is
  }
}
