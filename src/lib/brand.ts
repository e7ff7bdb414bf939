/**
 * What a value is, told by its inside and not by its constructor: each realm (an iframe, jsdom, `vm`) has constructors
 * of its own, so a `Uint8Array` of another one is no `instanceof` ours.
 */

/** What a value says that it is, of whatever realm: `Object`, `Array`, `Date`, `Promise`, … */
export const brandOf = (value: unknown): string => Object.prototype.toString.call(value).slice(8, -1)

/** True for a plain object: not an array, a Date or any other class. */
export const isPlain = (value: unknown): boolean => brandOf(value) === 'Object'

/** True for a Uint8Array, so for a Buffer too, of whatever realm: not for one whose memory was transferred to another thread. */
export const isBytes = (value: unknown): value is Uint8Array =>
  answers(value, Uint8Array.prototype.keys) && brandOf(value) === 'Uint8Array'

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
