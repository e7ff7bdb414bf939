import { encodeCbor } from '../codec/cbor.ts'
import { spellShape } from '../codec/shape-spelling.ts'
import { decodeEnvelope, MAX_DOCUMENT_LENGTH } from '../document/envelope.ts'
import { orRefused } from '../document/refusal.ts'
import { encodeEnvelope } from '../document/sign.ts'
import { sha256 } from '../ed25519/sha2.ts'
import type { Bytes } from '../lib/bytes.ts'
import { equalBytes } from '../lib/bytes.ts'
import { copyBounded } from '../lib/checks.ts'
import { VeristampError } from '../lib/errors.ts'
import {
  byName,
  entriesOf,
  keyName,
  type RevocationContent,
  type RevocationEdits,
  type RevokedKey,
  readRevocationList,
  serialsName,
  type Watermark,
  watermarkName,
} from './content.ts'
import { applyDelta } from './delta.ts'
import { type DeltaBody, deltaBody } from './delta-body.ts'
import { checkPermanence } from './permanence.ts'
import { subtractSet } from './serial-set-algebra.ts'

/**
 * What a verifier that has one list needs for the next: far less than the list, where little changed. It
 * carries the next list's signatures and none of its own.
 * @param from the list that verifiers have
 * @param to the signed list that they are to come to
 * @throws VeristampError `bad_document` where the documents are no lists, the second is not signed or no later
 * list of the authority, or says more than this version can write; `revocation_permanent` where it drops a revocation
 * @example
 * ```ts
 * import { makeDelta } from 'veristamp/authority'
 *
 * const delta = makeDelta(revocationListFile, nextRevocationListFile)
 * delta.length < nextRevocationListFile.length // → true
 * ```
 */
export function makeDelta(from: Uint8Array, to: Uint8Array): Bytes {
  return deltaBetween(
    copyBounded('from', from, MAX_DOCUMENT_LENGTH),
    copyBounded('to', to, MAX_DOCUMENT_LENGTH),
  )
}

function deltaBetween(from: Uint8Array, to: Uint8Array): Bytes {
  const [before, after] = [readRevocationList(from), readRevocationList(to)]
  checkPermanence(before, after)
  const { signatures } = decodeEnvelope(to)
  const { epoch, sequence } = before
  const { authority: _, ...says } = after
  const body: DeltaBody = {
    ...says,
    ...entriesOf(editsBetween(before, after)),
    base: [epoch, sequence, sha256(decodeEnvelope(from).body)],
    withdrawn: missing(before.watermarks, after.watermarks, watermarkName).map(
      ({ key, facility, product }) => [key, facility, product] as const,
    ),
  }
  const context = 'veristamp:delta1'
  const delta = encodeEnvelope({ context, body: encodeCbor(spellShape(deltaBody, body)), signatures })
  const applied = orRefused(() => ({ ok: true as const, document: applyDelta(from, delta) }))
  if (signatures.length === 0 || !applied.ok || !equalBytes(applied.document, to)) {
    throw new VeristampError('bad_document', 'to: expected a signed list without fields of later versions', {
      fault: signatures.length === 0 ? 'not_signed' : 'later_fields',
    })
  }
  return delta
}

/** What `after` adds and changes. */
function editsBetween(before: RevocationContent, after: RevocationContent): RevocationEdits {
  const known = byName(before.revoked, serialsName)
  const revoked = after.revoked.map((entry) => {
    const same = known.get(serialsName(entry))
    return same === undefined ? entry : { ...entry, serials: subtractSet(entry.serials, same.serials) }
  })
  const statement = (mark: Watermark) => `${watermarkName(mark)} ${mark.serial}`
  return {
    revoked,
    watermarks: missing(after.watermarks, before.watermarks, statement),
    revokedKeys: missing(after.revokedKeys, before.revokedKeys, describeKey),
  }
}

/** Everything that is said of a revoked key; its marks are sorted in a list that was read. */
const describeKey = (entry: RevokedKey): string =>
  `${keyName(entry)} ${entry.reason} ${entry.date} ${JSON.stringify(entry.above)}`

/** The entries whose names none of the others has. */
function missing<Other, T extends Other>(
  entries: readonly T[],
  others: readonly Other[],
  nameOf: (entry: Other) => string,
): T[] {
  const names = new Set(others.map(nameOf))
  return entries.filter((entry) => !names.has(nameOf(entry)))
}
