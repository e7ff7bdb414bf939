import type { CborMap, CborValue } from './cbor-value.ts'
import { type AnyShape, join, type Shape } from './shape.ts'

/** Looks at one value before it is written; what it returns looks once more, when all that is inside was written. */
export type ShapeCheck = (shape: AnyShape, value: unknown, place: string) => (() => void) | undefined

/**
 * The value that spells what a shape is known to hold, because it was read from a document or made here. What callers
 * give goes through `writeShape`, which checks it.
 */
export const spellShape = <T>(shape: Shape<T>, value: T, check?: ShapeCheck, place = ''): CborValue =>
  spell(shape, value, check, place)!

function spell(
  shape: AnyShape,
  // biome-ignore lint/suspicious/noExplicitAny: what the shape says, and the check has seen
  value: any,
  check: ShapeCheck | undefined,
  place: string,
): CborValue | undefined {
  const checkWhole = check?.(shape, value, place)
  switch (shape.kind) {
    case 'time':
      return Math.floor(+value / 1000)
    case 'list':
      return Array.from(value, (item, index) => spell(shape.item, item, check, `${place}[${index}]`)!)
    case 'tuple':
      return shape.items.map((item, index) => spell(item, value[index], check, `${place}[${index}]`)!)
    case 'record': {
      const map = spellRecord(shape, value, check, place)
      checkWhole?.()
      return map
    }
    case 'optional': {
      const held = value === undefined ? shape.otherwise : value
      return held === undefined ? undefined : spell(shape.shape, held, check, place)
    }
    default:
      return value
  }
}

function spellRecord(
  { fields, open }: Extract<AnyShape, { kind: 'record' }>,
  value: Readonly<Record<string, CborValue | undefined>>,
  check: ShapeCheck | undefined,
  place: string,
): CborMap {
  const map = new Map<string, CborValue>()
  const put = (key: string, written: CborValue | undefined) => written !== undefined && map.set(key, written)
  if (open) for (const key of Object.keys(value)) put(key, value[key])
  for (const key of Object.keys(fields)) put(key, spell(fields[key]!, value[key], check, join(place, key)))
  return map
}
