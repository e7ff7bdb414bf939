import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { createIssuer } from '../../src/issue/issuer.ts'
import { encodeText } from '../../src/stamp/carrier.ts'
import { signers } from './lists.ts'

/** Makes tidy.json: `npx tsx test/vectors/tidy.generate.ts`. */

export interface TidyVector {
  readonly name: string
  /** What was scanned, pasted or opened. */
  readonly text: string
  /** What `tidyScan` makes of it. */
  readonly tidied: string
  /** Whether that holds a code, of this version or of a later one. */
  readonly decodes: boolean
}

const TEA = { facility: 12, product: 104, serial: 90_001 }
const issued = (keyId: number, claims = {}) =>
  createIssuer({ keyId, signer: signers.example }).issue({ ...TEA, ...claims })

const PREFIX = 'HTTPS://TEM.EXAMPLE/QNI/'
const ADDRESS = 'https://tem.example/QNI/'

/** A prefix whose digits reach no web server. */
const HASHED = 'HTTPS://TEM.EXAMPLE/#'

/** A link of GS1. */
const cider = async (claims: object): Promise<string> => {
  const issuer = createIssuer({ keyId: 7, signer: signers.example })
  const stamp = { facility: 12, product: 8_935_000_000_120, serial: 90_001, ...claims }
  return (await issuer.issue(stamp)).toGs1Link('HTTPS://TEM.EXAMPLE/')
}

/** Texts of one code as each habit leaves them, and the text that was printed. */
async function habits(): Promise<Omit<TidyVector, 'decodes'>[]> {
  const [plain, spaced] = [await issued(7), await issued(8, { lot: 'L-01' })]
  const [base45, digits, url] = [plain.toText(), plain.toText('digits'), plain.toUrl(PREFIX)]
  const later = encodeText(Uint8Array.of(0x9d, ...plain.bytes.subarray(1)), 'digits')
  const of = (tidied: string) => (name: string, text: string) => ({ name, text, tidied })
  const [asBase45, asDigits, asUrl, asSpaced] = [of(base45), of(digits), of(url), of(spaced.toText())]
  const bare = spaced.toText().trim()
  const link = await cider({ lot: 'A/b(1', expires: '2026-12-31' })
  const hashed = plain.toUrl(HASHED)
  const [asLink, asHashed] = [of(link), of(hashed)]
  return [
    ...[']Q1', ']Q3', ']C1', ']d2', ']e0'].map((mark) => asBase45(`an AIM prefix: ${mark}`, mark + base45)),
    asDigits('an AIM prefix before digits', `]Q1${digits}`),
    asUrl('an AIM prefix before an address', `]Q1${url}`),
    asBase45('an AIM prefix with an ECI', `]Q2\\000026${base45}`),
    asBase45('a byte order mark', `\ufeff${base45}`),
    asBase45('a byte order mark of UTF-8, read as latin1', `\u00ef\u00bb\u00bf${base45}`),
    asBase45('a byte order mark before an AIM prefix', `\ufeff]Q1${base45}`),
    asBase45('NUL at the end', `${base45}\0\0`),
    asBase45('GS at both ends', `\u001d${base45}\u001d`),
    asBase45('STX, ETX and EOT around it', `\u0002${base45}\u0003\u0004`),
    asDigits('white space at both ends', ` \t${digits} \r\n`),
    asUrl('white space of other kinds', `\u00a0\u3000${url}\u2028\u0085\u000b`),
    asDigits('marks of direction from a chat', `\u202a${digits}\u202c`),
    asBase45('quotes of a CSV file', `"${base45}"`),
    asDigits('a spreadsheet’s guard against rounding', `="${digits}"`),
    asUrl('angle brackets of a mail', `<${url}>`),
    asUrl('curly quotes', `\u201c${url}\u201d`),
    asBase45('a space that was added at the end', `${base45} `),
    asBase45('a space that was added in front', ` ${base45}`),
    asSpaced('both spaces in front cut off', bare),
    asSpaced('one of the two spaces in front cut off', ` ${bare}`),
    asSpaced('a space too many in front', `   ${bare}`),
    asSpaced('the spaces cut off behind an AIM prefix', `]Q1${bare}`),
    asUrl('small letters in scheme and host', url.toLowerCase().replace('qni', 'QNI')),
    asUrl('a scheme and a host in mixed case', url.replace('HTTPS', 'Https').replace('EXAMPLE', 'Example')),
    asUrl('a foreign query key', `${ADDRESS}${digits}?utm_source=zalo`),
    asUrl('foreign query keys', `${url}?fbclid=IwAR0&gclid=&zarsrc=31&x`),
    asUrl('an empty query', `${url}?`),
    asUrl('an empty query and an empty fragment', `${url}?&#`),
    asUrl('percent-encoded digits', `${ADDRESS}%38${digits.slice(1)}`),
    asUrl('a percent-encoded letter of the path', `HTTPS://TEM.EXAMPLE/Q%4eI/${digits}`),
    asUrl('a trailing slash', `${url}/`),
    asUrl('a trailing slash before a foreign query', `${ADDRESS}${digits}/?utm_medium=qr`),
    asUrl('all that a browser and a chat do', `\u200b"${ADDRESS}${digits}/?fbclid=1#" \n`),
    asHashed(
      'an address with #, in small letters',
      hashed.replace('HTTPS://TEM.EXAMPLE', 'https://tem.example'),
    ),
    asHashed('a query in front of the #', hashed.replace('#', '?utm_source=zalo#')),
    asLink('a link of GS1 in small letters', link.replace('HTTPS://TEM.EXAMPLE', 'https://tem.example')),
    asLink('a link of GS1 behind an AIM prefix', `]Q1${link}`),
    asLink(
      'a link of GS1 with foreign query keys',
      link.replace('?', '?fbclid=1&').replace('&v=', '&utm_source=a&v='),
    ),
    asLink('a link of GS1 with a slash before its query', link.replace('?', '/?')),
    asLink('a link of GS1 with small hexadecimal', link.replace('%2F', '%2f')),
    asLink('a link of GS1 with percent-encoding that it does not need', link.replace('/10/A', '/10/%41')),
    asLink('a link of GS1 with less percent-encoding than it needs', link.replace('%28', '(')),
    asLink('a link of GS1 with an empty fragment', `${link}#`),
    of(`HTTPS://TEM.EXAMPLE:8443/${digits}`)('a port', `https://tem.example:8443/${digits}`),
    of(later)('a later version behind an AIM prefix', `]Q1${later}`),
    of(PREFIX + later)('a later version in small letters', `${ADDRESS}${later}`),
  ]
}

/** Texts that stay as they are: those that `verify` reads, and those that no one may mend. */
async function traps(): Promise<Omit<TidyVector, 'tidied'>[]> {
  const [plain, spaced] = [await issued(7), await issued(8, { lot: 'L-01' })]
  const [base45, digits, url] = [plain.toText(), plain.toText('digits'), plain.toUrl(PREFIX)]
  const good = (name: string, text: string) => ({ name, text, decodes: true })
  const bad = (name: string, text: string) => ({ name, text, decodes: false })
  const link = await cider({ lot: 'A/b', made: '2026-01-02', expires: '2026-12-31' })
  const v = link.slice(link.indexOf('v='))
  const query = (text: string) => `${url}?${text}`
  const last = digits.at(-1) === '1' ? '2' : '1'
  const long = (length: number) => `${' '.repeat(length - base45.length)}${base45}`
  return [
    good('base45 as it was printed', base45),
    good('digits as they were printed', digits),
    good('an address as it was printed', url),
    good('base45 that begins with spaces', spaced.toText()),
    good('line ends and tabs that verify strips', `\t${url}\r\n`),
    good('a changed digit: a code, which nobody signed', digits.slice(0, -1) + last),
    good('a path of dots', `HTTPS://TEM.EXAMPLE/A/../${digits}`),
    good('a later version', encodeText(Uint8Array.of(0x9d, ...plain.bytes.subarray(1)), 'base45')),
    good('a link of GS1 as it was printed', link),
    good('an address with # as it was printed', plain.toUrl(HASHED)),
    bad('a link of GS1 with two v', link.replace('v=', `${v}&v=`)),
    bad('a link of GS1 with v behind another', `${link}&v=1`),
    bad('a link of GS1 with its days out of order', link.replace(/11=(\d+)&17=(\d+)/, '17=$2&11=$1')),
    bad('a link of GS1 with an expiry twice', link.replace('17=', '17=261231&17=')),
    bad('a link of GS1 with the lot in the query', link.replace('/10/A%2Fb', '').replace('?', '?10=A%2Fb&')),
    bad('a link of GS1 whose lot was decoded into the path', link.replace('%2F', '/')),
    good(
      'a link of GS1 with its lot encoded twice: another lot, which nobody signed',
      link.replace('%2F', '%252F'),
    ),
    bad('a link of GS1 with a line break before a day', link.replace('17=', '\n17=')),
    bad('a link of GS1 with a line break in a key', link.replace('17=', '1\r\n7=')),
    bad('a link of GS1 with a space before a day', link.replace('11=', '%2011=')),
    bad('a link of GS1 with a no-break space before a day', link.replace('11=', '\u00a011=')),
    bad('a link of GS1 with HTML’s ampersand', link.replace('&17', '&amp;17')),
    bad('a link of GS1 with another AI', link.replace('?', '?3103=000195&')),
    bad('a link of GS1 over http', link.replace('HTTPS', 'http')),
    bad('nothing', ''),
    bad('an AIM prefix alone', ']Q1'),
    bad('white space alone', ' \r\n\0'),
    bad('an AIM prefix before another text', ']Q18936000000012'),
    bad('half an AIM prefix', `]Q${base45}`),
    bad('base45 in small letters', base45.toLowerCase()),
    bad('a path in small letters', url.toLowerCase()),
    bad('http, not https', url.replace('HTTPS', 'http')),
    bad('no scheme', url.slice('HTTPS://'.length)),
    bad('ſ for S in the scheme', url.replace('HTTPS', 'HTTPſ')),
    bad('ı for I in the host', `https://tem.vıet/${digits}`),
    bad('a letter outside of ASCII in the host', `https://chè.example/${digits}`),
    bad('a user in the address', `https://tem.example@evil.example/${digits}`),
    bad('a backslash in the host', `https://evil.example\\tem.example/${digits}`),
    bad('a percent sign in the host', `https://tem%2eexample/${digits}`),
    bad('an encoded slash before the digits', `https://tem.example/QNI%2F${digits}`),
    bad('an encoded percent sign', `https://tem.example/QNI/%2538${digits.slice(1)}`),
    bad('two trailing slashes', `${url}//`),
    bad('a query in front of the digits', `https://tem.example/?s=/${digits}`),
    bad('an all-digit key', query('17=261231')),
    bad('an all-digit key behind a foreign one', query('utm_source=qr&11=260101')),
    bad('an all-digit key behind a semicolon', query('utm_source=qr;17=261231')),
    bad('an all-digit key, percent-encoded', query('%31%37=261231')),
    bad('an all-digit key without a value', query('17')),
    bad('a key of GS1 that no stamp has', query('3103=000195')),
    bad('a key v', query('v=1')),
    bad('two keys v', query('v=1&v=1')),
    bad('a fragment', `${url}#top`),
    bad('spaces among the digits', digits.replace(/(\d{40})/g, '$1 ')),
    bad('a line break among the digits', `${digits.slice(0, 80)}\n${digits.slice(80)}`),
    bad('a line break in the address', `${url.slice(0, 60)}\r\n${url.slice(60)}`),
    bad(
      'full-width digits',
      digits.replace(/\d/g, (digit) => String.fromCharCode(0xff10 + Number(digit))),
    ),
    bad(
      'Arabic digits',
      digits.replace(/\d/g, (digit) => String.fromCharCode(0x660 + Number(digit))),
    ),
    bad('a number that a spreadsheet rounded', '8.35953192511180E+177'),
    bad('a leading zero', `0${digits}`),
    bad('two codes', `${base45}\n${base45}`),
    bad('three digits missing at the end', digits.slice(0, -3)),
    bad('4097 units', long(4097)),
  ]
}

/** What tidy.json holds. */
export async function tidyVectors(): Promise<string> {
  const texts: readonly TidyVector[] = [
    ...(await habits()).map((each) => ({ ...each, decodes: true })),
    ...(await traps()).map(({ name, text, decodes }) => ({ name, text, tidied: text, decodes })),
  ]
  return `${JSON.stringify({ texts }, null, 2)}\n`
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  writeFileSync(new URL('tidy.json', import.meta.url), await tidyVectors())
}
