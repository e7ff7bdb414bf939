import { DAY_MS } from '../lib/dates.ts'
import { canonicalLink } from './digital-link.ts'
import { linkOfEpcUri } from './epc-uri.ts'

/** Values as event hashes take them (CBV 2.0, "EPCIS event hash ID"). */

/** The words of the Core Business Vocabulary as URNs, before version 2.0, and as they are now. */
const VOCABULARY: Readonly<Record<string, string>> = {
  bizstep: 'https://ref.gs1.org/cbv/BizStep-',
  disp: 'https://ref.gs1.org/cbv/Disp-',
  btt: 'https://ref.gs1.org/cbv/BTT-',
  sdt: 'https://ref.gs1.org/cbv/SDT-',
  er: 'https://ref.gs1.org/cbv/ER-',
}

/** A text in its one form: a word of the vocabulary, a number, a key of GS1, or what it was. */
export function canonicalText(text: string): string {
  const [, kind, word] = /^urn:epcglobal:cbv:(bizstep|disp|btt|sdt|er):(.*)$/.exec(text) ?? []
  if (kind !== undefined) return VOCABULARY[kind]! + word
  return canonicalNumber(text) ?? linkOfEpcUri(text) ?? canonicalLink(text) ?? text
}

/**
 * A number without what says nothing: a plus, zeros in front, zeros behind the point. A text of more than 15 digits stays
 * as it is: in the numbers that most programs have, it would become another one.
 */
function canonicalNumber(text: string): string | undefined {
  const [, digits] = /^[+-]?(\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/.exec(text) ?? []
  if (digits === undefined) return undefined
  const significant = digits.replace('.', '').replace(/^0+/, '')
  const number = Number(text)
  return significant.length <= 15 && Number.isFinite(number) ? numberText(number) : undefined
}

/** Digits without an exponent, but for numbers below a ten-thousandth: those have it with two digits at least. */
export function numberText(number: number): string {
  if (Number.isInteger(number)) return BigInt(number).toString()
  if (Math.abs(number) >= 1e-4) return String(number)
  return number.toExponential().replace(/e-(\d)$/, 'e-0$1')
}

const TIME = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:\.(\d+))?(?:Z|([+-])(\d\d):(\d\d))$/

/**
 * A time in UTC to the millisecond, where a fourth decimal of 5 or more rounds up. What is no time of ISO 8601 with its
 * offset stays as it is.
 */
export function canonicalTime(text: string): string {
  const match = TIME.exec(text)
  if (match === null) return text
  const [, year, month, day, hour, minute, second, decimals = '', sign = '+', hours = '0', minutes = '0'] =
    match
  const local = new Date(0)
  // Date.UTC takes the years 0 to 99 for others.
  local.setUTCFullYear(Number(year), Number(month) - 1, Number(day))
  if (local.getUTCDate() !== Number(day) || Number(month) > 12) return text
  const offset = (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes))
  const milliseconds = Number(decimals.padEnd(3, '0').slice(0, 3)) + ((decimals[3] ?? '0') >= '5' ? 1 : 0)
  const ofDay = ((Number(hour) * 60 + Number(minute) - offset) * 60 + Number(second)) * 1000 + milliseconds
  if (Number(hour) > 24 || Number(minute) > 59 || Number(second) > 60 || ofDay > 3 * DAY_MS) return text
  const time = new Date(local.getTime() + ofDay)
  return Number.isNaN(time.getTime()) ? text : time.toISOString()
}
