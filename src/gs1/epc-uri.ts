import { checkDigit } from '../codec/check-digit.ts'

/**
 * The EPC URIs that EPCIS knew before version 2.0, as Digital Links: `urn:epc:id:sgtin:4012345.011111.9876` is
 * `https://id.gs1.org/01/04012345111118/21/9876` (EPC Tag Data Standard §6 and §7).
 */

export const CANONICAL = 'https://id.gs1.org/'

/** How a kind of URI goes on after the company's digits, and the link that it makes. */
interface Kind {
  /** Digits of company and reference together, where the reference has digits alone. */
  readonly digits?: number
  /** What stands after the reference: a serial most of the time. */
  readonly rest?: RegExp
  readonly link: (company: string, reference: string, rest: string) => string
}

/** One letter of GS1's set 82, as URIs spell it. */
const LETTER = `(?:%[0-9A-Fa-f]{2}|[!'()*+,.0-9:;=A-Za-z_-])`
const letters = (max: number): RegExp => new RegExp(`^${LETTER}{1,${max}}$`)

const withCheckDigit = (digits: string): string => digits + checkDigit(digits)

/** The first digit of the reference stands before the company's: a packing level, or an extension. */
const leading = (company: string, reference: string): string =>
  withCheckDigit(reference.slice(0, 1) + company + reference.slice(1))

const trailing = (company: string, reference: string): string => withCheckDigit(company + reference)

/** What may stand as it is in an EPC URI, and not in a Digital Link. */
const escaped = (text: string): string =>
  text.replace(/[!()*+,:]/g, (letter) => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`)

const after = (key: string, rest: string): string => (rest === '' ? '' : `/${key}/${escaped(rest)}`)

const gtin =
  (key: string): Kind['link'] =>
  (company, reference, rest) =>
    `01/${leading(company, reference)}${after(key, rest)}`

const KINDS: Readonly<Record<string, Kind>> = {
  sgtin: { digits: 13, rest: letters(20), link: gtin('21') },
  upui: { digits: 13, rest: letters(28), link: gtin('235') },
  lgtin: { digits: 13, rest: letters(20), link: gtin('10') },
  itip: {
    digits: 13,
    rest: new RegExp(`^\\d\\d\\.\\d\\d(\\.${LETTER}{1,20})?$`),
    link: (company, reference, rest) =>
      `8006/${leading(company, reference)}${rest.slice(0, 2)}${rest.slice(3, 5)}${after('21', rest.slice(6))}`,
  },
  sscc: { digits: 17, link: (company, reference) => `00/${leading(company, reference)}` },
  sgln: {
    digits: 12,
    rest: letters(20),
    link: (company, reference, rest) =>
      `414/${trailing(company, reference)}${after('254', rest === '0' ? '' : rest)}`,
  },
  pgln: { digits: 12, link: (company, reference) => `417/${trailing(company, reference)}` },
  grai: {
    digits: 12,
    rest: letters(16),
    link: (company, reference, rest) => `8003/${trailing(`0${company}`, reference)}${escaped(rest)}`,
  },
  gdti: {
    digits: 12,
    rest: letters(20),
    link: (company, reference, rest) => `253/${trailing(company, reference)}${escaped(rest)}`,
  },
  sgcn: {
    digits: 12,
    rest: /^\d{1,12}$/,
    link: (company, reference, rest) => `255/${trailing(company, reference)}${rest}`,
  },
  gsrn: { digits: 17, link: (company, reference) => `8018/${trailing(company, reference)}` },
  gsrnp: { digits: 17, link: (company, reference) => `8017/${trailing(company, reference)}` },
  gsin: { digits: 16, link: (company, reference) => `402/${trailing(company, reference)}` },
  giai: { rest: letters(24), link: (company, _, rest) => `8004/${company}${escaped(rest)}` },
  ginc: { rest: letters(24), link: (company, _, rest) => `401/${company}${escaped(rest)}` },
  cpi: {
    rest: /^(?:%[0-9A-Fa-f]{2}|[0-9A-Z-]){1,24}(\.\d{1,12})?$/,
    link(company, _, rest) {
      const [reference, serial = ''] = rest.split('.')
      return `8010/${company}${reference}${after('8011', serial)}`
    },
  },
}

/** Patterns stand for all serials of a kind: what is left is the class. */
const PATTERN = '.*'

/** The Digital Link of an EPC URI, a class or a pattern; undefined for any other text. */
export function linkOfEpcUri(text: string): string | undefined {
  const [, scheme, name = '', company = '', tail = ''] =
    /^urn:epc:(id|class|idpat):([a-z]+):(\d{6,12})\.(.*)$/.exec(text) ?? []
  if (!Object.hasOwn(KINDS, name) || (scheme === 'class') !== (name === 'lgtin')) return undefined
  const isPattern = scheme === 'idpat'
  if (isPattern && !`.${tail}`.endsWith(PATTERN)) return undefined
  const { digits, rest, link } = KINDS[name]!
  const own = isPattern ? `.${tail}`.slice(1, -PATTERN.length) : tail
  const reference = digits === undefined ? '' : own.slice(0, digits - company.length)
  if (digits !== undefined && !isDigits(reference, digits - company.length)) return undefined
  const more = digits === undefined ? own : own.slice(reference.length + 1)
  const isWhole = own.length === reference.length
  if (digits !== undefined && !isWhole && own[reference.length] !== '.') return undefined
  if (isWhole && digits !== undefined ? rest && !isPattern : !rest?.test(more)) return undefined
  return CANONICAL + link(company, reference, more)
}

const isDigits = (text: string, count: number): boolean => text.length === count && /^\d*$/.test(text)
