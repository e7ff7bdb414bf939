import { decodeCbor } from '../codec/cbor.ts'
import { readShape } from '../codec/shape-reader.ts'
import type { Envelope } from '../document/envelope.ts'
import { MAX_DOCUMENT_LENGTH } from '../document/envelope.ts'
import { describeSlices, type SliceDescription } from '../document/named-slices.ts'
import { orRefused, type Refused } from '../document/refusal.ts'
import { MAX_SLICE_LENGTH } from '../document/slices.ts'
import { nobleEngine } from '../ed25519/noble/engine.ts'
import { sha256 } from '../ed25519/sha2.ts'
import { type ArgumentTable, bytesOf, checkTable, ifGiven, listOf } from '../lib/arguments.ts'
import { isBytes } from '../lib/brand.ts'
import { toHex } from '../lib/bytes.ts'
import { copyBounded } from '../lib/checks.ts'
import { type SigningContext, signedMessage } from '../lib/contexts.ts'
import { Malformed } from '../lib/errors.ts'
import { revocationSlice } from './body.ts'
import {
  editsOf,
  openContent,
  type ProductSerial,
  type RevocationEdits,
  type RevokedSerials,
} from './content.ts'
import type { RevocationDraft } from './draft.ts'
import { growRevocationList } from './grow.ts'
import { loadFields, loadRevocationList, type RevocationTrust } from './load.ts'
import { checkRevocationList } from './revocation-list.ts'
import { encodeRevocationDraft } from './sign.ts'

/** What a file says, for people to read before they sign it or pass it on. All of it is plain JSON. */
export interface RevocationListFileDescription {
  readonly ok: true
  readonly list: RevocationListDescription
  /** With a trust list only: what `loadRevocationList` says to the file under it, without a store. */
  readonly loads?: { readonly ok: true } | Refused | undefined
}

export interface RevocationListDescription {
  readonly authority: string
  readonly epoch: number
  readonly sequence: number
  /** ISO 8601, UTC; so are all times here. */
  readonly issued: string
  readonly next: string
  readonly expires: string
  /** SHA-256 of the signed body, in hexadecimal as are all bytes here. Read it to each other before signing. */
  readonly digest: string
  /** Who signed; nobody a draft. `bad`: not these bytes. `unsound`: a key that no verifier accepts. */
  readonly signers: readonly { readonly publicKey: string; readonly signature: 'good' | 'bad' | 'unsound' }[]
  /** Why no verifier will accept the list, whoever signs it: `serials_overlap`, … */
  readonly fault?: Refused | undefined
  /** How many serials of a product, and in how many runs of consecutive ones. */
  readonly revoked: readonly (Omit<RevokedSerials, 'serials'> & {
    readonly runs: number
    readonly serials: number
  })[]
  /** Keys are named by the SHA-256 of the public key. */
  readonly watermarks: readonly (ProductSerial & { readonly key: string })[]
  readonly revokedKeys: readonly {
    readonly key: string
    readonly reason: RevokedSerials['reason']
    readonly date: string
    readonly above: readonly ProductSerial[]
  }[]
  /** Absent where it has none. What is said above is of the body and of those that are not missing. */
  readonly slices?: readonly SliceDescription[] | undefined
}

export interface DescribeRevocationListOptions {
  readonly trustList?: RevocationTrust | undefined
  readonly slices?: readonly Uint8Array[] | undefined
}

const optionFields: ArgumentTable<DescribeRevocationListOptions> = {
  trustList: ifGiven(loadFields.trustList),
  slices: ifGiven(listOf(bytesOf())),
}

/**
 * Describes a revocation list, or a draft of one. It says what the bytes claim: nothing of it is to be relied on
 * unless `loads.ok`.
 * @param list the file, at most 4 MiB, or a draft
 * @param options `trustList` to verify it under; `slices`: files of its slices
 * @returns the description, or the reason why the bytes are no revocation list; never throws for any bytes
 * @throws ArgumentTypeError for anything but a trust list; as `encodeRevocationDraft` does for a draft
 * @example
 * ```ts
 * import { describeRevocationList } from 'veristamp/authority'
 *
 * const described = describeRevocationList(revocationListFile, { trustList })
 * if (described.ok) {
 *   described.loads // → { ok: true }
 *   described.list.sequence // → 1
 * }
 * ```
 */
export function describeRevocationList(
  list: Uint8Array | RevocationDraft,
  options: DescribeRevocationListOptions = {},
): RevocationListFileDescription | Refused {
  const own = isBytes(list) ? copyBounded('list', list, MAX_DOCUMENT_LENGTH) : encodeRevocationDraft(list)
  const { trustList, slices = [] } = checkTable('options', options, optionFields)
  const files = slices.map((slice) => copyBounded('options.slices', slice, MAX_SLICE_LENGTH))
  const described = orRefused(() => ({ ok: true as const, list: describeList(own, files) }))
  if (!described.ok || trustList === undefined) return described
  const loaded = loadRevocationList(own, { trustList })
  if (!loaded.ok) return { ...described, loads: loaded }
  const loads = orRefused(() => {
    growRevocationList(loaded.revocationList, files)
    return { ok: true as const }
  })
  return { ...described, loads }
}

function describeList(document: Uint8Array, files: readonly Uint8Array[]): RevocationListDescription {
  const { envelope, content, entries, slices, missingSlices } = openContent(document, files)
  const { authority, epoch, sequence, issued, next, expires } = content
  const sound = orRefused(() => {
    checkRevocationList(entries)
    return { ok: true as const }
  })
  return {
    ...{ authority, epoch, sequence },
    issued: issued.toISOString(),
    next: next.toISOString(),
    expires: expires.toISOString(),
    digest: toHex(sha256(envelope.body)),
    signers: describeSigners(envelope),
    fault: sound.ok ? undefined : sound,
    ...describeEdits(content),
    ...(slices.length > 0 && { slices: describeSlices(slices, missingSlices) }),
  }
}

const describeSigners = ({ context, body, signatures }: Envelope): RevocationListDescription['signers'] =>
  signatures.map(({ publicKey, signature }) => {
    const imported = nobleEngine.importKey(publicKey)
    const message = signedMessage(context as SigningContext, body)
    const isGood = imported.ok && imported.key.verify(message, signature)
    return { publicKey: toHex(publicKey), signature: isGood ? 'good' : imported.ok ? 'bad' : 'unsound' }
  })

/** What a slice says, for people. All of it is plain JSON. */
export interface RevocationSliceDescription
  extends Pick<RevocationListDescription, 'revoked' | 'watermarks' | 'revokedKeys'> {
  readonly ok: true
}

/** Describes a slice of a revocation list, whichever list names it. Never throws for any bytes. */
export const describeRevocationSlice = (bytes: Uint8Array): RevocationSliceDescription | Refused =>
  orRefused(() => {
    if (bytes.length > MAX_SLICE_LENGTH) throw new Malformed('slices')
    return { ok: true as const, ...describeEdits(editsOf(readShape(revocationSlice, decodeCbor(bytes)))) }
  })

const describeEdits = ({ revoked, watermarks, revokedKeys }: RevocationEdits) => ({
  revoked: revoked.map(({ serials, ...entry }) => ({ ...entry, ...sizeOf(serials) })),
  watermarks: watermarks.map((mark) => ({ ...mark, key: toHex(mark.key) })),
  revokedKeys: revokedKeys.map((entry) => ({ ...entry, key: toHex(entry.key) })),
})

const sizeOf = ({ firsts, lasts }: RevokedSerials['serials']): { runs: number; serials: number } => ({
  runs: firsts.length,
  serials: lasts.reduce((all, last, i) => all + last - firsts[i]! + 1, 0),
})
