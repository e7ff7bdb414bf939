import { encodeCbor } from '../../src/codec/cbor.ts'
import type { CborValue } from '../../src/codec/cbor-value.ts'
import { spellShape } from '../../src/codec/shape-spelling.ts'
import type { SliceEntry } from '../../src/document/slices.ts'
import { sha256 } from '../../src/ed25519/sha2.ts'
import {
  type RevocationBody,
  type RevocationEntries,
  revocationBody,
  revocationSlice,
} from '../../src/revocation/body.ts'
import { serialSetOf } from '../../src/revocation/serial-set-algebra.ts'
import { encodeSerialSet } from '../../src/revocation/serial-set-writer.ts'
import type { Catalogue } from '../../src/trust/catalogue.ts'
import { type TrustListContent, trustBody, trustSlice } from '../../src/trust/content.ts'
import type { IssuerEntry } from '../../src/trust/issuer-entry.ts'
import { forgeDocument } from '../support/bodies.ts'
import { EXAMPLE, REVOKING, revoker, root, signers } from './lists.ts'

/** The lists and slices of the vectors of slices. */

export const NOTHING: Catalogue = { facilities: [], products: [] }
const [tea, pots] = REVOKING.catalogue!.facilities as [
  Catalogue['facilities'][number],
  Catalogue['facilities'][number],
]
const [green, pot] = REVOKING.catalogue!.products as [
  Catalogue['products'][number],
  Catalogue['products'][number],
]
export const TEA: Catalogue = { facilities: [tea], products: [green] }
export const POTS: Catalogue = { facilities: [pots], products: [pot] }

export const issuer = (
  name: keyof typeof signers,
  keyId: number,
  scope: IssuerEntry['scope'],
  changes: Partial<IssuerEntry> = {},
): IssuerEntry => ({
  ...EXAMPLE.issuers[0]!,
  keyId,
  publicKey: signers[name].publicKey,
  name,
  scope,
  ...changes,
})

export const printers = EXAMPLE.issuers[0]!
export const kiln = issuer('kiln', 300, [{ facility: 13 }])
export const mill = issuer('mill', 5, [{ facility: 40 }])

export const sliceOf = (issuers: readonly IssuerEntry[], catalogue: Catalogue = NOTHING): Uint8Array =>
  encodeCbor(spellShape(trustSlice, { issuers, catalogue }))

/** SPEC.md's example: its issuer with its part of the catalogue. */
export const EXAMPLE_SLICE = sliceOf([printers], TEA)
export const KILN_SLICE = sliceOf([kiln], POTS)

export const named = (firstKeyId: number, lastKeyId: number, slice: Uint8Array): SliceEntry => [
  firstKeyId,
  lastKeyId,
  slice.length,
  sha256(slice),
]

/** A trust list with these slices, and an issuer that stands in its body. */
export const trustWith = (
  slices: readonly SliceEntry[],
  changes: Partial<TrustListContent> = {},
): CborValue =>
  spellShape(trustBody, {
    ...EXAMPLE,
    issuers: [mill],
    catalogue: NOTHING,
    revocationKey: revoker.publicKey,
    ...changes,
    slices,
  })

export const SLICES = [named(7, 7, EXAMPLE_SLICE), named(8, 399, KILN_SLICE)]
export const SLICED_BODY = trustWith(SLICES)
export const signed = (body: CborValue): Uint8Array => forgeDocument(body, [root])

const key = (name: keyof typeof signers): Uint8Array => sha256(signers[name].publicKey)
const set = (...serials: number[]): Uint8Array => encodeSerialSet(serialSetOf(serials))
const LOST_DAY = 20_456

export const entries = (changes: Partial<RevocationEntries> = {}): RevocationEntries => ({
  revoked: [],
  watermarks: [],
  revokedKeys: [],
  ...changes,
})
export const lost = (facility: number, product: number, reason: number, ...serials: number[]) =>
  [facility, product, reason, LOST_DAY, set(...serials)] as const
export const mark = (name: keyof typeof signers, facility: number, product: number, serial: number) =>
  [key(name), [[facility, product, serial]]] as const
export const gone = (name: keyof typeof signers, day = LOST_DAY) => [key(name), 5, day, []] as const

export const revocationSliceOf = (said: RevocationEntries): Uint8Array =>
  encodeCbor(spellShape(revocationSlice, said))
export const TEA_REVOKED = revocationSliceOf(
  entries({ revoked: [lost(12, 104, 1, 41_000, 41_001)], watermarks: [mark('example', 12, 104, 95_000)] }),
)
export const POTS_REVOKED = revocationSliceOf(entries({ revokedKeys: [gone('kiln')] }))

export const revocationWith = (
  slices: readonly SliceEntry[],
  said: Partial<RevocationBody> = {},
): CborValue =>
  spellShape(revocationBody, {
    authority: EXAMPLE.authority,
    sequence: 1,
    issued: EXAMPLE.issued,
    next: new Date('2026-01-12T00:00:00Z'),
    expires: EXAMPLE.expires,
    epoch: 0,
    ...entries({ revoked: [lost(12, 104, 2, 77)] }),
    ...said,
    slices,
  })
export const REVOCATION_SLICES = [named(7, 7, TEA_REVOKED), named(300, 300, POTS_REVOKED)]
export const REVOCATION_BODY = revocationWith(REVOCATION_SLICES)
export const revoked = (body: CborValue): Uint8Array => forgeDocument(body, [revoker], 'veristamp:revoc1')
