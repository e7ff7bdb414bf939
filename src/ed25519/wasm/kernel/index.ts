/** What the host calls (../kernel.ts). Only public data comes in here. */
import * as batch from './batch'
import { startField } from './field'
import { buildLeafTable as fillLeafTable, leafTableSize } from './leaf-table'
import { startPoints } from './point'
import { buildTable as fillTable, tableSize } from './table'

export { CHUNK, ENTRIES, MESSAGE, PIECE, PUBLIC_KEY, SIGNATURES, VERDICTS } from './batch'
export { absorb, arena, beginJob, endPlainJob, endTabledJob, verifyPlain, verifyTabled } from './batch'
export { baseLeavesSize, buildBaseLeaves, endTreeJob, verifyTree } from './tree-batch'
export { LANES } from './field'
export { FAULTS, KEYS, KEY_ENTRIES, importKeys } from './key'
export { leafTableSize, tableSize }

/** Makes the constants and the table of B, once. */
export function start(): void {
  startField()
  startPoints()
  batch.startBatch()
}

/** Fills the table at `table` for the key whose entry is the first of ENTRIES. */
export function buildTable(table: usize, width: u32): void {
  fillTable(table, width, batch.ENTRIES)
}

/** The same for a table of leaves. */
export function buildLeafTable(table: usize, width: u32): void {
  fillLeafTable(table, width, batch.ENTRIES)
}
