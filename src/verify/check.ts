import type { VerifyKey } from '../ed25519/engine.ts'
import { signedMessage } from '../lib/contexts.ts'
import { checkScanned } from '../stamp/scan.ts'
import { type Finding, findAgainst } from './findings.ts'
import { type Freshness, freshnessOf, type Moment } from './freshness.ts'
import type { Candidate, Keyring, Signatory } from './keyring.ts'
import type { AuthorityLists } from './lists.ts'
import type { InvalidReason } from './reasons.ts'
import { readScan, type Scan } from './scan.ts'
import type { Checked, Indeterminate, Invalid, ListAge, Signed, Verdict, Warning } from './verdict.ts'

/**
 * The check of one text in three parts, so that many texts can have their signatures verified together:
 * `prepare` says which keys may have signed it, an engine says which of them did, `judge` says what follows.
 */

/** What texts are checked with, the same for every step. */
export interface Setting extends Moment {
  readonly authorities: readonly AuthorityLists[]
  readonly keyring: Keyring
  /** What all stamps of a key have in common: most of a batch is of few keys. */
  readonly standings: Map<Signatory, Standing>
}

/** The check of texts in one setting. */
export interface TextCheck {
  /** @throws ArgumentTypeError for an item of many that is no text */
  accept(text: unknown, index: number): void
  prepare(text: string): Prepared | Verdict
  judge(prepared: Prepared): Verdict
}

export const checkIn = (setting: Setting): TextCheck => ({
  accept(text, index) {
    if (typeof text !== 'string') checkScanned(`texts[${index}]`, text)
  },
  prepare: (text) => prepare(text, setting),
  judge: (prepared) => judge(prepared, setting),
})

/** How a key and its authority's lists stand at the moment of a setting. */
interface Standing {
  readonly freshness: Freshness
  /** What all verdicts on stamps of the key have in common. */
  readonly common: Checked & Pick<Signed, 'authority' | 'issuer' | 'trustList' | 'revocationList'>
}

/** A scan that only a signature can settle. */
export interface Prepared {
  readonly scan: Scan
  /** Those that answer for it. */
  readonly asked: readonly AuthorityLists[]
  /** The keys to try, one at the least, in this order. */
  readonly candidates: readonly Candidate[]
  /** What they should have signed. */
  readonly message: Uint8Array
  readonly signature: Uint8Array
  /** Of the candidate that is being tried. */
  key: VerifyKey
  /** Step 6: the candidate that did. */
  signatory: Signatory | undefined
}

/** Steps 1 to 5: what may have signed a text, or the verdict where nothing can have. */
function prepare(text: string, setting: Setting): Prepared | Verdict {
  const { authorities, keyring } = setting
  const scan = readScan(text) // steps 1 to 3
  if ('reason' in scan) return { ...scan, ...checked(authorities, setting) }
  const asked = answering(authorities, scan) // step 4
  if (asked.length === 0) return against('url_prefix', authorities, setting)
  const candidates = keyring.candidates(scan, asked) // step 5
  if (candidates.length === 0) return against('unknown_key', asked, setting)
  const message = signedMessage('veristamp:stamp1', scan.payloadBytes)
  const { signature } = scan
  return { scan, asked, candidates, message, signature, key: candidates[0]!.key, signatory: undefined }
}

/** Steps 6 to 16, once it was tried which candidate signed. */
function judge({ scan, asked, signatory }: Prepared, setting: Setting): Verdict {
  if (signatory === undefined) return against('bad_signature', asked, setting) // step 6
  const { stamp, carrier, unsupportedClaims } = scan
  const { trustList } = signatory.lists
  const { freshness, common } = standingOf(signatory, setting)
  const findings = findAgainst(stamp, signatory, setting.reached) // 7 to 12
  const facility = trustList.facility(stamp.facility)
  const product = trustList.product(stamp.product)
  return {
    // Named fields stand before what is spread: V8 takes fifty times as long for those behind.
    stamp,
    carrier,
    ...common,
    ...(facility && { facility }),
    ...(product && { product }),
    ...conclude(findings, unsupportedClaims, freshness), // 13 to 16
  }
}

function standingOf(signatory: Signatory, setting: Setting): Standing {
  const known = setting.standings.get(signatory)
  if (known !== undefined) return known
  const { lists, issuer } = signatory
  const { trustList, revocationList } = lists
  const { keyId, name, publicKey } = issuer
  const { now } = setting
  const common = {
    authority: trustList.authority,
    issuer: { keyId, name, publicKey },
    trustList: ageOf(trustList, now),
    ...(revocationList && { revocationList: { next: revocationList.next, ...ageOf(revocationList, now) } }),
    ...checked([lists], setting),
  }
  const standing = { freshness: freshnessOf([lists], setting), common }
  setting.standings.set(signatory, standing)
  return standing
}

const checked = (asked: readonly AuthorityLists[], { now }: Setting): Checked => ({
  checkedAt: now,
  warnings: warn(asked),
})

type Outcome = Omit<Invalid, keyof Checked | keyof Signed> | Omit<Indeterminate, keyof Checked | keyof Signed>

/** Step 4: an authority answers for the addresses that it names; a stamp without an address is any authority's. */
const answering = (authorities: readonly AuthorityLists[], { prefix }: Scan): readonly AuthorityLists[] =>
  prefix === undefined
    ? authorities
    : authorities.filter(({ trustList }) => trustList.prefixes.includes(prefix))

/** The verdict when one thing speaks against a scan and no signature for it. */
const against = (reason: InvalidReason, asked: readonly AuthorityLists[], setting: Setting): Verdict => ({
  ...(conclude([{ reason }], [], freshnessOf(asked, setting)) as Outcome),
  ...checked(asked, setting),
})

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
  const { doubt } = freshness
  if (doubt !== undefined) return { status: 'indeterminate', reason: doubt, ...pending }
  return { status: 'valid' }
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
  const lists = asked.flatMap(({ trustList, revocationList }) => [trustList, revocationList ?? trustList])
  if (lists.some(({ rollbackProtected }) => !rollbackProtected)) warnings.push('rollback_unprotected')
  return warnings
}
