import type { DocumentReason } from '../lib/document-reason.ts'
import { type Language, type LanguageOrMessages, type Messages, sentenceOf } from '../lib/language.ts'

/** What people read when a list or a scan log is refused: `it` is that file. */

const en: Messages<DocumentReason> = {
  malformed: 'It is damaged, or not a file of this system.',
  wrong_type: 'It is another kind of file than the one needed here.',
  wrong_authority: 'It comes from another authority.',
  duplicate_signature: 'One key has signed it twice.',
  threshold: 'Too few of the authority’s root keys have signed it.',
  new_threshold: 'Too few of the authority’s new root keys have signed it.',
  root_version_gap: 'A change of root keys before it is missing: load that list first.',
  root_version_rollback: 'Its root keys have been replaced since: load a newer list.',
  roots_changed: 'It changes the root keys, but not their version: tell the authority.',
  rollback: 'It is older than one this device has seen.',
  equivocation: 'It has the number of another list this device has seen: tell the authority at once.',
  store_corrupt: 'What this device remembers of earlier lists is damaged, so it can’t tell new from old.',
  public_key: 'It names a key that is not safe to use.',
  public_key_repeated: 'It names one key twice.',
  key_id_crowded: 'Too many of its keys have the same number.',
  scope_overlap: 'It lets two keys stamp the same serials.',
  catalogue_conflict: 'It gives one product to two facilities.',
  wrong_key:
    'The authority’s revocation key did not sign it. If that key is new, load the newest trust list first.',
  wrong_epoch: 'It does not fit the trust list loaded here: load the newest of both.',
  serials_overlap: 'It revokes the same serials twice.',
  delta_base: 'These changes belong to another list than the one loaded here.',
  delta_gap: 'Changes before these are missing: load those first, or the whole list.',
  unknown_scanner: 'No scanner that the trust list names has signed it.',
  bad_signature: 'Its signature is wrong: it was forged or altered.',
  wrong_place: 'It names another place than its scanner’s.',
  wrong_slice: 'It is no part of this list, or it was damaged on the way: fetch it again.',
  slices_disagree: 'Two of its parts disagree about one entry: tell the authority.',
}

const vi: Messages<DocumentReason> = {
  malformed: 'Tệp bị hỏng, hoặc không phải tệp của hệ thống này.',
  wrong_type: 'Đây là loại tệp khác, không phải loại cần ở đây.',
  wrong_authority: 'Tệp này của cơ quan quản lý khác.',
  duplicate_signature: 'Một khóa ký tệp này hai lần.',
  threshold: 'Chưa đủ khóa gốc của cơ quan quản lý ký tệp này.',
  new_threshold: 'Chưa đủ khóa gốc mới của cơ quan quản lý ký tệp này.',
  root_version_gap: 'Còn thiếu một lần đổi khóa gốc trước đó: hãy nạp danh sách ấy trước.',
  root_version_rollback: 'Khóa gốc trong tệp này đã được thay: hãy nạp danh sách mới hơn.',
  roots_changed: 'Tệp này đổi khóa gốc mà không đổi số phiên bản: hãy báo cơ quan quản lý.',
  rollback: 'Tệp này cũ hơn bản mà thiết bị đã thấy.',
  equivocation:
    'Tệp này trùng số với một danh sách khác mà thiết bị đã thấy: hãy báo ngay cho cơ quan quản lý.',
  store_corrupt: 'Dữ liệu thiết bị ghi nhớ về các danh sách trước bị hỏng, nên không biết bản nào mới hơn.',
  public_key: 'Tệp này có một khóa không an toàn.',
  public_key_repeated: 'Tệp này ghi một khóa hai lần.',
  key_id_crowded: 'Tệp này có quá nhiều khóa trùng mã khóa.',
  scope_overlap: 'Tệp này cho hai khóa ký tem cùng một số sê-ri.',
  catalogue_conflict: 'Tệp này ghi một sản phẩm cho hai cơ sở.',
  wrong_key:
    'Tệp này không do khóa thu hồi của cơ quan quản lý ký. Nếu khóa đó mới đổi, hãy nạp danh sách tin cậy mới nhất trước.',
  wrong_epoch: 'Tệp này không khớp với danh sách tin cậy ở đây: hãy nạp bản mới nhất của cả hai.',
  serials_overlap: 'Tệp này thu hồi cùng một số sê-ri hai lần.',
  delta_base: 'Phần thay đổi này là của danh sách khác, không phải danh sách đang có ở đây.',
  delta_gap: 'Còn thiếu các thay đổi trước đó: hãy nạp chúng trước, hoặc nạp cả danh sách.',
  unknown_scanner: 'Tệp này không do máy quét nào có tên trong danh sách tin cậy ký.',
  bad_signature: 'Chữ ký sai: tệp bị làm giả hoặc bị sửa.',
  wrong_place: 'Tệp này ghi nơi khác với nơi của máy quét đã ký.',
  wrong_slice: 'Đây không phải một phần của danh sách này, hoặc đã hỏng trên đường: hãy tải lại.',
  slices_disagree: 'Hai phần của danh sách ghi khác nhau về cùng một mục: hãy báo cơ quan quản lý.',
}

const tables: Readonly<Record<Language, Messages<DocumentReason>>> = { en, vi }

/**
 * Says in a sentence or two why a trust list, a revocation list, changes to it or a scan log was refused.
 * @param language a BCP 47 tag of a language that is here: `vi`, `en`, `en-US`; or a table with a sentence for each reason
 * @throws ArgumentTypeError or ArgumentRangeError for other reasons and languages, and for a table that lacks a
 * sentence, which it names
 * @example
 * ```ts
 * import { explainReason, loadTrustList } from 'veristamp/authority'
 *
 * const loaded = loadTrustList(revocationListFile, { authority, roots })
 * loaded.ok ? '' : explainReason(loaded.reason, 'en') // → 'It is another kind of file than the one needed here.'
 * ```
 */
export const explainReason = (reason: DocumentReason, language: LanguageOrMessages<DocumentReason>): string =>
  sentenceOf('reason', reason, tables, language)
