import { VeristampError } from '../lib/errors.ts'
import type { ScanStore } from '../scanlog/store.ts'
import { type CopyFinding, witnessesOf } from './copies.ts'
import { decodeDelivery, encodeDelivery } from './delivery-chunk.ts'
import { portionsOf } from './portions.ts'
import { type Counting, dayOfScan, type IntakeStore, type ScanDay, type ScannerState } from './store.ts'
import type { ScanDelivery, Witness } from './word.ts'
import { doAllCount, WordsHeld, whoCounts } from './words-held.ts'

/** How many records are held: some 200 MB. Above it, PostgreSQL is the store to have. */
const MAX_HELD = 2_000_000

export interface ChunkStoreOptions {
  /** How many records it takes. */
  readonly max?: number
  /** Closes what the chunks are in. */
  readonly close?: () => void
}

/** What scanners say, in memory and in a store of chunks, such as a file. @throws VeristampError `store_corrupt` */
export async function openChunkIntakeStore(
  chunks: ScanStore,
  { max = MAX_HELD, close = () => {} }: ChunkStoreOptions = {},
): Promise<IntakeStore> {
  const held = new Held()
  let number = 0
  let last: Promise<unknown> = Promise.resolve()
  for (const chunk of await chunks.read()) {
    held.add(decodeDelivery(chunk))
    number++
  }
  /** One after another. */
  const alone = <T>(work: () => Promise<T> | T): Promise<T> => {
    const done = last.then(work)
    last = done.catch(() => {})
    return done
  }
  return {
    keep: (delivery) =>
      alone(async () => {
        const count = held.words.size + delivery.scans.length
        if (count > max)
          throw new VeristampError('does_not_fit', `scans: ${count}, at most ${max}`, {
            what: 'scans',
            count,
            max,
          })
        await chunks.append(encodeDelivery(delivery))
        return { number: ++number, ...held.add(delivery) }
      }),
    doubtful: async (counting, codes) => [...held.words.doubtful(counting, codes)],
    async *everyDoubtful(counting) {
      const codes = new Set([...held.words.doubtful(counting), ...held.found(counting.authority).keys()])
      yield* portionsOf([...codes])
    },
    async *unsettled() {}, // nothing was found yet when it was opened
    settled: async () => {},
    judge: (counting, codes, judge) =>
      alone(() => held.keepFindings(counting, codes, judge(held.words.words(counting, codes)))),
    async findings(counting, { max, skip = 0 }) {
      const counts = whoCounts(counting)
      return [...held.found(counting.authority).values()]
        .flat()
        .filter((finding) => doAllCount(counts, witnessesOf(finding)))
        .sort(compareFindings)
        .slice(skip, skip + max)
    },
    judgedBy: async (authority) => held.judgedBy.get(authority),
    markJudged: async (authority, by) => void held.judgedBy.set(authority, by),
    scanners: async (authority) => held.scanners(authority),
    days: async (authority, from) => held.daysFrom(authority, from),
    async close() {
      await last
      close()
    },
  }
}

/** The newest first; of one moment in an order that every store comes to. */
const compareFindings = (a: CopyFinding, b: CopyFinding): number =>
  b.found.getTime() - a.found.getTime() || (keyOf(a) < keyOf(b) ? -1 : 1)

const keyOf = ({ code, finding }: CopyFinding): string => `${code} ${finding.kind}`

class Held {
  readonly words = new WordsHeld()
  readonly judgedBy = new Map<string, string>()
  readonly #found = new Map<string, Map<string, CopyFinding[]>>()
  readonly #scanners = new Map<string, ScannerState & { readonly authority: string }>()
  readonly #days = new Map<string, ScanDay & { readonly authority: string }>()

  add(delivery: ScanDelivery) {
    const { added, undone } = this.words.add(delivery)
    const { authority, scanner, place, taken, scans } = delivery
    const id = `${scanner} ${place}`
    const before = this.#scanners.get(`${authority} ${id}`)
    const newest = scans.reduce<number | undefined>(
      (time, scan) => Math.max(time ?? scan.time, scan.time),
      before?.newest,
    )
    const who = { authority, scanner, place }
    const all = (before?.scans ?? 0) + added.length
    this.#scanners.set(`${authority} ${id}`, {
      ...who,
      taken: Math.max(taken, before?.taken ?? 0),
      newest,
      scans: all,
    })
    for (const { time, status } of added) this.#count(who, dayOfScan(time), status)
    return { added: added.length, known: scans.length - added.length, undone, newest }
  }

  #count(who: Witness & { readonly authority: string }, day: number, status: keyof Counts): void {
    const key = `${day} ${who.authority} ${who.scanner} ${who.place}`
    const { valid, invalid, indeterminate }: Counts = this.#days.get(key) ?? NONE
    const counts = { valid, invalid, indeterminate }
    this.#days.set(key, { ...who, day, ...counts, [status]: counts[status] + 1 })
  }

  found(authority: string): ReadonlyMap<string, CopyFinding[]> {
    return this.#found.get(authority) ?? new Map()
  }

  keepFindings({ authority }: Counting, codes: readonly string[], findings: readonly CopyFinding[]): void {
    const found = this.#found.get(authority) ?? new Map<string, CopyFinding[]>()
    this.#found.set(authority, found)
    for (const code of codes) found.delete(code)
    for (const finding of findings) found.set(finding.code, [...(found.get(finding.code) ?? []), finding])
  }

  scanners(authority: string): ScannerState[] {
    return ofAuthority(this.#scanners.values(), authority)
  }

  daysFrom(authority: string, from: number): ScanDay[] {
    return ofAuthority(this.#days.values(), authority).filter(({ day }) => day >= from)
  }
}

type Counts = Pick<ScanDay, 'valid' | 'invalid' | 'indeterminate'>
const NONE: Counts = { valid: 0, invalid: 0, indeterminate: 0 }

const ofAuthority = <T extends { readonly authority: string }>(
  all: Iterable<T>,
  authority: string,
): Omit<T, 'authority'>[] =>
  [...all].filter((each) => each.authority === authority).map(({ authority: _, ...rest }) => rest)
