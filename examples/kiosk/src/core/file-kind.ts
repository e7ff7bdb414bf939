import { documentKind } from 'veristamp/authority'

/** What a file on a USB stick is, told by what it says and not by its name. */
export type FileKind = 'setup' | 'trust' | 'revocation' | 'delta' | 'scans' | 'unknown'

/** The order in which files that came together are loaded: each may need those before it. */
const ORDER: readonly FileKind[] = ['setup', 'trust', 'revocation', 'delta', 'scans', 'unknown']

const KINDS: Readonly<Record<NonNullable<ReturnType<typeof documentKind>>, FileKind>> = {
  pins: 'setup',
  trust_list: 'trust',
  trust_list_draft: 'trust',
  trust_list_chain: 'trust',
  revocation_list: 'revocation',
  revocation_list_draft: 'revocation',
  delta: 'delta',
  scan_log: 'scans',
  manifest: 'unknown',
  private_key: 'unknown',
}

export const kindOf = (bytes: Uint8Array): FileKind => KINDS[documentKind(bytes)!] ?? 'unknown'

export const byKind = (a: Uint8Array, b: Uint8Array): number =>
  ORDER.indexOf(kindOf(a)) - ORDER.indexOf(kindOf(b))
