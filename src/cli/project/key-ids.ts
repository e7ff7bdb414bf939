/**
 * Key ids whose codes begin with nothing that a command line or a spreadsheet takes for something else: in base45, and
 * with claims, those of 8 to 13 begin with spaces or one of `$%*+-` (SPEC.md, "Payload").
 */
export const isHandyKeyId = (keyId: number): boolean => keyId < 8 || keyId > 13

/** The lowest handy key id from 1 that is not taken: up to 23 it takes one byte of each stamp, up to 255 two. */
export function freeKeyId(taken: Iterable<number>): number {
  const all = new Set(taken)
  let keyId = 1
  while (!isHandyKeyId(keyId) || all.has(keyId)) keyId++
  return keyId
}
