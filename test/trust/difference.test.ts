import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Catalogue } from '../../src/trust/catalogue.ts'
import { type ScopeRange, scopeFault } from '../../src/trust/scope.ts'
import { scopeLoss } from '../../src/trust/scope-difference.ts'
import { runs } from '../support/laws.ts'

const FACILITIES = [1, 2]
const PRODUCTS = [10, 11, 12, 13]
const SERIALS = 8

const catalogue: fc.Arbitrary<Catalogue> = fc
  .array(fc.record({ id: fc.constantFrom(...PRODUCTS), facility: fc.constantFrom(...FACILITIES) }), {
    maxLength: 4,
  })
  .map((products) => ({
    facilities: FACILITIES.map((id) => ({ id, name: 'F' })),
    products: [...new Map(products.map((each) => [each.id, { ...each, name: 'P' }])).values()],
  }))

const range: fc.Arbitrary<ScopeRange> = fc
  .record({
    facility: fc.constantFrom(...FACILITIES),
    product: fc.option(fc.constantFrom(...PRODUCTS), { nil: undefined }),
    first: fc.nat(SERIALS),
    length: fc.nat(SERIALS),
  })
  .map(({ facility, product, first, length }) => ({
    ...{ facility, first, last: first + length },
    ...(product !== undefined && { product }),
  }))

const side = fc.record({ scope: fc.array(range, { maxLength: 5 }), catalogue })

const may = ({ scope, catalogue }: { scope: readonly ScopeRange[]; catalogue: Catalogue }, stamp: Stamp) =>
  scopeFault(
    scope,
    stamp,
    catalogue.products.some(({ id, facility }) => id === stamp.product && facility === stamp.facility),
  ) === undefined

interface Stamp {
  readonly facility: number
  readonly product: number
  readonly serial: number
}

describe('what a scope loses', () => {
  it('is what verifiers took and take no longer, stamp by stamp', () => {
    fc.assert(
      fc.property(side, side, (from, to) => {
        const lost = scopeLoss(from, to)
        for (const facility of FACILITIES)
          for (const product of PRODUCTS)
            for (let serial = 0; serial <= 2 * SERIALS; serial++) {
              const stamp = { facility, product, serial }
              const isOwn = from.catalogue.products.some(
                (each) => each.id === product && each.facility === facility,
              )
              const isLost = lost.some(
                (each) =>
                  each.facility === facility &&
                  (each.product === undefined ? isOwn : each.product === product) &&
                  each.first! <= serial &&
                  serial <= each.last!,
              )
              expect(isLost, JSON.stringify(stamp)).toBe(may(from, stamp) && !may(to, stamp))
            }
      }),
      { numRuns: runs(200) },
    )
  })

  it('is nothing where a facility’s products are named one by one in place of all', () => {
    const catalogue = {
      facilities: [{ id: 1, name: 'F' }],
      products: [10, 11].map((id) => ({ id, facility: 1, name: 'P' })),
    }
    const [all, each] = [[{ facility: 1 }], [10, 11].map((product) => ({ facility: 1, product }))]
    expect(scopeLoss({ scope: all, catalogue }, { scope: each, catalogue })).toEqual([])
    expect(scopeLoss({ scope: each, catalogue }, { scope: all, catalogue })).toEqual([])
  })
})
