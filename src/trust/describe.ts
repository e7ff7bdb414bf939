import type { Envelope } from '../document/envelope.ts'
import { describeSlices, type SliceDescription } from '../document/named-slices.ts'
import { orRefused, type Refused } from '../document/refusal.ts'
import { MAX_SLICE_LENGTH } from '../document/slices.ts'
import { anEngine, type Engine } from '../ed25519/engine.ts'
import { nobleEngine } from '../ed25519/noble/engine.ts'
import { sha256 } from '../ed25519/sha2.ts'
import { type ArgumentTable, bytesOf, checkTable, ifGiven, listOf } from '../lib/arguments.ts'
import { isBytes } from '../lib/brand.ts'
import { equalBytes, toHex } from '../lib/bytes.ts'
import { copyBounded } from '../lib/checks.ts'
import { type SigningContext, signedMessage } from '../lib/contexts.ts'
import { MAX_CHAIN_LENGTH, readChain } from './chain.ts'
import type { ReadContent } from './content.ts'
import { growTrustList, readTrustContent } from './grow.ts'
import type { IssuerEntry } from './issuer-entry.ts'
import { loadTrustList } from './load.ts'
import { checkRoots, type Roots, readyRoots, type VersionedRoots } from './roots.ts'
import type { ScannerEntry } from './scanner-entry.ts'
import type { ScopeRange } from './scope.ts'
import { encodeTrustDraft, type TrustDraft } from './sign.ts'
import { checkTrustList } from './trust-list.ts'

/** What a file says, for people to read before they sign it or pass it on. All of it is plain JSON. */
export interface TrustListFileDescription {
  readonly ok: true
  /** One, or those of a chain in its order. */
  readonly lists: readonly TrustListDescription[]
  /** Given roots only: what `loadTrustList` says to the file under them, without a store. */
  readonly loads?: { readonly ok: true } | Refused | undefined
}

export interface TrustListDescription {
  readonly authority: string
  readonly sequence: number
  /** ISO 8601, UTC; so are all times here. */
  readonly issued: string
  readonly expires: string
  /** SHA-256 of the signed body, in hexadecimal as are all bytes here. Read it to each other before signing. */
  readonly digest: string
  /** The list's own roots, and who of them signed: enough must, whatever other roots say. */
  readonly roots: RootsDescription
  /** Who of the given roots signed. */
  readonly givenRoots?: RootsDescription | undefined
  /** Keys of neither that signed: to be ignored, as verifiers do. */
  readonly otherSigners: readonly string[]
  /** Why no verifier will accept the list, whoever signs it: `scope_overlap`, … */
  readonly fault?: Refused | undefined
  readonly issuers: readonly IssuerDescription[]
  readonly revocationKey?: string | undefined
  readonly revocationEpoch: number
  readonly prefixes: readonly string[]
  readonly scanners: readonly ScannerDescription[]
  /** How many. */
  readonly facilities: number
  readonly products: number
  /** Absent where it has none. What is said above is of the body and of those that are not missing. */
  readonly slices?: readonly SliceDescription[] | undefined
}

export interface RootsDescription {
  readonly version: number
  /** How many of the keys must sign. */
  readonly threshold: number
  /** How many did. */
  readonly signed: number
  readonly keys: readonly {
    readonly publicKey: string
    /** `unsound`: a key that no verifier accepts. */
    readonly signature: 'good' | 'bad' | 'missing' | 'unsound'
  }[]
}

export interface ScannerDescription {
  readonly place: string
  readonly publicKey: string
  readonly position?: string | undefined
}

export interface IssuerDescription {
  readonly keyId: number
  readonly name: string
  readonly publicKey: string
  readonly notBefore: string
  readonly notAfter: string
  readonly scope: readonly ScopeRange[]
}

/**
 * Describes a trust list, a draft of one, or a chain. It says what the bytes claim: nothing of it is to be
 * relied on unless `loads.ok`.
 * @param list the file, at most 16 MiB, or a draft
 * @param options `roots` to verify it under; `slices`: files of its slices, of a chain's last list; `engine` verifies, noble by
 * default
 * @returns the description, or the reason why the bytes are no trust list; never throws for any bytes
 * @throws ArgumentTypeError or ArgumentRangeError for bad roots; as `encodeTrustDraft` does for a draft
 * @example
 * ```ts
 * import { describeTrustList } from 'veristamp/authority'
 *
 * const described = describeTrustList(trustListFile, { roots })
 * if (!described.ok) throw new Error(described.reason)
 * described.loads // → { ok: true }
 * described.lists[0]?.issuers[0]?.name // → 'Tea'
 * ```
 */
export function describeTrustList(
  list: Uint8Array | TrustDraft,
  options: DescribeTrustListOptions = {},
): TrustListFileDescription | Refused {
  const own = isBytes(list) ? copyBounded('list', list, MAX_CHAIN_LENGTH) : encodeTrustDraft(list)
  const { roots, slices = [], engine = nobleEngine } = checkTable('options', options, optionFields)
  const given = roots && checkRoots('options.roots', roots)
  const files = slices.map((slice) => copyBounded('options.slices', slice, MAX_SLICE_LENGTH))
  const described = orRefused(() => {
    const chain = readChain(own)
    const lists = chain.map(({ envelope }, place) =>
      describeList(envelope, { given, engine, files: place === chain.length - 1 ? files : [] }),
    )
    return { ok: true as const, lists }
  })
  if (!described.ok || given === undefined) return described
  const { authority } = described.lists[0]!
  const loaded = loadTrustList(own, { authority, roots: given, engine })
  if (!loaded.ok) return { ...described, loads: loaded }
  const loads = orRefused(() => {
    growTrustList(loaded.trustList, files)
    return OK
  })
  return { ...described, loads }
}

export interface DescribeTrustListOptions {
  readonly roots?: Roots | undefined
  readonly slices?: readonly Uint8Array[] | undefined
  readonly engine?: Engine | undefined
}

const optionFields: ArgumentTable<DescribeTrustListOptions> = {
  roots: ifGiven(checkRoots),
  slices: ifGiven(listOf(bytesOf())),
  engine: ifGiven(anEngine),
}

const OK = { ok: true } as const

interface Given {
  readonly given: VersionedRoots | undefined
  readonly engine: Engine
  readonly files: readonly Uint8Array[]
}

function describeList(envelope: Envelope, { given, engine, files }: Given): TrustListDescription {
  const { missingSlices, slices = [], ...content } = readTrustContent(envelope.body, files)
  const { authority, sequence, issued, expires, revocationKey, revocationEpoch, prefixes, catalogue } =
    content
  const digest = sha256(envelope.body)
  const known = [...content.roots.keys, ...(given?.keys ?? [])]
  const others = envelope.signatures.filter(
    ({ publicKey }) => !known.some((key) => equalBytes(key, publicKey)),
  )
  const fault = findFault(content, engine)
  return {
    authority,
    sequence,
    issued: issued.toISOString(),
    expires: expires.toISOString(),
    digest: toHex(digest),
    roots: describeRoots(content.roots, envelope),
    ...(given && { givenRoots: describeRoots(given, envelope) }),
    otherSigners: others.map(({ publicKey }) => toHex(publicKey)),
    fault,
    issuers: content.issuers.map(describeIssuer),
    revocationKey: revocationKey && toHex(revocationKey),
    revocationEpoch,
    prefixes,
    scanners: (content.scanners ?? []).map(describeScanner),
    facilities: catalogue.facilities.length,
    products: catalogue.products.length,
    ...(slices.length > 0 && { slices: describeSlices(slices, missingSlices) }),
  }
}

export const describeIssuer = ({
  keyId,
  name,
  publicKey,
  notBefore,
  notAfter,
  scope,
}: IssuerEntry): IssuerDescription => ({
  keyId,
  name,
  publicKey: toHex(publicKey),
  notBefore: notBefore.toISOString(),
  notAfter: notAfter.toISOString(),
  scope,
})

export const describeScanner = ({ place, publicKey, position }: ScannerEntry): ScannerDescription => ({
  place,
  publicKey: toHex(publicKey),
  position,
})

function describeRoots({ version, threshold, keys }: VersionedRoots, envelope: Envelope): RootsDescription {
  const described = keys.map((key) => ({
    publicKey: toHex(key),
    signature: describeSignature(key, envelope),
  }))
  const signed = described.filter(({ signature }) => signature === 'good').length
  return { version, threshold, signed, keys: described }
}

function describeSignature(
  key: Uint8Array,
  { context, body, signatures }: Envelope,
): RootsDescription['keys'][number]['signature'] {
  const imported = nobleEngine.importKey(key)
  if (!imported.ok) return 'unsound'
  const entry = signatures.find(({ publicKey }) => equalBytes(publicKey, key))
  if (entry === undefined) return 'missing'
  return imported.key.verify(signedMessage(context as SigningContext, body), entry.signature) ? 'good' : 'bad'
}

function findFault(content: ReadContent, engine: Engine): Refused | undefined {
  const usable = orRefused(() => {
    checkTrustList(content, readyRoots(content.roots, engine), engine)
    return OK
  })
  return usable.ok ? undefined : usable
}
