import { createHash } from 'node:crypto'

/** A code's bytes as a printer sees them, the same for the same index: signed by nobody. */
export function readyCode(length: number, index: number): Uint8Array {
  const bytes = createHash('shake256', { outputLength: length }).update(`code ${index}`).digest()
  return Uint8Array.from(bytes).fill(0x84, 0, 1)
}
