import { decodeCbor, encodeCbor } from '../codec/cbor.ts'
import { bytes, list, optional, record, type Shape, time, tuple, uint } from '../codec/shape.ts'
import { readShape } from '../codec/shape-reader.ts'
import { writeShape } from '../codec/shape-writer.ts'
import type { Bytes } from '../lib/bytes.ts'
import { fromHex, toHex } from '../lib/bytes.ts'
import { timeOf } from '../lib/dates.ts'
import { isMalformed, VeristampError } from '../lib/errors.ts'
import { marksOf, orderFault, rowOf, type ScansBody, scansFields, scansOf } from '../scanlog/body.ts'
import type { ScanDelivery } from './word.ts'

/** Documents that were taken, as bytes for a store of chunks. */

interface DeliveryBody extends ScansBody {
  readonly scanner: Uint8Array
  readonly issued: Date
  readonly taken: Date
  readonly trust: number
  readonly revocation?: readonly (readonly [epoch: number, sequence: number])[] | undefined
}

const shape: Shape<DeliveryBody> = record<DeliveryBody>(
  {
    ...scansFields,
    scanner: bytes(32),
    issued: time,
    taken: time,
    trust: uint(),
    revocation: optional(list(tuple(uint(), uint()), 1)),
  },
  { fault: orderFault },
)

export function encodeDelivery(delivery: ScanDelivery): Bytes {
  const { authority, place, scanner, issued, taken, lists, scans, undone } = delivery
  const { trust, revocation } = lists
  return encodeCbor(
    writeShape(shape, {
      ...{ authority, place, trust },
      scanner: fromHex(scanner),
      issued: timeOf(issued),
      taken: timeOf(taken),
      ...(revocation && { revocation: [[revocation.epoch, revocation.sequence] as const] }),
      records: scans.map(rowOf),
      undone: undone.map(({ time, code }) => [time, code] as const),
    }),
  )
}

/** @throws VeristampError `store_corrupt` */
export function decodeDelivery(chunk: Uint8Array): ScanDelivery {
  try {
    const body = readShape(shape, decodeCbor(chunk))
    const [revocation] = body.revocation ?? []
    return {
      ...{ authority: body.authority, place: body.place, scanner: toHex(body.scanner) },
      issued: body.issued.getTime() / 1000,
      taken: body.taken.getTime() / 1000,
      lists: {
        trust: body.trust,
        ...(revocation && { revocation: { epoch: revocation[0], sequence: revocation[1] } }),
      },
      scans: scansOf(body),
      undone: marksOf(body),
    }
  } catch (error) {
    if (!isMalformed(error)) throw error
    const facts = { fault: 'unreadable', detail: error.detail } as const
    throw new VeristampError('store_corrupt', `scans taken: ${error.detail}`, facts, { cause: error })
  }
}
