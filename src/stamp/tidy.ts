import { isMalformed } from '../lib/errors.ts'
import { decodePercent, encodeLot } from './gs1-link.ts'
import { checkScanned, readText } from './scan.ts'

/** Longer texts are left as they are. */
const MAX_UNTIDY_LENGTH = 4096

/**
 * The text of a code, as it was printed, from what scanners, browsers and people made of it (SPEC.md, "Tidying"):
 * `https://tem.example/8359…/?utm_source=…` becomes `HTTPS://TEM.EXAMPLE/8359…`. A text is changed only into one that
 * holds a code; any other comes back as it is, and so does whatever `verify` can read. Call it before `verify` and
 * `verifySeal`, which take a code in its one spelling.
 * @param text what was scanned, pasted or opened
 * @throws ArgumentTypeError for anything but a text
 * @example
 * ```ts
 * import { tidyScan } from 'veristamp/verify'
 *
 * // A hand scanner's prefix, and the line end that it types.
 * tidyScan(`]Q1${scanned}\r\n`) === scanned // → true
 * tidyScan('no stamp at all') // → 'no stamp at all'
 * ```
 */
export function tidyScan(text: string): string {
  checkScanned('text', text)
  if (text.length > MAX_UNTIDY_LENGTH || versionIn(text)) return text
  const { bare, spaces } = withoutEnds(text)
  const address = ADDRESS.exec(bare)
  // Only base45 of bytes that begin 85 08 (key id 8, claims) begins with spaces, which tools cut off: with two.
  const spellings = address ? [tidyAddress(address)] : [bare, `  ${bare}`]
  const code = spellings.find((spelling) => versionIn(spelling) === 'v1')
  if (code !== undefined) return code
  // Of later versions nothing is known: their spaces stay as they came.
  const later = address || /^\d+$/.test(bare) ? spellings[0]! : ' '.repeat(spaces) + bare
  return versionIn(later) ? later : text
}

/** The version of the code that a text holds; undefined for what `verify` calls malformed. */
function versionIn(text: string): 'v1' | 'later' | undefined {
  try {
    return 'later' in readText(text) ? 'later' : 'v1'
  } catch (error) {
    if (isMalformed(error)) return undefined
    throw error
  }
}

/** Controls, white space, invisible marks, and quotes. Of these only the space is a letter of a carrier. */
const END = /[\0- "'<=>\x7f-\xa0\s\u200b-\u200f\u2018-\u201f\u202a-\u202e\u2060-\u206f\ufeff]/
/** An AIM symbology identifier, with an ECI behind it or without; a byte order mark of UTF-8 that was read as latin1. */
const MARK = /^(?:\][A-Za-z][0-9A-Za-z](?:\\\d{6})?|\xef\xbb\xbf)/
const MAX_MARK_LENGTH = 10

/** What stands between such ends, and how many spaces just before it. Letter by letter: a pattern would take quadratic time. */
function withoutEnds(text: string): { bare: string; spaces: number } {
  let [start, end, spaces] = [0, text.length, 0]
  while (end > 0 && END.test(text[end - 1]!)) end--
  for (;;) {
    const width = start < end ? widthAt(text, start) : 0
    if (width === 0) return { bare: text.slice(start, end), spaces }
    spaces = text[start] === ' ' ? spaces + 1 : 0
    start += width
  }
}

/** How many units of an end begin here; 0 for none. */
const widthAt = (text: string, at: number): number =>
  END.test(text[at]!) ? 1 : (MARK.exec(text.slice(at, at + MAX_MARK_LENGTH))?.[0].length ?? 0)

/** Scheme and host, path, query, fragment (RFC 3986, appendix B). */
const ADDRESS = /^(https:\/\/[^/?#]*)([^?#]*)\??([^#]*)#?(.*)$/is

function tidyAddress([, site, path, query, fragment]: readonly string[]): string {
  const ours = plain(query!).split('&').filter(isOurs).join('&')
  const [before, behind] = [withPlainLot(plain(path!)), plain(fragment!)]
  return [
    // By hand: any other letter with a capital among A to Z is no part of an address.
    site!.replace(/[a-z]/g, (letter) => String.fromCharCode(letter.charCodeAt(0) - 32)),
    behind === '' ? withoutSlash(before) : before,
    ours && `?${ours}`,
    behind && `#${withoutSlash(behind)}`,
  ].join('')
}

/** The path of a link of GS1 with its lot spelled anew: once, so that what stands in it never becomes a step of the path. */
const withPlainLot = (path: string): string =>
  path.replace(LOT_IN_PATH, (_, before, lot, behind) => before + encodeLot(decodePercent(lot)) + behind)

const LOT_IN_PATH = /(\/01\/\d{14}\/10\/)([^/]+)(\/21\/)/

const withoutSlash = (text: string): string => text.replace(/\/$/, '')

/** Without the percent-encoding of letters, digits, `-`, `.`, `_` and `~`: those that never need it (RFC 3986, 6.2.2.2). */
const plain = (text: string): string =>
  text.replace(/%[0-9a-f]{2}/gi, (sequence) => {
    const letter = decodePercent(sequence)
    return /[\w.~-]/.test(letter) ? letter : sequence
  })

/**
 * What a till or a verifier reads: GS1's numbers, and `v`, also with a line break or a space in them. Without them another
 * stamp would be left, which nobody signed. Some readers take a semicolon for an ampersand.
 */
const isOurs = (pairs: string): boolean =>
  pairs.split(';').some((pair) => /^(\d+|v)$/i.test(decodePercent(pair).replace(/=.*|[^\da-z]/gis, '')))
