import { type Language, tidyScan, type Verdict } from 'veristamp/verify'
import type { HiddenCode } from '../../shared/hidden-code.ts'
import { isAtHome, keepStamp, takeStamp } from './address.ts'
import { type Told, tell } from './answer.ts'
import type { Config } from './config.ts'
import { chooseLanguage } from './language.ts'
import type { Lists } from './lists.ts'
import { answerPanel, checkingPanel, sentences } from './parts/panel.ts'
import { type AnswerWords, loadWords } from './words/words.ts'

/** What a stamp was found to be. */
export interface Answered {
  readonly stamp: string
  readonly verdict: Verdict
  readonly told: Told
  readonly hidden: HiddenCode | undefined
}

/** The page: one stamp at a time. The old answer always goes before a new one is worked out. */
export class Page {
  readonly config: Config
  readonly lists: Lists
  readonly #main = document.querySelector('main')!
  #language: Language = chooseLanguage()
  #words: AnswerWords | undefined
  /** The text of the stamp that is asked about. */
  #stamp: string | undefined
  #verdict: Verdict | undefined
  #hidden: HiddenCode | undefined
  #ready: Promise<unknown>
  /** Says anew how old the lists are. */
  onLists: (() => void) | undefined

  constructor(config: Config, lists: Lists) {
    this.config = config
    this.lists = lists
    this.#ready = Promise.all([lists.ready, this.speak(this.#language)])
    this.#ask(takeStamp(config))
  }

  get language(): Language {
    return this.#language
  }

  get words(): AnswerWords {
    return this.#words!
  }

  /** Reads the address anew: another stamp may stand there, or the one of before in a page that was put aside. */
  read(): void {
    const stamp = takeStamp(this.config)
    if (stamp === this.#stamp) this.check()
    else this.#ask(stamp)
  }

  /** Answers for what the camera saw. */
  scan(text: string): void {
    const stamp = tidyScan(text)
    keepStamp(stamp)
    this.#ask(stamp)
  }

  #ask(stamp: string | undefined): void {
    this.#stamp = stamp
    this.#verdict = undefined
    this.#hidden = undefined
    this.#wait()
    void this.#ready.then(async () => {
      const verdict = stamp === undefined ? undefined : await this.lists.answer(stamp)
      if (this.#stamp === stamp) this.show(verdict)
    })
  }

  /** Checks the stamp again: lists may be newer by now, or its last day over. What people read stays unless that changes it. */
  async check(): Promise<void> {
    const before = this.#verdict
    if (this.#stamp === undefined || before === undefined) return
    const verdict = await this.lists.answer(this.#stamp)
    if (this.#verdict !== before) return
    if (!isSame(before, verdict)) this.show(verdict)
    else this.onLists?.()
  }

  /** Asks for newer lists, then answers again. */
  async retry(): Promise<void> {
    const stamp = this.#stamp!
    this.#wait()
    await this.lists.refresh()
    const verdict = await this.lists.answer(stamp)
    if (this.#stamp === stamp) this.show(verdict)
  }

  /** Takes what was found of the hidden code: it may turn the whole answer. */
  found(hidden: HiddenCode): void {
    const before = this.#hidden
    this.#hidden = hidden
    if ((before?.state === 'wrong') !== (hidden.state === 'wrong')) this.show()
  }

  async speak(language: Language): Promise<void> {
    this.#words = await loadWords(language)
    this.#language = language
    document.documentElement.lang = language
    const { title } = this.#words
    document.title = title
    document.querySelector('.title')!.textContent = title
  }

  show(verdict = this.#stamp === undefined ? undefined : this.lists.verify(this.#stamp)): void {
    const stamp = this.#stamp
    this.#verdict = verdict
    if (stamp === undefined) {
      this.#more()
      return
    }
    const told = this.#tell(verdict)
    const panel = answerPanel(told, this.words)
    this.#main.replaceChildren(panel)
    this.#lead()
    void this.#explain(panel, told, verdict)
    if (verdict !== undefined) this.#more({ stamp, verdict, told, hidden: this.#hidden })
  }

  #tell(verdict: Verdict | undefined): Told {
    if (verdict === undefined) return { tone: 'unsure', word: 'unsure' }
    if (verdict.status === 'valid') {
      if (!isAtHome(this.config)) return { tone: 'unsure', word: 'elsewhere' }
      if (this.#hidden?.state === 'wrong') return { tone: 'bad', word: 'wrong_code' }
    }
    return tell(verdict)
  }

  /** Adds the sentences below the word. Those of a valid stamp are here, the others in a file of their own. */
  async #explain(panel: HTMLElement, { word }: Told, verdict: Verdict | undefined): Promise<void> {
    const { valid, unchecked, notMeant } = this.words
    if (word === 'valid' && verdict?.status === 'valid') {
      const isUnchecked = verdict.warnings.includes('revocation_unchecked')
      panel.append(...sentences([valid(verdict.issuer.name), ...(isUnchecked ? [unchecked] : [])], notMeant))
    } else {
      const { explain } = await import('./reasons.ts')
      panel.append(...(await explain(this, word, verdict)))
    }
  }

  /** Begins to be read from the top, by eyes and by screen readers. */
  #lead(): void {
    this.#main.querySelector<HTMLElement>('h1')?.focus({ preventScroll: true })
    scrollTo({ top: 0 })
  }

  /** What stands below the answer, or in its place: files of their own, so that no answer waits for them. */
  #more(answered?: Answered): void {
    const [stamp, verdict] = [this.#stamp, this.#verdict]
    void import('./more.ts').then(async ({ drawMore }) => {
      const parts = await drawMore(this, answered)
      if (this.#stamp !== stamp || this.#verdict !== verdict) return
      if (answered) this.#main.append(...parts)
      else {
        this.#main.replaceChildren(...parts)
        this.#lead()
      }
    })
  }

  #wait(): void {
    // The page's own file says it in both languages until one is here.
    if (this.#words) this.#main.replaceChildren(checkingPanel(this.#words))
  }
}

const isSame = (a: Verdict, b: Verdict | undefined): boolean =>
  b !== undefined &&
  a.status === b.status &&
  ('reason' in a ? a.reason : '') === ('reason' in b ? b.reason : '') &&
  a.trustList?.sequence === b.trustList?.sequence &&
  a.revocationList?.sequence === b.revocationList?.sequence
