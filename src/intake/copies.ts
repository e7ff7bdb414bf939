import { timeOf } from '../lib/dates.ts'
import { groupBy } from '../lib/group-by.ts'
import type { ImpossibleTravel, Rate } from '../scanlog/evidence.ts'
import { type FindOptions, findStrange, inOrder } from '../scanlog/findings.ts'
import type { ScanStatus } from '../scanlog/record.ts'
import type { ListNumbers, Witness, Word } from './word.ts'

/** What looks like a copy, by the words of scanners. */
export interface CopyFinding {
  /** As a scan log has it, the latest of its kind. */
  readonly finding: ImpossibleTravel | Rate
  /** The first 16 bytes of the code's SHA-256, in hexadecimal digits. */
  readonly code: string
  /** The stamp, by the newest word. */
  readonly facility: number
  readonly product: number
  readonly serial: number
  /** True where scanners tell of different stamps for the code: one of them is wrong. */
  readonly disputed: boolean
  /** What the finding rests on, the oldest first. */
  readonly sightings: readonly WitnessedSighting[]
  /** True where one scanner is the only witness of all that the finding rests on. */
  readonly single: boolean
  /** When the last of its sightings was taken. */
  readonly found: Date
}

export interface WitnessedSighting {
  readonly place: string
  readonly time: Date
  readonly witnesses: readonly Testimony[]
}

/** What a scanner told at the scan, and what the server knew when it took that. */
export interface Testimony extends Pick<Witness, 'scanner'> {
  readonly status: ScanStatus
  readonly taken: Date
  readonly lists: ListNumbers
}

/** What is strange about codes, by the rules of scan logs. @param words all that count of these codes */
export const copiesAmong = (words: readonly Word[], options: FindOptions): CopyFinding[] =>
  [...groupBy(words, ({ code }) => code).values()].flatMap((ofCode) => copiesOf(ofCode, options))

function copiesOf(words: readonly Word[], options: FindOptions): CopyFinding[] {
  const sightings = inOrder(
    [...groupBy(words, ({ time, place }) => `${time} ${place}`).values()].map((told) => ({
      time: told[0]!.time,
      place: told[0]!.place,
      told: [...told].sort((a, b) => (a.scanner < b.scanner ? -1 : 1)),
    })),
  )
  const last = sightings.at(-1)!.told[0]!
  const { code, facility, product, serial } = last
  const disputed = words.some(
    (word) => word.facility !== facility || word.product !== product || word.serial !== serial,
  )
  return findStrange(sightings, options).map((finding) => {
    const own = sightings.filter((sighting) => isOf(finding, sighting))
    const told = own.flatMap((sighting) => sighting.told)
    return {
      ...{ finding, code, facility, product, serial, disputed },
      sightings: own.map((each) => ({
        place: each.place,
        time: timeOf(each.time),
        witnesses: each.told.map(testimonyOf),
      })),
      single: new Set(told.map(({ scanner }) => scanner)).size === 1,
      found: timeOf(Math.max(...own.map((each) => Math.min(...each.told.map(({ taken }) => taken))))),
    }
  })
}

const testimonyOf = ({ scanner, status, taken, lists }: Word): Testimony => ({
  scanner,
  status,
  taken: timeOf(taken),
  lists,
})

/** True for a sighting that a finding rests on. */
function isOf(
  finding: ImpossibleTravel | Rate,
  { time, place }: { readonly time: number; readonly place: string },
): boolean {
  const moment = time * 1000
  if (finding.kind === 'rate') return finding.first.getTime() <= moment && moment <= finding.last.getTime()
  return [finding.from, finding.to].some((end) => end.place === place && end.time.getTime() === moment)
}

/** All on whose word a finding rests. */
export const witnessesOf = ({ sightings }: CopyFinding): Witness[] =>
  sightings.flatMap(({ place, witnesses }) => witnesses.map(({ scanner }) => ({ scanner, place })))
