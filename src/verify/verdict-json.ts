import { argumentType, isMalformed, type Malformed } from '../lib/errors.ts'
import { REVOCATION_REASONS } from '../revocation/body.ts'
import type { Revocation } from '../revocation/revocation-list.ts'
import type { Carrier } from '../stamp/carrier.ts'
import { checkStamp, MAX_KEY_ID, type Stamp } from '../stamp/stamp.ts'
import { facilityShape, MAX_NAME_LENGTH, productShape } from '../trust/catalogue.ts'
import {
  entryForm,
  hexForm,
  instantForm,
  type JsonForm,
  objectForm,
  oneOfForm,
  pairsForm,
  setForm,
  textForm,
  wholeForm,
} from './json-forms.ts'
import { REASONS } from './reason-table.ts'
import { DEPENDS_ON, type InvalidReason, type Reason } from './reasons.ts'
import type { ListAge, RevocationListAge, Signed, Verdict, Warning } from './verdict.ts'

/** A verdict as plain JSON (schemas/verdict-1.schema.json): dates in ISO 8601, bytes in hexadecimal digits. */
export interface VerdictJson {
  readonly format: 'veristamp-verdict-1'
  readonly status: Verdict['status']
  readonly reason?: Reason
  readonly [field: string]: unknown
}

export type VerdictFromJson =
  | { readonly ok: true; readonly verdict: Verdict }
  | {
      readonly ok: false
      readonly reason: 'malformed' /** The field. Not stable. */
      readonly detail: string
    }

/** Any verdict's fields; what goes together is asked afterwards. */
interface Loose extends Partial<Omit<Signed, 'issuer'>> {
  readonly format: string
  readonly status: string
  readonly reason?: Reason
  readonly detail?: string
  readonly finding?: InvalidReason
  readonly keyId?: number
  readonly revocation?: Revocation
  readonly checkedAt: Date
  readonly warnings: readonly Warning[]
  readonly issuer?: Signed['issuer']
}

const FORMAT = 'veristamp-verdict-1'
const CARRIERS = Object.keys({
  base45: 1,
  digits: 1,
  url: 1,
  gs1: 1,
} satisfies Record<Carrier, unknown>) as Carrier[]
const DATE = /^\d{4}-\d{2}-\d{2}$/
const reasons = Object.keys(REASONS) as Reason[]
/** A newer list may clear it, so it may be pending. */
const pending = (Object.keys(DEPENDS_ON) as InvalidReason[]).filter((each) => DEPENDS_ON[each] !== 'nothing')
/** Reasons that are given before a signature held. */
const UNSIGNED: readonly unknown[] = [
  'malformed',
  'unsupported_version',
  'url_prefix',
  'slice_missing',
  'unknown_key',
  'bad_signature',
] satisfies Reason[]
/** What nothing that was found stands beside. */
const HAS_NO_FINDING: readonly unknown[] = ['unsupported_version', 'slice_missing'] satisfies Reason[]
const SIGNED = ['stamp', 'carrier', 'authority', 'issuer', 'trustList'] as const
const IF_SIGNED = ['revocationList', 'facility', 'product'] as const

const listAge = {
  sequence: wholeForm(0),
  issued: instantForm,
  expires: instantForm,
  ageSeconds: wholeForm(Number.MIN_SAFE_INTEGER),
}
const lot = textForm(/^/, 20)
const day = textForm(DATE, 10)
const id = wholeForm(0)

const stampForm: JsonForm<Stamp> = objectForm<Stamp>(
  {
    facility: id,
    product: id,
    serial: id,
    lot,
    made: day,
    expires: day,
    seal: hexForm,
    extensions: pairsForm as JsonForm<NonNullable<Stamp['extensions']>>,
  },
  ['lot', 'made', 'expires', 'seal', 'extensions'],
)

const verdictForm: JsonForm<Loose> = objectForm<Loose>(
  {
    format: oneOfForm([FORMAT]),
    status: oneOfForm(['valid', 'invalid', 'indeterminate']),
    reason: oneOfForm(reasons),
    detail: textForm(/^/, 200),
    finding: oneOfForm(pending),
    keyId: wholeForm(0, MAX_KEY_ID),
    revocation: objectForm<Revocation>({ reason: oneOfForm(REVOCATION_REASONS), date: day }),
    checkedAt: instantForm,
    warnings: setForm(oneOfForm<Warning>(['revocation_unchecked', 'rollback_unprotected'])),
    stamp: stampForm,
    carrier: oneOfForm(CARRIERS),
    authority: textForm(/^[a-z0-9][a-z0-9.-]*$/, 64),
    issuer: objectForm<Signed['issuer']>({
      keyId: wholeForm(0, MAX_KEY_ID),
      name: textForm(/./s, MAX_NAME_LENGTH),
      publicKey: hexForm,
    }),
    trustList: objectForm<ListAge>(listAge),
    revocationList: objectForm<RevocationListAge>({ ...listAge, next: instantForm }),
    facility: entryForm(facilityShape),
    product: entryForm(productShape),
  },
  ['reason', 'detail', 'finding', 'keyId', 'revocation', ...SIGNED, ...IF_SIGNED],
)

/**
 * Writes a verdict as plain JSON, for a web request or a log. Nothing in it is signed: whoever gets it believes the
 * way by which it came.
 * @throws ArgumentTypeError for anything but a verdict
 * @example
 * ```ts
 * import { verdictToJson } from 'veristamp'
 *
 * const json = verdictToJson(verifier.verify('HELLO'))
 * json.reason // → 'malformed'
 * ```
 */
export function verdictToJson(verdict: Verdict): VerdictJson {
  try {
    const json = verdictForm.write({ ...(verdict as unknown as Loose), format: FORMAT }) as VerdictJson
    if (verdictFromJson(json).ok) return json
  } catch {} // what a field is not
  throw argumentType('verdict', 'a verdict', verdict)
}

/**
 * Reads a verdict that `verdictToJson` wrote. It says what was written, and proves nothing.
 * @param json the value, not its text: pass `JSON.parse(text)`
 * @returns the verdict, or `malformed` with the field for what is none; never throws for what JSON can say
 * @example
 * ```ts
 * import { verdictFromJson, verdictToJson } from 'veristamp'
 *
 * const answer = verdictFromJson(verdictToJson(verifier.verify(scanned)))
 * if (!answer.ok) throw new Error(answer.detail)
 * answer.verdict.status // → 'valid'
 * verdictFromJson({ status: 'valid' }) // → { ok: false, reason: 'malformed', detail: 'format' }
 * ```
 */
export function verdictFromJson(json: unknown): VerdictFromJson {
  try {
    const loose = verdictForm.read(json, '')
    const detail = faultOf(loose)
    if (detail !== undefined) return { ok: false, reason: 'malformed', detail }
    const { format: _, ...verdict } = loose
    return { ok: true, verdict: verdict as unknown as Verdict }
  } catch (error) {
    if (!isMalformed(error)) throw error
    return { ok: false, reason: 'malformed', detail: (error as Malformed).detail.replace('field:', '') }
  }
}

/** What does not go together, by the first field that is wrong. */
function faultOf(said: Loose): string | undefined {
  const { status, reason, finding, revocation, stamp, issuer, facility, product } = said
  if (status !== (reason === undefined ? 'valid' : REASONS[reason].status)) return 'reason'
  if (finding !== undefined && (status !== 'indeterminate' || HAS_NO_FINDING.includes(reason)))
    return 'finding'
  if ((said.keyId !== undefined) !== (reason === 'slice_missing')) return 'keyId'
  if (said.detail !== undefined && status === 'valid') return 'detail'
  if ((revocation !== undefined) !== (reason === 'revoked' || reason === 'key_revoked')) return 'revocation'
  if (revocation && !isDay(revocation.date)) return 'revocation.date'
  const isSigned = !UNSIGNED.includes(finding ?? reason)
  const wrong = SIGNED.find((field) => (said[field] !== undefined) !== isSigned)
  if (wrong) return wrong
  if (!isSigned) return IF_SIGNED.find((field) => said[field] !== undefined)
  if (!isStamp(stamp!)) return 'stamp'
  if (issuer!.publicKey.length !== 32) return 'issuer.publicKey'
  if (facility && facility.id !== stamp!.facility) return 'facility.id'
  return product && product.id !== stamp!.product ? 'product.id' : agesFault(said)
}

function agesFault({ checkedAt, trustList, revocationList }: Loose): string | undefined {
  const isWrong = (list: ListAge | undefined) =>
    list && Math.floor((+checkedAt - +list.issued) / 1000) !== list.ageSeconds
  if (isWrong(trustList)) return 'trustList.ageSeconds'
  return isWrong(revocationList) ? 'revocationList.ageSeconds' : undefined
}

/** Whether issuers may state this. */
function isStamp(stamp: Stamp): boolean {
  try {
    return checkStamp(stamp) === stamp
  } catch {
    return false
  }
}

const isDay = (date: string): boolean => {
  const day = new Date(`${date}T00:00:00Z`)
  return !Number.isNaN(+day) && day.toISOString().startsWith(date)
}
