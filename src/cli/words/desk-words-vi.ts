import type { deskEn } from './desk-words-en.ts'

type How = Parameters<(typeof deskEn)['importedRun']>[3]

const HOW: Readonly<Record<How, (detail: string) => string>> = {
  new: () => 'đã nhận',
  grown: () => 'đã cập nhật',
  known: () => 'đã có từ trước',
  unknown_key: (key) => `không nhận: danh sách tin cậy không có khóa ${key} với mã khóa của đợt này`,
  other_run: () => 'không nhận: ở đây đã có đợt cùng tên nhưng nội dung khác',
  serials_twice: (other) => `không nhận: trùng số sê-ri với đợt ${other}`,
  damaged: (reason) => `không nhận: các tệp không khớp với bản kê đã ký (${reason})`,
}

/** The same in Vietnamese. */
export const deskVi: typeof deskEn = {
  notAList: (file) => `${file} không phải danh sách đã ký, cũng không phải bản cập nhật`,
  notAListHow: (file) =>
    `xem tệp này là gì: veristamp inspect ${file}. Bản nháp thì ghép bằng: veristamp trust merge ${file}`,
  noIndexHow: 'thư mục đã công bố mới có tệp này; thư mục khác thì ghi tên từng danh sách',
  noBase: (file) => `${file} chỉ ghi thay đổi so với danh sách thu hồi trước, mà ở đây chưa có danh sách nào`,
  noBaseHow: 'trước hết hãy đem cả danh sách thu hồi về đây',
  refusedHow: 'xin cơ quan quản lý tệp đúng; đem danh sách tin cậy cùng với danh sách thu hồi',
  listHere: (kind, sequence, file) =>
    `Đã nhận ${kind === 'trust' ? 'danh sách tin cậy' : 'danh sách thu hồi'} ${sequence}: ${file}`,
  runsFolderHow:
    'ghi thư mục dự án của nhà in: cần thư mục runs/ trong đó, và state/releases.log ghi ai đã nhận tem nào',
  noRuns: (folder) => `trong ${folder} không có đợt in nào`,
  importedRun: (run, first, last, how, detail = '') =>
    `${run}  số sê-ri ${first} đến ${last}  ${HOW[how](detail)}`,
  releases: (count) => `thêm ${count} lần giao tem`,
  others: (count) => `bỏ qua ${count} đợt của nhà in khác`,
  runsLeft: (count) => `còn ${count} chỗ không nhận được`,
  runsLeftHow:
    'hãy cùng nhà in xem lại. Nếu có số sê-ri in hai lần, hãy thu hồi một đợt: veristamp revoke --run ĐỢT --reason LÝ_DO',
}
