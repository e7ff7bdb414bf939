import type { ScopeRange } from '../../trust/scope.ts'
import type { Context } from '../shell/context.ts'
import { Failure } from '../shell/io.ts'
import { idIn } from './products.ts'

const SCOPE = /^(\d{1,16})(?::(\d{1,16})?(?::(\d{1,16})-(\d{1,16})?)?)?$/

/**
 * A part of a scope as people type it: `12` (all products of a facility), `12:104`, `12:104:1-5000`, or `12::1-5000`.
 * @throws Failure `argument_range`
 */
export function parseScope({ words }: Context, text: string): ScopeRange {
  const found = SCOPE.exec(text)
  if (found === null)
    throw new Failure('argument_range', words.issuers.badScope(text), words.issuers.badScopeHow)
  const [, facility, product, first, last] = found
  const range: ScopeRange = {
    facility: idIn(words, 'GLN', facility!) ?? Number(facility),
    ...(product !== undefined && { product: idIn(words, 'GTIN', product) ?? Number(product) }),
    ...(first !== undefined && { first: Number(first) }),
    ...(last !== undefined && { last: Number(last) }),
  }
  const isSound =
    Object.values(range).every(Number.isSafeInteger) && (range.first ?? 0) <= (range.last ?? Infinity)
  if (isSound) return range
  throw new Failure('argument_range', words.issuers.badScope(text), words.issuers.badScopeHow)
}
