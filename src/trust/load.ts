import { decodeCborSequence } from '../codec/cbor.ts'
import { countSigners, type Envelope, envelopeFromValue, MAX_DOCUMENT_LENGTH } from '../document/envelope.ts'
import { orRefused, Refusal, type Refused } from '../document/refusal.ts'
import { admit, compareSeen, type Seen, type SequenceStore } from '../document/store.ts'
import type { Engine } from '../ed25519/engine.ts'
import { nobleEngine } from '../ed25519/noble.ts'
import { sha256 } from '../ed25519/sha2.ts'
import { checkBytes, checkText } from '../lib/checks.ts'
import { Malformed } from '../lib/errors.ts'
import { type ReadContent, readTrustList } from './content.ts'
import { checkRoots, type ReadyRoots, type Roots, readyRoots, sameRoots } from './roots.ts'
import { indexTrustList, type TrustList } from './trust-list.ts'

export interface LoadTrustListOptions {
  /** The id of the authority, pinned by the caller. */
  readonly authority: string
  /** Its root keys, pinned by the caller. */
  readonly roots: Roots
  /** What verifies, noble unless given. The list's keys stay with it. */
  readonly engine?: Engine
  /** The memory against older lists; without one every verdict warns `rollback_unprotected`. */
  readonly store?: SequenceStore
}

export type LoadedTrustList = { readonly ok: true; readonly trustList: TrustList } | Refused

/** Root rotations that one file may carry a verifier over. */
const MAX_LINKS = 64
const MAX_CHAIN_LENGTH = 4 * MAX_DOCUMENT_LENGTH

/**
 * Verifies a trust list, or a chain of them that leads from the pinned roots to today's (SPEC.md, "Loading a
 * trust list"). Nothing of the list is read before its signatures hold.
 * @returns the list, or the reason why it is not accepted
 * @throws ArgumentTypeError or ArgumentRangeError for options that can't be
 */
export function loadTrustList(bytes: Uint8Array, options: LoadTrustListOptions): LoadedTrustList {
  checkBytes('bytes', bytes)
  const { engine = nobleEngine, store } = options
  const authority = checkText('authority', options.authority, 64)
  const roots = checkRoots(options.roots)
  return orRefused(() => {
    const link = followChain(readChain(bytes), { authority, engine, start: readyRoots(roots, engine) })
    const { digest } = link.seen
    const trustList = indexTrustList(link.content, link.roots, {
      engine,
      digest,
      rollbackProtected: store !== undefined,
    })
    if (store !== undefined) admit(store, authority, 'trust', link.seen)
    return { ok: true, trustList }
  })
}

interface Link {
  readonly content: ReadContent
  readonly roots: ReadyRoots
  readonly seen: Seen
}

function readChain(bytes: Uint8Array): Envelope[] {
  if (bytes.length > MAX_CHAIN_LENGTH) throw new Malformed('document_length')
  const links = decodeCborSequence(bytes, MAX_LINKS)
  return links.map((link) => {
    if (link.bytes.length > MAX_DOCUMENT_LENGTH) throw new Malformed('document_length')
    const envelope = envelopeFromValue(link.value)
    if (envelope.context !== 'veristamp:trust1') throw new Refusal('wrong_type', envelope.context)
    return envelope
  })
}

interface Start {
  readonly authority: string
  readonly engine: Engine
  readonly start: ReadyRoots
}

/** The last link, each verified under the roots that the one before it left. Expiry is not asked of links. */
function followChain(envelopes: readonly Envelope[], { authority, engine, start }: Start): Link {
  let link: Link | undefined
  for (const [index, envelope] of envelopes.entries()) {
    const mayBePassed = link === undefined && index < envelopes.length - 1
    const roots = link?.roots ?? start
    if (countSigners(envelope, roots.keys) < roots.threshold) {
      // Links from before the pinned roots are theirs to verify who pinned earlier ones.
      if (mayBePassed) continue
      throw new Refusal('threshold', `fewer than ${roots.threshold} of root version ${roots.version} signed`)
    }
    const content = readTrustList(envelope.body)
    if (content.authority !== authority) throw new Refusal('wrong_authority', content.authority)
    if (mayBePassed && content.roots.version < roots.version) continue
    const next: Link = {
      content,
      roots: stepRoots(roots, content.roots, envelope, engine),
      seen: { epoch: content.roots.version, sequence: content.sequence, digest: sha256(envelope.body) },
    }
    if (link !== undefined && compareSeen(next.seen, link.seen) <= 0) {
      throw new Refusal('rollback', `sequence ${content.sequence} after ${link.seen.sequence}`)
    }
    link = next
  }
  return link! // a chain has one link at least, and the last is never passed over
}

/** The roots after a list: the same, or the next version when enough of its own keys signed too. */
function stepRoots(from: ReadyRoots, to: Required<Roots>, envelope: Envelope, engine: Engine): ReadyRoots {
  const step = to.version - from.version
  if (step < 0) throw new Refusal('root_version_rollback', `version ${to.version} under ${from.version}`)
  if (step > 1) throw new Refusal('root_version_gap', `version ${to.version} after ${from.version}`)
  if (step === 0) {
    if (!sameRoots(from, to)) throw new Refusal('roots_changed', `within version ${to.version}`)
    return from
  }
  const next = readyRoots(to, engine)
  if (countSigners(envelope, next.keys) < next.threshold) {
    throw new Refusal('new_threshold', `fewer than ${next.threshold} of root version ${next.version} signed`)
  }
  return next
}
