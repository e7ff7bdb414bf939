import { encodeCbor } from '../codec/cbor.ts'
import type { CborValue } from '../codec/cbor-value.ts'
import { describeSlices, type ListFiles, type SliceDescription } from '../document/named-slices.ts'
import { orRefused } from '../document/refusal.ts'
import { isBytes } from '../lib/brand.ts'
import { compareBytes, toHex } from '../lib/bytes.ts'
import { checkBytes } from '../lib/checks.ts'
import { VeristampError } from '../lib/errors.ts'
import { readChain } from './chain.ts'
import type { ReadContent } from './content.ts'
import {
  describeIssuer,
  describeScanner,
  type IssuerDescription,
  type ScannerDescription,
} from './describe.ts'
import { readTrustContent } from './grow.ts'
import type { IssuerEntry } from './issuer-entry.ts'
import type { ScopeRange } from './scope.ts'
import { scopeLoss } from './scope-difference.ts'

/** What one trust list says otherwise than another. All of it is plain JSON; bytes are hexadecimal. */
export interface TrustListDifference {
  readonly authority: Step<string>
  readonly sequence: Step<number>
  readonly issued: Step<string>
  readonly expires: Step<string>
  readonly roots: KeysDifference & { readonly version: Step<number>; readonly threshold: Step<number> }
  readonly issuers: {
    readonly added: readonly IssuerDescription[]
    readonly removed: readonly IssuerDescription[]
    readonly changed: readonly IssuerDifference[]
  }
  readonly revocationKey: Step<string>
  readonly revocationEpoch: Step<number>
  readonly prefixes: KeysDifference
  readonly facilities: EntriesDifference
  readonly products: EntriesDifference
  readonly scanners: {
    readonly added: readonly ScannerDescription[]
    readonly removed: readonly ScannerDescription[]
    readonly changed: readonly ScannerDescription[]
  }
  /** Absent where neither list has slices. */
  readonly slices?: SlicesDifference | undefined
}

/** How many slices there are, and those that only the later list names. */
export interface SlicesDifference {
  readonly count: Step<number>
  readonly added: readonly SliceDescription[]
}

/** A value before and after; absent where there is none. */
export interface Step<T> {
  readonly from?: T | undefined
  readonly to?: T | undefined
}

export interface KeysDifference {
  readonly added: readonly string[]
  readonly removed: readonly string[]
}

/** An issuer whose key both lists name. */
export interface IssuerDifference {
  readonly publicKey: string
  readonly name: Step<string>
  readonly keyId: Step<number>
  readonly notBefore: Step<string>
  readonly notAfter: Step<string>
  /** Stamps that only the later list lets it make. */
  readonly gained: readonly ScopeRange[]
  /** Stamps that it may make no longer. */
  readonly lost: readonly ScopeRange[]
}

export interface EntriesDifference {
  readonly added: readonly Named[]
  readonly removed: readonly Named[]
  /** Those that say something else, with the names of the fields. */
  readonly changed: readonly (Named & { readonly fields: readonly string[]; readonly before: string })[]
}

export interface Named {
  readonly id: number
  readonly name: string
}

/**
 * Says what changes from one trust list to another, which may be drafts; of chains the last list counts. Lists with slices are
 * given with them: what a missing one holds would look as if it were gone.
 * @param before undefined for none: everything is new then
 * @throws VeristampError `bad_document` for bytes that are no trust list, and where a slice is missing
 */
export function compareTrustLists(
  before: Uint8Array | ListFiles | undefined,
  after: Uint8Array | ListFiles,
): TrustListDifference {
  const to = lastOf('after', after)
  const from = before && lastOf('before', before)
  const step = <T>(of: (content: ReadContent) => T | undefined): Step<T> => stepOf(from && of(from), of(to))
  return {
    authority: step(({ authority }) => authority),
    sequence: step(({ sequence }) => sequence),
    issued: step(({ issued }) => issued.toISOString()),
    expires: step(({ expires }) => expires.toISOString()),
    roots: {
      version: step(({ roots }) => roots.version),
      threshold: step(({ roots }) => roots.threshold),
      ...compareTexts(from?.roots.keys.map(toHex), to.roots.keys.map(toHex)),
    },
    issuers: compareIssuers(from, to),
    revocationKey: step(({ revocationKey }) => revocationKey && toHex(revocationKey)),
    revocationEpoch: step(({ revocationEpoch }) => revocationEpoch),
    prefixes: compareTexts(from?.prefixes, to.prefixes),
    facilities: compareEntries(from?.catalogue.facilities, to.catalogue.facilities),
    products: compareEntries(from?.catalogue.products, to.catalogue.products),
    scanners: compareScanners(from?.scanners, to.scanners),
    ...compareSlices(from?.slices, to.slices),
  }
}

/** True where anything that the earlier list trusted is trusted no longer, or less far. */
export function dropsTrust(difference: TrustListDifference): boolean {
  const { issuers, revocationKey, revocationEpoch, ...rest } = difference
  const isOtherKey = revocationKey.from !== undefined && isChange(revocationKey)
  const isOtherEpoch = revocationEpoch.from !== undefined && isChange(revocationEpoch)
  const parts = [rest.roots, issuers, rest.prefixes, rest.facilities, rest.products, rest.scanners]
  return (
    isOtherKey ||
    isOtherEpoch ||
    parts.some(({ removed }) => removed.length > 0) ||
    issuers.changed.some(isNarrower)
  )
}

/** True for an issuer some of whose stamps were good, and are so no longer or for a shorter time. */
export const isNarrower = ({ keyId, notBefore, notAfter, lost }: IssuerDifference): boolean =>
  lost.length > 0 || isChange(keyId) || notBefore.from! < notBefore.to! || notAfter.from! > notAfter.to!

export const isChange = ({ from, to }: Step<unknown>): boolean => from !== to

const stepOf = <T>(from: T | undefined, to: T | undefined): Step<T> => ({
  from,
  to,
})

function lastOf(name: string, given: Uint8Array | ListFiles): ReadContent {
  const { document, slices: files } = isBytes(given) ? { document: given, slices: [] } : given
  checkBytes(name, document)
  const read = orRefused(() => {
    const { body } = readChain(document).at(-1)!.envelope
    return { ok: true as const, content: readTrustContent(body, files) }
  })
  if (read.ok && read.content.missingSlices.length === 0) return read.content
  if (read.ok)
    throw new VeristampError('bad_document', `${name}: expected all its slices beside it`, {
      fault: 'slices_missing',
    })
  throw new VeristampError('bad_document', `${name}: ${read.detail ?? read.reason}`, {
    fault: 'refused',
    document: 'trust_list',
    reason: read.reason,
    detail: read.detail,
  })
}

function compareTexts(before: readonly string[] = [], after: readonly string[] = []): KeysDifference {
  const [old, young] = [new Set(before), new Set(after)]
  return { added: after.filter((each) => !old.has(each)), removed: before.filter((each) => !young.has(each)) }
}

function compareIssuers(from: ReadContent | undefined, to: ReadContent): TrustListDifference['issuers'] {
  const { added, removed, both } = pair(from?.issuers, to.issuers, ({ publicKey }) => toHex(publicKey))
  const changed = both
    .map(([old, young]) => compareIssuer([old, from!], [young, to]))
    .filter(
      ({ name, keyId, notBefore, notAfter, gained, lost }) =>
        [name, keyId, notBefore, notAfter].some(isChange) || gained.length + lost.length > 0,
    )
  return { added: added.map(describeIssuer), removed: removed.map(describeIssuer), changed }
}

type IssuerIn = readonly [issuer: IssuerEntry, list: ReadContent]

function compareIssuer([old, before]: IssuerIn, [young, after]: IssuerIn): IssuerDifference {
  const from = { scope: old.scope, catalogue: before.catalogue }
  const to = { scope: young.scope, catalogue: after.catalogue }
  return {
    publicKey: toHex(young.publicKey),
    name: stepOf(old.name, young.name),
    keyId: stepOf(old.keyId, young.keyId),
    notBefore: stepOf(old.notBefore.toISOString(), young.notBefore.toISOString()),
    notAfter: stepOf(old.notAfter.toISOString(), young.notAfter.toISOString()),
    gained: scopeLoss(to, from),
    lost: scopeLoss(from, to),
  }
}

function compareScanners(
  before: ReadContent['scanners'],
  after: ReadContent['scanners'],
): TrustListDifference['scanners'] {
  const { added, removed, both } = pair(before, after, ({ publicKey }) => toHex(publicKey))
  const changed = both.filter(([old, young]) => old.place !== young.place || old.position !== young.position)
  return {
    added: added.map(describeScanner),
    removed: removed.map(describeScanner),
    changed: changed.map(([, young]) => describeScanner(young)),
  }
}

function compareSlices(
  before: ReadContent['slices'],
  after: ReadContent['slices'],
): Pick<TrustListDifference, 'slices'> {
  const [old, young] = [before, after].map((slices) => describeSlices(slices, []) ?? [])
  if (old!.length + young!.length === 0) return {}
  const { added } = pair(old, young!, ({ sha256 }) => sha256)
  return { slices: { count: stepOf(old!.length, young!.length), added } }
}

type Entry = Named & { readonly [field: string]: CborValue | undefined }

function compareEntries(before: readonly Entry[] | undefined, after: readonly Entry[]): EntriesDifference {
  const { added, removed, both } = pair(before, after, ({ id }) => id)
  const named = ({ id, name }: Named): Named => ({ id, name })
  const changed = both.flatMap(([old, young]) => {
    const fields = [...new Set([...Object.keys(old), ...Object.keys(young)])]
    const differing = fields.filter((field) => !sameValue(old[field], young[field]))
    return differing.length === 0 ? [] : [{ ...named(young), fields: differing, before: old.name }]
  })
  return { added: added.map(named), removed: removed.map(named), changed }
}

function sameValue(a: CborValue | undefined, b: CborValue | undefined): boolean {
  if (a === b) return true
  return a !== undefined && b !== undefined && compareBytes(encodeCbor(a), encodeCbor(b)) === 0
}

/** What only one of two lists has, and what both have. */
function pair<T, K>(before: readonly T[] = [], after: readonly T[] = [], keyOf: (item: T) => K) {
  const old = new Map(before.map((item) => [keyOf(item), item]))
  const young = new Set(after.map(keyOf))
  return {
    added: after.filter((item) => !old.has(keyOf(item))),
    removed: before.filter((item) => !young.has(keyOf(item))),
    both: after.flatMap((item) => {
      const known = old.get(keyOf(item))
      return known === undefined ? [] : [[known, item] as const]
    }),
  }
}
