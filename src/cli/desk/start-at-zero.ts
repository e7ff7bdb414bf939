import { equalBytes } from '../../lib/bytes.ts'
import type { Watermark } from '../../revocation/content.ts'
import type { TrustedIssuer, TrustList } from '../../trust/trust-list.ts'
import { trustListAtHand } from '../lists/lists.ts'
import { beginList } from '../lists/next-list.ts'
import type { Config } from '../project/config.ts'
import type { IssuerConfig } from '../project/key-config.ts'
import { isAtHand, publicKeyOf } from '../project/keys.ts'
import { revocationContent } from '../project/list-files.ts'
import { journalFaultsOf } from '../runs/doubts.ts'
import type { Context } from '../shell/context.ts'
import { type Mark, signWatermarks, zeroMarks } from './watermarks.ts'

/**
 * An authority may have chosen that nothing leaves a printer before it is let out (`list --raise 0`). The project's file
 * remembers that, so that it holds for keys and products that come later too.
 */

/** True where the watermarks of this issuer begin at 0. */
export const startsAtZero = (
  context: Context,
  { startAtZero, issuers }: Config,
  issuer: TrustedIssuer,
): boolean =>
  startAtZero === true ||
  issuers.some((entry) => entry.startAtZero === true && isOf([issuer], publicKeyOf(context, entry.key)))

/** The watermarks of 0 that are to be there, and are not. */
export const marksOwed = (
  context: Context,
  config: Config,
  { issuers, catalogue }: TrustList,
  watermarks: readonly Watermark[],
): Mark[] =>
  zeroMarks(
    catalogue,
    watermarks,
    issuers.filter((issuer) => startsAtZero(context, config, issuer)),
  )

const isOf = (issuers: readonly TrustedIssuer[], key: Uint8Array): boolean =>
  issuers.some(({ publicKey }) => equalBytes(publicKey, key))

/** The file that says so from now on: of all keys, or of some. */
export function startingAtZero(
  context: Context,
  config: Config,
  only: readonly TrustedIssuer[] | undefined,
): Config {
  if (only === undefined) return { ...config, startAtZero: true }
  const isOne = ({ key }: IssuerConfig) => isOf(only, publicKeyOf(context, key))
  const issuers = config.issuers.map((each) => (isOne(each) ? { ...each, startAtZero: true } : each))
  return { ...config, issuers }
}

/** Once a trust list names keys or products for the first time: signs a revocation list that holds them back, or says who must. */
export async function holdBackNew(context: Context, config: Config): Promise<void> {
  const { words } = context
  const content = config.revocation === undefined ? undefined : revocationContent(context)
  if (content === undefined) return
  const owed = marksOwed(context, config, trustListAtHand(context, config), content.watermarks)
  if (owed.length === 0) return
  // A list that is signed by a damaged journal asks first.
  if (isAtHand(context, config, config.revocation!) && journalFaultsOf(context).length === 0)
    await signWatermarks(context, beginList(context, config), owed)
  else
    context.report(
      { open: owed.length },
      `${words.issuers.open(owed.length)}\n${words.next}: ${words.listHow}`,
    )
}
