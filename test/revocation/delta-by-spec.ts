import { decodeCbor, encodeCbor } from '../../src/codec/cbor.ts'
import type { CborMap, CborValue } from '../../src/codec/cbor-value.ts'
import { compareBytes } from '../../src/lib/bytes.ts'
import { decodeBySpec, encodeBySpec } from './serial-set-by-spec.ts'

/**
 * The later list, rebuilt from a good delta as docs/spec/revocation.md's "Deltas" has it word by word: on CBOR
 * values, with nothing of the product but its CBOR.
 */
export function rebuildBySpec(base: Uint8Array, delta: Uint8Array): Uint8Array {
  const [, baseBody] = decodeCbor(base) as [string, Uint8Array, CborValue]
  const [, deltaBody, signatures] = decodeCbor(delta) as [string, Uint8Array, CborValue]
  const [from, step] = [decodeCbor(baseBody) as CborMap, decodeCbor(deltaBody) as CborMap]
  const body = new Map<string, CborValue>([['authority', from.get('authority')!]])
  for (const field of ['sequence', 'issued', 'expires', 'epoch', 'next']) body.set(field, step.get(field)!)
  const rows = (map: CborMap, field: string) => map.get(field) as readonly CborValue[][]
  body.set('revoked', unionOfSets([...rows(from, 'revoked'), ...rows(step, 'revoked')]))

  const marksOf = (map: CborMap) => rows(map, 'watermarks').flatMap(flatMarks)
  const gone = new Set([...rows(step, 'withdrawn'), ...marksOf(step)].map((row) => nameOf(row, 3)))
  const kept = marksOf(from).filter((row) => !gone.has(nameOf(row, 3)))
  body.set('watermarks', groupByKey([...kept, ...marksOf(step)]))

  const given = new Set(rows(step, 'revokedKeys').map((row) => nameOf(row, 1)))
  const keys = rows(from, 'revokedKeys').filter((row) => !given.has(nameOf(row, 1)))
  body.set('revokedKeys', ascending([...keys, ...rows(step, 'revokedKeys')], 1))
  return encodeCbor(['veristamp:revoc1', encodeCbor(body), signatures])
}

const nameOf = (row: readonly CborValue[], items: number): string =>
  row
    .slice(0, items)
    .map((item) => (item instanceof Uint8Array ? Buffer.from(item).toString('hex') : String(item)))
    .join(' ')

/** The rows in the order of their first items, numbers or bytes. */
const ascending = (rows: readonly CborValue[][], items: number): CborValue[][] =>
  [...rows].sort((a, b) => {
    for (let i = 0; i < items; i++) {
      const [x, y] = [a[i]!, b[i]!]
      const order = x instanceof Uint8Array ? compareBytes(x, y as Uint8Array) : (x as number) - (y as number)
      if (order !== 0) return order
    }
    return 0
  })

/** The rows in groups that are alike in their first items. */
function alikeIn(rows: readonly CborValue[][], items: number): CborValue[][][] {
  const groups = new Map<string, CborValue[][]>()
  for (const row of rows) groups.set(nameOf(row, items), [...(groups.get(nameOf(row, items)) ?? []), row])
  return [...groups.values()]
}

function unionOfSets(rows: readonly CborValue[][]): CborValue[] {
  const united = alikeIn(rows, 4).map((alike): CborValue[] => {
    const runs = alike.flatMap((row) => decodeBySpec(row[4] as Uint8Array)!).sort(([a], [b]) => a - b)
    const merged: [number, number][] = []
    for (const [first, last] of runs) {
      const before = merged.at(-1)
      if (before !== undefined && first <= before[1] + 1) before[1] = Math.max(before[1], last)
      else merged.push([first, last])
    }
    return [...alike[0]!.slice(0, 4), encodeBySpec(merged).bytes]
  })
  const empty = encodeBySpec([]).bytes
  return ascending(
    united.filter((row) => compareBytes(row[4] as Uint8Array, empty) !== 0),
    4,
  )
}

/** `[key, facility, product, serial]` for each mark of a key. */
const flatMarks = ([key, marks]: readonly CborValue[]): CborValue[][] =>
  (marks as CborValue[][]).map((mark) => [key!, ...mark])

function groupByKey(rows: readonly CborValue[][]): CborValue[] {
  return alikeIn(ascending(rows, 3), 1).map((alike) => [alike[0]![0]!, alike.map((row) => row.slice(1))])
}
