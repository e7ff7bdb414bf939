import type { DocumentKind, Seen } from '../../document/store.ts'
import type { Bytes } from '../../lib/bytes.ts'
import { toHex } from '../../lib/bytes.ts'
import { Malformed } from '../../lib/errors.ts'
import { decodeChecked, encodeChecked } from '../files/checked-text.ts'

/** What a file store's file says: a line with the format and the SHA-256 of the rest, then JSON. */

export interface Entry {
  readonly authority: string
  readonly kind: DocumentKind
  readonly seen: Seen
}

/** By authority and kind. */
export type Entries = Map<string, Entry>

export const entryKey = (authority: string, kind: DocumentKind): string => `${kind} ${authority}`

const FORMAT = 'veristamp-store-1'

export const encodeEntries = (entries: Entries): string =>
  encodeChecked(FORMAT, [...entries.values()].map(toJson))

/** @throws Malformed `store_format` or `store_checksum` */
export function decodeEntries(text: string): Entries {
  const decoded = decodeChecked(FORMAT, text)
  if (!Array.isArray(decoded)) throw new Malformed('store_format')
  const entries = decoded.map((entry) => fromJson(entry ?? {}))
  return new Map(entries.map((entry) => [entryKey(entry.authority, entry.kind), entry]))
}

interface JsonEntry {
  readonly authority: string
  readonly kind: DocumentKind
  readonly epoch: number
  readonly sequence: number
  readonly digest: string
  readonly roots?: { readonly threshold: number; readonly keys: readonly string[] } | undefined
}

function toJson({ authority, kind, seen }: Entry): JsonEntry {
  const { epoch, sequence, digest, roots } = seen
  const entry = { authority, kind, epoch, sequence, digest: toHex(digest) }
  return roots ? { ...entry, roots: { threshold: roots.threshold, keys: roots.keys.map(toHex) } } : entry
}

function fromJson({ authority, kind, epoch, sequence, digest, roots }: JsonEntry): Entry {
  if (![epoch, sequence].every(Number.isSafeInteger)) throw new Malformed('store_format')
  const seen = { epoch, sequence, digest: fromHex(digest) }
  if (roots && !(Array.isArray(roots.keys) && Number.isSafeInteger(roots.threshold))) {
    throw new Malformed('store_format')
  }
  if (!roots) return { authority, kind, seen }
  return {
    authority,
    kind,
    seen: { ...seen, roots: { threshold: roots.threshold, keys: roots.keys.map(fromHex) } },
  }
}

function fromHex(hex: unknown): Bytes {
  if (typeof hex !== 'string' || !/^[0-9a-f]{64}$/.test(hex)) throw new Malformed('store_format')
  return Uint8Array.from(Buffer.from(hex, 'hex'))
}
