import { sha256 } from '../../ed25519/sha2.ts'
import { equalBytes, toHex } from '../../lib/bytes.ts'
import type { RevokedKey } from '../../revocation/content.ts'
import type { TrustedIssuer, TrustList } from '../../trust/trust-list.ts'
import { issuedCounter, rangesText } from '../lists/reach.ts'
import type { Config } from '../project/config.ts'
import { dayAt } from '../project/desk-day.ts'
import type { IssuerConfig } from '../project/key-config.ts'
import { findKeyName } from '../project/key-names.ts'
import { publicKeyOf } from '../project/keys.ts'
import { revocationContent } from '../project/list-files.ts'
import { waitingDrafts } from '../project/waiting-drafts.ts'
import type { Context } from '../shell/context.ts'
import { printable } from '../words/printable.ts'

/** What is known of each issuer, for people. */

/** `listed`: in the trust list, and not in the project's file. `unlisted`: the other way round. */
export type IssuerState = 'active' | 'retired' | 'revoked' | 'ended' | 'early' | 'listed' | 'unlisted'

export interface IssuerRow {
  readonly data: object
  readonly text: string
}

export function issuerRows(context: Context, config: Config, trustList: TrustList | undefined): IssuerRow[] {
  const entries = config.issuers.map((entry) => ({ entry, publicKey: publicKeyOf(context, entry.key) }))
  const listed = trustList?.issuers ?? []
  const revoked = revocationContent(context)?.revokedKeys ?? []
  const own = entries.map(({ entry, publicKey }) => {
    const issuer = listed.find((each) => equalBytes(each.publicKey, publicKey))
    return issuer === undefined ? unlistedRow(context, entry) : listedRow(context, issuer, entry, revoked)
  })
  const others = listed.filter(
    (issuer) => !entries.some(({ publicKey }) => equalBytes(publicKey, issuer.publicKey)),
  )
  return [...own, ...others.map((issuer) => listedRow(context, issuer, undefined, revoked))]
}

function unlistedRow(context: Context, { key, name, keyId }: IssuerConfig): IssuerRow {
  const { words } = context
  const [draft] = waitingDrafts(context)
  const how = draft === undefined ? words.issuers.buildHow : words.ceremony.mergeFirst(draft)
  return {
    data: { issuer: key, name, keyId, state: 'unlisted' satisfies IssuerState },
    text: `${key}: ${printable(name)}, ${words.issuers.states.unlisted}: ${how}`,
  }
}

function listedRow(
  context: Context,
  issuer: TrustedIssuer,
  entry: IssuerConfig | undefined,
  revoked: readonly RevokedKey[],
): IssuerRow {
  const { words } = context
  const { publicKey, name, keyId, scope, notBefore, notAfter } = issuer
  const state = stateOfIssuer(context, issuer, entry, revoked)
  const key = entry?.key ?? findKeyName(context, publicKey) ?? '?'
  const [from, until] = [notBefore, notAfter].map((time) => dayAt(context, time)) as [string, string]
  const issued = issuedCounter(context)(toHex(publicKey))
  return {
    data: { issuer: key, name, keyId, publicKey: toHex(publicKey), state, from, until, issued, scope },
    text: [
      `${key}: ${printable(name)}, ${words.issuers.keyId(keyId)}, ${words.issuers.states[state]}`,
      `  ${rangesText(context, scope)}`,
      `  ${words.issuers.accepted(from, until)}; ${words.issuers.issuedHere(issued)}`,
    ].join('\n'),
  }
}

/** How an issuer stands today. @param revoked by the newest revocation list */
export function stateOfIssuer(
  context: Context,
  { publicKey, notBefore, notAfter }: TrustedIssuer,
  entry: IssuerConfig | undefined,
  revoked: readonly RevokedKey[],
): IssuerState {
  const now = context.io.now()
  if (revoked.some(({ key }) => equalBytes(key, sha256(publicKey)))) return 'revoked'
  if (now > notAfter) return 'ended'
  if (entry === undefined) return 'listed'
  if (entry.retired !== undefined) return 'retired'
  return now < notBefore ? 'early' : 'active'
}
