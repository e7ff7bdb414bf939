import { decodeCbor } from '../codec/cbor.ts'
import { bytes, list, optional, record, type Shape, text, uint, withDefault } from '../codec/shape.ts'
import { readShape } from '../codec/shape-reader.ts'
import { type Header, headerFault, headerFields } from '../document/header.ts'
import { type SlicedBody, slicesFault, slicesField } from '../document/slices.ts'
import { MAX_PREFIX_LENGTH, PREFIX } from '../stamp/prefix.ts'
import { type Catalogue, catalogue } from './catalogue.ts'
import { type IssuerEntry, issuerEntry } from './issuer-entry.ts'
import { type Roots, roots, type VersionedRoots } from './roots.ts'
import { type ScannerEntry, scannerEntry } from './scanner-entry.ts'

/** What a trust list says (docs/spec/trust-lists.md, "The trust list"). */
export interface TrustListContent extends Header {
  readonly roots: Roots
  /** 16384 at most. */
  readonly issuers: readonly IssuerEntry[]
  /** The key that signs revocation lists, 32 bytes. Absent: this authority revokes nothing. */
  readonly revocationKey?: Uint8Array | undefined
  /** Counts the revocation keys, from 0 by default: raised whenever `revocationKey` changes. */
  readonly revocationEpoch?: number | undefined
  /** What `url` carriers may begin with. */
  readonly prefixes?: readonly string[] | undefined
  readonly catalogue?: Catalogue | undefined
  /** The devices whose scan documents count. 4096 at most; absent: none. */
  readonly scanners?: readonly ScannerEntry[] | undefined
}

/** What is signed. */
export interface TrustBody extends TrustListContent, SlicedBody {}

/** A trust list's content with nothing left to default. Fields of later versions are passed over. */
export interface ReadContent extends TrustBody {
  readonly roots: VersionedRoots
  readonly revocationEpoch: number
  readonly prefixes: readonly string[]
  readonly catalogue: Catalogue
}

/** What a slice says of the issuers of its range. @inline */
export type TrustSlice = Pick<ReadContent, 'issuers' | 'catalogue'>

const issuers = list(issuerEntry, 2 ** 14)

const fields = {
  ...headerFields,
  roots,
  issuers,
  revocationKey: optional(bytes(32)),
  revocationEpoch: withDefault(uint(), 0),
  prefixes: withDefault(list(text(MAX_PREFIX_LENGTH, PREFIX), 64), []),
  catalogue: withDefault(catalogue, { facilities: [], products: [] }),
  scanners: optional(list(scannerEntry, 4096)),
}

/** What is written by a caller has no slices: they are cut from it. */
export const trustListContent: Shape<TrustListContent> = record<TrustListContent>(fields, {
  fault: headerFault,
})

export const trustBody: Shape<TrustBody> = record<TrustBody>(
  { ...fields, slices: slicesField },
  { fault: (body) => headerFault(body) ?? slicesFault(body) },
)

export const trustSlice: Shape<TrustSlice> = record<TrustSlice>({ issuers, catalogue })

/** What a signed body says. @throws Malformed */
export const readTrustList = (body: Uint8Array): ReadContent =>
  readShape(trustBody, decodeCbor(body)) as ReadContent
