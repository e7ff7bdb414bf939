import { equalBytes } from '../../lib/bytes.ts'
import type { TrustedIssuer, TrustList } from '../../trust/trust-list.ts'
import { handOver, type Reached, reachedBy, unlimitedOf } from '../desk/handover.ts'
import { buildWith, entryNamed, withIssuers } from '../desk/next-issuers.ts'
import { noIssuer } from '../desk/press-key.ts'
import { marksOwed } from '../desk/start-at-zero.ts'
import { type Mark, signWatermarks, zeroMarks } from '../desk/watermarks.ts'
import { trustListAtHand } from '../lists/lists.ts'
import { beginList } from '../lists/next-list.ts'
import { rangesText } from '../lists/reach.ts'
import type { Config } from '../project/config.ts'
import { dayAt } from '../project/desk-day.ts'
import { checkKeyName, type IssuerConfig } from '../project/key-config.ts'
import { findKeyName, keyNames } from '../project/key-names.ts'
import { isAtHand, publicKeyOf } from '../project/keys.ts'
import { checkNewName, makeKey } from '../project/new-key.ts'
import { readPassphrase } from '../project/passphrase.ts'
import { withLists } from '../project/project-lock.ts'
import { confirmJournal } from '../runs/doubts.ts'
import type { Context } from '../shell/context.ts'
import { EXIT, type ExitCode, Failure } from '../shell/io.ts'

export interface RotateIssuerOptions {
  /** The new key's name: one that is at hand, or that is made here. */
  readonly to?: string | undefined
  /** The last serial that the old key signed, of all its products, where nothing here can tell. */
  readonly at?: number | undefined
  /** False for a new key file that is not encrypted. */
  readonly encrypt: boolean
}

/** Puts a new key in the place of an issuer's: the old one stays good for what it signed, and signs nothing more. */
export async function rotateIssuerCommand(
  context: Context,
  name: string,
  options: RotateIssuerOptions,
): Promise<ExitCode> {
  await confirmJournal(context)
  return withLists(context, (config) => rotate(context, config, name, options))
}

async function rotate(
  context: Context,
  config: Config,
  name: string,
  { to, at, encrypt }: RotateIssuerOptions,
): Promise<ExitCode> {
  const { words, io } = context
  const entry = entryNamed(context, config, name)
  const { trustList, issuer } = trusted(context, config, entry)
  if (entry.retired !== undefined)
    throw new Failure('key_retired', words.issuers.isRetired(name, entry.retired), words.issuers.listHow)
  const reached = checkReached(context, config, entry, trustList, issuer, at)
  const { kept, given } = handOver(issuer.scope, reached, at)
  if (given.length === 0)
    throw new Failure('no_scope', words.issuers.nothingToGive(name), words.issuers.scopeListHow)
  const key = await newKey(context, config, trustList, name, to, encrypt)
  const retired = dayAt(context, io.now())
  const { keyId: _, notBefore: __, ...rest } = entry
  const successor: IssuerConfig = { ...rest, key, scope: given }
  // What signed nothing has nothing to keep.
  const old = kept.length === 0 ? [] : [{ ...entry, scope: kept, retired }]
  const changed = withIssuers(config, (each) => (each.key === name ? [successor, ...old] : [each]))
  const steps = [
    words.issuers.rotates(name, key),
    words.issuers.signsNow(key, rangesText(context, given)),
    kept.length === 0 ? words.issuers.unused(name) : words.issuers.keeps(name, rangesText(context, kept)),
  ]
  const exit = await buildWith(context, changed, steps, () => limitOld(context, changed, issuer, reached, at))
  const next = exit === EXIT.valid ? words.issuers.rotatedHow(key) : words.issuers.rotatedDraftHow(name, key)
  context.report({ rotated: name, to: key, kept, given }, `${words.next}: ${next}`)
  return exit
}

function trusted(
  context: Context,
  config: Config,
  { key }: IssuerConfig,
): { readonly trustList: TrustList; readonly issuer: TrustedIssuer } {
  const trustList = trustListAtHand(context, config)
  const publicKey = publicKeyOf(context, key)
  const issuer = trustList.issuers.find((each) => equalBytes(each.publicKey, publicKey))
  if (issuer === undefined) throw noIssuer(context, config, trustList, key)
  return { trustList, issuer }
}

/**
 * What the old key reached. A printer elsewhere may have printed what nothing here tells of, unless watermarks limit it.
 * @throws Failure `unknown_serials` for such a key without `--at`, `argument_range` for an `--at` that is too low
 */
function checkReached(
  context: Context,
  config: Config,
  { key }: IssuerConfig,
  { catalogue }: TrustList,
  issuer: TrustedIssuer,
  at: number | undefined,
): readonly Reached[] {
  const { words } = context
  const reached = reachedBy(context, issuer)
  const highest = Math.max(0, ...reached.map(({ last }) => last))
  if (at !== undefined && at < highest)
    throw new Failure('argument_range', words.issuers.atLow(at, highest), words.issuers.atLowHow)
  if (at !== undefined || isAtHand(context, config, key)) return reached
  const open = unlimitedOf(context, issuer, catalogue)
  if (open.length === 0) return reached
  throw new Failure(
    'unknown_serials',
    words.issuers.elsewhere(key, open.length),
    words.issuers.elsewhereHow(key),
  )
}

/** The new key: at hand, or made here where the old one is here too. @returns its name */
async function newKey(
  context: Context,
  config: Config,
  trustList: TrustList,
  old: string,
  to: string | undefined,
  encrypt: boolean,
): Promise<string> {
  const { words } = context
  const names = keyNames(context)
  const name =
    to === undefined ? freeName(old, usedNames(context, config, trustList)) : checkKeyName('to', to)
  if (config.issuers.some(({ key }) => key === name))
    throw new Failure('exists', words.issuers.isThere(name), words.issuers.isThereHow(name))
  if (names.includes(name)) return name
  if (!isAtHand(context, config, old))
    throw new Failure('no_key', words.issuers.keyElsewhere(old), words.issuers.keyElsewhereHow(old, name))
  checkNewName(context, name)
  makeKey(context, name, encrypt ? await readPassphrase(context, true) : null)
  return name
}

/** Names of keys that have a role already: a key of another name that was made and not used is taken as it is. */
const usedNames = (context: Context, config: Config, { issuers }: TrustList): string[] => [
  ...[...config.roots.keys, ...(config.revocation ? [config.revocation] : [])],
  ...config.issuers.map(({ key }) => key),
  ...issuers.flatMap(({ publicKey }) => findKeyName(context, publicKey) ?? []),
]

/** `tea` → `tea-2` → `tea-3`. */
function freeName(old: string, names: readonly string[]): string {
  const [, stem = old, number] = /^(.+)-(\d{1,6})$/.exec(old) ?? []
  for (let next = Number(number ?? 1) + 1; ; next++)
    if (!names.includes(`${stem}-${next}`)) return `${stem}-${next}`
}

/** Watermarks for all that the old key may stamp, so that it signs nothing more; the new one's begin at 0 where all do. */
async function limitOld(
  context: Context,
  config: Config,
  issuer: TrustedIssuer,
  reached: readonly Reached[],
  at: number | undefined,
): Promise<void> {
  const { words } = context
  const { publicKey } = issuer
  if (config.revocation === undefined) return
  if (!isAtHand(context, config, config.revocation)) {
    context.report({}, `${words.next}: ${words.lists.askAuthority(words.listHow)}`)
    return
  }
  const next = beginList(context, config)
  const own = reached.map(({ last, ...product }): Mark => ({ ...product, publicKey, serial: at ?? last }))
  const { catalogue } = next.trustList
  const { watermarks } = next.draft
  const rest = zeroMarks(catalogue, watermarks, [issuer]).map((mark) => ({ ...mark, serial: at ?? 0 }))
  const isNamed = (mark: Mark) =>
    own.some(({ facility, product }) => facility === mark.facility && product === mark.product)
  const isOld = (mark: Mark) => equalBytes(mark.publicKey, publicKey)
  const young = marksOwed(context, config, next.trustList, watermarks).filter((mark) => !isOld(mark))
  await signWatermarks(context, next, [...own, ...rest.filter((mark) => !isNamed(mark)), ...young])
}
