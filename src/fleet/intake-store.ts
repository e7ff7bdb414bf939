import type { CopyFinding } from '../intake/copies.ts'
import {
  DAY_OFFSET,
  type IntakeStore,
  type KeptScans,
  type ScanDay,
  type ScannerState,
} from '../intake/store.ts'
import type { ScanDelivery, Witness } from '../intake/word.ts'
import { toHex } from '../lib/bytes.ts'
import { STATUSES } from '../scanlog/record.ts'
import { type Database, DURABLE } from './database.ts'
import { findingOfRow, rowOfFinding } from './finding-rows.ts'
import { aFleet, type Fleet } from './open.ts'
import {
  arrayOf,
  asked,
  COUNTING,
  countedWords,
  doubtfulAmong,
  everyDoubtful,
  type NumberedWord,
  unsettled,
} from './word-rows.ts'

/** What scanners say, in the fleet's database, for as many servers as there are. */
export function fleetIntakeStore(fleet: Fleet): IntakeStore {
  aFleet('fleet', fleet)
  const { database } = fleet
  return {
    keep: (delivery) => database.transaction((query) => keep(query, delivery)),
    doubtful: (counting, codes) => doubtfulAmong(database, counting, codes),
    everyDoubtful: (counting) => everyDoubtful(database, counting),
    unsettled: (counting) => unsettled(database, counting),
    async settled({ number }) {
      await database.query('UPDATE veristamp.intakes SET settled = true WHERE id = $1', [number])
    },
    judge: (counting, codes, judge) =>
      database.transaction(async (query) => {
        await query('SELECT pg_advisory_xact_lock($1)', [LOCK])
        const words = await countedWords(query, counting, codes)
        await keepFindings(query, counting.authority, codes, { words, findings: judge(words) })
      }),
    async findings(counting, { max, skip = 0 }) {
      const rows = await database.query<{ finding: unknown }>(
        `${COUNTING} SELECT finding FROM veristamp.findings
         WHERE authority = $1 AND scanners <@ ARRAY(SELECT id FROM counting)
         ORDER BY found DESC, code, kind LIMIT $3 OFFSET $4`,
        [...asked(counting), max, skip],
      )
      return rows.map(({ finding }) => findingOfRow(finding))
    },
    async judgedBy(authority) {
      const [row] = await database.query<{ judged_by: string }>(
        'SELECT judged_by FROM veristamp.judged WHERE authority = $1',
        [authority],
      )
      return row?.judged_by
    },
    async markJudged(authority, by) {
      await database.query(
        `INSERT INTO veristamp.judged VALUES ($1, $2) ON CONFLICT (authority) DO UPDATE SET judged_by = $2`,
        [authority, by],
      )
    },
    scanners: (authority) => scannersOf(database, authority),
    days: (authority, from) => daysOf(database, authority, from),
    async close() {}, // the fleet is closed by whoever opened it
  }
}

type Query = Database['query']

/** Of the lock under which findings are made. */
const LOCK = 0x76737466

async function keep(query: Query, delivery: ScanDelivery): Promise<KeptScans> {
  const { authority, scanner, place, issued, taken, lists, scans, undone } = delivery
  await query(`${DURABLE} SELECT FROM durable`)
  const [who] = await query<{ id: number }>(
    `INSERT INTO veristamp.scanners AS s (authority, public_key, place, taken) VALUES ($1, decode($2, 'hex'), $3, $4)
     ON CONFLICT (authority, public_key, place) DO UPDATE SET taken = greatest(s.taken, excluded.taken) RETURNING id`,
    [authority, scanner, place, taken],
  )
  const [intake] = await query<{ id: string }>(
    `INSERT INTO veristamp.intakes (scanner, issued, taken, trust, epoch, sequence)
     VALUES ($1, $2, $3, $4, $5, $6) RETURNING id`,
    [
      who!.id,
      issued,
      taken,
      lists.trust,
      lists.revocation?.epoch ?? null,
      lists.revocation?.sequence ?? null,
    ],
  )
  const by = [intake!.id, who!.id]
  const added = await insertScans(query, by, scans)
  const [marked] = await query<{ count: string }>(
    `WITH new AS (
       INSERT INTO veristamp.undone (code, time, intake, scanner)
       SELECT code, time, $1, $2 FROM unnest($3::uuid[], $4::bigint[]) AS t(code, time)
       ON CONFLICT DO NOTHING RETURNING 1
     ) SELECT count(*) FROM new`,
    [...by, arrayOf(undone.map(({ code }) => toHex(code))), arrayOf(undone.map(({ time }) => time))],
  )
  const [after] = await query<{ newest: string | null }>(
    'UPDATE veristamp.scanners SET newest = greatest(newest, $2), scans = scans + $3 WHERE id = $1 RETURNING newest',
    [who!.id, scans.at(-1)?.time ?? null, added],
  )
  const { newest } = after!
  return {
    number: Number(intake!.id),
    added,
    known: scans.length - added,
    undone: Number(marked!.count),
    newest: newest === null ? undefined : Number(newest),
  }
}

/** Scans, and how many there are a day. */
const INSERT = `WITH new AS (
  INSERT INTO veristamp.scans (code, time, intake, facility, product, serial, scanner, status)
  SELECT code, time, $1, facility, product, serial, $2, status
  FROM unnest($3::uuid[], $4::bigint[], $5::bigint[], $6::bigint[], $7::bigint[], $8::smallint[])
    AS t(code, time, facility, product, serial, status)
  ON CONFLICT DO NOTHING RETURNING time, status
), days AS (
  INSERT INTO veristamp.scan_days AS d (scanner, day, valid, invalid, indeterminate)
  SELECT $2, (time + ${DAY_OFFSET}) / 86400,
    count(*) FILTER (WHERE status = 0), count(*) FILTER (WHERE status = 1), count(*) FILTER (WHERE status = 2)
  FROM new GROUP BY 2
  ON CONFLICT (scanner, day) DO UPDATE SET valid = d.valid + excluded.valid,
    invalid = d.invalid + excluded.invalid, indeterminate = d.indeterminate + excluded.indeterminate
)
SELECT count(*) FROM new`

async function insertScans(
  query: Query,
  by: readonly unknown[],
  scans: ScanDelivery['scans'],
): Promise<number> {
  const [row] = await query<{ count: string }>(INSERT, [
    ...by,
    arrayOf(scans.map(({ code }) => toHex(code))),
    ...(['time', 'facility', 'product', 'serial'] as const).map((name) =>
      arrayOf(scans.map((scan) => scan[name])),
    ),
    arrayOf(scans.map(({ status }) => STATUSES.indexOf(status))),
  ])
  return Number(row!.count)
}

async function keepFindings(
  query: Query,
  authority: string,
  codes: readonly string[],
  { words, findings }: { readonly words: readonly NumberedWord[]; readonly findings: readonly CopyFinding[] },
): Promise<void> {
  const keyOf = ({ scanner, place }: Witness) => `${scanner} ${place}`
  const ids = new Map(words.map((word) => [keyOf(word), word.id]))
  const rows = findings.map((finding) => rowOfFinding(finding, (witness) => ids.get(keyOf(witness))!))
  await query('DELETE FROM veristamp.findings WHERE authority = $1 AND code = ANY($2::uuid[])', [
    authority,
    arrayOf(codes),
  ])
  await query(
    `INSERT INTO veristamp.findings (authority, code, kind, found, scanners, finding)
     SELECT $1, code, kind, found, scanners, finding FROM jsonb_to_recordset($2::jsonb)
       AS t(code uuid, kind text, found bigint, scanners integer[], finding jsonb)`,
    [authority, JSON.stringify(rows)],
  )
}

async function scannersOf({ query }: Database, authority: string): Promise<ScannerState[]> {
  const rows = await query<Record<keyof ScannerState, string | null>>(
    `SELECT encode(public_key, 'hex') AS scanner, place, taken, newest, scans FROM veristamp.scanners
     WHERE authority = $1 ORDER BY id`,
    [authority],
  )
  return rows.map(({ scanner, place, taken, newest, scans }) => ({
    ...{ scanner: scanner!, place: place!, taken: Number(taken), scans: Number(scans) },
    newest: newest === null ? undefined : Number(newest),
  }))
}

async function daysOf({ query }: Database, authority: string, from: number): Promise<ScanDay[]> {
  const rows = await query<Record<keyof ScanDay, string>>(
    `SELECT encode(s.public_key, 'hex') AS scanner, s.place, d.day, d.valid, d.invalid, d.indeterminate
     FROM veristamp.scan_days d JOIN veristamp.scanners s ON s.id = d.scanner
     WHERE s.authority = $1 AND d.day >= $2 ORDER BY d.day, s.id`,
    [authority, from],
  )
  return rows.map(({ scanner, place, ...row }) => ({
    ...{ scanner, place, day: Number(row.day) },
    ...{ valid: Number(row.valid), invalid: Number(row.invalid), indeterminate: Number(row.indeterminate) },
  }))
}
