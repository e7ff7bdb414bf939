import type { Envelope } from '../document/envelope.ts'
import { MAX_DOCUMENT_LENGTH } from '../document/envelope.ts'
import { orRefused, type Refused } from '../document/refusal.ts'
import { nobleEngine } from '../ed25519/noble/engine.ts'
import { sha256 } from '../ed25519/sha2.ts'
import { checkTable, ifGiven } from '../lib/arguments.ts'
import { toHex } from '../lib/bytes.ts'
import { copyBounded } from '../lib/checks.ts'
import { type SigningContext, signedMessage } from '../lib/contexts.ts'
import { readRevocationBody } from './body.ts'
import { openContent, type ProductSerial, type RevokedSerials } from './content.ts'
import { loadFields, loadRevocationList, type RevocationTrust } from './load.ts'
import { checkRevocationList } from './revocation-list.ts'

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
}

/**
 * Describes a revocation list, or a draft of one. It says what the bytes claim: nothing of it is to be relied on
 * unless `loads.ok`.
 * @returns the description, or the reason why the bytes are no revocation list; never throws for any bytes
 * @throws ArgumentTypeError for anything but a trust list
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
  bytes: Uint8Array,
  options: { readonly trustList?: RevocationTrust | undefined } = {},
): RevocationListFileDescription | Refused {
  const own = copyBounded('bytes', bytes, MAX_DOCUMENT_LENGTH)
  const { trustList } = checkTable('options', options, { trustList: ifGiven(loadFields.trustList) })
  const described = orRefused(() => ({ ok: true as const, list: describeList(own) }))
  if (!described.ok || trustList === undefined) return described
  const loaded = loadRevocationList(own, { trustList })
  return { ...described, loads: loaded.ok ? { ok: true } : loaded }
}

function describeList(document: Uint8Array): RevocationListDescription {
  const { envelope, content } = openContent(document)
  const { authority, epoch, sequence, issued, next, expires } = content
  const sound = orRefused(() => {
    checkRevocationList(readRevocationBody(envelope.body))
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
    revoked: content.revoked.map(({ serials, ...entry }) => ({ ...entry, ...sizeOf(serials) })),
    watermarks: content.watermarks.map((mark) => ({ ...mark, key: toHex(mark.key) })),
    revokedKeys: content.revokedKeys.map((entry) => ({ ...entry, key: toHex(entry.key) })),
  }
}

const describeSigners = ({ context, body, signatures }: Envelope): RevocationListDescription['signers'] =>
  signatures.map(({ publicKey, signature }) => {
    const imported = nobleEngine.importKey(publicKey)
    const message = signedMessage(context as SigningContext, body)
    const isGood = imported.ok && imported.key.verify(message, signature)
    return { publicKey: toHex(publicKey), signature: isGood ? 'good' : imported.ok ? 'bad' : 'unsound' }
  })

const sizeOf = ({ firsts, lasts }: RevokedSerials['serials']): { runs: number; serials: number } => ({
  runs: firsts.length,
  serials: lasts.reduce((all, last, i) => all + last - firsts[i]! + 1, 0),
})
