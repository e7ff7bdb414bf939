import { portionsOf } from '../intake/portions.ts'
import type { Counting } from '../intake/store.ts'
import type { Word } from '../intake/word.ts'
import { STATUSES } from '../scanlog/record.ts'
import type { Asking, Database } from './database.ts'

/** Words as rows of tables, and which of them are worth a look. */

/** Begins a statement that asks for those who count: their numbers and places. */
export const COUNTING = `WITH counting AS MATERIALIZED (
  SELECT s.id, s.public_key, s.place COLLATE "C" AS place
  FROM jsonb_to_recordset($2::jsonb) AS w(scanner text, place text)
  JOIN veristamp.scanners s ON s.authority = $1 AND s.public_key = decode(w.scanner, 'hex') AND s.place = w.place
)`

export const asked = ({ authority, witnesses }: Counting): [string, string] => [
  authority,
  JSON.stringify(witnesses),
]

/** Numbers, or hexadecimal digits: nothing that would need quotes. */
export const arrayOf = (items: readonly (string | number)[]): string => `{${items.join(',')}}`

interface CodeRow {
  readonly code: string
}

const codesOf = (rows: readonly CodeRow[]): string[] => rows.map(({ code }) => code.replaceAll('-', ''))

/** Scans of these codes by the index, code by code: left to itself, the database reads the whole table for many codes. */
const byCode = (codes: string, columns = '*'): string =>
  `unnest(${codes}::uuid[]) AS asked(code), LATERAL (
    SELECT ${columns} FROM veristamp.scans AS each WHERE each.code = asked.code OFFSET 0
  ) AS s`

/**
 * Told by two scanners, or often: more than those that count, and cheap. Whoever judges looks at who counts; a join with
 * all that count, for each of many thousand codes, takes the database minutes.
 */
const couldBreak = (max: string): string =>
  `GROUP BY s.code HAVING min(s.scanner) <> max(s.scanner) OR count(*) > ${max}::float8`

export const doubtfulAmong = async (
  { query }: Asking,
  { maxScans }: Counting,
  codes: readonly string[],
): Promise<string[]> =>
  codesOf(
    await query<CodeRow>(`SELECT s.code FROM ${byCode('$1', 'code, scanner')} ${couldBreak('$2')}`, [
      arrayOf(codes),
      maxScans,
    ]),
  )

/** Scans that are looked at together. */
const STEP = 50_000

export async function* everyDoubtful({ query }: Database, counting: Counting): AsyncIterable<string[]> {
  const { authority, maxScans } = counting
  const found = await query<CodeRow>('SELECT DISTINCT code FROM veristamp.findings WHERE authority = $1', [
    authority,
  ])
  yield* portionsOf(codesOf(found))
  for (let after: string | null = null, isLast = false; !isLast; ) {
    const [last]: readonly CodeRow[] = await query<CodeRow>(
      'SELECT code FROM veristamp.scans WHERE $1::uuid IS NULL OR code > $1 ORDER BY code OFFSET $2 LIMIT 1',
      [after, STEP],
    )
    const rows: readonly CodeRow[] = await query<CodeRow>(
      `SELECT s.code FROM veristamp.scans AS s
       WHERE ($2::uuid IS NULL OR code > $2) AND ($3::uuid IS NULL OR code <= $3) ${couldBreak('$1')}`,
      [maxScans, after, last?.code ?? null],
    )
    yield* portionsOf(codesOf(rows))
    isLast = last === undefined
    after = last?.code ?? null
  }
}

export async function* unsettled({ query }: Database, { authority }: Counting): AsyncIterable<string[]> {
  const open = await query<{ id: string }>(
    `SELECT i.id FROM veristamp.intakes i JOIN veristamp.scanners s ON s.id = i.scanner
     WHERE s.authority = $1 AND NOT i.settled`,
    [authority],
  )
  if (open.length === 0) return
  const ids = arrayOf(open.map(({ id }) => id))
  const rows = await query<CodeRow>(
    `SELECT code FROM veristamp.scans WHERE intake = ANY($1::bigint[])
     UNION SELECT code FROM veristamp.undone WHERE intake = ANY($1::bigint[])`,
    [ids],
  )
  yield* portionsOf(codesOf(rows))
  await query('UPDATE veristamp.intakes SET settled = true WHERE id = ANY($1::bigint[])', [ids])
}

interface WordRow extends Omit<Word, 'lists' | 'status'> {
  readonly id: number
  readonly status: number
  readonly trust: string
  readonly epoch: string | null
  readonly sequence: string | null
}

const WORDS = `${COUNTING}
SELECT w.*, i.taken, i.trust, i.epoch, i.sequence FROM (
  SELECT s.code, s.time, s.facility, s.product, s.serial, s.status, s.intake, c.id, c.place,
    encode(c.public_key, 'hex') AS scanner,
    dense_rank() OVER (PARTITION BY s.code, c.place ORDER BY s.time DESC) AS age
  FROM ${byCode('$3')} JOIN counting c ON c.id = s.scanner
  WHERE NOT EXISTS (
    SELECT FROM (
      SELECT scanner FROM veristamp.undone AS mark WHERE mark.code = s.code AND mark.time = s.time OFFSET 0
    ) AS u JOIN counting d ON d.id = u.scanner WHERE d.place = c.place
  )
) w JOIN veristamp.intakes i ON i.id = w.intake WHERE w.age <= $4`

/** A word, and its witness's number. */
export type NumberedWord = Word & { readonly id: number }

export async function countedWords(
  query: Database['query'],
  counting: Counting,
  codes: readonly string[],
): Promise<NumberedWord[]> {
  const rows = await query<WordRow>(WORDS, [...asked(counting), arrayOf(codes), counting.mostAlike])
  return rows.map(({ id, code, place, scanner, status, trust, epoch, sequence, ...row }) => ({
    ...{ id, place, scanner, status: STATUSES[status]! },
    code: code.replaceAll('-', ''),
    ...{ time: Number(row.time), taken: Number(row.taken) },
    ...{ facility: Number(row.facility), product: Number(row.product), serial: Number(row.serial) },
    lists: {
      trust: Number(trust),
      ...(epoch !== null && { revocation: { epoch: Number(epoch), sequence: Number(sequence) } }),
    },
  }))
}
