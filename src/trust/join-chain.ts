import { orRefused, Refusal } from '../document/refusal.ts'
import { nobleEngine } from '../ed25519/noble/engine.ts'
import type { Bytes } from '../lib/bytes.ts'
import { concatBytes } from '../lib/bytes.ts'
import { copyBounded } from '../lib/checks.ts'
import { argumentRange, VeristampError } from '../lib/errors.ts'
import {
  type ChainDocument,
  enoughSigned,
  followChain,
  MAX_CHAIN_LENGTH,
  MAX_LINKS,
  readChain,
} from './chain.ts'
import { type ReadContent, readTrustList } from './content.ts'
import { readyRoots } from './roots.ts'

/**
 * One file that brings verifiers from any root version on the way to the newest list (RFC 8742: the documents
 * one after another). Give the signed lists in their order, or a chain and the lists that came after it; those
 * that no verifier needs, neither the first of a root version nor the last, are left out. To keep a chain
 * small, rotate in a list without issuers and catalogue, and publish the full list right after it.
 * @param documents signed trust lists, oldest first; each may be a chain
 * @throws VeristampError `bad_document`, with the reason, where a verifier could not follow from the first
 * document to the last; `does_not_fit` above 64 documents or 16 MiB
 * @example
 * ```ts
 * import { joinChain, loadTrustList, reviseTrustList, signTrustList } from 'veristamp/authority'
 *
 * // From one root key to another: the old and the new sign.
 * const next = { threshold: 1, keys: [secondRootSigner.publicKey] }
 * const draft = reviseTrustList(trustList, { issued, expires, roots: next })
 * const second = await signTrustList(draft, [rootSigner, secondRootSigner])
 * const chain = joinChain(trustListFile, second)
 * loadTrustList(chain, { authority, roots }).ok // → true
 * ```
 */
export function joinChain(...documents: readonly Uint8Array[]): Bytes {
  if (documents.length === 0) throw argumentRange('documents', 'one or more', 'none')
  const own = documents.map((document) => copyBounded('documents', document, MAX_CHAIN_LENGTH))
  const checked = orRefused(() => {
    const links = own.flatMap(readChain).map(open)
    checkFollows(links)
    return { ok: true as const, needed: links.filter(isNeeded) }
  })
  if (!checked.ok)
    throw new VeristampError('bad_document', `documents: ${checked.reason} (${checked.detail})`, {
      fault: 'refused',
      document: 'trust_list',
      reason: checked.reason,
      detail: checked.detail,
    })
  const chain = concatBytes(...checked.needed.map(({ document }) => document.bytes))
  if (checked.needed.length > MAX_LINKS || chain.length > MAX_CHAIN_LENGTH) {
    throw new VeristampError(
      'does_not_fit',
      `chain: at most ${MAX_LINKS} documents, ${MAX_CHAIN_LENGTH} bytes`,
      {
        what: 'chain',
        count: checked.needed.length,
        max: MAX_LINKS,
        length: chain.length,
        maxLength: MAX_CHAIN_LENGTH,
      },
    )
  }
  return chain
}

interface OpenLink {
  readonly document: ChainDocument
  readonly content: ReadContent
}

const open = (document: ChainDocument): OpenLink => ({
  document,
  content: readTrustList(document.envelope.body),
})

/** Every link is signed by its own roots, and leads on from the one before it. */
function checkFollows(links: readonly OpenLink[]): void {
  for (const { document, content } of links) {
    if (!enoughSigned(document.envelope, readyRoots(content.roots, nobleEngine))) {
      throw new Refusal('threshold', `sequence ${content.sequence} is not signed by its own roots`)
    }
  }
  const { authority, roots } = links[0]!.content
  const start = { authority, engine: nobleEngine, roots: readyRoots(roots, nobleEngine) }
  followChain(
    links.map(({ document }) => document),
    start,
  )
}

const isNeeded = ({ content }: OpenLink, index: number, links: readonly OpenLink[]): boolean =>
  index === links.length - 1 || content.roots.version !== links[index - 1]?.content.roots.version
