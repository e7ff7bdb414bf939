import { documentKind } from 'veristamp/authority'
import { looksLikeSlice } from './slices.ts'

/** What a file on a USB stick is, told by what it says and not by its name. */
export type FileKind = 'setup' | 'trust' | 'revocation' | 'delta' | 'slice' | 'scans' | 'unknown'

/** The order in which files that came together are loaded: each may need those before it. */
const ORDER: readonly FileKind[] = ['setup', 'trust', 'revocation', 'delta', 'slice', 'scans', 'unknown']

const KINDS: Readonly<Record<NonNullable<ReturnType<typeof documentKind>>, FileKind>> = {
  pins: 'setup',
  trust_list: 'trust',
  trust_list_draft: 'trust',
  trust_list_chain: 'trust',
  revocation_list: 'revocation',
  revocation_list_draft: 'revocation',
  delta: 'delta',
  trust_list_slice: 'slice',
  revocation_list_slice: 'slice',
  slice_patches: 'unknown',
  scan_log: 'scans',
  check_report: 'unknown',
  manifest: 'unknown',
  private_key: 'unknown',
}

export const kindOf = (bytes: Uint8Array): FileKind =>
  looksLikeSlice(bytes) ? 'slice' : (KINDS[documentKind(bytes)!] ?? 'unknown')

/** Files by what they are, in the order in which they are loaded. */
export function byKind(
  files: readonly Uint8Array[],
): readonly (readonly [FileKind, readonly Uint8Array[]])[] {
  const kinds = files.map(kindOf)
  return ORDER.map((kind) => [kind, files.filter((_, at) => kinds[at] === kind)] as const).filter(
    ([, some]) => some.length > 0,
  )
}
