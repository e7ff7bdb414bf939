import { type Zippable, zipSync } from 'fflate'
import type { ReportFile } from 'veristamp/scanlog'
import { dayOf, photoName, type TableOptions, tableOf } from '../core/report.ts'
import type { Kiosk } from './kiosk.ts'

/** The table's name in the report. */
const TABLE = 'checks.csv'
const REPORT = 'report.cbor'

export interface DayReportOptions extends TableOptions {
  /** YYYY-MM-DD. */
  readonly day: string
  /** In which the files lie: several reports may be unpacked at one place. */
  readonly folder: string
}

/**
 * A day's checks in one file: a table, the photos, and the report that this kiosk signs over them, which
 * `veristamp scanner report` checks. Where the browser can't sign, the report is missing.
 */
export async function reportOfDay(
  kiosk: Pick<Kiosk, 'history' | 'remarks' | 'memory' | 'setup'>,
  { day, folder, ...options }: DayReportOptions,
  now: Date,
): Promise<Uint8Array> {
  const entries = kiosk.history.entries().filter(({ time }) => dayOf(time) === day)
  const table = new TextEncoder().encode(tableOf(entries, options))
  const files = new Map<string, Uint8Array>([[TABLE, table]])
  for (const entry of entries) {
    const photo = entry.remark?.hasPhoto ? await kiosk.remarks.photo(entry.id) : undefined
    if (photo !== undefined) files.set(photoName(entry), photo)
  }
  if (kiosk.memory?.publicKey !== undefined)
    files.set(REPORT, await kiosk.memory.signReport(await namesOf(files), kiosk.setup!.authority, now))
  // Photos are packed already.
  const packing = { level: 0, mtime: now } as const
  const packed = [...files].map(([name, bytes]) => [`${folder}/${name}`, [bytes, packing]])
  return zipSync(Object.fromEntries(packed) as Zippable)
}

const namesOf = async (files: ReadonlyMap<string, Uint8Array>): Promise<readonly ReportFile[]> => {
  const named = [...files].map(async ([name, bytes]) => {
    const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', Uint8Array.from(bytes)))
    return { name, size: bytes.length, digest }
  })
  return (await Promise.all(named)).sort((a, b) => (a.name < b.name ? -1 : 1))
}
