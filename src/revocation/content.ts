import { decodeEnvelope, type Envelope, MAX_DOCUMENT_LENGTH } from '../document/envelope.ts'
import { orRefused, Refusal } from '../document/refusal.ts'
import { MAX_SLICE_LENGTH, openSlices, type SliceEntry } from '../document/slices.ts'
import { bytesOf, checkTable, ifGiven, listOf } from '../lib/arguments.ts'
import { toHex } from '../lib/bytes.ts'
import { copyBounded, copyBytes } from '../lib/checks.ts'
import { dateOf, dayOf } from '../lib/dates.ts'
import { argumentRange, VeristampError } from '../lib/errors.ts'
import {
  compareEntries,
  type KeyEntry,
  REVOCATION_REASONS,
  type RevocationBody,
  type RevocationEntries,
  type RevocationHeader,
  type RevocationReason,
  readRevocationBody,
  revocationSlice,
  type SerialMark,
  type WatermarksEntry,
} from './body.ts'
import { uniteEntries } from './grow.ts'
import { MAX_RUNS, type SerialSet } from './serial-set.ts'
import { decodeSerialSet } from './serial-set-reader.ts'
import { encodeSerialSet } from './serial-set-writer.ts'

/** What a revocation list says, for those who make them: entries in any order, sets decoded. */
export interface RevocationContent extends RevocationHeader, RevocationEdits {}

export interface RevocationEdits {
  readonly revoked: readonly RevokedSerials[]
  readonly watermarks: readonly Watermark[]
  readonly revokedKeys: readonly RevokedKey[]
}

/** Serials of one product, revoked on one day for one reason. */
export interface RevokedSerials {
  readonly facility: number
  readonly product: number
  readonly reason: RevocationReason
  /** YYYY-MM-DD. */
  readonly date: string
  readonly serials: SerialSet
}

/** The highest serial that an issuer key may have issued of one product. */
export interface Watermark extends ProductSerial {
  /** SHA-256 of the public key, 32 bytes. */
  readonly key: Uint8Array
}

/** An issuer key whose stamps are revoked: all of them, but for those named by `above`. */
export interface RevokedKey {
  /** SHA-256 of the public key, 32 bytes. */
  readonly key: Uint8Array
  readonly reason: RevocationReason
  /** YYYY-MM-DD. */
  readonly date: string
  /** Products whose serials up to and including `serial` stay good. */
  readonly above: readonly ProductSerial[]
}

export interface ProductSerial {
  readonly facility: number
  readonly product: number
  readonly serial: number
}

// What makes two entries one and the same, as the key of a map.
type Product = Omit<ProductSerial, 'serial'>
export const productName = ({ facility, product }: Product): string => `${facility} ${product}`
export const serialsName = (entry: Omit<RevokedSerials, 'serials'>): string =>
  `${productName(entry)} ${entry.reason} ${entry.date}`
export const watermarkName = (entry: Product & { readonly key: Uint8Array }): string =>
  `${toHex(entry.key)} ${productName(entry)}`
export const keyName = ({ key }: Pick<RevokedKey, 'key'>): string => toHex(key)

/** The entries by their names. */
export const byName = <T>(entries: readonly T[], nameOf: (entry: T) => string): Map<string, T> =>
  new Map(entries.map((entry) => [nameOf(entry), entry]))

/**
 * The content of an authority's own list or draft, whoever signed it.
 * @param document at most 4 MiB; its signature is not checked
 * @param options `slices`: the files of all the slices that the list names, if it names any
 * @throws VeristampError `bad_document`, also where a slice is missing
 * @example
 * ```ts
 * import { readRevocationList } from 'veristamp/authority'
 *
 * const { sequence, revoked } = readRevocationList(revocationListFile)
 * sequence // → 1
 * revoked[0]?.reason // → 'lost'
 * ```
 */
export function readRevocationList(
  document: Uint8Array,
  options: { readonly slices?: readonly Uint8Array[] | undefined } = {},
): RevocationContent {
  const own = copyBounded('document', document, MAX_DOCUMENT_LENGTH)
  const { slices = [] } = checkTable('options', options, { slices: ifGiven(listOf(bytesOf())) })
  const files = slices.map((slice) => copyBounded('options.slices', slice, MAX_SLICE_LENGTH))
  const read = orRefused(() => ({ ok: true as const, ...openContent(own, files) }))
  if (read.ok && read.missingSlices.length === 0) return read.content
  if (read.ok) {
    throw new VeristampError('bad_document', 'revocation list: expected all its slices beside it', {
      fault: 'slices_missing',
    })
  }
  throw new VeristampError('bad_document', `revocation list: ${read.detail ?? read.reason}`, {
    fault: 'refused',
    document: 'revocation_list',
    reason: read.reason,
    detail: read.detail,
  })
}

interface OpenedContent {
  readonly envelope: Envelope
  readonly content: RevocationContent
  /** As body and slices spell them. */
  readonly entries: RevocationEntries
  readonly slices: readonly SliceEntry[]
  readonly missingSlices: readonly SliceEntry[]
}

/** The same for documents of unknown origin, without the slices that are not given. @throws Malformed or Refusal */
export function openContent(document: Uint8Array, files: readonly Uint8Array[] = []): OpenedContent {
  const envelope = decodeEnvelope(document)
  if (envelope.context !== 'veristamp:revoc1') throw new Refusal('wrong_type', envelope.context)
  const body = readRevocationBody(envelope.body)
  const { authority, sequence, issued, expires, epoch, next, slices = [] } = body
  const { parts, missingSlices } = openSlices(files, { slices, missingSlices: slices }, revocationSlice)
  const entries = parts.length === 0 ? body : uniteEntries(body, parts)
  const content = { authority, sequence, issued, expires, epoch, next, ...editsOf(entries) }
  return { envelope, content, entries, slices, missingSlices }
}

/** @throws Malformed for malformed serial sets, and for more than 2^22 runs in all */
export function editsOf({ revoked, watermarks, revokedKeys }: RevocationEntries): RevocationEdits {
  let runsLeft = MAX_RUNS
  return {
    revoked: revoked.map(([facility, product, reason, day, bytes]) => {
      const serials = decodeSerialSet(bytes, runsLeft)
      runsLeft -= serials.firsts.length
      return { facility, product, reason: REVOCATION_REASONS[reason]!, date: dateOf(day), serials }
    }),
    watermarks: watermarks.flatMap(([key, marks]) => productSerials(marks).map((mark) => ({ key, ...mark }))),
    revokedKeys: revokedKeys.map(([key, reason, day, above]) => ({
      ...{ key, reason: REVOCATION_REASONS[reason]!, date: dateOf(day) },
      above: productSerials(above),
    })),
  }
}

const productSerials = (marks: readonly SerialMark[]): ProductSerial[] =>
  marks.map(([facility, product, serial]) => ({ facility, product, serial }))

/** The same, in memory of its own. */
export const copyEdits = ({ revoked, watermarks, revokedKeys }: RevocationEdits): RevocationEdits => ({
  revoked: revoked.map((entry) => {
    const { firsts, lasts } = entry.serials
    return { ...entry, serials: { firsts: Float64Array.from(firsts), lasts: Float64Array.from(lasts) } }
  }),
  watermarks: watermarks.map((mark) => ({ ...mark, key: copyBytes('watermarks.key', mark.key, 32) })),
  revokedKeys: revokedKeys.map((entry) => ({ ...entry, key: copyBytes('revokedKeys.key', entry.key, 32) })),
})

/** The body that says this. */
export function bodyOf(content: RevocationContent): RevocationBody {
  const { authority, sequence, issued, expires, epoch, next } = content
  return { authority, sequence, issued, expires, epoch, next, ...entriesOf(content) }
}

/** The entries in their order, without sets that are empty. @throws an argument error for more than 2^22 runs a set */
export function entriesOf({ revoked, watermarks, revokedKeys }: RevocationEdits): RevocationEntries {
  return {
    revoked: revoked
      .filter(({ serials }) => serials.firsts.length > 0)
      .map(({ facility, product, reason, date, serials }) => {
        const entry = [facility, product, reasonCode(reason), dayOf('date', date)] as const
        return [...entry, encodeSerialSet(serials)] as const
      })
      .sort((a, b) => compareEntries(a, b, 4)),
    watermarks: groupWatermarks(watermarks),
    revokedKeys: revokedKeys
      .map(
        ({ key, reason, date, above }): KeyEntry => [
          key,
          reasonCode(reason),
          dayOf('date', date),
          marksOf(above),
        ],
      )
      .sort((a, b) => compareEntries(a, b, 1)),
  }
}

function groupWatermarks(watermarks: readonly Watermark[]): WatermarksEntry[] {
  const groups = new Map<string, { readonly key: Uint8Array; readonly own: Watermark[] }>()
  for (const watermark of watermarks) {
    const { key } = watermark
    const group = groups.get(toHex(key)) ?? { key, own: [] }
    group.own.push(watermark)
    groups.set(toHex(key), group)
  }
  return [...groups.values()]
    .map(({ key, own }): WatermarksEntry => [key, marksOf(own)])
    .sort((a, b) => compareEntries(a, b, 1))
}

const marksOf = (marks: readonly ProductSerial[]): SerialMark[] =>
  marks
    .map(({ facility, product, serial }): SerialMark => [facility, product, serial])
    .sort((a, b) => compareEntries(a, b, 2))

function reasonCode(reason: RevocationReason): number {
  const code = REVOCATION_REASONS.indexOf(reason)
  if (code < 0) throw argumentRange('reason', `one of ${REVOCATION_REASONS.join(', ')}`, reason)
  return code
}
