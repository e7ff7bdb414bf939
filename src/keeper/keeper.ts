import { type ArgumentTable, aSignal, checkTable, ifGiven } from '../lib/arguments.ts'
import { aDate } from '../lib/dates.ts'
import { isOurs } from '../lib/errors.ts'
import type { VerifierOptions, VerifyOptions } from '../verify/options.ts'
import type { Verdict } from '../verify/verdict.ts'
import type { Verifier } from '../verify/verifier.ts'
import { KeeperFault } from './fault.ts'
import { guardedVerifier } from './guarded.ts'
import type { Held } from './held.ts'
import { type Keeping, keepLists } from './keeping.ts'
import { checkKeeperOptions, type KeeperOptions } from './options.ts'
import type { KeeperFetch } from './request.ts'
import { createSchedule } from './schedule.ts'
import type { KeeperState } from './state.ts'
import { momentOf } from './timing.ts'

/** Holds the newest lists of its authorities, and the verifier made of them. */
export interface Keeper {
  /**
   * Checks one scanned text with the lists that are here, as `Verifier.verify` does. Nobody is asked for anything. While
   * an authority's trust list is missing, what it could say is `indeterminate`, with the reason `trust_list_missing`.
   * @throws as `Verifier.verify` does, never on a scan
   */
  verify(text: string, options?: VerifyOptions): Verdict
  /**
   * The same, once the slices that the text asks for are here (docs/lists.md, "Large lists in slices"): those that are missing
   * are asked for, by range and not by stamp. Where they do not come, the answer stays `slice_missing`.
   * @throws (rejects with) what `verify` throws, and the `reason` of the signal
   */
  answer(text: string, options?: AnswerOptions): Promise<Verdict>
  /** The verifier of this moment: take it for many texts. It changes when lists do. */
  readonly verifier: Verifier
  /** How things stand at this moment. */
  readonly state: KeeperState
  /**
   * Takes what the store has, and asks each authority's server for newer lists. While it runs, whoever calls it waits for
   * the same answers. Whatever network and servers do, it resolves, and the state says what happened.
   * @throws (rejects with) the `reason` of the signal: then this call alone has stopped waiting, and the last one to
   * stop ends the requests; ArgumentTypeError or ArgumentRangeError for bad options
   */
  refresh(options?: RefreshOptions): Promise<KeeperState>
  /**
   * Takes what the store has and keeps it fresh from now on: asks at once, and then when the lists say so. Never rejects.
   * @returns a promise that resolves as soon as every authority has its lists, or once the first try has failed
   */
  start(): Promise<KeeperState>
  /** Asks no more, and ends the requests that are under way. What is here stays in use. */
  stop(): void
}

export interface RefreshOptions {
  readonly signal?: AbortSignal | undefined
  /** The moment of the refresh. The system's clock, read once, by default. */
  readonly now?: Date | undefined
}

export interface AnswerOptions extends VerifyOptions {
  /** Ends the waiting. */
  readonly signal?: AbortSignal | undefined
}

const refreshFields: ArgumentTable<RefreshOptions> = { signal: ifGiven(aSignal), now: ifGiven(aDate) }

/** As `createVerifier` has it, in seconds. */
const CLOCK_TOLERANCE = 300

/**
 * A keeper of the lists of one authority, or of several (docs/lists.md). It does nothing until it is started or asked to
 * refresh.
 * @throws ArgumentTypeError or ArgumentRangeError for bad options, such as pins that do not say where the lists are
 * @example
 * ```ts
 * import { createKeeper, memoryKeeperStore } from 'veristamp/keeper'
 *
 * const keeper = createKeeper({ pins, store: memoryKeeperStore() })
 * keeper.verify(scanned).status // → 'indeterminate'
 * ```
 */
export function createKeeper(options: KeeperOptions): Keeper {
  const {
    sources,
    store,
    fetch = ownFetch,
    onChange,
    onAlarm,
    slices = 'whole',
    ...judging
  } = checkKeeperOptions(options)
  const { clockTolerance = CLOCK_TOLERANCE, maxListAge } = judging

  /** The verifier of what is held, with other lists for one authority. */
  const verifierWith = (changed?: Keeping, next?: Held): Verifier => {
    const all = keepings.map((each) => protect(each.grow(each === changed ? next! : each.held), each))
    return verifierOf(all, { maxListAge, clockTolerance })
  }
  const keepings: readonly Keeping[] = sources.map(({ address, ...believed }) => {
    const keeping: Keeping = keepLists(believed, {
      ...{ address, fetch, store, clockTolerance, isWhole: slices === 'whole' },
      check: (next) => void verifierWith(keeping, next),
      use: (next) => {
        verifier = verifierWith(keeping, next)
      },
      onAlarm: (alarm) => tell(onAlarm, alarm),
    })
    return keeping
  })
  let verifier = verifierWith()

  const state = (now = momentOf()): KeeperState => ({
    authorities: keepings.map((each) => each.state(now)),
  })
  const changed = (): KeeperState => {
    verifier = verifierWith() // by now it may be known that a store does not keep anything
    const current = state()
    tell(onChange, current)
    return current
  }
  const refreshSome = async (some: readonly Keeping[], signal?: AbortSignal, now?: Date) => {
    await Promise.all(some.map((each) => each.refresh(signal, now)))
    return changed()
  }
  const schedule = createSchedule(keepings, refreshSome)

  return {
    verify: (text, verifyOptions) => verifier.verify(text, verifyOptions),
    async answer(text, answerOptions = {}) {
      const { signal = new AbortController().signal, now } = checkTable(
        'options',
        answerOptions,
        refreshFields,
      )
      const moment = momentOf(now)
      const verdict = verifier.verify(text, { now: moment })
      if (verdict.status !== 'indeterminate' || verdict.reason !== 'slice_missing') return verdict
      const keyId = verdict.keyId!
      await Promise.all(keepings.map((each) => each.bringSlices(keyId, signal, moment)))
      return verifier.verify(text, { now: moment })
    },
    get verifier() {
      return verifier
    },
    get state() {
      return state()
    },
    async refresh(refreshOptions = {}) {
      const { signal, now } = checkTable('options', refreshOptions, refreshFields)
      return refreshSome(keepings, signal, now)
    },
    async start() {
      await schedule.start(async () => {
        await Promise.all(keepings.map((each) => each.open(momentOf())))
        changed()
        return keepings.every(({ held }) => held.trustList)
      })
      return state()
    },
    stop: schedule.stop,
  }
}

/** Lists that say whether anything stands against older ones. */
const protect = ({ kept, trustList, revocationList }: Held, { isSafe }: Keeping): Held => ({
  kept,
  trustList: trustList && { ...trustList, rollbackProtected: isSafe },
  revocationList: revocationList && { ...revocationList, rollbackProtected: isSafe },
})

/** @throws KeeperFault for lists that cannot stand beside each other */
function verifierOf(
  all: readonly Held[],
  judging: Pick<VerifierOptions, 'maxListAge' | 'clockTolerance'>,
): Verifier {
  const trustLists = all.flatMap(({ trustList }) => trustList ?? [])
  const revocationLists = all.flatMap(({ revocationList }) => revocationList ?? [])
  try {
    return guardedVerifier({ trustLists, revocationLists, ...judging }, all.length)
  } catch (error) {
    if (!isOurs(error, 'key_shared')) throw error
    throw new KeeperFault('public_key_repeated', error.message)
  }
}

/** Hands something to the app. What the app throws is the app's, and is told as an event's listener's is. */
function tell<T>(listener: ((told: T) => void) | undefined, told: T): void {
  try {
    listener?.(told)
  } catch (error) {
    setTimeout(() => {
      throw error
    })
  }
}

/** The runtime's own. */
const ownFetch: KeeperFetch = (address, init) => fetch(address, init)
