import { join } from 'node:path'
import type { FleetServer } from '../../fleet/driver.ts'
import type { Bytes } from '../../lib/bytes.ts'
import { checkInteger, checkObject, checkText } from '../../lib/checks.ts'
import { argumentRange } from '../../lib/errors.ts'
import { nearest } from '../../lib/nearest.ts'
import { readBoundedFile } from '../../node/files/bounded-file.ts'
import { MAX_ID } from '../../stamp/stamp.ts'
import type { ScopeRange } from '../../trust/scope.ts'
import type { Context } from '../shell/context.ts'
import { argumentOf } from '../shell/failure.ts'
import { Failure } from '../shell/io.ts'
import { printable } from '../words/printable.ts'
import type { Words } from '../words/words.ts'
import {
  aList,
  checkFlag,
  checkIssuer,
  checkKeyName,
  checkScanner,
  type IssuerConfig,
  type ScannerConfig,
  withIds,
} from './key-config.ts'
import { checkLabelConfig, type LabelConfig } from './label-config.ts'
import { checkLedger, type LedgerConfig } from './ledger-config.ts'

/** A project's file, `veristamp.json`: what its lists are to say. Keys are named by their files in `keys/`. */
export interface Config {
  /** Where editors find `schemas/project-1.schema.json`. */
  readonly $schema?: string | undefined
  readonly authority: string
  readonly roots: { readonly version: number; readonly threshold: number; readonly keys: readonly string[] }
  readonly issuers: readonly IssuerConfig[]
  /** The key of revocation lists; absent: nothing is revoked. */
  readonly revocation?: string | undefined
  readonly prefixes: readonly string[]
  /** Where people report suspicious goods: `tel:`, `mailto:` or a path of the site. */
  readonly report: readonly string[]
  /** The devices whose scans count; absent: those that the lists have. */
  readonly scanners?: readonly ScannerConfig[] | undefined
  /** Whether lists stand in slices; absent: by their size. */
  readonly slices?: boolean | undefined
  /** How long lists are good, and how long issuers' stamps are accepted from the first list on, in days. */
  readonly days: { readonly trust: number; readonly revocation: number; readonly issuer: number }
  /** True: the watermarks of all products begin at 0, of those too that come later. */
  readonly startAtZero?: boolean | undefined
  /** Where runs take their serials from: the folder `runs/` by default, or PostgreSQL for many machines. */
  readonly ledger?: LedgerConfig | undefined
  /** How events are told to other systems; every field also is an option of `export --epcis` and `sync`. */
  readonly epcis?: EpcisConfig | undefined
  /** How labels look, whoever prints them. */
  readonly labels?: LabelConfig | undefined
  /** Programs that sign with keys which no file holds: their arguments by the key's name. */
  readonly commands: Readonly<Record<string, readonly [string, ...string[]]>>
}

/** What the ids of events depend on beside what happened: others would send every event again. */
export interface EpcisConfig {
  /** What a run is reported as: `commissioning` by default. */
  readonly printed?: 'commissioning' | 'encoding' | undefined
  /** What void and revoked stamps are reported as: `decommissioning` by default. */
  readonly ended?: 'decommissioning' | 'destroying' | undefined
  /** The offset of the local clock from UTC: `+07:00` by default. */
  readonly offset?: string | undefined
  /** The GLN of the place where stamps are printed. */
  readonly readPoint?: string | undefined
  /** How many EPCs an event has at most. */
  readonly maxEpcs?: number | undefined
}

export const CONFIG_FILE = 'veristamp.json'
const MAX_CONFIG = 2 ** 20

export const newConfig = (authority: string): Config => ({
  authority,
  roots: { version: 1, threshold: 1, keys: ['root'] },
  issuers: [{ key: 'issuer', keyId: 1, name: authority }],
  revocation: 'revocation',
  prefixes: [],
  report: [],
  days: { trust: 90, revocation: 14, issuer: 1825 },
  commands: {},
})

export const writeConfig = (config: Config): Bytes =>
  new TextEncoder().encode(`${JSON.stringify(config, withoutEnds, 2)}\n`)

/** A scope that ends nowhere says no end: the highest number there is frightens people. */
const withoutEnds = (name: string, value: unknown): unknown =>
  (name === 'first' && value === 0) || (name === 'last' && value === MAX_ID) ? undefined : value

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
    throw new Failure('bad_project', words.badProject(file, faultOf(error, words)), words.badProjectHow)
  }
}

/** What a field should hold; the engine's own words where the file is no JSON. */
function faultOf(error: unknown, words: Words): string {
  if (error instanceof SyntaxError && /escape/i.test(error.message))
    return `${error.message}; ${words.backslashes}`
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
const ISSUER: FieldsOf<IssuerConfig> = {
  ...{ key: true, keyId: true, name: true, scope: SCOPE, notBefore: true, retired: true, startAtZero: true },
}
const SCANNER: FieldsOf<ScannerConfig> = { place: true, key: true, position: true }
const DAYS: FieldsOf<Config['days']> = { trust: true, revocation: true, issuer: true }
const LABELS: FieldsOf<LabelConfig> = { language: true, template: true, logo: true }
const POSTGRES: FieldsOf<FleetServer> = { host: true, port: true, database: true, user: true, tls: true }
const EPCIS: FieldsOf<EpcisConfig> = {
  ...{ printed: true, ended: true, offset: true, readPoint: true, maxEpcs: true },
}

/** Every field that a project's file may have; `schemas/project-1.schema.json` says the same. */
export const FIELDS: FieldsOf<Config> = {
  ...{ $schema: true, authority: true, roots: ROOTS, issuers: ISSUER, revocation: true },
  scanners: SCANNER,
  startAtZero: true,
  ...{ prefixes: true, report: true, slices: true, days: DAYS, epcis: EPCIS, commands: true },
  labels: LABELS,
  ledger: { postgres: POSTGRES },
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

function checkConfig(value: unknown, words: Words): Config {
  const config = checkObject('project', value) as Config
  checkText('authority', config.authority, 1, 64)
  checkObject('roots', config.roots)
  checkInteger('roots.version', config.roots.version, 1, 2 ** 31)
  checkInteger('roots.threshold', config.roots.threshold, 1, 16)
  for (const name of aList('roots.keys', config.roots.keys)) checkKeyName('roots.keys', name)
  for (const [i, issuer] of aList('issuers', config.issuers).entries())
    checkIssuer(`issuers[${i}]`, issuer, words)
  if (config.revocation !== undefined) checkKeyName('revocation', config.revocation)
  if (config.epcis !== undefined) checkObject('epcis', config.epcis)
  for (const [i, scanner] of aList('scanners', config.scanners ?? []).entries())
    checkScanner(`scanners[${i}]`, scanner)
  checkFlag('startAtZero', config.startAtZero)
  if (config.ledger !== undefined) checkLedger(config.ledger)
  if (config.labels !== undefined) checkLabelConfig(config.labels)
  const { prefixes = [], report = [], commands = {}, days, slices } = config
  if (slices !== undefined && typeof slices !== 'boolean')
    throw argumentRange('slices', 'true or false', slices)
  for (const prefix of aList('prefixes', prefixes)) checkText('prefixes', prefix, 0, 64)
  for (const contact of aList('report', report)) checkContact(contact)
  for (const field of ['trust', 'revocation', 'issuer'] as const) {
    checkInteger(`days.${field}`, checkObject('days', days)[field], 1, 36_500)
  }
  for (const command of Object.values(checkObject('commands', commands))) checkCommand(command)
  const issuers = config.issuers.map((issuer, i) => withIds(`issuers[${i}].scope`, issuer, words))
  return { ...config, issuers, prefixes, report, commands }
}

function checkCommand(command: readonly string[]): void {
  const isCommand = aList('commands', command).length > 0 && command.every((word) => typeof word === 'string')
  if (!isCommand) throw argumentRange('commands', 'a program and its arguments', command)
}

const CONTACT = /^(tel:\+?[0-9.-]{3,20}|mailto:[^\s?&]{3,100}|\/[\w./-]{0,100})$/

function checkContact(contact: unknown): void {
  if (typeof contact === 'string' && CONTACT.test(contact)) return
  throw argumentRange('report', 'tel:, mailto: or a path of the site that begins with /', contact)
}
