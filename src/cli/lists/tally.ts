import { explainWarning } from '../../verify/messages.ts'
import type { Verdict } from '../../verify/verdict.ts'
import { type Context, reportingTo } from '../shell/context.ts'
import { tellVerdict } from './verdict.ts'

/** Letters that are written at once: a write for each of many verdicts takes longer than all the rest of telling it. */
const PIECE = 65_536

/** Counts verdicts, and tells them: with a summary, only those that are not valid. */
export class Tally {
  readonly counts = { valid: 0, invalid: 0, indeterminate: 0 }
  readonly #context: Context
  readonly #summary: boolean
  /** What is told and not yet written. */
  #told = ''

  constructor(context: Context, summary: boolean) {
    this.#summary = summary
    this.#context = reportingTo(context, (text) => {
      this.#told += text
      if (this.#told.length >= PIECE) this.write()
    })
  }

  /** Writes what is told: whoever waits for more must have read all so far. */
  write(): void {
    if (this.#told !== '') this.#context.io.out(this.#told)
    this.#told = ''
  }

  get count(): number {
    const { valid, invalid, indeterminate } = this.counts
    return valid + invalid + indeterminate
  }

  /** True where verdicts of valid stamps are not asked for any more: the first of all says what it warns of. */
  get countsValid(): boolean {
    return this.#summary && this.count > 0
  }

  countValid(count: number): void {
    this.counts.valid += count
  }

  /** Tells of one verdict. `write` shows it. @param place where the text was, for people */
  tell(place: string, verdict: Verdict): void {
    const { io, language } = this.#context
    if (this.count === 0)
      for (const warning of verdict.warnings) io.err(`${explainWarning(warning, language)}\n`)
    this.counts[verdict.status]++
    if (!this.#summary || verdict.status !== 'valid') tellVerdict(this.#context, place, verdict)
  }
}
