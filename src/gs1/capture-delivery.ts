import type { Source } from '../lib/chunks.ts'
import type { CaptureFacts } from '../lib/error-details.ts'
import { VeristampError } from '../lib/errors.ts'
import { retryAfter } from '../lib/try-again.ts'
import { jobAddresses } from './capture-address.ts'
import {
  behaviourIn,
  type CaptureLimits,
  type ErrorBehaviour,
  jobIn,
  limitsIn,
  problemsIn,
} from './capture-answers.ts'
import { documentLength, documentOf, keyOf, type Parcel, parcelBatches, parcelOf } from './capture-batches.ts'
import type { Answer, Http } from './capture-http.ts'
import type { CaptureStore } from './capture-store.ts'
import { anEvent, type EpcisEvent } from './event.ts'

export interface CaptureProgress {
  /** Events that the server has taken. */
  readonly sent: number
  /** Events that it had before. */
  readonly known: number
  readonly refused: number
}

export interface CaptureResult {
  readonly sent: number
  readonly known: number
  readonly refused: readonly RefusedEvent[]
  /** False where so much was refused that the rest was not sent. */
  readonly complete: boolean
}

/** An event that the server does not take. The next time it is sent again. */
export interface RefusedEvent {
  /** Its id. */
  readonly event: string
  /** True for a declaration that this event was a mistake. */
  readonly declaration: boolean
  /** `too_large`: above the server's limit, `refused`: by its own words. */
  readonly reason: 'too_large' | 'refused'
  /** What the server says, 20 sentences of 300 letters at the most. */
  readonly problems: readonly string[]
}

/** One course of events to a server. */
export interface Delivery {
  readonly base: string
  readonly http: Http
  readonly store: CaptureStore
  readonly now: () => Date
  readonly onProgress: ((progress: CaptureProgress) => void) | undefined
}

/** Whatever a server allows. */
const OWN_LIMITS: CaptureLimits = { events: 1000, bytes: 4 * 2 ** 20 }
/** After so many refused events the fault is one of all. */
const MAX_REFUSED = 100
const FIRST_LOOK = 250
const MAX_LOOK = 10_000
/** A server may name a job a moment before it can be found. One of an earlier course is gone where it is not found at once. */
const LOOKS = { now: 5, earlier: 1 }

type Outcome = { readonly taken: true } | { readonly taken: false; readonly problems: readonly string[] }
type Posted = Outcome | 'too_large'

export async function deliverAll(delivery: Delivery, events: Source<EpcisEvent>): Promise<CaptureResult> {
  const course = await Course.begin(delivery)
  await course.settleOpenJobs()
  for await (const batch of parcelBatches(course.unsent(events), () => course.limits)) {
    await course.deliver(batch)
    if (course.isFull) break
  }
  return course.result()
}

class Course {
  readonly #delivery: Delivery
  readonly #behaviour: ErrorBehaviour
  readonly #refused: RefusedEvent[] = []
  #sent = 0
  #known = 0
  limits: CaptureLimits

  private constructor(delivery: Delivery, limits: CaptureLimits, behaviour: ErrorBehaviour) {
    this.#delivery = delivery
    this.limits = limits
    this.#behaviour = behaviour
  }

  /** A server that states no limits is given small documents all the same. */
  static async begin(delivery: Delivery): Promise<Course> {
    const { headers } = await delivery.http.ask({ method: 'OPTIONS', address: `${delivery.base}/capture` })
    return new Course(delivery, limitsIn(headers, OWN_LIMITS), behaviourIn(headers))
  }

  get isFull(): boolean {
    return this.#refused.length >= MAX_REFUSED
  }

  result(): CaptureResult {
    return { sent: this.#sent, known: this.#known, refused: this.#refused, complete: !this.isFull }
  }

  /** What the server has not yet, each once. */
  async *unsent(events: Source<EpcisEvent>): AsyncGenerator<Parcel> {
    const seen = new Set<string>()
    for await (const event of events) {
      anEvent('event', event)
      const key = keyOf(event)
      if (seen.has(key)) continue
      seen.add(key)
      if (await this.#delivery.store.has(key)) this.#known++
      else yield parcelOf(event)
    }
  }

  /** What an earlier course was waiting for. What failed, or is not known any more, is sent again. */
  async settleOpenJobs(): Promise<void> {
    const { store } = this.#delivery
    for (const { job, events } of await store.openJobs()) {
      const outcome = await this.#settle(job, LOOKS.earlier)
      const isTaken = outcome?.taken === true
      await store.note({ ended: job, ...(isTaken && { taken: events }) })
    }
  }

  /** Sends a batch. One that is refused is sent in halves, until what is refused stands alone. */
  async deliver(batch: readonly Parcel[]): Promise<void> {
    if (this.isFull) return
    const [first] = batch
    const isTooLarge = batch.length === 1 && documentLength(batch) > this.limits.bytes
    const posted: Posted = isTooLarge ? 'too_large' : await this.#post(batch)
    if (posted !== 'too_large' && posted.taken) this.#count(batch.length)
    else if (batch.length > 1) {
      const middle = Math.ceil(batch.length / 2)
      await this.deliver(batch.slice(0, middle))
      await this.deliver(batch.slice(middle))
    } else await this.#refuse(first!, posted === 'too_large' ? undefined : posted.problems)
  }

  #count(sent: number): void {
    this.#sent += sent
    this.#delivery.http.cheer()
    this.#tell()
  }

  #tell(): void {
    const { onProgress } = this.#delivery
    onProgress?.({ sent: this.#sent, known: this.#known, refused: this.#refused.length })
  }

  /** A server may refuse an event because it has it: then all is well. */
  async #refuse({ key, event }: Parcel, problems: readonly string[] | undefined): Promise<void> {
    const { eventID, errorDeclaration } = event
    if (problems !== undefined && errorDeclaration === undefined && (await this.#isThere(eventID))) {
      await this.#delivery.store.note({ taken: [key] })
      return this.#count(1)
    }
    this.#refused.push({
      event: eventID,
      declaration: errorDeclaration !== undefined,
      reason: problems === undefined ? 'too_large' : 'refused',
      problems: problems ?? [],
    })
    this.#tell()
  }

  async #isThere(id: string): Promise<boolean> {
    const { base, http } = this.#delivery
    const address = `${base}/events/${encodeURIComponent(id)}`
    const { status, text } = await http.ask({ method: 'GET', address, mayBeForbidden: true })
    return status === 200 && text.includes(JSON.stringify(id))
  }

  async #post(batch: readonly Parcel[]): Promise<Posted> {
    const { base, http, store, now } = this.#delivery
    const answer = await http.ask({
      ...{ method: 'POST', address: `${base}/capture`, body: documentOf(batch, now()) },
      headers: {
        'content-type': 'application/json',
        'gs1-epcis-version': '2.0.0',
        'gs1-cbv-version': '2.0.0',
        'gs1-capture-error-behaviour': this.#behaviour,
      },
    })
    if (answer.status === 413) return this.#shrink(answer, batch.length)
    if ([400, 409, 422].includes(answer.status)) return { taken: false, problems: problemsOf(answer) }
    if ([404, 405, 410, 501].includes(answer.status)) throw this.#failed('no_capture', answer)
    const job = answer.headers.get('location')
    if (answer.status !== 202 || job === null || jobAddresses(base, job).length === 0)
      throw this.#failed('strange_answer', answer)
    const events = batch.map(({ key }) => key)
    await store.note({ begun: { job, events } })
    const outcome = await this.#settle(job, LOOKS.now)
    if (outcome === undefined) throw this.#failed('strange_answer', answer)
    await store.note({ ended: job, ...(outcome.taken && { taken: events }) })
    return outcome
  }

  /** A limit that was not told before, or a lie about one. */
  #shrink({ headers }: Answer, count: number): 'too_large' {
    const { events, bytes } = limitsIn(headers, this.limits)
    this.limits = { events: Math.min(events, Math.max(1, Math.ceil(count / 2))), bytes }
    return 'too_large'
  }

  /** Waits until a job has ended; undefined for one that is not to be found. */
  async #settle(job: string, maxMissed: number): Promise<Outcome | undefined> {
    const { base, http, now } = this.#delivery
    const addresses = jobAddresses(base, job)
    for (let looks = 0, missed = 0; addresses.length > 0; looks++) {
      const answer = await http.ask({ method: 'GET', address: addresses[0]! })
      const pause = Math.min(FIRST_LOOK * 2 ** looks, MAX_LOOK)
      if (answer.status === 404 || answer.status === 410) {
        if (addresses.length > 1) addresses.shift()
        else if (++missed >= maxMissed) return undefined
        else await http.wait(pause, 'job_open')
        continue
      }
      const state = answer.status === 200 ? jobIn(answer.text) : undefined
      if (state === undefined) throw this.#failed('strange_answer', answer)
      if (!state.running)
        return state.success ? { taken: true } : { taken: false, problems: problemsOf(answer) }
      await http.wait(retryAfter(answer.headers.get('retry-after'), now()) ?? pause, 'job_open')
    }
    return undefined
  }

  #failed(fault: CaptureFacts['fault'], answer: Answer): VeristampError {
    const { base } = this.#delivery
    const { status } = answer
    const [detail] = problemsIn(answer.text)
    return new VeristampError('capture_failed', `${base}: ${fault} (${status})`, {
      ...{ fault, server: base, status, detail },
    })
  }
}

const problemsOf = ({ status, text }: Answer): string[] => {
  const problems = problemsIn(text)
  return problems.length > 0 || status === 200 ? problems : [`HTTP ${status}`]
}
