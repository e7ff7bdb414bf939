import { type Dirent, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { listOf, textOf } from '../../lib/arguments.ts'
import { isOurs } from '../../lib/errors.ts'
import { readBoundedFile } from '../../node/files/bounded-file.ts'
import { aPath } from '../../node/files/path-argument.ts'
import type { Reservation, RunJob } from '../job.ts'
import { readClaim } from '../manifest.ts'
import { readRecord, readReservation, recordFile } from './record.ts'
import { compareRunNames, type RunName, readRunName } from './run-id.ts'

/**
 * Looks through a journal's folder. A record tells of its serials only under its own name, and cloud folders, backups
 * and people give files other names, lose them and bring old ones back. So whatever doesn't belong is a fault, and a
 * fault stops reservations: what it stands for may be serials that were given away.
 */

/** @inline */
export type RunProduct = Pick<RunJob, 'facility' | 'product'>

/**
 * `stranger`: a name that no journal has. `link`: a link in the place of a file or a folder. `not_plain`: a pipe or a
 * folder in the place of a file, or no folder in the place of one. `damaged`: a record that can't be read, or that has another's name. `no_record`: a run's folder,
 * or what declares it void, without the record. `missing`: a number that was passed over, for runs are numbered
 * without gaps. `other_manifest`: a manifest of other serials than the record's. Where a database is the ledger:
 * `unlisted`: a record that the database does not have, and `other_record`: another than it has.
 */
export type JournalFaultKind =
  | 'stranger'
  | 'link'
  | 'not_plain'
  | 'damaged'
  | 'no_record'
  | 'missing'
  | 'other_manifest'
  | 'unlisted'
  | 'other_record'

export interface JournalFault {
  /** A name in the journal's folder. */
  readonly name: string
  readonly kind: JournalFaultKind
  /** Whose serials it may stand for; absent: those of any. */
  readonly product?: RunProduct | undefined
  /** The serials that a manifest there claims. */
  readonly serials?: { readonly first: number; readonly last: number } | undefined
}

export interface Journal {
  /** In the order of their names. */
  readonly runs: readonly Reservation[]
  readonly faults: readonly JournalFault[]
  /** Every run that something in the folder is named after. */
  readonly names: readonly RunName[]
}

/**
 * What is in a journal, and what doesn't belong there.
 * @param told names of runs that are known to be gone, so that their numbers are not missing
 * @param only the product whose entries are looked at, beside those that belong to none: of all by default
 * @throws what the file system throws
 */
export function surveyJournal(journal: string, told: readonly string[] = [], only?: RunProduct): Journal {
  aPath('journal', journal)
  listOf(textOf(60))('told', told)
  const entries = new Map(entriesOf(journal).map((entry) => [entry.name, entry]))
  const runs: Reservation[] = []
  const faults: JournalFault[] = []
  const names = new Map<string, RunName>()
  const isAsked = (name: RunName) =>
    only === undefined || (name.facility === only.facility && name.product === only.product)
  for (const entry of entries.values()) {
    const [id, name] = runOf(entry.name)
    if (name !== undefined && !isAsked(name)) continue
    const fault = faultOf(journal, entry, entries, runs)
    if (fault !== undefined) faults.push(fault)
    if (name !== undefined) names.set(id, name)
  }
  const found = [...names.values()]
  const gone = told.map(readRunName).filter((name) => name !== undefined && isAsked(name))
  faults.push(...gapsIn([...found, ...gone.filter((name) => name !== undefined)]))
  return {
    runs: runs.sort((a, b) => compareRunNames(readRunName(a.id)!, readRunName(b.id)!)),
    faults: faults.sort((a, b) => (a.name < b.name ? -1 : 1)),
    names: found,
  }
}

/** None where there is no journal yet. */
function entriesOf(journal: string): Dirent[] {
  try {
    return readdirSync(journal, { withFileTypes: true })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
    return []
  }
}

/** The runs of one product whose records are sound. @throws what the file system throws */
export function readRunsOf(journal: string, { facility, product }: RunProduct): Reservation[] {
  const runs: Reservation[] = []
  for (const file of readdirSync(journal)) {
    const [id, name, end] = runOf(file)
    if (name?.facility === facility && name.product === product && end === '.json')
      recordFault(journal, id, { facility, product }, runs)
  }
  return runs
}

/** The run that an entry is named after, and what follows the run's name. */
function runOf(name: string): [id: string, name: RunName | undefined, end: string] {
  const [, id = name, end = ''] = /^(.*?)(\.json|\.void)?$/s.exec(name) ?? []
  return [id, readRunName(id), end]
}

/** What is wrong with an entry; a record that is sound joins the runs. */
function faultOf(
  journal: string,
  entry: Dirent,
  entries: ReadonlyMap<string, Dirent>,
  runs: Reservation[],
): JournalFault | undefined {
  const [id, named, end] = runOf(entry.name)
  const { name } = entry
  if (named === undefined) return isHarmless(journal, entry) ? undefined : { name, kind: 'stranger' }
  const product = { facility: named.facility, product: named.product }
  if (entry.isSymbolicLink()) return { name, product, kind: 'link' }
  if (!(end === '' ? entry.isDirectory() : entry.isFile())) return { name, product, kind: 'not_plain' }
  if (end === '.json') return recordFault(journal, id, product, runs)
  if (entries.has(`${id}.json`)) return undefined
  const serials = end === '' ? readClaim(join(journal, id)) : undefined
  return { name, product, kind: 'no_record', serials }
}

function recordFault(
  journal: string,
  id: string,
  product: RunProduct,
  runs: Reservation[],
): JournalFault | undefined {
  const name = `${id}.json`
  let run: Reservation
  try {
    run = readReservation(journal, id)
  } catch (error) {
    if (!isOurs(error, 'run_corrupt')) throw error
    return { name, kind: 'damaged', ...(!isSound(recordFile(journal, id)) && { product }) }
  }
  runs.push(run)
  const claim = readClaim(join(journal, id))
  if (claim === undefined || (claim.first === run.first && claim.last === run.last)) return undefined
  const { first, last } = claim
  return { name: id, product, kind: 'other_manifest', serials: { first, last } }
}

/** True for a record that is whole, and so is another's than its name says: whose serials are missed there? */
function isSound(file: string): boolean {
  try {
    return readRecord(file) !== undefined
  } catch {
    return false
  }
}

/** What systems put into every folder, git's own files, and what a kill left half written. */
const HARMLESS =
  /^(\.DS_Store|\._.*|\.directory|\.nfs[0-9a-f]+|\.fuse_hidden[0-9a-f]+|Thumbs\.db|ehthumbs\.db|desktop\.ini|\.git(ignore|attributes|keep))$/i
const HALF_WRITTEN = /^(.+\.)?[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}(\.tmp)+$/

const isHarmless = (journal: string, entry: Dirent): boolean =>
  entry.isFile() &&
  (HALF_WRITTEN.test(entry.name) || (HARMLESS.test(entry.name) && !isRecord(join(journal, entry.name))))

/** True for a file that begins as a record does: whose it is, its name no longer says. */
function isRecord(file: string): boolean {
  const bytes = readBoundedFile(file, 65_536)
  return bytes !== undefined && Buffer.from(bytes.subarray(0, 14)).toString('latin1') === 'veristamp-run-'
}

/** Numbers that were passed over: every key goes on from the runs of the product that earlier versions named. */
function gapsIn(names: readonly RunName[]): JournalFault[] {
  const products = new Map<string, RunName[]>()
  for (const name of names) {
    const key = `${name.facility}-${name.product}`
    if (!products.get(key)?.push(name)) products.set(key, [name])
  }
  const faults = new Map<string, JournalFault>()
  for (const [key, own] of products) {
    const { facility, product } = own[0]!
    const early = Math.max(0, ...own.filter((each) => each.keyId === undefined).map(({ number }) => number))
    for (const keyId of new Set(own.map((each) => each.keyId))) {
      const nameOf = (number: number) =>
        number < early || keyId === undefined ? `${key}-${number}.json` : `${key}-${keyId}-${number}.json`
      for (const [from, to] of gapsBetween(own.filter((each) => (each.keyId ?? keyId) === keyId))) {
        const name = from === to ? nameOf(from) : `${nameOf(from)} … ${nameOf(to)}`
        faults.set(name, { name, product: { facility, product }, kind: 'missing' })
      }
    }
  }
  return [...faults.values()]
}

/** The numbers from 1 on that no name has, in rows, up to the highest that one has. */
function gapsBetween(names: readonly RunName[]): [from: number, to: number][] {
  const numbers = [0, ...names.map(({ number }) => number)].sort((a, b) => a - b)
  return numbers.slice(1).flatMap((number, before): [number, number][] => {
    const from = numbers[before]! + 1
    return from < number ? [[from, number - 1]] : []
  })
}
