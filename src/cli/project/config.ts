import { join } from 'node:path'
import type { Bytes } from '../../lib/bytes.ts'
import { checkInteger, checkObject, checkText } from '../../lib/checks.ts'
import { dayOf } from '../../lib/dates.ts'
import { argumentRange, argumentType } from '../../lib/errors.ts'
import { nearest } from '../../lib/nearest.ts'
import { readBoundedFile } from '../../node/files/bounded-file.ts'
import { isTrouble, messageOf } from '../../registry/kinds.ts'
import { type CleanText, cleanText, onOneLine } from '../../registry/text.ts'
import type { ScopeRange } from '../../trust/scope.ts'
import type { Context } from '../shell/context.ts'
import { argumentOf } from '../shell/failure.ts'
import { Failure } from '../shell/io.ts'
import { printable } from '../words/printable.ts'
import type { Words } from '../words/words.ts'

/** A project's file, `veristamp.json`: what its lists are to say. Keys are named by their files in `keys/`. */
export interface Config {
  readonly authority: string
  readonly roots: { readonly version: number; readonly threshold: number; readonly keys: readonly string[] }
  readonly issuers: readonly IssuerConfig[]
  /** The key of revocation lists; absent: nothing is revoked. */
  readonly revocation?: string | undefined
  readonly prefixes: readonly string[]
  /** How long lists are good, and how long issuers' stamps are accepted from the first list on, in days. */
  readonly days: { readonly trust: number; readonly revocation: number; readonly issuer: number }
  /** Programs that sign with keys which no file holds: their arguments by the key's name. */
  readonly commands: Readonly<Record<string, readonly [string, ...string[]]>>
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
}

export const CONFIG_FILE = 'veristamp.json'
const MAX_CONFIG = 2 ** 20

export const newConfig = (authority: string): Config => ({
  authority,
  roots: { version: 1, threshold: 1, keys: ['root'] },
  issuers: [{ key: 'issuer', keyId: 1, name: authority }],
  revocation: 'revocation',
  prefixes: [],
  days: { trust: 90, revocation: 14, issuer: 1825 },
  commands: {},
})

export const writeConfig = (config: Config): Bytes =>
  new TextEncoder().encode(`${JSON.stringify(config, null, 2)}\n`)

/** @throws Failure `no_project` or `bad_project` */
export function readConfig({ folder, words }: Context): Config {
  const file = join(folder, CONFIG_FILE)
  let bytes: Uint8Array | undefined
  try {
    bytes = readBoundedFile(file, MAX_CONFIG)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
    throw new Failure('no_project', words.noProject(file), words.noProjectHow)
  }
  try {
    const value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
    checkKnown(value, FIELDS, '', words)
    return checkConfig(value, words)
  } catch (error) {
    throw new Failure('bad_project', words.badProject(file, faultOf(error, words)))
  }
}

/** What a field should hold; the engine's own words where the file is no JSON. */
function faultOf(error: unknown, words: Words): string {
  const details = argumentOf(error)
  if (details === undefined) return (error as Error).message
  const { name, expected, got } = details
  const { sentence, fields } = words.arguments
  const field = name.replace(/\[\d+\]/g, '')
  return sentence(name, Object.hasOwn(fields, field) ? fields[field as keyof typeof fields] : expected, got)
}

/** What a field holds: fields of its own, or a list of such; `true` for anything else, which is checked by its kind. */
type Fields = true | { readonly [name: string]: Fields }
type FieldsOf<T> = { readonly [K in keyof Required<T>]: Fields }

const ROOTS: FieldsOf<Config['roots']> = { version: true, threshold: true, keys: true }
const SCOPE: FieldsOf<ScopeRange> = { facility: true, product: true, first: true, last: true }
const ISSUER: FieldsOf<IssuerConfig> = { key: true, keyId: true, name: true, scope: SCOPE, notBefore: true }
const DAYS: FieldsOf<Config['days']> = { trust: true, revocation: true, issuer: true }

/** Every field that a project's file may have. */
const FIELDS: FieldsOf<Config> = {
  ...{ authority: true, roots: ROOTS, issuers: ISSUER, revocation: true },
  ...{ prefixes: true, days: DAYS, commands: true },
}

/** Refuses a field of another name, at every depth: what it asks for would be left out without a word. */
function checkKnown(value: unknown, fields: Fields, place: string, words: Words): void {
  if (fields === true || typeof value !== 'object' || value === null) return
  if (Array.isArray(value)) {
    for (const [i, each] of value.entries()) checkKnown(each, fields, `${place}[${i}]`, words)
    return
  }
  for (const [name, each] of Object.entries(value)) {
    const at = place === '' ? name : `${place}.${name}`
    if (!Object.hasOwn(fields, name))
      throw new Error(words.unknownField(printable(at), nearest(name, Object.keys(fields))))
    checkKnown(each, fields[name]!, at, words)
  }
}

const NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/

/** The name of a key file, which stays inside its folder. @throws an argument error */
export function checkKeyName(field: string, name: unknown): string {
  if (typeof name === 'string' && NAME.test(name)) return name
  throw argumentRange(field, 'a name of letters, digits, . _ and -', name)
}

function checkConfig(value: unknown, words: Words): Config {
  const config = checkObject('project', value) as Config
  checkText('authority', config.authority, 1, 64)
  checkObject('roots', config.roots)
  checkInteger('roots.version', config.roots.version, 1, 2 ** 31)
  checkInteger('roots.threshold', config.roots.threshold, 1, 16)
  for (const name of listOf('roots.keys', config.roots.keys)) checkKeyName('roots.keys', name)
  for (const [i, issuer] of listOf('issuers', config.issuers).entries())
    checkIssuer(`issuers[${i}]`, issuer, words)
  if (config.revocation !== undefined) checkKeyName('revocation', config.revocation)
  const { prefixes = [], commands = {}, days } = config
  listOf('prefixes', prefixes)
  for (const field of ['trust', 'revocation', 'issuer'] as const) {
    checkInteger(`days.${field}`, checkObject('days', days)[field], 1, 36_500)
  }
  for (const command of Object.values(checkObject('commands', commands))) listOf('commands', command)
  return { ...config, prefixes, commands }
}

function checkIssuer(place: string, issuer: IssuerConfig, words: Words): void {
  checkObject(place, issuer)
  checkKeyName(`${place}.key`, issuer.key)
  if (issuer.keyId !== undefined) checkInteger(`${place}.keyId`, issuer.keyId, 0, 65_535)
  checkPlain(`${place}.name`, checkText(`${place}.name`, issuer.name, 1, 200), words)
  if (issuer.notBefore !== undefined) dayOf(`${place}.notBefore`, issuer.notBefore)
  if (issuer.scope !== undefined) listOf(`${place}.scope`, issuer.scope)
}

/** A name of one line whose letters can all be seen, as names of the registry are. */
function checkPlain(place: string, name: string, words: Words): void {
  const clean = cleanText(name)
  const fault = isTrouble(clean) ? clean : onOneLine(clean.text)
  if (isTrouble(fault)) throw new Error(`${place}: ${messageOf(fault, words.registry)}`)
  const { removed } = clean as CleanText
  if (removed.length > 0) throw new Error(`${place}: ${words.invisible(removed)}`)
}

function listOf<T>(name: string, value: readonly T[]): readonly T[] {
  if (Array.isArray(value)) return value
  throw argumentType(name, 'a list', value)
}
