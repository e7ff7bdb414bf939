import { explainWarning } from '../../verify/messages.ts'
import type { Verdict } from '../../verify/verdict.ts'
import { type Context, reportingTo } from '../shell/context.ts'
import { tellVerdict } from './verdict.ts'

/** Letters that are written at once: a write for each verdict takes longer than its words. */
const PIECE = 65_536

/** Counts verdicts and prints them. With a summary it prints only those that are not valid. */
export class Tally {
  readonly counts = { valid: 0, invalid: 0, indeterminate: 0 }
  readonly #context: Context
  readonly #summary: boolean
  /** Lines that are not written yet. */
  #told = ''

  constructor(context: Context, summary: boolean) {
    this.#summary = summary
    this.#context = reportingTo(context, (text) => {
      this.#told += text
      if (this.#told.length >= PIECE) this.write()
    })
  }

  /** Writes the lines so far. Called before more input is awaited, so that nobody waits for a verdict that is there. */
  write(): void {
    if (this.#told !== '') this.#context.io.out(this.#told)
    this.#told = ''
  }

  get count(): number {
    const { valid, invalid, indeterminate } = this.counts
    return valid + invalid + indeterminate
  }

  /** True once valid stamps need only be counted. The first verdict is always needed: its warnings are printed. */
  get countsValid(): boolean {
    return this.#summary && this.count > 0
  }

  countValid(count: number): void {
    this.counts.valid += count
  }

  /** Adds one verdict; `write` prints it. @param place where the text was, for people */
  tell(place: string, verdict: Verdict): void {
    const { io, language } = this.#context
    if (this.count === 0)
      for (const warning of verdict.warnings) io.err(`${explainWarning(warning, language)}\n`)
    this.counts[verdict.status]++
    if (!this.#summary || verdict.status !== 'valid') tellVerdict(this.#context, place, verdict)
  }
}
