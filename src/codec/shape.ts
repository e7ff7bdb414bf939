/**
 * The shapes of what documents hold, each said once: the reader and the writer beside this file work from
 * them, one in each direction.
 */
export type Shape<T> = ShapeKind & { readonly holds?: T | undefined }

type ShapeKind =
  | { readonly kind: 'uint'; readonly min: number; readonly max: number }
  | { readonly kind: 'text'; readonly max: number; readonly form: RegExp }
  | { readonly kind: 'bytes'; readonly length: number | undefined }
  | { readonly kind: 'time' }
  | { readonly kind: 'list'; readonly item: AnyShape; readonly max: number }
  | { readonly kind: 'tuple'; readonly items: readonly AnyShape[] }
  | {
      readonly kind: 'record'
      readonly fields: Readonly<Record<string, AnyShape>>
      readonly open: boolean
      readonly fault: ((value: never) => string | undefined) | undefined
    }
  | { readonly kind: 'optional'; readonly shape: AnyShape; readonly otherwise: unknown }

// biome-ignore lint/suspicious/noExplicitAny: a shape of whatever type, which only the builders below know
export type AnyShape = Shape<any>

/** A whole number from `least` to `most`. */
export const uint = (min = 0, max: number = Number.MAX_SAFE_INTEGER): Shape<number> => ({
  kind: 'uint',
  min,
  max,
})

/** A text of 1 to `most` UTF-16 units, of a form where one is given. */
export const text = (max: number, form = /^/): Shape<string> => ({ kind: 'text', max, form })

/** A byte string, of exactly `length` where one is given. */
export const bytes = (length?: number): Shape<Uint8Array> => ({ kind: 'bytes', length })

/** A moment: whole seconds since 1970 in the document, a Date outside. */
export const time: Shape<Date> = { kind: 'time' }

/** An array of at most `most` items of one shape. */
export const list = <T>(item: Shape<T>, max: number): Shape<readonly T[]> => ({ kind: 'list', item, max })

/** An array of exactly these shapes. */
export const tuple = <T extends readonly unknown[]>(
  ...items: { readonly [Index in keyof T]: Shape<T[Index]> }
): Shape<T> => ({ kind: 'tuple', items })

/** A field that may be absent. */
export const optional = <T>(shape: Shape<T>): Shape<T | undefined> => ({
  kind: 'optional',
  shape,
  otherwise: undefined,
})

/** A field that is always there, with a default for writers who leave it out. */
export const withDefault = <T>(shape: Shape<T>, otherwise: NoInfer<T>): Shape<T | undefined> => ({
  kind: 'optional',
  shape,
  otherwise,
})

/**
 * A map with these text keys. Other fields readers pass over and writers refuse; an `open` record keeps them as they
 * came. What no field can tell alone is asked of `fault`, which names the field that is wrong.
 */
export const record = <T extends object>(
  fields: { readonly [Field in keyof T]-?: Shape<T[Field]> },
  {
    open = false,
    fault,
  }: { open?: boolean | undefined; fault?: (value: T) => (keyof T & string) | undefined } = {},
): Shape<T> => ({ kind: 'record', fields, open, fault })

/** The place of a field inside a record: `issuers[3]` and `publicKey` make `issuers[3].publicKey`. */
export const join = (place: string, field: string): string => (place === '' ? field : `${place}.${field}`)
