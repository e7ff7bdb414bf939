import { equalBytes } from '../../lib/bytes.ts'
import type { ScopeRange } from '../../trust/scope.ts'
import type { TrustedIssuer, TrustList } from '../../trust/trust-list.ts'
import { type Handover, handOver, partScope, reachedBy } from '../desk/handover.ts'
import { issuerRows } from '../desk/issuer-rows.ts'
import { buildWith, entryNamed, withIssuers } from '../desk/next-issuers.ts'
import { noIssuer } from '../desk/press-key.ts'
import { trustListAtHand } from '../lists/lists.ts'
import { rangesText } from '../lists/reach.ts'
import { type Config, readConfig } from '../project/config.ts'
import { dayAt } from '../project/desk-day.ts'
import { newestList } from '../project/files.ts'
import { checkKeyName, type IssuerConfig } from '../project/key-config.ts'
import { publicKeyOf } from '../project/keys.ts'
import { withLists } from '../project/project-lock.ts'
import { parseScope } from '../project/scope-text.ts'
import type { Context } from '../shell/context.ts'
import { EXIT, type ExitCode, Failure } from '../shell/io.ts'

export interface AddIssuerOptions {
  readonly name: string
  /** `FACILITY`, `FACILITY:PRODUCT` or `FACILITY:PRODUCT:FIRST-LAST`; all by default. */
  readonly scope: readonly string[]
  /** The issuer that gives up what this one gets. */
  readonly from?: string | undefined
  readonly keyId?: number | undefined
}

/** Names another issuer, for a printer of its own, in the project's file and in the next trust list. */
export const addIssuerCommand = (
  context: Context,
  key: string,
  options: AddIssuerOptions,
): Promise<ExitCode> =>
  withLists(context, (config) => {
    const { words } = context
    const { name, keyId } = options
    publicKeyOf(context, checkKeyName('key', key))
    if (config.issuers.some((issuer) => issuer.key === key))
      throw new Failure('exists', words.issuers.isThere(key), words.issuers.isThereHow(key))
    const wanted = options.scope.map((text) => parseScope(context, text))
    const entry = { key, name, ...(keyId !== undefined && { keyId }) }
    if (options.from === undefined) {
      const added = { ...entry, ...(wanted.length > 0 && { scope: wanted }) }
      return buildWith(context, { ...config, issuers: [...config.issuers, added] }, [])
    }
    const { kept, given } = takeFrom(context, config, options.from, wanted)
    const { startAtZero } = entryNamed(context, config, options.from)
    const parted = withIssuers(config, (each) =>
      each.key === options.from ? [{ ...each, scope: kept }] : [each],
    )
    const young = { ...entry, scope: given, ...(startAtZero && { startAtZero }) }
    const steps = [words.issuers.gives(options.from, key, rangesText(context, given))]
    return buildWith(context, { ...parted, issuers: [...parted.issuers, young] }, steps)
  })

/** What an issuer gives of its scope: nothing that it signed. */
function takeFrom(context: Context, config: Config, from: string, wanted: readonly ScopeRange[]): Handover {
  const { words } = context
  const { trustList, issuer, entry } = trustedNamed(context, config, from)
  // A draft may wait in which it gave something already: the file says what it has left.
  const scope = entry.scope ?? issuer.scope
  if (wanted.some(({ first, last }) => first !== undefined || last !== undefined))
    throw new Failure('argument_range', words.issuers.wholeOnly, words.issuers.wholeOnlyHow)
  const all = wanted.length > 0 ? wanted : scope.map(({ facility }) => ({ facility }))
  const { asked, others } = partScope(scope, all, trustList.catalogue)
  const { kept, given } = handOver(asked, reachedBy(context, issuer))
  if (given.length === 0)
    throw new Failure('no_scope', words.issuers.nothingToGive(from), words.issuers.scopeListHow)
  return { kept: [...others, ...kept], given }
}

/** An issuer of the project's file, as the newest trust list has it. @throws Failure `no_issuer` */
function trustedNamed(
  context: Context,
  config: Config,
  name: string,
): { readonly entry: IssuerConfig; readonly trustList: TrustList; readonly issuer: TrustedIssuer } {
  const entry = entryNamed(context, config, name)
  const trustList = trustListAtHand(context, config)
  const publicKey = publicKeyOf(context, name)
  const issuer = trustList.issuers.find((each) => equalBytes(each.publicKey, publicKey))
  if (issuer === undefined) throw noIssuer(context, config, trustList, name)
  return { entry, trustList, issuer }
}

/** Sets what an issuer may stamp. What it signed has to stay in it. */
export const scopeIssuerCommand = (
  context: Context,
  key: string,
  ranges: readonly string[],
): Promise<ExitCode> =>
  withLists(context, (config) => {
    entryNamed(context, config, key)
    const scope = ranges.map((text) => parseScope(context, text))
    return buildWith(
      context,
      withIssuers(config, (each) => (each.key === key ? [{ ...each, scope }] : [each])),
      [],
    )
  })

/** Ends the work of a key: what it signed stays good, and it signs nothing more. One that signed nothing goes. */
export const retireIssuerCommand = (context: Context, key: string): Promise<ExitCode> =>
  withLists(context, (config) => {
    const { words, io } = context
    const { issuer } = trustedNamed(context, config, key)
    const { kept } = handOver(issuer.scope, reachedBy(context, issuer))
    const retired = dayAt(context, io.now())
    const step =
      kept.length === 0 ? words.issuers.unused(key) : words.issuers.keeps(key, rangesText(context, kept))
    const change = (each: IssuerConfig) => {
      if (each.key !== key) return [each]
      return kept.length === 0 ? [] : [{ ...each, scope: kept, retired }]
    }
    return buildWith(context, withIssuers(config, change), [step])
  })

/** Names all issuers: of the project's file and of the newest trust list. */
export function listIssuersCommand(context: Context): ExitCode {
  const config = readConfig(context)
  const trustList = newestList(context, 'trust') === undefined ? undefined : trustListAtHand(context, config)
  for (const { data, text } of issuerRows(context, config, trustList)) context.report(data, text)
  return EXIT.valid
}
