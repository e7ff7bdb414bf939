/** Codes that are judged together. */
const PORTION = 500

export function* portionsOf<T>(items: readonly T[]): Iterable<T[]> {
  for (let at = 0; at < items.length; at += PORTION) yield items.slice(at, at + PORTION)
}
