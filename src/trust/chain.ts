import { decodeCborSequence } from '../codec/cbor.ts'
import {
  countSigners,
  type Envelope,
  envelopeFromValue,
  MAX_DOCUMENT_LENGTH,
  MAX_ENVELOPE_ITEMS,
} from '../document/envelope.ts'
import { Refusal } from '../document/refusal.ts'
import { isNewer, type Seen } from '../document/store.ts'
import type { Engine } from '../ed25519/engine.ts'
import { sha256 } from '../ed25519/sha2.ts'
import type { DocumentReason } from '../lib/document-reason.ts'
import { Malformed } from '../lib/errors.ts'
import { type ReadContent, readTrustList } from './content.ts'
import { type ReadyRoots, readyRoots, sameRoots, type VersionedRoots } from './roots.ts'

/** Root rotations that one file may carry a verifier over. */
export const MAX_LINKS = 64
export const MAX_CHAIN_LENGTH = 4 * MAX_DOCUMENT_LENGTH

/** A document of a chain, with the bytes that spell it. */
export interface ChainDocument {
  readonly envelope: Envelope
  readonly bytes: Uint8Array
}

/** The documents of a file that holds one trust list or a chain of them. @throws Malformed or Refusal */
export function readChain(bytes: Uint8Array): ChainDocument[] {
  if (bytes.length > MAX_CHAIN_LENGTH) throw new Malformed('document_length')
  const documents = decodeCborSequence(bytes, MAX_LINKS, MAX_LINKS * MAX_ENVELOPE_ITEMS)
  return documents.map(({ value, bytes }) => {
    if (bytes.length > MAX_DOCUMENT_LENGTH) throw new Malformed('document_length')
    const envelope = envelopeFromValue(value)
    if (envelope.context !== 'veristamp:trust1') throw new Refusal('wrong_type', envelope.context)
    return { envelope, bytes }
  })
}

/** A trust list whose signatures hold, and where it leaves a verifier. */
export interface Link {
  readonly content: ReadContent
  readonly roots: ReadyRoots
  readonly seen: Seen
}

export interface ChainStart {
  readonly authority: string
  readonly engine: Engine
  readonly roots: ReadyRoots
}

/**
 * The last link, each verified under the roots that the one before it left. Expiry is not asked of links.
 * @throws Malformed or Refusal
 */
export function followChain(chain: readonly ChainDocument[], start: ChainStart): Link {
  let link: Link | undefined
  for (const [index, { envelope }] of chain.entries()) {
    const mayBePassed = link === undefined && index < chain.length - 1
    const roots = link?.roots ?? start.roots
    if (!enoughSigned(envelope, roots)) {
      // Links from before the first roots are theirs to verify who begin at earlier ones.
      if (mayBePassed) continue
      throw tooFew('threshold', roots)
    }
    const content = readTrustList(envelope.body)
    if (content.authority !== start.authority) throw new Refusal('wrong_authority', content.authority)
    if (mayBePassed && content.roots.version < roots.version) continue
    const next = stepRoots(roots, content.roots, envelope, start.engine)
    const seen = {
      epoch: next.version,
      sequence: content.sequence,
      digest: sha256(envelope.body),
      roots: content.roots,
    }
    isNewer(seen, link?.seen)
    link = { content, roots: next, seen }
  }
  return link! // a chain has one link at least, and the last is never passed over
}

/** The roots after a list: the same, or the next version when enough of its own keys signed too. */
function stepRoots(from: ReadyRoots, to: VersionedRoots, envelope: Envelope, engine: Engine): ReadyRoots {
  const step = to.version - from.version
  const detail = `${to.version} after ${from.version}`
  if (step < 0) throw new Refusal('root_version_rollback', detail)
  if (step > 1) throw new Refusal('root_version_gap', detail)
  if (step === 0) {
    if (!sameRoots(from, to)) throw new Refusal('roots_changed', detail)
    return from
  }
  const next = readyRoots(to, engine)
  if (!enoughSigned(envelope, next)) throw tooFew('new_threshold', next)
  return next
}

const tooFew = (reason: DocumentReason, { threshold, version }: ReadyRoots): Refusal =>
  new Refusal(reason, `fewer than ${threshold} of root version ${version} signed`)

/** True when as many of the roots' keys signed as must. */
export const enoughSigned = (envelope: Envelope, { keys, threshold }: ReadyRoots): boolean =>
  countSigners(envelope, keys) >= threshold
