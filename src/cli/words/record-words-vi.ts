import { auditVi } from './audit-words-vi.ts'
import type { ToldState } from './record-states.ts'
import type { recordsEn } from './record-words-en.ts'

const STATES: Readonly<Record<ToldState, string>> = {
  unfinished: 'chưa xong',
  finished: 'đã xong',
  void: 'đã hủy',
  released: 'đã giao',
  partly_released: 'đã giao một phần',
  revoked: 'đã thu hồi',
  partly_revoked: 'đã thu hồi một phần',
}

/** The same in Vietnamese. */
export const recordsVi: typeof recordsEn = {
  runLine: (run, state) =>
    [
      `${run.id}  số sê-ri ${run.first} đến ${run.last}  ${STATES[state]}`,
      `${run.date}`,
      `${run.count} tem ${run.name}`,
      ...(run.lot === undefined ? [] : [`lô ${run.lot}`]),
      `mã khóa ${run.keyId}`,
      ...(run.released > 0 && run.released < run.count ? [`đã giao ${run.released}`] : []),
      ...(run.revoked > 0 && run.revoked < run.count ? [`đã thu hồi ${run.revoked}`] : []),
    ].join('  '),
  releases: (run, count, serials, to, date) =>
    `Ghi nhận ngày ${date} ${to} nhận ${count} tem của đợt ${run}: số sê-ri ${serials}. Lần giao này được lưu mãi trong sổ; ghi nhầm thì rút lại bằng --undo.`,
  released: (run, count, serials, to) =>
    `Đã giao cho ${to}: ${count} tem của đợt ${run}, số sê-ri ${serials}.`,
  toWhom: 'giao tem cho ai?',
  undoAlone: '--undo rút lại cả một lần giao, nên chỉ đi cùng --to',
  undoAloneHow: 'bỏ các tùy chọn khác, rồi ghi lại lần giao cho đúng',
  nothingToUndo: (run) => `chưa giao tem nào của đợt ${run} cho nơi đó`,
  nothingToUndoHow: 'veristamp audit cho biết ai đã nhận tem nào',
  undoes: (run, count, serials, to, date) =>
    `Lệnh này rút lại lần ghi ${to} nhận ${count} tem của đợt ${run} ngày ${date}: số sê-ri ${serials}. Cả hai vẫn còn trong sổ, và các hệ thống khác sẽ được báo là việc đó không xảy ra.`,
  undone: (run, count, serials) =>
    `Đã rút lại: ${count} tem của đợt ${run}, số sê-ri ${serials}, lại còn ở đây.`,
  badWhom: '--to cần một tên trên một dòng, không quá 200 ký tự',
  badWhomHow: 'ghi tên người nhận tem, ví dụ --to "Hợp tác xã Đồi Sương"',
  badGln: (text) => `${JSON.stringify(text)} không phải GLN: 13 chữ số, số cuối là số kiểm tra`,
  badGlnHow: 'sửa lại, hoặc bỏ đi: khi đó hệ thống khác không được báo ai đã nhận tem',
  badTime: (text) => `${JSON.stringify(text)} không phải ngày giờ từ nay trở về trước`,
  badTimeHow: 'ví dụ --on 2026-03-01, hoặc --on 2026-03-01T14:30',
  badDocument: (text) => `${JSON.stringify(text)} không phải URI`,
  badDocumentHow: 'ví dụ --document urn:epcglobal:cbv:bt:8935000000014:PX-104',
  notOfRun: (run, serial, first, last) =>
    `số sê-ri ${serial} không thuộc đợt ${run}; đợt này có số ${first} đến ${last}`,
  notOfRunHow: 'veristamp runs liệt kê số sê-ri của mọi đợt',
  goneTo: (run, first, last, to, date) =>
    `số sê-ri ${first} đến ${last} của đợt ${run} đã giao cho ${to} ngày ${date}`,
  goneToHow:
    'chỉ giao phần còn ở đây: veristamp runs cho biết còn bao nhiêu, veristamp audit cho biết những số nào',
  isRevoked: (serial) => `số sê-ri ${serial} đã bị thu hồi: không được dùng tem này`,
  isRevokedHow: 'bỏ các số đã thu hồi: --serials ĐẦU-CUỐI',
  aboveMark: (serial, mark) => `số sê-ri ${serial} cao hơn ngưỡng ${mark}: các trạm sẽ báo tem không hợp lệ`,
  aboveMarkHow: (facility, product, serial) =>
    `nâng ngưỡng và công bố danh sách trước: veristamp list --raise ${facility}:${product}:${serial}`,
  replaces: (run, serials, count, first, last) =>
    `Lệnh này thu hồi vĩnh viễn số sê-ri ${serials} của đợt ${run}, rồi in ${count} tem thay thế: số sê-ri ${first} đến ${last}.`,
  replaceElsewhere: 'muốn thay tem phải có danh sách thu hồi tem cũ, mà khóa ký danh sách ở cơ quan quản lý',
  replaceElsewhereHow: (run, command) =>
    `đem đợt ${run} đến cơ quan quản lý (ở đó: veristamp runs import THƯ_MỤC, rồi ${command}): tem cũ bị thu hồi, tem mới được phép in, và lệnh đó cho biết ở đây phải in gì`,
  replaceThere: (key, command) =>
    `Tem cũ đã bị thu hồi, tem mới đã được phép in. Khóa ${key} ở máy khác: đem danh sách mới đến đó (veristamp lists import TỆP), rồi: ${command}`,
  noGln: (count) => `${count} lần giao cho nơi không có GLN: hệ thống khác không được báo về các lần này`,
  badFiles: (run) => `tệp của đợt ${run} không khớp với bản kê đã ký: veristamp verify-run ${run}`,
  audited: ({ reserved, printed, released, void: gone, revoked }) =>
    `${printed} đã in, ${released} đã giao, ${reserved} đã giữ chỗ, ${gone} đã hủy, ${revoked} đã thu hồi.`,
  audit: auditVi,
}
