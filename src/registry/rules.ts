import { CATALOGUE_IDS, writeId } from './keys.ts'
import { type KeyName, trouble } from './kinds.ts'
import type { Field, RegistryRow } from './row.ts'
import type { RegistryTable } from './table.ts'

/** What the rows of a registry owe to each other. */
export function checkRows(facilities: RegistryTable, products: RegistryTable): void {
  noteSharedGlns(facilities, reportDuplicateIds(facilities))
  noteOtherKeys(facilities, 'gln', 'GLN')
  reportUnknownFacilities(products, facilities)
  reportDuplicateGtins(products, reportDuplicateIds(products))
  noteOtherKeys(products, 'gtin', 'GTIN')
}

/** Returns the rows whose id another one has already. */
function reportDuplicateIds({ rows, faults }: RegistryTable): ReadonlySet<RegistryRow> {
  const told = new Set<RegistryRow>()
  const first = new Map<Field['value'], Field>()
  for (const row of rows) {
    const id = row.get('id')
    // A GTIN that stands for an id is told as a GTIN.
    if (!id || id.column === row.get('gtin')?.column) continue
    const earlier = first.get(id.value)
    if (earlier) {
      faults.add(id.line, id.column, id.text, trouble('duplicate_id', { line: earlier.line }))
      told.add(row)
    } else first.set(id.value, id)
  }
  return told
}

function reportUnknownFacilities({ rows, faults }: RegistryTable, facilities: RegistryTable): void {
  const { ids } = facilities
  if (!ids) return
  const byGln = new Map(facilities.rows.map((row) => [Number(row.get('gln')?.value), row.get('id')?.value]))
  for (const row of rows) {
    const facility = row.get('facility')
    if (!facility || ids.has(Number(facility.value))) continue
    const id = byGln.get(Number(facility.value))
    const facts = id === undefined ? {} : { id: Number(id) }
    faults.add(facility.line, facility.column, facility.text, trouble('unknown_facility', facts))
  }
}

function reportDuplicateGtins({ rows, faults }: RegistryTable, told: ReadonlySet<RegistryRow>): void {
  for (const { field, earlier } of sharedKeys(rows, 'gtin', told)) {
    faults.add(field.line, field.column, field.text, trouble('duplicate_gtin', { line: earlier.field.line }))
  }
}

/** Not a fault: two firms may stand at one place. */
function noteSharedGlns({ rows, faults }: RegistryTable, told: ReadonlySet<RegistryRow>): void {
  for (const { field, row, earlier } of sharedKeys(rows, 'gln', told)) {
    const [id, other] = [row, earlier.row].map((each) => Number(each.get('id')?.value ?? 0)) as [
      number,
      number,
    ]
    const facts = { id, other, line: earlier.field.line }
    faults.note(field.line, field.column, field.text, 'shared_gln', facts)
  }
}

/** An id that is a whole key, beside a column that has another one: what is printed is the id. */
function noteOtherKeys({ rows, faults }: RegistryTable, name: 'gtin' | 'gln', key: KeyName): void {
  for (const row of rows) {
    const [id, field] = [Number(row.get('id')?.value ?? 0), row.get(name)]
    if (!field || id < CATALOGUE_IDS || Number(field.value) === id) continue
    faults.note(field.line, field.column, field.text, 'other_key', { key, whole: writeId(key, id) })
  }
}

interface Bearer {
  readonly field: Field
  readonly row: RegistryRow
}

/** Keys that two rows have, as numbers, for zeros in front don't count; an id that is a whole key is one too. */
function* sharedKeys(
  rows: readonly RegistryRow[],
  name: 'gtin' | 'gln',
  told: ReadonlySet<RegistryRow>,
): Generator<Bearer & { readonly earlier: Bearer }> {
  const bearers = new Map<number, Bearer>()
  for (const row of rows) {
    const fields = [row.get('id'), row.get(name)].filter((field) => field !== undefined)
    for (const [key, field] of new Map(fields.map((field) => [Number(field.value), field]))) {
      if (key < CATALOGUE_IDS) continue
      const earlier = bearers.get(key)
      if (earlier === undefined) bearers.set(key, { field, row })
      else if (earlier.row !== row && !told.has(row)) yield { field, row, earlier }
    }
  }
}
