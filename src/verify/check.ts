import type { VerifyKey } from '../ed25519/engine.ts'
import { signedMessage } from '../lib/contexts.ts'
import { checkScanned } from '../stamp/scan.ts'
import { type Finding, findAgainst } from './findings.ts'
import { type Freshness, freshnessOf, type Moment } from './freshness.ts'
import type { Candidate, Keyring, Signatory } from './keyring.ts'
import { type AuthorityLists, lacksSlice } from './lists.ts'
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

/** @throws ArgumentTypeError for an item of many that is no text */
export function acceptText(text: unknown, index: number): void {
  if (typeof text !== 'string') checkScanned(`texts[${index}]`, text)
}

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
export function prepare(text: string, setting: Setting): Prepared | Verdict {
  const { authorities, keyring } = setting
  const scan = readScan(text) // steps 1 to 3
  if ('reason' in scan) return { ...scan, ...checked(authorities, setting) }
  const asked = answering(authorities, scan) // step 4
  if (asked.length === 0) return against('url_prefix', authorities, setting)
  const candidates = keyring.candidates(scan, asked) // step 5
  if (candidates.length === 0) return against('unknown_key', asked, setting, scan.keyId)
  const message = signedMessage('veristamp:stamp1', scan.payloadBytes)
  const { signature } = scan
  return { scan, asked, candidates, message, signature, key: candidates[0]!.key, signatory: undefined }
}

/** Steps 6 to 16, once it was tried which candidate signed. */
export function judge({ scan, asked, signatory }: Prepared, setting: Setting): Verdict {
  if (!signatory) return against('bad_signature', asked, setting, scan.keyId) // step 6
  return verdictOn(scan, signatory, outcomeOf(scan, signatory, setting), setting)
}

/** Steps 7 to 16: what a stamp comes to whose signature held. */
export function outcomeOf(
  { stamp, unsupportedClaims }: Pick<Scan, 'stamp' | 'unsupportedClaims'>,
  signatory: Signatory,
  setting: Setting,
): Outcome {
  const findings = findAgainst(stamp, signatory, setting.reached) // 7 to 12
  return conclude(findings, unsupportedClaims, standingOf(signatory, setting).freshness) // 13 to 16
}

/** The verdict that tells an outcome, with all that the signature vouches for. */
export function verdictOn(
  { stamp, carrier }: Pick<Scan, 'stamp' | 'carrier'>,
  signatory: Signatory,
  outcome: Outcome,
  setting: Setting,
): Verdict {
  const { trustList } = signatory.lists
  const facility = trustList.facility(stamp.facility)
  const product = trustList.product(stamp.product)
  return {
    // Named fields stand before what is spread: V8 takes fifty times as long for those behind.
    stamp,
    carrier,
    ...standingOf(signatory, setting).common,
    ...(facility && { facility }),
    ...(product && { product }),
    ...outcome,
  } as Verdict
}

function standingOf(signatory: Signatory, setting: Setting): Standing {
  const known = setting.standings.get(signatory)
  if (known) return known
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

/** What speaks for or against a stamp, without the stamp. */
export type Outcome =
  | { readonly status: 'valid' }
  | Omit<Invalid, keyof Checked | keyof Signed>
  | Omit<Indeterminate, keyof Checked | keyof Signed>

/** Step 4: an authority answers for the addresses that it names; a stamp without an address is any authority's. */
const answering = (authorities: readonly AuthorityLists[], { prefix }: Scan): readonly AuthorityLists[] =>
  prefix === undefined
    ? authorities
    : authorities.filter(({ trustList }) => trustList.prefixes.includes(prefix))

/**
 * The verdict when one thing speaks against a scan and no signature for it. Where the slice of its key id is not here, a
 * key that it names may have signed.
 */
const against = (
  reason: InvalidReason,
  asked: readonly AuthorityLists[],
  setting: Setting,
  keyId = NO_KEY_ID,
): Verdict => ({
  ...(asked.some((lists) => lacksSlice(lists, keyId))
    ? ({ status: 'indeterminate', reason: 'slice_missing', keyId } as const)
    : (conclude([{ reason }], [], freshnessOf(asked, setting)) as Exclude<Outcome, { status: 'valid' }>)),
  ...checked(asked, setting),
})

/** In no slice. */
const NO_KEY_ID = -1

/**
 * What the findings come to: a finding that no newer list could change is final; then doubts keep the answer
 * open; and without either the stamp is valid.
 */
function conclude(
  findings: readonly Finding[],
  unsupportedClaims: readonly number[],
  freshness: Freshness,
): Outcome {
  const final = findings.find(({ reason }) => freshness.settles(reason))
  if (final) return { status: 'invalid', ...final }
  const pending = findings[0] === undefined ? {} : { finding: findings[0].reason }
  if (unsupportedClaims.length > 0) {
    const detail = `claim ${unsupportedClaims.join(', ')}`
    return { status: 'indeterminate', reason: 'unsupported_claim', detail, ...pending }
  }
  const { doubt } = freshness
  if (doubt) return { status: 'indeterminate', reason: doubt, ...pending }
  return { status: 'valid' }
}

/** How old a list is at a moment. */
export const ageOf = ({ sequence, issued, expires }: Omit<ListAge, 'ageSeconds'>, now: Date): ListAge => ({
  sequence,
  issued,
  expires,
  ageSeconds: Math.floor((+now - +issued) / 1000),
})

function warn(asked: readonly AuthorityLists[]): Warning[] {
  const warnings: Warning[] = []
  if (asked.some(({ trustList }) => !trustList.revocationKey)) warnings.push('revocation_unchecked')
  const lists = asked.flatMap(({ trustList, revocationList }) => [trustList, revocationList ?? trustList])
  if (lists.some(({ rollbackProtected }) => !rollbackProtected)) warnings.push('rollback_unprotected')
  return warnings
}
