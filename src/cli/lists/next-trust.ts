import type { ListFiles } from '../../document/named-slices.ts'
import { equalBytes } from '../../lib/bytes.ts'
import { readRunName } from '../../run/ledger/run-id.ts'
import type { Catalogue } from '../../trust/catalogue.ts'
import type { TrustListContent } from '../../trust/content.ts'
import type { IssuerEntry } from '../../trust/issuer-entry.ts'
import { reviseTrustContent } from '../../trust/revise.ts'
import type { TrustList } from '../../trust/trust-list.ts'
import type { Config } from '../project/config.ts'
import { beginOf, dayAt } from '../project/desk-day.ts'
import { reservationsOf } from '../project/files.ts'
import type { IssuerConfig } from '../project/key-config.ts'
import { freeKeyId, isHandyKeyId } from '../project/key-ids.ts'
import { checkNewKeys, publicKeyOf } from '../project/keys.ts'
import { newestFiles } from '../project/list-files.ts'
import { orphansIn, strangersIn } from '../project/products.ts'
import { projectCatalogue } from '../project/registry.ts'
import { warn } from '../shell/confirm.ts'
import type { Context } from '../shell/context.ts'
import { Failure } from '../shell/io.ts'
import { printable } from '../words/printable.ts'
import { checkClock } from './clock.ts'
import { pinnedRoots, trustListAtHand } from './lists.ts'
import { checkOverlap } from './overlap.ts'
import { cutTrust } from './slicing.ts'
import { checkNoneDies } from './stamps-at-stake.ts'

/** The next trust list, drafted from the project's file and its registry. */
export interface NextTrust {
  readonly before: TrustList | undefined
  /** The files of the list before. */
  readonly newest: ListFiles | undefined
  /** Unsigned. */
  readonly draft: ListFiles
}

const DAY = 86_400_000
export const daysAfter = (from: Date, count: number): Date => new Date(from.getTime() + count * DAY)

/**
 * Drafts the next list. It kills no stamp that was signed: what drops a key that signed, or serials of it, is refused.
 * @throws Failure `stamps_at_stake`, `scope_overlap`, `key_id_shared`, …
 */
export async function draftNextTrust(context: Context, config: Config, font?: string): Promise<NextTrust> {
  const newest = newestFiles(context, 'trust')
  const before = newest && trustListAtHand(context, config)
  await checkClock(context, context.io.now())
  await checkNewKeys(context, config, newKeys(context, config, before))
  const catalogue = await projectCatalogue(context, before, font)
  const content = contentOf(context, config, catalogue, before)
  const retired = config.issuers.filter((each) => each.retired !== undefined).map(({ key }) => key)
  checkOverlap(context, content.issuers, before, retired)
  const draft = cutTrust(
    config,
    before ? reviseTrustContent(before, content) : firstContent(context, config, content),
  )
  if (newest !== undefined) checkNoneDies(context, newest, draft)
  return { before, newest, draft }
}

/** Keys of issuers and of revocation lists that the list before does not name. */
function newKeys(context: Context, config: Config, before: TrustList | undefined): string[] {
  const known = [...(before?.issuers ?? []), ...(before?.revocationKey ? [before.revocationKey] : [])]
  const names = [...config.issuers.map(({ key }) => key), ...(config.revocation ? [config.revocation] : [])]
  const isKnown = (name: string) => {
    const own = publicKeyOf(context, name)
    return known.some(({ publicKey }) => equalBytes(publicKey, own))
  }
  return names.filter((name) => !isKnown(name))
}

type Content = Omit<TrustListContent, 'authority' | 'sequence' | 'roots'>

function contentOf(
  context: Context,
  config: Config,
  catalogue: Catalogue,
  before: TrustList | undefined,
): Content {
  const issued = context.io.now()
  const everything = catalogue.facilities.map(({ id }) => ({ facility: id }))
  const keyIds = keyIdsOf(context, config, before)
  const issuers = config.issuers.map((entry, i) => {
    const { key, name, scope = everything } = entry
    const publicKey = publicKeyOf(context, key)
    const known = before?.issuers.find((issuer) => equalBytes(issuer.publicKey, publicKey))
    const keyId = keyIds[i]!
    if (known?.keyId !== keyId && !isHandyKeyId(keyId)) warn(context, context.words.awkwardKeyId(key, keyId))
    const scopeOfWork = entry.retired === undefined ? (entry.scope ?? []) : []
    for (const fact of strangersIn(context, catalogue, scopeOfWork))
      warn(context, `${printable(name)}: ${fact}`)
    const notBefore = firstDay(context, entry, known, issued)
    const notAfter = daysAfter(notBefore, config.days.issuer)
    return { keyId, publicKey, name, scope, notBefore, notAfter }
  })
  const working = issuers.filter((_, i) => config.issuers[i]!.retired === undefined)
  for (const orphan of orphansIn(
    context,
    catalogue.products,
    working.flatMap(({ scope }) => scope),
  ))
    warn(context, orphan)
  const revocationKey = config.revocation === undefined ? undefined : publicKeyOf(context, config.revocation)
  const { prefixes } = config
  const scanners = config.scanners?.map(({ key, ...scanner }) => ({
    ...scanner,
    publicKey: new Uint8Array(Buffer.from(key, 'hex')),
  }))
  const expires = daysAfter(issued, config.days.trust)
  return { issued, expires, issuers, prefixes, catalogue, revocationKey, ...(scanners && { scanners }) }
}

function firstDay(
  context: Context,
  { name, notBefore: wanted }: IssuerConfig,
  known: IssuerEntry | undefined,
  issued: Date,
): Date {
  const notBefore = wanted === undefined ? (known?.notBefore ?? issued) : beginOf(context, wanted)
  if (notBefore > issued) warn(context, notYet(context, name, notBefore))
  return notBefore
}

function notYet(context: Context, name: string, from: Date): string {
  const { words } = context
  return `${words.issuerNotYet(printable(name), dayAt(context, from))}; ${words.lists.notBeforeHow}`
}

/**
 * The key id of each issuer: the one that it is given, the one that it has, or a free one. Runs are named after it, so
 * two keys never share one: their runs could not be gathered.
 * @throws Failure `key_id_shared`
 */
function keyIdsOf(context: Context, { issuers }: Config, before: TrustList | undefined): number[] {
  const { words } = context
  const ofRuns = reservationsOf(context).map(({ id }) => readRunName(id)?.keyId)
  const taken = [...[...issuers, ...(before?.issuers ?? [])].map(({ keyId }) => keyId), ...ofRuns].filter(
    (keyId) => keyId !== undefined,
  )
  const owners = new Map<number, string>()
  return issuers.map(({ key, keyId: given }) => {
    const publicKey = publicKeyOf(context, key)
    const known = before?.issuers.find((issuer) => equalBytes(issuer.publicKey, publicKey))
    const keyId = given ?? known?.keyId ?? freeKeyId(taken)
    taken.push(keyId)
    const other = owners.get(keyId)
    if (other !== undefined && known?.keyId !== keyId)
      throw new Failure(
        'key_id_shared',
        words.issuers.keyIdTaken(keyId, other, key),
        words.issuers.keyIdTakenHow(key),
      )
    owners.set(keyId, key)
    return keyId
  })
}

const firstContent = (context: Context, config: Config, content: Content): TrustListContent => ({
  authority: config.authority,
  sequence: 1,
  roots: pinnedRoots(context, config),
  ...content,
})
