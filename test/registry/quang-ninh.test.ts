import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { hasValidCheckDigit } from '../../src/codec/check-digit.ts'
import { withGtinIds } from '../../src/registry/gtin-ids.ts'
import { readRegistry, writeRegistry } from '../../src/registry/registry.ts'

const bytesOf = (file: string): Uint8Array =>
  new Uint8Array(readFileSync(new URL(`../../examples/quang-ninh/${file}.csv`, import.meta.url)))
const files = { facilities: bytesOf('facilities'), products: bytesOf('products') }
const read = readRegistry(files)
const { facilities, products } = read.ok ? read.catalogue : { facilities: [], products: [] }
const upTo = (last: number): number[] => Array.from({ length: last }, (_, at) => at + 1)

describe('the example of Quảng Ninh', () => {
  test('is read without a fault', () => {
    expect(read).toMatchObject({ ok: true })
  })

  test('has 23 facilities and 164 products, numbered from 1', () => {
    expect(facilities.map(({ id }) => id)).toEqual(upTo(23))
    expect(products.map(({ id }) => id)).toEqual(upTo(164))
  })

  test('has at least three products for each facility', () => {
    for (const { id } of facilities) {
      expect(products.filter(({ facility }) => facility === id).length).toBeGreaterThanOrEqual(3)
    }
  })

  test("has a key of its own under GS1's demonstration prefix for everything", () => {
    const keys = [...facilities.map(({ gln }) => gln ?? ''), ...products.map(({ gtin }) => gtin ?? '')]
    expect(new Set(keys).size).toBe(23 + 164)
    for (const key of keys)
      expect([key, /^952\d{10}$/.test(key) && hasValidCheckDigit(key)]).toEqual([key, true])
  })

  test('has 3 to 5 stars, a name of its own and a unit for each product', () => {
    expect(new Set(products.map(({ name }) => name)).size).toBe(164)
    for (const { stars, unit } of products) {
      expect(stars).toBeGreaterThanOrEqual(3)
      expect(unit).toMatch(/\d|con|chiếc/)
    }
  })

  test('has product 104 at facility 12', () => {
    expect(products[103]?.facility).toBe(12)
  })

  test('points at pictures that no one serves', () => {
    const images = products.flatMap(({ image }) => image ?? [])
    expect(images.length).toBeGreaterThan(0)
    for (const image of images) expect(image).toMatch(/^https:\/\/example\.invalid\//)
  })

  test('is written again byte for byte', () => {
    expect(read.ok && writeRegistry(read.catalogue)).toEqual(files)
  })
})

describe('its registry with GTINs as ids', () => {
  const gtinFiles = { facilities: bytesOf('gtin/facilities'), products: bytesOf('gtin/products') }
  const gtin = readRegistry(gtinFiles)
  if (!gtin.ok || !read.ok) throw new Error('a registry has faults')

  test('is the same but for its ids, as init --ids gtin makes them', () => {
    const { catalogue, changed, kept } = withGtinIds(read, (product) => product.gtin)
    expect([changed.length, kept.length]).toEqual([164, 0])
    expect(gtin.catalogue).toEqual(catalogue)
    expect(gtin.notes).toEqual([])
  })

  test('has what portals ask for, and no tax code that anybody could have', () => {
    expect(gtin.details.products.size).toBe(164)
    const codes = [...gtin.details.facilities.values()].map(({ taxCode }) => taxCode)
    expect(new Set(codes).size).toBe(23)
    for (const code of codes) expect(code).toMatch(/^00/)
  })

  test('is written again byte for byte', () => {
    expect(writeRegistry(gtin.catalogue, gtin.details)).toEqual(gtinFiles)
  })
})
