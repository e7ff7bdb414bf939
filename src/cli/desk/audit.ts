import { sha256 } from '../../ed25519/sha2.ts'
import { equalBytes, fromHex } from '../../lib/bytes.ts'
import type { RevocationContent, RevokedKey } from '../../revocation/content.ts'
import type { SerialSet } from '../../revocation/serial-set.ts'
import {
  runsOf,
  type SerialRange,
  serialSetOf,
  subtractSet,
  uniteSets,
} from '../../revocation/serial-set-algebra.ts'
import { digestFiles } from '../../run/codes/codes-file.ts'
import { ownManifest } from '../../run/finished.ts'
import { filesOf, isThere } from '../../run/folder.ts'
import type { Reservation } from '../../run/job.ts'
import { voidReason } from '../../run/ledger/void.ts'
import { describeRun } from '../../run/run.ts'
import type { TrustList } from '../../trust/trust-list.ts'
import { dayAt } from '../project/desk-day.ts'
import { journalOf, reservationsOf } from '../project/files.ts'
import { type Release, releasesOf } from '../runs/releases.ts'
import type { Context } from '../shell/context.ts'

/** Every serial's state, by range: what an auditor counts and compares. */

/** The state that comes first in this order is the one that counts. */
export type SerialState = 'revoked' | 'void' | 'released' | 'printed' | 'reserved'

export interface AuditRow {
  readonly facility: number
  readonly product: number
  readonly first: number
  readonly last: number
  readonly state: SerialState
  /** Absent for serials that were revoked and that no run has. */
  readonly run?: Reservation | undefined
  /** The day: of the reservation, the release, or the revocation. */
  readonly date: string
  readonly reason?: string | undefined
  readonly to?: string | undefined
  /** What is wrong with the run's files; `good` where its manifest signs for them. */
  readonly files?: FilesState | undefined
}

export type FilesState = 'good' | 'unfinished' | 'manifest' | 'codes' | 'unknown_key'

/** All rows, product by product and serial by serial. */
export async function auditRows(
  context: Context,
  trustList: TrustList,
  revocation: RevocationContent | undefined,
): Promise<AuditRow[]> {
  const releases = releasesOf(context)
  const rows: AuditRow[] = []
  const runs = reservationsOf(context)
  for (const run of runs) {
    context.io.signal.throwIfAborted()
    const files = await filesState(context, trustList, run)
    rows.push(...rowsOfRun(context, run, releases, revocation).map((row) => ({ ...row, run, files })))
  }
  rows.push(...strayRows(runs, revocation))
  return rows.sort((a, b) => a.facility - b.facility || a.product - b.product || a.first - b.first)
}

type Part = Omit<AuditRow, 'run' | 'files'>

/** A run in ranges of one state each: what is revoked first, then what was released, then the rest. */
function rowsOfRun(
  context: Context,
  run: Reservation,
  releases: readonly Release[],
  revocation: RevocationContent | undefined,
): Part[] {
  const { facility, product, first, last } = run
  let left = serialSetOf([{ first, last }])
  const rows: Part[] = []
  const take = (spans: SerialSet, rest: Omit<Part, 'facility' | 'product' | 'first' | 'last'>) => {
    const taken = subtractSet(left, subtractSet(left, spans))
    left = subtractSet(left, taken)
    for (const span of runsOf(taken)) rows.push({ facility, product, ...span, ...rest })
  }
  for (const each of revocation?.revoked ?? [])
    if (each.facility === facility && each.product === product)
      take(each.serials, { state: 'revoked', date: each.date, reason: each.reason })
  for (const each of revocation?.revokedKeys ?? [])
    if (equalBytes(each.key, sha256(fromHex(run.publicKey))))
      take(revokedSpan(each, run), { state: 'revoked', date: each.date, reason: each.reason })
  const why = voidReason(journalOf(context), run.id)
  const all = serialSetOf([{ first, last }])
  if (why !== undefined) take(all, { state: 'void', date: why.date, reason: why.reason })
  for (const { run: id, to, time, ...span } of releases)
    if (id === run.id)
      take(serialSetOf([rangeOf(span)]), { state: 'released', date: dayAt(context, time), to })
  const { finished } = describeRun(journalOf(context), run.id)
  const date = dayAt(context, run.reserved * 1000)
  take(all, { state: finished ? 'printed' : 'reserved', date })
  return rows.flatMap((row) => withReceivers(row, releases, run.id))
}

/** What is revoked or void may be in somebody's hands already: then the row says whose. */
function withReceivers(row: Part, releases: readonly Release[], id: string): Part[] {
  if (row.to !== undefined) return [row]
  let left = serialSetOf([rangeOf(row)])
  const parts: Part[] = []
  for (const { run, to, ...span } of releases) {
    if (run !== id) continue
    const rest = subtractSet(left, serialSetOf([rangeOf(span)]))
    for (const part of runsOf(subtractSet(left, rest))) parts.push({ ...row, ...part, to })
    left = rest
  }
  return [...parts, ...[...runsOf(left)].map((part) => ({ ...row, ...part }))]
}

const rangeOf = ({ first, last }: SerialRange): SerialRange => ({ first, last })

function revokedSpan({ above }: RevokedKey, { facility, product, last }: Reservation): SerialSet {
  const mark = above.find((each) => each.facility === facility && each.product === product)
  const first = (mark?.serial ?? -1) + 1
  return serialSetOf(first <= last ? [{ first, last }] : [])
}

/** Serials that are revoked and that no run here has. */
function strayRows(runs: readonly Reservation[], revocation: RevocationContent | undefined): AuditRow[] {
  return (revocation?.revoked ?? []).flatMap(({ facility, product, serials, date, reason }) => {
    const own = runs.filter((run) => run.facility === facility && run.product === product)
    const known = uniteSets(...own.map(({ first, last }) => serialSetOf([{ first, last }])))
    return [...runsOf(subtractSet(serials, known))].map(
      (span): AuditRow => ({ facility, product, ...span, state: 'revoked', date, reason }),
    )
  })
}

/** Whether a run's files are those that its manifest signs for, and its key one of the trust list. */
async function filesState(context: Context, { issuers }: TrustList, run: Reservation): Promise<FilesState> {
  const files = filesOf(journalOf(context), run)
  if (!issuers.some(({ publicKey }) => equalBytes(publicKey, fromHex(run.publicKey)))) return 'unknown_key'
  try {
    const manifest = await ownManifest(files)
    if (manifest === undefined) return 'unfinished'
    return isThere(files.codes) && equalBytes(digestFiles([files.codes]), manifest.codes) ? 'good' : 'codes'
  } catch (error) {
    if ((error as { code?: string | undefined }).code !== 'run_corrupt') throw error
    return 'manifest'
  }
}

/** True for a run whose files are not what they should be. */
export const isBad = ({ files }: AuditRow): boolean =>
  files !== undefined && files !== 'good' && files !== 'unfinished'

/** Serials by their state. */
export function countsOf(rows: readonly AuditRow[]): Readonly<Record<SerialState, number>> {
  const counts = { reserved: 0, printed: 0, released: 0, void: 0, revoked: 0 }
  for (const { state, first, last } of rows) counts[state] += last - first + 1
  return counts
}
