/** What a file on a USB stick is, told by its first bytes alone. */
export type FileKind = 'setup' | 'trust' | 'revocation' | 'delta' | 'scans' | 'unknown'

/** The order in which files that came together are loaded: each may need those before it. */
const ORDER: readonly FileKind[] = ['setup', 'trust', 'revocation', 'delta', 'scans', 'unknown']

const CONTEXTS: Readonly<Record<string, FileKind>> = {
  'veristamp:trust1': 'trust',
  'veristamp:revoc1': 'revocation',
  'veristamp:delta1': 'delta',
  'veristamp:scans1': 'scans',
}

/** A signed document is a CBOR array of three (0x83) that begins with its context, a text of 16 letters (0x70). */
export function kindOf(bytes: Uint8Array): FileKind {
  if (bytes[0] === 0x7b) return 'setup' // {
  if (bytes[0] !== 0x83 || bytes[1] !== 0x70) return 'unknown'
  return CONTEXTS[String.fromCharCode(...bytes.subarray(2, 18))] ?? 'unknown'
}

export const byKind = (a: Uint8Array, b: Uint8Array): number =>
  ORDER.indexOf(kindOf(a)) - ORDER.indexOf(kindOf(b))
