import { randomBytes } from 'node:crypto'
import type { Signer } from '../../ed25519/signer.ts'
import { dayOf } from '../../lib/dates.ts'
import { nativeEngine } from '../../node/native-engine.ts'
import type { RevocationList } from '../../revocation/revocation-list.ts'
import { runEngine } from '../../run/check-signatures.ts'
import type { Reservation, RunJob } from '../../run/job.ts'
import { runIssuer } from '../../run/signing.ts'
import type { TrustedIssuer, TrustList } from '../../trust/trust-list.ts'
import { createVerifier } from '../../verify/verifier.ts'
import { dayAt } from '../project/desk-day.ts'
import { warnOfEnds } from '../project/ends.ts'
import { mayStamp } from '../project/products.ts'
import { warn } from '../shell/confirm.ts'
import type { Context } from '../shell/context.ts'
import { Failure } from '../shell/io.ts'

/** Whether stamps would be valid at all, asked of the lists at hand before any is printed. */

export interface Standing {
  readonly trustList: TrustList
  readonly revocationList: RevocationList | undefined
  readonly issuer: TrustedIssuer
}

const DAY = 86_400_000

/** @throws Failure for lists, a key or claims with which no stamp is valid today, whatever its serial */
export function checkTime(context: Context, { trustList, issuer }: Standing, job: RunJob): void {
  const { words } = context
  const now = context.io.now()
  const dateOf = (time: Date) => dayAt(context, time)
  if (now < trustList.issued)
    throw new Failure(
      'clock_suspect',
      words.clockBehind(dateOf(now), dateOf(trustList.issued)),
      words.clockHow,
    )
  if (now >= trustList.expires)
    throw new Failure('trust_list_stale', words.trustExpired(dateOf(trustList.expires)), words.noTrustHow)
  const { notBefore, notAfter, name } = issuer
  if (now < notBefore)
    throw new Failure(
      'issuer_not_yet_valid',
      words.issuerNotYet(name, dateOf(notBefore)),
      words.issuerNotYetHow,
    )
  if (now > notAfter)
    throw new Failure('issuer_expired', words.issuerExpired(name, dateOf(notAfter)), words.newKeyHow)
  const { expires, prefix } = job
  if (expires !== undefined && now.getTime() >= (dayOf('expires', expires) + 1) * DAY)
    throw new Failure('expired', words.jobExpired(expires), words.jobExpiredHow)
  if (prefix !== undefined && !trustList.prefixes.includes(prefix))
    throw new Failure('url_prefix', words.noPrefix(prefix), words.noPrefixHow)
}

/** Warns of lists and keys with which stamps are good today, but not where or when they are checked. */
export function warnOfTime(
  context: Context,
  { issuer }: Standing,
  { expires }: Pick<RunJob, 'expires'>,
): void {
  const { words, io } = context
  const now = io.now().getTime()
  warnOfEnds(context)
  const good = expires === undefined ? now : (dayOf('expires', expires) + 1) * DAY - 1
  if (good > issuer.notAfter.getTime())
    warn(context, words.issuerEnds(issuer.name, dayAt(context, issuer.notAfter)))
}

/** @throws Failure for serials that the key may not stamp, or of which one is revoked, or the key above it */
export function checkSerials(
  { words }: Context,
  { trustList, revocationList, issuer }: Standing,
  { facility, product, first, last }: Pick<Reservation, 'facility' | 'product' | 'first' | 'last'>,
): void {
  const mark = { facility, product, serial: first }
  if (!mayStamp(trustList, issuer, mark)) throw new Failure('no_scope', words.noScope(mark), words.noScopeHow)
  // A key is revoked above a serial, so the last one tells of all.
  const revoked = revocationList?.ofKey(issuer.publicKey).revocation(facility, product, last)
  if (revoked !== undefined)
    throw new Failure(
      'key_revoked',
      words.keyRevoked(issuer.name, revoked.date, words.verdicts.reasons[revoked.reason]),
      words.newKeyHow,
    )
  for (let serial = first; revocationList !== undefined && serial <= last; serial++) {
    const { date, reason } = revocationList.findSerial(facility, product, serial) ?? {}
    if (date !== undefined)
      throw new Failure(
        'revoked',
        words.serialRevoked(serial, date, words.verdicts.reasons[reason!]),
        words.serialRevokedHow,
      )
  }
}

/** What newer lists will answer, and what is asked of the lists at hand elsewhere. */
const OPEN = ['clock_suspect', 'revocation_list_missing', 'revocation_list_stale']

/**
 * Signs the first stamp of a run and verifies it as a kiosk with the lists at hand would: the key, its id and its
 * scope belong together. The stamp goes nowhere.
 * @throws Failure `not_valid`; VeristampError `signing_failed`
 */
export async function checkFirstStamp(
  { words, io }: Context,
  { trustList, revocationList }: Standing,
  run: Reservation,
  signer: Signer,
): Promise<void> {
  const secret = run.sealed ? new Uint8Array(randomBytes(32)) : undefined
  const [row] = await runIssuer(run, signer, secret, await runEngine()).issue(run.first, 1)
  const revocationLists = revocationList ? [revocationList] : []
  const verifier = createVerifier({ trustLists: [trustList], revocationLists, engine: nativeEngine })
  const verdict = verifier.verify(row!.code, { now: io.now() })
  if (verdict.status === 'valid' || OPEN.includes(verdict.reason)) return
  throw new Failure('not_valid', words.runs.firstStamp(verdict.reason), words.runs.firstStampHow)
}
