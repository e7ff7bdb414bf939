import fc from 'fast-check'
import { toHex } from '../../src/lib/bytes.ts'
import { REVOCATION_REASONS } from '../../src/revocation/body.ts'
import {
  addSerials,
  type RevocationDraft,
  removeSerials,
  restoreKey,
  revokeKey,
  setWatermark,
} from '../../src/revocation/draft.ts'
import type { Revocation } from '../../src/revocation/revocation-list.ts'
import { seeded } from './lists.ts'

/** A small world to try edits in: everything in it can be asked one by one. */
export const SERIALS = 60
export const PRODUCTS = [
  [12, 104],
  [12, 105],
  [8_938_500_000_017, 104],
] as const
export const MODEL_KEYS = [21, 22, 23].map((seed) => seeded(seed).publicKey)

/** What a list should say, in plain maps. */
export interface Model {
  readonly serials: Map<string, Revocation>
  readonly watermarks: Map<string, number>
  readonly keys: Map<string, { readonly revocation: Revocation; readonly above: ReadonlyMap<string, number> }>
  serial(facility: number, product: number, serial: number): Revocation | undefined
  watermark(publicKey: Uint8Array, facility: number, product: number): number | undefined
  key(publicKey: Uint8Array, facility: number, product: number, serial: number): Revocation | undefined
}

export function emptyModel(): Model {
  const [serials, watermarks, keys]: [Model['serials'], Model['watermarks'], Model['keys']] = [
    new Map(),
    new Map(),
    new Map(),
  ]
  return {
    ...{ serials, watermarks, keys },
    serial: (...stamp) => serials.get(`${stamp}`),
    watermark: (publicKey, ...product) => watermarks.get(`${toHex(publicKey)} ${product}`),
    key(publicKey, facility, product, serial) {
      const entry = keys.get(toHex(publicKey))
      return entry && serial > (entry.above.get(`${facility},${product}`) ?? -1)
        ? entry.revocation
        : undefined
    },
  }
}

/** One change, to a draft and to the model of it. */
export interface Edit {
  draft(draft: RevocationDraft): RevocationDraft
  model(model: Model): void
}

const product = fc.constantFrom(...PRODUCTS)
const publicKey = fc.constantFrom(...MODEL_KEYS)
const serial = fc.nat(SERIALS - 1)
const serials = fc.oneof(
  fc.array(serial, { maxLength: 8 }),
  fc.tuple(serial, serial).map(([a, b]) => [{ first: Math.min(a, b), last: Math.max(a, b) }]),
)
const revocation = fc.record({
  reason: fc.constantFrom(...REVOCATION_REASONS.slice(0, 3)),
  date: fc.constantFrom('2026-10-30', '2026-10-31'),
})
const each = (chosen: readonly (number | { first: number; last: number })[]): number[] =>
  chosen.flatMap((item) =>
    typeof item === 'number'
      ? [item]
      : Array.from({ length: item.last - item.first + 1 }, (_, i) => item.first + i),
  )

const adding = fc.tuple(product, serials, revocation).map(
  ([[facility, product], serials, why]): Edit => ({
    draft: (draft) => addSerials(draft, { facility, product, ...why, serials }),
    model(model) {
      for (const serial of each(serials)) {
        const name = `${[facility, product, serial]}`
        if (!model.serials.has(name)) model.serials.set(name, why)
      }
    },
  }),
)

const marking = fc.tuple(publicKey, product, serial).map(
  ([publicKey, [facility, product], serial]): Edit => ({
    draft: (draft) => setWatermark(draft, { publicKey, facility, product, serial }),
    model: ({ watermarks }) => void watermarks.set(`${toHex(publicKey)} ${[facility, product]}`, serial),
  }),
)

/** Takes a key's watermark for a product away, if it has one. */
const withdrawing = fc.tuple(publicKey, product).map(
  ([publicKey, [facility, product]]): Edit => ({
    draft(draft) {
      const marked = setWatermark(draft, { publicKey, facility, product, serial: 0 })
      return { ...marked, watermarks: marked.watermarks.slice(0, -1) }
    },
    model: ({ watermarks }) => void watermarks.delete(`${toHex(publicKey)} ${[facility, product]}`),
  }),
)

/** Revokes a key that is not yet revoked: wholly, or above marks. */
const revoking = fc
  .tuple(publicKey, revocation, fc.uniqueArray(product, { maxLength: 2 }), serial)
  .map(([publicKey, why, products, serial]): Edit => {
    const above = products.map(([facility, product]) => ({ facility, product, serial }))
    const marks = new Map(products.map((product) => [`${product}`, serial]))
    const name = toHex(publicKey)
    let isNew = true
    return {
      model({ keys }) {
        isNew = !keys.has(name)
        if (isNew) keys.set(name, { revocation: why, above: marks })
      },
      draft: (draft) => (isNew ? revokeKey(draft, { publicKey, ...why, above }) : draft),
    }
  })

const removing = fc.tuple(product, serials).map(
  ([[facility, product], serials]): Edit => ({
    draft: (draft) => removeSerials(draft, { facility, product, serials }),
    model(model) {
      for (const serial of each(serials)) model.serials.delete(`${[facility, product, serial]}`)
    },
  }),
)

const restoring = publicKey.map(
  (publicKey): Edit => ({
    draft: (draft) => restoreKey(draft, publicKey),
    model: ({ keys }) => void keys.delete(toHex(publicKey)),
  }),
)

/** Some edits in a row; a first draft may also take back what it revoked. */
export const edits = (isFirst: boolean): fc.Arbitrary<readonly Edit[]> =>
  fc.array(
    isFirst
      ? fc.oneof(adding, adding, marking, withdrawing, revoking, removing, restoring)
      : fc.oneof(adding, adding, marking, withdrawing, revoking),
    { maxLength: 12 },
  )
