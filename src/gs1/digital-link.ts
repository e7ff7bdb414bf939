import { CANONICAL } from './epc-uri.ts'

/**
 * Digital Links in the one form that event hashes take: at `id.gs1.org`, numbers for keys, 14 digits for a GTIN, the finest
 * level alone, no query (GS1 Digital Link 1.2 §4.11 and CBV 2.0).
 */

const LETTERS = `(?:%[0-9A-Fa-f]{2}|[-"'.0-9;<=>A-Z_a-z])`
const letters = (max: number): RegExp => new RegExp(`^${LETTERS}{1,${max}}$`)
const digits = (count: number): RegExp => new RegExp(`^\\d{${count}}$`)

interface Key {
  readonly value: RegExp
  /** What may follow it, the coarsest first. Undefined stands for what is left out. */
  readonly qualifiers?: Readonly<Record<string, RegExp | undefined>>
}

const KEYS: Readonly<Record<string, Key>> = {
  '00': { value: digits(18) },
  '01': {
    value: /^(\d{8}|\d{12,14})$/,
    qualifiers: { '22': undefined, '10': letters(20), '21': letters(20), '235': letters(28) },
  },
  '253': { value: new RegExp(`^\\d{13}${LETTERS}{0,17}$`) },
  '255': { value: /^\d{13,25}$/ },
  '401': { value: letters(30) },
  '402': { value: digits(17) },
  '414': { value: digits(13), qualifiers: { '254': letters(20) } },
  '417': { value: digits(13) },
  '8003': { value: new RegExp(`^\\d{14}${LETTERS}{0,16}$`) },
  '8004': { value: letters(30) },
  '8006': { value: digits(18), qualifiers: { '22': undefined, '10': letters(20), '21': letters(20) } },
  '8010': { value: /^(?:%[0-9A-Fa-f]{2}|[-0-9A-Z]){1,30}$/, qualifiers: { '8011': /^\d{1,12}$/ } },
  '8017': { value: digits(18) },
  '8018': { value: digits(18) },
}

/** Names that older links have in place of numbers. */
const NUMBERS: Readonly<Record<string, string>> = {
  ...{ gtin: '01', itip: '8006', cpid: '8010', gln: '414', party: '417', gsrnp: '8017', gsrn: '8018' },
  ...{ gcn: '255', sscc: '00', gdti: '253', ginc: '401', gsin: '402', grai: '8003', giai: '8004' },
  ...{ cpv: '22', lot: '10', ser: '21' },
}

const numberOf = (name: string): string => (Object.hasOwn(NUMBERS, name) ? NUMBERS[name]! : name)

/** The canonical form of a Digital Link at whatever address; undefined for any other text. */
export function canonicalLink(text: string): string | undefined {
  const [, path] = /^https?:\/\/[^/?#]+((?:\/[^/?#]+)+)\/?(?:\?[^#]*)?$/.exec(text) ?? []
  const steps = path?.slice(1).split('/') ?? []
  for (let at = 0; at + 1 < steps.length; at++) {
    const link = linkAt(steps.slice(at))
    if (link !== undefined) return CANONICAL + link
  }
  return undefined
}

/** Keys and values in turn, to the end. */
function linkAt([name, value, ...rest]: string[]): string | undefined {
  const number = numberOf(name!)
  if (!Object.hasOwn(KEYS, number) || rest.length % 2 !== 0) return undefined
  const key = KEYS[number]!
  if (!key.value.test(value!)) return undefined
  const given = new Map<string, string>()
  for (let at = 0; at < rest.length; at += 2) given.set(numberOf(rest[at]!), rest[at + 1]!)
  let finest = ''
  for (const [qualifier, valid] of qualifiersOf(key)) {
    const own = given.get(qualifier)
    given.delete(qualifier)
    if (own === undefined || valid === undefined) continue
    if (!valid.test(own)) return undefined
    finest = `/${qualifier}/${own}`
  }
  if (given.size > 0) return undefined
  return `${number}/${number === '01' ? value!.padStart(14, '0') : value}${finest}`
}

/** In the order of their table: JavaScript itself puts keys that look like numbers in order of size, which is the same. */
const qualifiersOf = ({ qualifiers = {} }: Key): [string, RegExp | undefined][] =>
  ['22', '10', '21', '235', '254', '8011'].flatMap((name) =>
    Object.hasOwn(qualifiers, name) ? [[name, qualifiers[name]]] : [],
  )
