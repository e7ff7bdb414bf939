import { readId } from '../../registry/keys.ts'
import { isTrouble, type KeyName, messageOf } from '../../registry/kinds.ts'
import type { ProductSerial } from '../../revocation/content.ts'
import type { Catalogue } from '../../trust/catalogue.ts'
import { type ScopeRange, scopeFault } from '../../trust/scope.ts'
import type { TrustedIssuer, TrustList } from '../../trust/trust-list.ts'
import type { Context } from '../shell/context.ts'
import { Failure } from '../shell/io.ts'
import type { Words } from '../words/words.ts'

/** Products by their numbers, and who may stamp them. */

/** The facility of a product: the one that is given, or the catalogue's. @throws Failure `no_product` or `wrong_facility` */
export function facilityOf(
  { words }: Context,
  trustList: TrustList,
  product: number,
  given?: number,
): number {
  const own = trustList.product(product)?.facility
  if (own !== undefined && given !== undefined && given !== own)
    throw new Failure('wrong_facility', words.wrongFacility(product, own, given), words.wrongFacilityHow)
  const facility = given ?? own
  if (facility === undefined) throw new Failure('no_product', noProduct(words, product), words.noProductHow)
  return facility
}

/** A long number that no product has may be a GTIN with a wrong digit. */
function noProduct(words: Words, product: number): string {
  const read = readId('GTIN', String(product))
  return isTrouble(read) && read.reason === 'bad_check_digit'
    ? `${words.noProduct(product)}; ${words.ids.wrongDigit(product, read.facts.right)}`
    : words.noProduct(product)
}

/** What a scope names and the catalogue lacks, in a sentence each: a stamp of these can never be valid. */
export function strangersIn(
  { words }: Context,
  { facilities, products }: Catalogue,
  scope: readonly ScopeRange[],
): string[] {
  const known = [facilities, products].map((entries) => new Set(entries.map(({ id }) => id)))
  return scope.flatMap(({ facility, product }) => {
    if (typeof facility !== 'number') return [] // told where the list is drafted
    if (!known[0]!.has(facility)) return [words.ids.noFacility(facility)]
    return product === undefined || known[1]!.has(product) ? [] : [noProduct(words, product)]
  })
}

/** Products that none of these scopes reaches, in a sentence each of some. */
export function orphansIn(
  context: Context,
  products: Catalogue['products'],
  scope: readonly ScopeRange[],
): string[] {
  const { issuers, changes } = context.words
  const orphans = products.filter(
    ({ id, facility }) => !scope.some((range) => range.facility === facility && (range.product ?? id) === id),
  )
  const told = orphans
    .slice(0, MAX_TOLD)
    .map(({ id, facility }) => issuers.noneMay({ product: id, facility }))
  const rest = orphans.length - told.length
  return [...told, ...(rest > 0 ? [changes.more(rest)] : [])]
}

const MAX_TOLD = 5

/** True where a key may make this stamp. */
export const mayStamp = (trustList: TrustList, { scope }: TrustedIssuer, mark: ProductSerial): boolean =>
  scopeFault(scope, mark, trustList.product(mark.product)?.facility === mark.facility) === undefined

/**
 * A whole GTIN or GLN that begins with zeros, as the number that it is; undefined for what has no zeros in front.
 * @throws Failure `argument_range` for any other number with zeros in front
 */
export function idIn(words: Words, key: KeyName, text: string): number | undefined {
  if (!/^0\d+$/.test(text)) return undefined
  const id = readId(key, text)
  if (!isTrouble(id)) return id
  throw new Failure('argument_range', `${text}: ${messageOf(id, words.registry)}`, words.badIdHow)
}

/** `facility:product:serial`, which some issuer may stamp. @throws Failure `argument_range`, `wrong_facility` or `no_scope` */
export function parseMark(
  context: Context,
  trustList: TrustList,
  text: string,
  issuers: readonly TrustedIssuer[] = trustList.issuers,
): ProductSerial & { readonly issuers: readonly TrustedIssuer[] } {
  const { words } = context
  const found = /^(\d{1,16}):(\d{1,16}):(\d{1,16})$/.exec(text)
  if (found === null) throw new Failure('argument_range', words.badMark(text), words.badMarkHow)
  const [facility, product] = [
    idIn(words, 'GLN', found[1]!) ?? Number(found[1]),
    idIn(words, 'GTIN', found[2]!) ?? Number(found[2]),
  ]
  const serial = Number(found[3])
  facilityOf(context, trustList, product, facility)
  const mark = { facility, product, serial }
  const own = issuers.filter((issuer) => mayStamp(trustList, issuer, mark))
  if (own.length === 0) throw new Failure('no_scope', words.noScope(mark), words.noScopeHow)
  return { ...mark, issuers: own }
}
