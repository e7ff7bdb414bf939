import { encodeCbor } from '../../src/codec/cbor.ts'
import type { CborMap, CborValue } from '../../src/codec/cbor-value.ts'
import { writeShape } from '../../src/codec/shape-writer.ts'
import { compareBytes } from '../../src/lib/bytes.ts'
import { type SigningContext, signedMessage } from '../../src/lib/contexts.ts'
import { type TrustListContent, trustListContent } from '../../src/trust/content.ts'
import { content, root, type SyncSigner } from './fixtures.ts'

/** Trust lists that `draftTrustList` would not make. */

/** The body of the province's trust list as a CBOR value, with some fields changed. */
export const bodyWith = (changes: Partial<TrustListContent> = {}): CborValue =>
  writeShape(trustListContent, { ...content, ...changes })

/** The value with what stands at a path, as `issuers.0.name`, replaced, put in, or taken out when undefined. */
export function withValue(value: CborValue, path: string, replacement: CborValue | undefined): CborValue {
  const [key, ...rest] = path.split('.')
  const inner = (old: CborValue | undefined) =>
    rest.length === 0 ? replacement : withValue(old!, rest.join('.'), replacement)
  if (Array.isArray(value)) return value.map((item, index) => (index === Number(key) ? inner(item)! : item))
  const map = new Map(value as CborMap)
  const changed = inner(map.get(key!))
  if (changed === undefined) map.delete(key!)
  else map.set(key!, changed)
  return map
}

/** A document of whatever body and context, signed by the root unless others are given. */
export function forgeDocument(
  body: CborValue,
  signers: readonly SyncSigner[] = [root],
  context: SigningContext = 'veristamp:trust1',
): Uint8Array {
  const bytes = body instanceof Uint8Array ? body : encodeCbor(body)
  const message = signedMessage(context, bytes)
  const pairs = signers.map((signer) => [signer.publicKey, signer.sign(message)] as const)
  return encodeCbor([context, bytes, pairs.sort(([a], [b]) => compareBytes(a, b))])
}
