import { writeShape } from '../codec/shape-writer.ts'
import { decodeEnvelope } from '../document/envelope.ts'
import { orRefused, type Refused } from '../document/refusal.ts'
import { draftDocument, signDocument } from '../document/sign.ts'
import type { Signer } from '../ed25519/signer.ts'
import type { Bytes } from '../lib/bytes.ts'
import { VeristampError } from '../lib/errors.ts'
import { checkContent } from './arguments.ts'
import { readRevocationBody, revocationBody } from './body.ts'
import { bodyOf } from './content.ts'
import type { RevocationDraft } from './draft.ts'
import { checkPermanence } from './permanence.ts'
import { checkRevocationList } from './revocation-list.ts'

/**
 * The draft as an unsigned document, to be signed with `signDocument` on the machine that has the key.
 * @throws an argument error naming the field; VeristampError `revocation_permanent` for a draft that drops
 * what the previous list revoked, `bad_document` for one that no verifier would load, whoever signed it
 * @example
 * ```ts
 * import { encodeRevocationDraft, signDocument } from 'veristamp/authority'
 *
 * const unsigned = encodeRevocationDraft(draft)
 * const file = await signDocument(unsigned, revocationSigner) // on the machine of the revocation key
 * ```
 */
export function encodeRevocationDraft(draft: RevocationDraft): Bytes {
  checkContent('draft', draft)
  if (draft.previous !== undefined) checkPermanence(draft.previous, draft)
  const document = draftDocument('veristamp:revoc1', writeShape(revocationBody, bodyOf(draft)))
  const { body } = decodeEnvelope(document)
  const usable = orRefused(() => {
    checkRevocationList(readRevocationBody(body))
    return { ok: true as const }
  })
  if (usable.ok) return document
  throw refusedRevocationDraft(usable)
}

/** A draft that no verifier would load. */
export const refusedRevocationDraft = ({ reason, detail }: Refused): VeristampError =>
  new VeristampError('bad_document', `revocation list: ${detail ?? reason}`, {
    fault: 'refused',
    document: 'revocation_list',
    reason,
    detail,
  })

/**
 * The draft signed by the key that the trust list names as its `revocationKey`.
 * @param signer of the key that the trust list calls its `revocationKey`
 * @throws as `encodeRevocationDraft` and `signDocument` do
 * @example
 * ```ts
 * import { loadRevocationList, signRevocationList } from 'veristamp/authority'
 *
 * const file = await signRevocationList(draft, revocationSigner)
 * loadRevocationList(file, { trustList }).ok // → true
 * ```
 */
export const signRevocationList = async (draft: RevocationDraft, signer: Signer): Promise<Bytes> =>
  signDocument(encodeRevocationDraft(draft), signer)
