import {
  type ArgumentCheck,
  type ArgumentTable,
  bytesOf,
  checkTable,
  ifGiven,
  kindOf,
  listOf,
  objectOf,
  oneOf,
  textOf,
  wholeNumber,
} from '../lib/arguments.ts'
import { brandOf } from '../lib/brand.ts'
import { dayOf, secondOf } from '../lib/dates.ts'
import { REVOCATION_REASONS } from './body.ts'
import type { ProductSerial, RevocationContent, RevokedKey, RevokedSerials, Watermark } from './content.ts'
import type { SerialSet } from './serial-set.ts'

/** What callers give to make a revocation list. */

export const anId = wholeNumber(0, Number.MAX_SAFE_INTEGER)
export const aProduct = { facility: anId, product: anId }
export const aReason: ArgumentTable<Pick<RevokedKey, 'reason' | 'date'>> = {
  reason: oneOf(...REVOCATION_REASONS),
  date: dayOf,
}
export const aMark: ArgumentTable<ProductSerial> = { ...aProduct, serial: anId }

const aRow = kindOf('a Float64Array, as serialSetOf makes it', (value) => brandOf(value) === 'Float64Array')
const aSet: ArgumentTable<SerialSet> = { firsts: aRow, lasts: aRow }
const revoked: ArgumentTable<RevokedSerials> = { ...aProduct, ...aReason, serials: objectOf(aSet) }
const watermark: ArgumentTable<Watermark> = { ...aMark, key: bytesOf(32) }
const revokedKey: ArgumentTable<RevokedKey> = { ...aReason, key: bytesOf(32), above: listOf(objectOf(aMark)) }

/** The fields of a list's header. */
export const aHeader = {
  authority: textOf(64),
  issued: secondOf,
  next: secondOf,
  expires: secondOf,
  epoch: anId,
  sequence: anId,
}

const anArray: ArgumentCheck = listOf(() => {})
const outside: ArgumentTable<RevocationContent> = {
  ...aHeader,
  revoked: anArray,
  watermarks: anArray,
  revokedKeys: anArray,
}
/** A draft is a list's content too, with the list that it follows. */
const draft: ArgumentTable<Draft> = { ...outside, previous: ifGiven(objectOf(outside)) }
const content: ArgumentTable<Draft> = {
  ...draft,
  revoked: listOf(objectOf(revoked)),
  watermarks: listOf(objectOf(watermark)),
  revokedKeys: listOf(objectOf(revokedKey)),
}

type Draft = RevocationContent & { readonly previous?: RevocationContent | undefined }

/** A list's content, down to its entries. */
export const checkContent = (place: string, given: Draft): Draft => checkTable(place, given, content)
