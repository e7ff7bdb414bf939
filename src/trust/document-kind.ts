import { decodeUtf8 } from '../codec/utf8.ts'
import { checkBytes } from '../lib/checks.ts'
import { MAX_PINS_LENGTH, saysPins } from './pins.ts'

/** What a file says it is. A draft is a list that nobody has signed yet; a chain is several trust lists in one file. */
export type KindOfFile =
  | 'trust_list'
  | 'trust_list_draft'
  | 'trust_list_chain'
  | 'revocation_list'
  | 'revocation_list_draft'
  | 'delta'
  | 'trust_list_slice'
  | 'revocation_list_slice'
  | 'slice_patches'
  | 'manifest'
  | 'scan_log'
  | 'check_report'
  | 'pins'
  | 'private_key'

const CONTEXTS: ReadonlyMap<string, KindOfFile> = /* @__PURE__ */ new Map([
  ['veristamp:trust1', 'trust_list'],
  ['veristamp:revoc1', 'revocation_list'],
  ['veristamp:delta1', 'delta'],
  ['veristamp:print1', 'manifest'],
  ['veristamp:scans1', 'scan_log'],
  ['veristamp:check1', 'check_report'],
])

/** Slices and their patches bear no context. They are maps, told by the name of their first field, a text of 7 letters. */
const FIRST_FIELDS: ReadonlyMap<string, KindOfFile> = /* @__PURE__ */ new Map([
  ['issuers', 'trust_list_slice'],
  ['revoked', 'revocation_list_slice'],
  ['patches', 'slice_patches'],
])

const PRIVATE_KEY = /^-----BEGIN ([A-Z]+ )?PRIVATE KEY-----/

/** An array of three that begins with a context, a text of 16 letters; then a byte string, the body. */
const HEAD = 2 + 16

/**
 * Tells what a file is by what it says of itself, whatever its name: nothing of it is verified. It reads the first bytes
 * of each document alone, and a text of 64 kB at the most. A slice does not say that it is one: it is told by its form, and
 * only the list that names its hash knows whose it is.
 * @returns undefined for anything else
 * @throws ArgumentTypeError for what are no bytes
 * @example
 * ```ts
 * import { documentKind } from 'veristamp/authority'
 *
 * documentKind(trustListFile) // → 'trust_list'
 * ```
 */
export function documentKind(bytes: Uint8Array): KindOfFile | undefined {
  checkBytes('bytes', bytes)
  const kind = kindAt(bytes, 0)
  if (kind === undefined) return mapKind(bytes) ?? textKind(bytes)
  if (kind !== 'trust_list' && kind !== 'revocation_list') return kind
  const at = HEAD + stringLength(bytes, HEAD)
  if (kind === 'trust_list' && kindAt(bytes, signaturesEnd(bytes, at)) === kind) return 'trust_list_chain'
  return bytes[at] === 0x80 ? `${kind}_draft` : kind
}

const latin = (bytes: Uint8Array, from: number, to: number): string =>
  String.fromCharCode(...bytes.subarray(from, to))

const kindAt = (bytes: Uint8Array, at: number): KindOfFile | undefined =>
  bytes[at] === 0x83 && bytes[at + 1] === 0x70 ? CONTEXTS.get(latin(bytes, at + 2, at + HEAD)) : undefined

/** The bytes of a byte string's head and of what it holds; those of no such string lead out of the file. */
function stringLength(bytes: Uint8Array, at: number): number {
  const head = bytes[at]! - 0x40
  if (head >= 0 && head < 24) return 1 + head
  const size = { 24: 1, 25: 2, 26: 4 }[head]
  if (size === undefined) return bytes.length
  let length = 0
  for (let i = 1; i <= size; i++) length = length * 256 + (bytes[at + i] ?? 0)
  return 1 + size + length
}

/** Where a document ends whose signatures, pairs of 32 and 64 bytes, begin here. */
function signaturesEnd(bytes: Uint8Array, at: number): number {
  const isLong = bytes[at] === 0x98
  const count = isLong ? bytes[at + 1]! : bytes[at]! - 0x80
  return at + (isLong ? 2 : 1) + count * (1 + 2 + 32 + 2 + 64)
}

const mapKind = (bytes: Uint8Array): KindOfFile | undefined =>
  bytes[0]! > 0xa0 && bytes[0]! < 0xb8 && bytes[1] === 0x67
    ? FIRST_FIELDS.get(latin(bytes, 2, 2 + 7))
    : undefined

function textKind(bytes: Uint8Array): KindOfFile | undefined {
  if (PRIVATE_KEY.test(latin(bytes, 0, 64))) return 'private_key'
  if (bytes.length > 4 * MAX_PINS_LENGTH) return undefined
  return saysPins(decodeUtf8(bytes, true)) ? 'pins' : undefined
}
