import type { Engine } from '../ed25519/engine.ts'
import { argumentRange, argumentType } from '../lib/errors.ts'
import type { RevocationList } from '../revocation/revocation-list.ts'
import type { TrustList } from '../trust/trust-list.ts'
import { type Finding, findAgainst } from './findings.ts'
import { type Freshness, freshnessOf, surelyReached } from './freshness.ts'
import { createKeyring, type Signatory } from './keyring.ts'
import { type AuthorityLists, pairLists } from './lists.ts'
import type { InvalidReason } from './reasons.ts'
import { readScan, type Scan } from './scan.ts'
import type { Checked, Indeterminate, Invalid, ListAge, Signed, Verdict, Warning } from './verdict.ts'

export interface VerifierOptions {
  /** One list an authority. A public key may stand in one of them only. */
  readonly trustLists: readonly TrustList[]
  /** At most one for each of them. Without one, no stamp of an authority that names a revocation key is valid. */
  readonly revocationLists?: readonly RevocationList[]
  /** What verifies signatures: the engine that the lists were loaded with unless given. */
  readonly engine?: Engine
  /** Seconds after its `issued` from which on a list counts as stale even before it expires. */
  readonly maxListAge?: number
}

export interface VerifyOptions {
  /** The moment of the check, the same for every step. The system's clock, read once, unless given. */
  readonly now?: Date
}

export interface Verifier {
  /**
   * Checks one scanned text (SPEC.md, "Verification"). Never throws on a scan, whatever the text.
   * @throws ArgumentTypeError or ArgumentRangeError for a `now` that is no date
   */
  verify(text: string, options?: VerifyOptions): Verdict
}

/**
 * A verifier for stamps of the authorities whose trust lists it is given. It holds no state: for newer lists
 * make a new one.
 * @throws ArgumentTypeError or ArgumentRangeError for options that can't be; VeristampError `key_shared`
 */
export function createVerifier(options: VerifierOptions): Verifier {
  const {
    trustLists,
    revocationLists = [],
    engine,
    maxListAge = Number.POSITIVE_INFINITY,
  } = checkOptions(options)
  const authorities = pairLists(trustLists, revocationLists)
  const keyring = createKeyring(trustLists, engine)
  const floor = newestIssued([...trustLists, ...revocationLists])

  return {
    verify(text, { now = new Date() } = {}) {
      checkNow(now)
      const freshness = (asked: readonly AuthorityLists[]): Freshness =>
        freshnessOf({ now, floor, maxListAge, asked })
      const checked = (asked: readonly AuthorityLists[]): Checked => ({
        checkedAt: now,
        warnings: warn(asked),
      })

      const read = readScan(text) // steps 1 to 3
      if (!read.ok) return { ...checked(authorities), ...unreadable(read) }
      const { scan } = read
      const asked = authorities.filter(({ trustList }) => allows(trustList, scan)) // step 4
      if (asked.length === 0)
        return { ...checked(authorities), ...against('url_prefix', freshness(authorities)) }
      const signatory = keyring.find(scan, asked) // steps 5 and 6
      if (typeof signatory === 'string') return { ...checked(asked), ...against(signatory, freshness(asked)) }

      const own = [signatory.lists]
      const findings = findAgainst(scan.stamp, signatory, surelyReached(now, floor)) // 7 to 12
      const outcome = conclude(findings, scan.unsupportedClaims, freshness(own)) // 13 to 16
      return { ...checked(own), ...describeSigned(scan, signatory, now), ...outcome }
    },
  }
}

type Unreadable = Exclude<ReturnType<typeof readScan>, { ok: true }>
type Outcome = Omit<Invalid, keyof Checked | keyof Signed> | Omit<Indeterminate, keyof Checked | keyof Signed>

const unreadable = ({ reason, detail }: Unreadable): Outcome =>
  reason === 'malformed' ? { status: 'invalid', reason, detail } : { status: 'indeterminate', reason, detail }

/** Step 4: an authority answers for the addresses that it names; one without an address is any authority's. */
const allows = (list: TrustList, { prefix }: Scan): boolean =>
  prefix === undefined || list.prefixes.includes(prefix)

/** The outcome when one thing speaks against the scan and no signature for it. */
const against = (reason: InvalidReason, freshness: Freshness): Outcome =>
  conclude([{ reason }], [], freshness) as Outcome

/**
 * What the findings come to: a finding that no newer list could change is final; then doubts keep the answer
 * open; and without either the stamp is valid.
 */
function conclude(
  findings: readonly Finding[],
  unsupportedClaims: readonly number[],
  freshness: Freshness,
): Outcome | { readonly status: 'valid' } {
  const final = findings.find(({ reason }) => freshness.settles(reason))
  if (final !== undefined) return { status: 'invalid', ...final }
  const pending = findings[0] === undefined ? {} : { finding: findings[0].reason }
  if (unsupportedClaims.length > 0) {
    const detail = `claim ${unsupportedClaims.join(', ')}`
    return { status: 'indeterminate', reason: 'unsupported_claim', detail, ...pending }
  }
  const doubt = freshness.doubts[0]
  if (doubt !== undefined) return { status: 'indeterminate', reason: doubt, ...pending }
  return { status: 'valid' }
}

function describeSigned(scan: Scan, { lists, issuer }: Signatory, now: Date): Signed {
  const { trustList, revocationList } = lists
  const facility = trustList.facility(scan.stamp.facility)
  const product = trustList.product(scan.stamp.product)
  return {
    stamp: scan.stamp,
    carrier: scan.carrier,
    authority: trustList.authority,
    issuer: { keyId: issuer.keyId, name: issuer.name, publicKey: issuer.publicKey },
    trustList: ageOf(trustList, now),
    ...(revocationList && {
      revocationList: { ...ageOf(revocationList, now), next: revocationList.next },
    }),
    ...(facility && { facility }),
    ...(product && { product }),
  }
}

const ageOf = ({ sequence, issued, expires }: Omit<ListAge, 'ageSeconds'>, now: Date): ListAge => ({
  sequence,
  issued,
  expires,
  ageSeconds: Math.floor((now.getTime() - issued.getTime()) / 1000),
})

function warn(asked: readonly AuthorityLists[]): Warning[] {
  const warnings: Warning[] = []
  if (asked.some(({ trustList }) => !trustList.revocationKey)) warnings.push('revocation_unchecked')
  if (
    asked.some(
      ({ trustList, revocationList = trustList }) =>
        !(trustList.rollbackProtected && revocationList.rollbackProtected),
    )
  )
    warnings.push('rollback_unprotected')
  return warnings
}

const newestIssued = (lists: readonly Pick<ListAge, 'issued'>[]): Date =>
  new Date(Math.max(...lists.map(({ issued }) => issued.getTime())))

function checkOptions(options: VerifierOptions): VerifierOptions {
  const expected = 'one TrustList or more, as loadTrustList makes them'
  const { trustLists, revocationLists = [], maxListAge } = options ?? {}
  if (!Array.isArray(trustLists) || trustLists.length === 0) {
    throw argumentType('trustLists', expected, trustLists)
  }
  if (!Array.isArray(revocationLists)) {
    throw argumentType(
      'revocationLists',
      'RevocationLists, as loadRevocationList makes them',
      revocationLists,
    )
  }
  if (maxListAge !== undefined && !(maxListAge > 0)) {
    throw argumentRange('maxListAge', 'a number of seconds above 0', maxListAge)
  }
  return options
}

function checkNow(now: unknown): void {
  if (!(now instanceof Date)) throw argumentType('now', 'a Date', now)
  if (Number.isNaN(now.getTime())) throw argumentRange('now', 'a Date that is one', 'an invalid Date')
}
