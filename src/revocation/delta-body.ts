import { decodeCbor } from '../codec/cbor.ts'
import { bytes, list, record, type Shape, tuple, uint } from '../codec/shape.ts'
import { readShape } from '../codec/shape-reader.ts'
import { headerFields } from '../document/header.ts'
import { entriesFault, entriesFields, type RevocationBody } from './body.ts'

/**
 * What leads from one list to the next (docs/spec/revocation.md, "Deltas"): the next list's header, the serials that
 * it adds to each set, the watermarks and key revocations that are new or changed, and the watermarks that are gone.
 */
export interface DeltaBody extends Omit<RevocationBody, 'authority' | 'slices'> {
  /** Epoch, sequence and the SHA-256 of the signed body of the list that it applies to. */
  readonly base: readonly [epoch: number, sequence: number, digest: Uint8Array]
  readonly withdrawn: readonly (readonly [key: Uint8Array, facility: number, product: number])[]
}

const { authority: _, ...header } = headerFields

export const deltaBody: Shape<DeltaBody> = record<DeltaBody>(
  {
    ...header,
    ...entriesFields,
    base: tuple(uint(), uint(), bytes(32)),
    withdrawn: list(tuple(bytes(32), uint(), uint()), 2 ** 16),
  },
  { fault: entriesFault },
)

/** @throws Malformed */
export const readDeltaBody = (body: Uint8Array): DeltaBody => readShape(deltaBody, decodeCbor(body))
