import { decodeCbor } from '../codec/cbor.ts'
import { readShape } from '../codec/shape-reader.ts'
import { orRefused, type Refused } from '../document/refusal.ts'
import { MAX_SLICE_LENGTH } from '../document/slices.ts'
import { Malformed } from '../lib/errors.ts'
import { trustSlice } from './content.ts'
import { describeIssuer, type TrustListDescription } from './describe.ts'

/** What a slice says, for people. All of it is plain JSON. */
export interface TrustSliceDescription
  extends Pick<TrustListDescription, 'issuers' | 'facilities' | 'products'> {
  readonly ok: true
}

/** Describes a slice of a trust list, whichever list names it. Never throws for any bytes. */
export const describeTrustSlice = (bytes: Uint8Array): TrustSliceDescription | Refused =>
  orRefused(() => {
    if (bytes.length > MAX_SLICE_LENGTH) throw new Malformed('slices')
    const { issuers, catalogue } = readShape(trustSlice, decodeCbor(bytes))
    const { facilities, products } = catalogue
    return {
      ok: true as const,
      issuers: issuers.map(describeIssuer),
      facilities: facilities.length,
      products: products.length,
    }
  })
