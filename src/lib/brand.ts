/**
 * What a value is, told by its inside and not by its constructor: each realm (an iframe, jsdom, `vm`) has constructors
 * of its own, so a `Uint8Array` of another one is no `instanceof` ours.
 */

let kindOf: ((this: unknown) => string | undefined) | undefined

/** True for a Uint8Array, so for a Buffer too, of whatever realm. */
export function isBytes(value: unknown): value is Uint8Array {
  kindOf ??= Object.getOwnPropertyDescriptor(Object.getPrototypeOf(Uint8Array.prototype), Symbol.toStringTag)!
    .get as () => string | undefined
  return kindOf.call(value) === 'Uint8Array'
}

/** True for a Date of whatever realm. */
export const isDate = (value: unknown): value is Date => answers(value, Date.prototype.getTime)

/** True for a Map of whatever realm. */
export const isMap = (value: unknown): value is ReadonlyMap<unknown, unknown> =>
  answers(value, Map.prototype.keys)

/** Such a method throws for whatever has not the inside that it reads, and never else. */
function answers(value: unknown, method: () => unknown): boolean {
  try {
    method.call(value)
    return true
  } catch {
    return false
  }
}
