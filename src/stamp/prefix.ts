import { argumentRange } from '../lib/errors.ts'

/** What stands before the digits of a `url` or the keys of a link (SPEC.md, "Carriers"). Not signed: trust lists name them. */

export const MAX_PREFIX_LENGTH = 64

/** What a prefix looks like, besides its length. */
export const PREFIX = /^HTTPS:\/\/[0-9A-Z][0-9A-Z.:/-]*\/#?$/

/**
 * True for what may stand before the digits of a `url`: `HTTPS://`, a host and a path in `0-9 A-Z . : / -`, at
 * most 64 characters, ending in `/` or in `/#`. QR codes pack these letters tightly.
 */
export const isPrefix = (text: string): boolean => text.length <= MAX_PREFIX_LENGTH && PREFIX.test(text)

/** @throws ArgumentRangeError unless `isPrefix` */
export function checkPrefix(prefix: string): string {
  if (typeof prefix === 'string' && isPrefix(prefix)) return prefix
  throw argumentRange(
    'prefix',
    'HTTPS://, then 0-9 A-Z . : / - ending in / or /#, 64 characters at most',
    prefix,
  )
}

/**
 * True for what may stand before the keys of a link: a prefix that ends in `/` and has no step of two to four digits, which
 * GS1's readers take for a key.
 */
export const isLinkPrefix = (prefix: string): boolean =>
  isPrefix(prefix) && prefix.endsWith('/') && !/.\/\d{2,4}\//.test(prefix.slice('HTTPS://'.length))

/** @throws ArgumentRangeError unless `isLinkPrefix` */
export function checkLinkPrefix(prefix: string): string {
  checkPrefix(prefix)
  if (isLinkPrefix(prefix)) return prefix
  throw argumentRange('prefix', 'one that ends in / and has no step of two to four digits', prefix)
}
