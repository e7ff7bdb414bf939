import { checkObject } from '../lib/checks.ts'
import { type Language, type LanguageOrMessages, type Messages, sentenceOf } from '../lib/language.ts'
import type { Reason } from './reasons.ts'
import type { Invalid, Verdict, Warning } from './verdict.ts'

/** What people read: one table a language, apart from the logic and from the stable codes. */

const en: Messages<Reason | 'valid'> = {
  valid: 'Issued by a trusted key and revoked by no list here. A copy passes too: compare the product.',
  malformed: 'This is not one of our stamps.',
  unsupported_version: 'This stamp is of a newer kind: update this app.',
  url_prefix: 'The web address in this code is not one that the authority uses.',
  slice_missing: 'Part of the lists is missing: go online and scan again.',
  unknown_key: 'No trusted issuer has the key of this stamp.',
  bad_signature: 'The signature is wrong: the stamp was forged or altered.',
  out_of_scope: 'The issuer may not stamp this facility, product or serial.',
  issuer_not_yet_valid: 'The issuer may not stamp yet.',
  issuer_expired: 'The issuer may no longer stamp.',
  expired: 'The product is past the last day stated on its stamp.',
  key_revoked: "The issuer's key was revoked.",
  revoked: 'This stamp was revoked.',
  not_issued: 'This serial has not been released.',
  unsupported_claim: 'The stamp states something that this app does not understand: update it.',
  clock_suspect: 'The clock of this device is behind: set it and scan again.',
  trust_list_missing: 'No trust list is loaded: go online and scan again.',
  trust_list_stale: 'The trust list is too old: load a newer one and scan again.',
  revocation_list_missing: 'No revocation list is loaded: load it and scan again.',
  revocation_list_stale: 'The revocation list is too old: load a newer one and scan again.',
}

const vi: Messages<Reason | 'valid'> = {
  valid:
    'Tem do đơn vị được tin cậy phát hành, chưa bị danh sách nào ở đây thu hồi. Tem sao chép vẫn hiện hợp lệ: hãy so với sản phẩm.',
  malformed: 'Đây không phải tem của hệ thống.',
  unsupported_version: 'Tem thuộc phiên bản mới hơn: hãy cập nhật ứng dụng.',
  url_prefix: 'Địa chỉ web trong mã không phải của cơ quan quản lý.',
  slice_missing: 'Chưa có đủ danh sách: hãy kết nối mạng rồi quét lại.',
  unknown_key: 'Tem không do đơn vị được tin cậy phát hành.',
  bad_signature: 'Chữ ký sai: tem bị làm giả hoặc bị sửa.',
  out_of_scope: 'Đơn vị này không được phát hành tem cho cơ sở, sản phẩm hoặc số sê-ri này.',
  issuer_not_yet_valid: 'Đơn vị này chưa đến ngày được phát hành tem.',
  issuer_expired: 'Đơn vị này không còn được phát hành tem.',
  expired: 'Sản phẩm đã quá hạn ghi trên tem.',
  key_revoked: 'Khóa của đơn vị phát hành đã bị thu hồi.',
  revoked: 'Tem này đã bị thu hồi.',
  not_issued: 'Số tem này chưa được phát hành.',
  unsupported_claim: 'Tem có nội dung mà ứng dụng chưa hiểu: hãy cập nhật ứng dụng.',
  clock_suspect: 'Đồng hồ của máy bị chậm: hãy chỉnh rồi quét lại.',
  trust_list_missing: 'Chưa có danh sách tin cậy: hãy kết nối mạng rồi quét lại.',
  trust_list_stale: 'Danh sách tin cậy đã quá cũ: hãy nạp danh sách mới rồi quét lại.',
  revocation_list_missing: 'Chưa nạp danh sách thu hồi: hãy nạp rồi quét lại.',
  revocation_list_stale: 'Danh sách thu hồi đã quá cũ: hãy nạp danh sách mới rồi quét lại.',
}

const warnings: Record<Language, Record<Warning, string>> = {
  en: {
    revocation_unchecked: 'This authority keeps no revocation list: it cannot revoke stamps.',
    rollback_unprotected: 'No protection against older lists.',
  },
  vi: {
    revocation_unchecked: 'Cơ quan này không có danh sách thu hồi nên không thu hồi được tem.',
    rollback_unprotected: 'Không chặn được danh sách cũ.',
  },
}

const tables: Record<Language, Messages<Reason | 'valid'>> = { en, vi }

/**
 * One sentence or two for the person who scanned.
 * @param language a BCP 47 tag of a language that is here: `vi`, `en`, `en-US`, as `navigator.language` gives it; or a
 * table with a sentence for `valid` and for each reason
 * @throws ArgumentTypeError or ArgumentRangeError for anything but a verdict, for other languages, and for a table that
 * lacks a sentence, which it names
 * @example
 * ```ts
 * import { explain } from 'veristamp/verify'
 *
 * const verdict = verifier.verify('anything else')
 * explain(verdict, 'en') // → 'This is not one of our stamps.'
 * explain(verdict, 'vi-VN') // → 'Đây không phải tem của hệ thống.'
 * ```
 */
export function explain(verdict: Verdict, language: LanguageOrMessages<Reason | 'valid'>): string {
  const { status, reason } = checkObject('verdict', verdict) as Partial<Invalid>
  return sentenceOf('verdict', String(reason ?? status) as Reason, tables, language)
}

/**
 * One sentence for a warning.
 * @param language as for `explain`
 * @throws as `explain` does
 * @example
 * ```ts
 * import { explainWarning } from 'veristamp/verify'
 *
 * const { warnings } = verifier.verify(scanned)
 * warnings // → ['rollback_unprotected']
 * explainWarning('rollback_unprotected', 'en') // → 'No protection against older lists.'
 * ```
 */
export const explainWarning = (warning: Warning, language: LanguageOrMessages<Warning>): string =>
  sentenceOf('warning', warning, warnings, language)
