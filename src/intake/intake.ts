import { encodeUtf8 } from '../codec/utf8.ts'
import { orRefused } from '../document/refusal.ts'
import type { Engine } from '../ed25519/engine.ts'
import { sha256 } from '../ed25519/sha2.ts'
import { toHex } from '../lib/bytes.ts'
import { copyBounded } from '../lib/checks.ts'
import { secondOf } from '../lib/dates.ts'
import type { RefusedScans } from '../scanlog/api.ts'
import { marksOf, scansOf } from '../scanlog/body.ts'
import { MAX_FILE_LENGTH, readScans, type SignedScans } from '../scanlog/document.ts'
import type { Point } from '../scanlog/places.ts'
import { pointsOf } from '../scanlog/places.ts'
import { checkRules, mostAlike, type ScanRules } from '../scanlog/rules.ts'
import { checkLists, type ScannerList } from '../scanlog/scanner.ts'
import { type CopyFinding, copiesAmong } from './copies.ts'
import { portionsOf } from './portions.ts'
import type { Counting, FindingsAsked, IntakeStore, KeptScans, ScanDay, ScannerState } from './store.ts'
import type { ListNumbers, Witness, Word } from './word.ts'

/** What a server goes by: its own newest lists of one authority. */
export interface ServerLists extends ListNumbers {
  readonly trustList: ScannerList
}

export interface IntakeOptions {
  readonly store: IntakeStore
  readonly lists: ServerLists
  readonly engine: Engine
  /** Other rules than the usual ones. */
  readonly rules?: Partial<ScanRules> | undefined
}

/** Takes the scans of an authority's kiosks, and finds copies among all of them (docs/spec/intake.md). */
export interface Intake {
  /**
   * Takes a file of scan logs. All documents are checked before the first is taken. Where `admit` says no to those
   * who signed them, nothing is taken: `busy`.
   * @throws VeristampError `does_not_fit` where there is no room left; what the store throws
   */
  take(file: Uint8Array, options: TakeOptions): Promise<Taken | RefusedScans | NotAdmitted>
  /** The newest lists, in place of those before. What was found is judged again by them, in the background. */
  useLists(lists: ServerLists): void
  /** What is found, the newest first. */
  findings(asked: FindingsAsked): Promise<CopyFinding[]>
  /** The scanners of the trust list, and all that something was taken from. */
  scanners(): Promise<ListedScanner[]>
  /** Scans by scanners that count, a day and place, from a day on. */
  days(from: number): Promise<ScanDay[]>
  /**
   * Judges what another server left behind when it was stopped, and what was judged by other lists. To be asked now and
   * then; without anything to do it is quick.
   * @throws what the store throws
   */
  settle(): Promise<void>
}

export interface TakeOptions {
  readonly now: Date
  /** Asked once all signatures held: one for each document. */
  readonly admit?: ((scanners: readonly Witness[]) => boolean) | undefined
}

export interface NotAdmitted {
  readonly ok: false
  readonly reason: 'busy'
  readonly detail?: undefined
}

export interface Taken {
  readonly ok: true
  /** One for each document, in their order. */
  readonly taken: readonly TakenDocument[]
}

export interface TakenDocument extends Pick<KeptScans, 'added' | 'known' | 'undone' | 'newest'> {
  readonly authority: string
  readonly place: string
  /** Records that were left out for lying in the future. */
  readonly future: number
}

export interface ListedScanner extends Omit<ScannerState, 'taken'> {
  /** Where it is, as the trust list writes it. */
  readonly position?: string | undefined
  /** True while the trust list names it. */
  readonly counts: boolean
  /** When something was last taken from it, in seconds. */
  readonly taken: number | undefined
}

const DAY = 86_400

/** Opens an intake, and has all judged again that was judged by other lists or rules. */
export function openIntake({ store, lists, engine, rules: given }: IntakeOptions): Intake {
  const rules = checkRules('options.rules', given)
  let own = ownLists(lists, rules)
  let settling: Promise<void> = Promise.resolve()

  const judgeBy = async ({ counting, points }: OwnLists, codes: readonly string[]): Promise<void> => {
    const judge = (words: readonly Word[]) => copiesAmong(words, { rules, points })
    for (const portion of portionsOf(codes)) await store.judge(counting, portion, judge)
  }
  /** By the newest lists, also where those come in the meantime. */
  const judgeAll = async (codes: readonly string[]): Promise<void> => {
    for (let lists: OwnLists | undefined; lists !== own; ) {
      lists = own
      await judgeBy(lists, codes)
    }
  }
  const take = async (body: SignedScans, now: number): Promise<TakenDocument> => {
    const lists = own
    const { delivery, future } = deliveryOf(body, now, lists)
    const kept = await store.keep(delivery)
    if (kept.added + kept.undone > 0) {
      const codes = [...delivery.scans, ...delivery.undone].map(({ code }) => toHex(code))
      await judgeAll(await store.doubtful(lists.counting, [...new Set(codes)]))
    }
    await store.settled(kept)
    const { added, known, undone, newest } = kept
    return { authority: body.authority, place: body.place, added, known, future, undone, newest }
  }
  const settle = async (): Promise<void> => {
    const lists = own
    const { counting, digest } = lists
    for await (const codes of store.unsettled(counting)) await judgeAll(codes)
    if ((await store.judgedBy(counting.authority)) === digest) return
    for await (const codes of store.everyDoubtful(counting)) {
      if (own !== lists) return // newer lists came, and have it done
      await judgeAll(codes)
    }
    await store.markJudged(counting.authority, digest)
  }
  const settleNext = (): Promise<void> => {
    settling = settling.catch(() => {}).then(settle)
    settling.catch(() => {}) // told to whoever asks
    return settling
  }
  settleNext()
  return {
    async take(file, { now, admit = () => true }) {
      const copy = copyBounded('file', file, MAX_FILE_LENGTH)
      const second = secondOf('options.now', now)
      const read = orRefused(() => ({
        ok: true as const,
        bodies: readScans(copy, { lists: [own.lists.trustList], engine }),
      }))
      if (!read.ok) return read
      if (!admit(read.bodies.map(({ signer, place }) => ({ scanner: toHex(signer), place }))))
        return { ok: false, reason: 'busy' }
      const taken: TakenDocument[] = []
      for (const body of read.bodies) taken.push(await take(body, second))
      return { ok: true, taken }
    },
    useLists(lists) {
      own = ownLists(lists, rules)
      settleNext()
    },
    findings: (asked) => store.findings(own.counting, asked),
    scanners: async () => listedScanners(own.lists, await store.scanners(own.counting.authority)),
    async days(from) {
      const counts = new Set(own.counting.witnesses.map(({ scanner, place }) => `${scanner} ${place}`))
      const days = await store.days(own.counting.authority, from)
      return days.filter(({ scanner, place }) => counts.has(`${scanner} ${place}`))
    },
    settle: settleNext,
  }
}

interface OwnLists {
  readonly lists: ServerLists
  readonly counting: Counting
  readonly points: ReadonlyMap<string, Point>
  /** Of all that findings depend on beside the words. */
  readonly digest: string
}

function ownLists({ trust, revocation, trustList: given }: ServerLists, rules: ScanRules): OwnLists {
  const [trustList] = checkLists('lists', [given]) as [ScannerList]
  const { authority, scanners } = trustList
  const witnesses = scanners.map(({ publicKey, place }) => ({ scanner: toHex(publicKey), place }))
  const said = JSON.stringify([rules, scanners.map((each, i) => [witnesses[i], each.position])])
  return {
    lists: { trust, revocation, trustList },
    counting: { authority, witnesses, maxScans: rules.maxScans, mostAlike: mostAlike(rules) },
    points: pointsOf([trustList]),
    digest: toHex(sha256(encodeUtf8(said))),
  }
}

function deliveryOf(body: SignedScans, now: number, { lists }: OwnLists) {
  const [latest, { trust, revocation }] = [now + DAY, lists]
  const { authority, place, signer, issued } = body
  const scans = scansOf(body).filter(({ time }) => time <= latest)
  return {
    future: body.records.length - scans.length,
    delivery: {
      ...{ authority, place, scanner: toHex(signer), taken: now, scans },
      issued: issued.getTime() / 1000,
      lists: { trust, revocation },
      undone: marksOf(body).filter(({ time }) => time <= latest),
    },
  }
}

/** Those of the list in its order, then those that left it. */
function listedScanners({ trustList }: ServerLists, states: readonly ScannerState[]): ListedScanner[] {
  const left = new Map(states.map((state) => [`${state.scanner} ${state.place}`, state]))
  const listed = trustList.scanners.map(({ publicKey, place, position }) => {
    const scanner = toHex(publicKey)
    const state = left.get(`${scanner} ${place}`)
    left.delete(`${scanner} ${place}`)
    const { taken, newest, scans = 0 }: Partial<ScannerState> = state ?? {}
    return { scanner, place, position, counts: true, taken, newest, scans }
  })
  return [...listed, ...[...left.values()].map((state) => ({ ...state, counts: false }))]
}
