import { checkInteger, checkObject, checkText } from '../../lib/checks.ts'
import { dayOf } from '../../lib/dates.ts'
import { argumentRange, argumentType } from '../../lib/errors.ts'
import { readId } from '../../registry/keys.ts'
import { isTrouble, type KeyName, messageOf } from '../../registry/kinds.ts'
import { type CleanText, cleanText, onOneLine } from '../../registry/text.ts'
import { MAX_ID } from '../../stamp/stamp.ts'
import type { ScopeRange } from '../../trust/scope.ts'
import type { Words } from '../words/words.ts'

/** The parts of a project's file that name keys: issuers and scanners. */

export interface ScannerConfig {
  readonly place: string
  /** 64 hexadecimal digits. */
  readonly key: string
  /** `+20.9517+107.0748` */
  readonly position?: string | undefined
}

export interface IssuerConfig {
  readonly key: string
  /** Absent: `trust build` chooses one, and keeps it from list to list. */
  readonly keyId?: number | undefined
  readonly name: string
  /** Absent: every facility of the registry. */
  readonly scope?: readonly ScopeRange[] | undefined
  /** The first day of its stamps, YYYY-MM-DD. Absent: that of the first list that named the key. */
  readonly notBefore?: string | undefined
  /** The day on which the key was retired, YYYY-MM-DD: its stamps stay good, and it signs no new ones. */
  readonly retired?: string | undefined
  /** True: the watermarks of all its products begin at 0, of those too that come later. */
  readonly startAtZero?: boolean | undefined
}

const NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/

/** The name of a key file, which stays inside its folder. @throws an argument error */
export function checkKeyName(field: string, name: unknown): string {
  if (typeof name === 'string' && NAME.test(name)) return name
  throw argumentRange(field, 'a name of letters, digits, . _ and -', name)
}

export function checkIssuer(place: string, issuer: IssuerConfig, words: Words): void {
  checkObject(place, issuer)
  checkKeyName(`${place}.key`, issuer.key)
  if (issuer.keyId !== undefined) checkInteger(`${place}.keyId`, issuer.keyId, 0, 65_535)
  checkPlain(`${place}.name`, checkText(`${place}.name`, issuer.name, 1, 200), words)
  if (issuer.notBefore !== undefined) dayOf(`${place}.notBefore`, issuer.notBefore)
  if (issuer.retired !== undefined) dayOf(`${place}.retired`, issuer.retired)
  checkFlag(`${place}.startAtZero`, issuer.startAtZero)
  for (const [i, range] of aList(`${place}.scope`, issuer.scope ?? []).entries())
    checkObject(`${place}.scope[${i}]`, range)
}

/** Whole GTINs and GLNs may be texts in a scope: JSON has no numbers that begin with zeros. */
export function withIds(place: string, { scope, ...issuer }: IssuerConfig, words: Words): IssuerConfig {
  if (scope === undefined) return issuer
  const ranges = scope.map((range, i) => {
    const { facility, product, first, last } = range
    for (const [name, serial] of Object.entries({ first, last }))
      if (serial !== undefined) checkInteger(`${place}[${i}].${name}`, serial, 0, MAX_ID)
    return {
      ...range,
      facility: idAt(`${place}[${i}].facility`, 'GLN', facility, words),
      ...(product !== undefined && { product: idAt(`${place}[${i}].product`, 'GTIN', product, words) }),
    }
  })
  return { ...issuer, scope: ranges }
}

function idAt(place: string, key: KeyName, id: unknown, words: Words): number {
  if (typeof id !== 'string') return checkInteger(place, id, 0, MAX_ID)
  const read = readId(key, id)
  if (isTrouble(read)) throw new Error(`${place}: ${messageOf(read, words.registry)}`)
  return read
}

export function checkScanner(place: string, scanner: ScannerConfig): void {
  checkObject(place, scanner)
  checkText(`${place}.place`, scanner.place, 1, 200)
  if (!/^[0-9a-f]{64}$/.test(checkText(`${place}.key`, scanner.key, 64, 64)))
    throw argumentRange(`${place}.key`, '64 hexadecimal digits', scanner.key)
}

/** A name of one line whose letters can all be seen, as names of the registry are. */
function checkPlain(place: string, name: string, words: Words): void {
  const clean = cleanText(name)
  const fault = isTrouble(clean) ? clean : onOneLine(clean.text)
  if (isTrouble(fault)) throw new Error(`${place}: ${messageOf(fault, words.registry)}`)
  const { removed } = clean as CleanText
  if (removed.length > 0) throw new Error(`${place}: ${words.invisible(removed)}`)
}

/** @throws an argument error for anything but true, false or nothing */
export function checkFlag(name: string, value: unknown): void {
  if (value !== undefined && typeof value !== 'boolean') throw argumentType(name, 'true or false', value)
}

/** @throws an argument error for anything but a list */
export function aList<T>(name: string, value: readonly T[]): readonly T[] {
  if (Array.isArray(value)) return value
  throw argumentType(name, 'a list', value)
}
