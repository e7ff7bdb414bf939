import { equalBytes, toHex } from '../../lib/bytes.ts'
import type { RunProduct } from '../../run/ledger/survey.ts'
import type { TrustedIssuer, TrustList } from '../../trust/trust-list.ts'
import type { Config } from '../project/config.ts'
import { nameOfKey } from '../project/key-names.ts'
import { isAtHand, publicKeyOf } from '../project/keys.ts'
import { waitingDrafts } from '../project/waiting-drafts.ts'
import type { Context } from '../shell/context.ts'
import { Failure } from '../shell/io.ts'
import { newerIssuers } from './old-file.ts'

/** Which key signs a run. */

export interface JobKey {
  readonly trustList: TrustList
  /** The name of the key that signs. */
  readonly name: string
  readonly issuer: TrustedIssuer
}

/**
 * The key that signs: the one that is named, or the first that may stamp the product, rather one that is at hand.
 * @throws Failure `key_retired`, `no_issuer`, or `no_scope` for a product that it, or no key, may stamp
 */
export function pressKey(
  context: Context,
  config: Config,
  trustList: TrustList,
  key: string | undefined,
  product?: RunProduct,
): { name: string; issuer: TrustedIssuer } {
  const { words } = context
  const name = key ?? chosenKey(context, config, trustList, product)
  const retired = config.issuers.find((each) => each.key === name)?.retired
  if (retired !== undefined)
    throw new Failure(
      'key_retired',
      words.issuers.isRetired(name, retired),
      words.issuers.retiredHow(chosenKey(context, config, trustList, product)),
    )
  const publicKey = publicKeyOf(context, name)
  const issuer = trustList.issuers.find((each) => equalBytes(each.publicKey, publicKey))
  if (issuer === undefined) throw noIssuer(context, config, trustList, name)
  if (product !== undefined) checkMay(context, config, trustList, name, issuer, product)
  return { name, issuer }
}

/** A key that the trust list does not name, or not yet. */
export function noIssuer(context: Context, config: Config, trustList: TrustList, name: string): Failure {
  const { words } = context
  if (newerIssuers(context, config, trustList).length > 0)
    return new Failure('no_issuer', words.noIssuer(name), words.issuers.oldFileHow)
  const [draft] = waitingDrafts(context)
  const how = draft === undefined ? words.noIssuerHow : words.ceremony.mergeFirst(draft)
  return new Failure('no_issuer', words.noIssuer(name), how)
}

function chosenKey(
  context: Context,
  config: Config,
  trustList: TrustList,
  product: RunProduct | undefined,
): string {
  const able =
    product === undefined ? [] : activeOf(context, config, trustList, product).map(({ key }) => key)
  const active = config.issuers.filter(({ retired }) => retired === undefined).map(({ key }) => key)
  const names = able.length > 0 ? able : active
  return names.find((name) => isAtHand(context, config, name)) ?? names[0] ?? 'issuer'
}

const isFor = ({ scope }: TrustedIssuer, { facility, product }: RunProduct): boolean =>
  scope.some((range) => range.facility === facility && (range.product ?? product) === product)

/** The issuers of the project's file that may stamp a product from now on. */
function activeOf(context: Context, { issuers }: Config, trustList: TrustList, product: RunProduct) {
  const able = new Set(
    trustList.issuers.filter((each) => isFor(each, product)).map(({ publicKey }) => toHex(publicKey)),
  )
  return issuers.filter(
    ({ key, retired }) => retired === undefined && able.has(toHex(publicKeyOf(context, key))),
  )
}

/** @throws Failure `no_scope` */
function checkMay(
  context: Context,
  config: Config,
  trustList: TrustList,
  name: string,
  issuer: TrustedIssuer,
  product: RunProduct,
): void {
  if (isFor(issuer, product)) return
  const { issuers } = context.words
  const retired = config.issuers.filter((each) => each.retired !== undefined).map(({ key }) => key)
  const others = trustList.issuers
    .filter((each) => isFor(each, product))
    .map(({ publicKey }) => nameOfKey(context, publicKey))
    .filter((each) => !retired.includes(each))
  if (others.length === 0)
    throw new Failure('no_scope', issuers.noneMay(product), issuers.noneMayHow(product))
  const newer = newerIssuers(context, config, trustList)
  const how = newer.includes(others[0]!) ? issuers.oldFileHow : issuers.mayNotHow(others[0]!)
  throw new Failure('no_scope', issuers.mayNot(name, product, others.join(', ')), how)
}
