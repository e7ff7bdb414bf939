import { toHex } from '../../lib/bytes.ts'
import type { RevocationList } from '../../revocation/revocation-list.ts'
import type { TrustList } from '../../trust/trust-list.ts'
import { explain } from '../../verify/messages.ts'
import type { ListAge, Verdict } from '../../verify/verdict.ts'
import { dayAt } from '../project/desk-day.ts'
import type { Context } from '../shell/context.ts'
import { printable } from '../words/printable.ts'

/** Tells all that a verdict says: a line of JSON, or some lines of text. */
export function tellVerdict(context: Context, place: string, verdict: Verdict): void {
  // Many are told, and each way of telling takes its time.
  if (context.json) context.report(dataOf(place, verdict), '')
  else context.report({}, linesOf(context, place, verdict).join('\n'))
}

function dataOf(place: string, verdict: Verdict): object {
  const { status, stamp, warnings } = verdict
  const { reason, detail, finding, revocation } = verdict as Partial<
    Record<'reason' | 'detail' | 'finding' | 'revocation', unknown>
  >
  return {
    ...{ place, status, reason, detail, finding, revocation },
    ...(stamp && signedOf(verdict)),
    ...(warnings.length > 0 && { warnings }),
  }
}

/** What the stamp, its issuer and the lists say: only of stamps whose signature held. */
function signedOf({ stamp, carrier, authority, issuer, ...rest }: Verdict): object {
  const { keyId, name, publicKey } = issuer!
  const { seal, extensions, ...plain } = stamp!
  return {
    ...{ ...plain, carrier, authority },
    seal: seal && toHex(seal),
    ...(extensions && { extensions: [...extensions.keys()] }),
    productName: rest.product?.name,
    facilityName: rest.facility?.name,
    issuer: { keyId, name, publicKey: toHex(publicKey) },
    trustList: rest.trustList,
    revocationList: rest.revocationList,
  }
}

function linesOf(context: Context, place: string, verdict: Verdict): string[] {
  const { language, words } = context
  const { stamp, product } = verdict
  const reason = verdict.status === 'valid' ? undefined : verdict.reason
  const name = product === undefined ? '' : ` ${printable(product.name)}`
  const what = stamp === undefined ? '' : ` ${stamp.facility}-${stamp.product}-${stamp.serial}${name}`
  const facts = factsOf(context, verdict)
  return [
    `${place}: ${words.verdicts.status(verdict.status, reason)}${what}`,
    `  ${explain(verdict, language)}`,
    ...doubtsOf(context, verdict).map((line) => `  ${line}`),
    ...(facts.length > 0 ? [`  ${facts.join('. ')}.`] : []),
  ]
}

/** Why and when it was revoked, or what is suspected. */
function doubtsOf({ words: { verdicts }, language }: Context, verdict: Verdict): string[] {
  if (verdict.status === 'invalid' && verdict.revocation) {
    const { date, reason } = verdict.revocation
    return [`${verdicts.revoked(date, verdicts.reasons[reason])}.`]
  }
  if (verdict.status !== 'indeterminate' || verdict.finding === undefined) return []
  return [verdicts.finding(explain({ ...verdict, status: 'invalid', reason: verdict.finding }, language))]
}

function factsOf({ words: { verdicts } }: Context, { stamp, facility, issuer }: Verdict): string[] {
  if (stamp === undefined) return []
  const { lot, made, expires } = stamp
  return [
    lot !== undefined && verdicts.lot(printable(lot)),
    made !== undefined && verdicts.made(made),
    expires !== undefined && verdicts.expires(expires),
    facility !== undefined && verdicts.facility(printable(facility.name)),
    verdicts.issuer(printable(issuer!.name), issuer!.keyId),
  ].filter((line) => line !== false)
}

/** Which lists were asked, and how old they are: the same for all that a command checks. */
export function listAges(
  context: Context,
  now: Date,
  trustList: TrustList,
  revocationList: RevocationList | undefined,
): { readonly data: object; readonly text: string } {
  const { verdicts } = context.words
  const [trust, revocation] = [ageAt(now, trustList), revocationList && ageAt(now, revocationList)]
  const said = ({ sequence, issued, ageSeconds }: ListAge) =>
    [sequence, dayAt(context, issued), verdicts.age(Math.floor(ageSeconds / 86_400))] as const
  const lines = [
    verdicts.trustList(...said(trust)),
    ...(revocation ? [verdicts.revocationList(...said(revocation))] : []),
  ]
  return {
    data: { trustList: trust, ...(revocation && { revocationList: revocation }) },
    text: `${lines.join('. ')}.`,
  }
}

const ageAt = (now: Date, { sequence, issued, expires }: Omit<ListAge, 'ageSeconds'>): ListAge => ({
  ...{ sequence, issued, expires },
  ageSeconds: Math.floor((now.getTime() - issued.getTime()) / 1000),
})
