import type { systemEn, systemHowEn } from './system-words-en.ts'

/** What the system refuses, in Vietnamese: what is wrong, then what to do. */
export const systemVi: typeof systemEn = {
  denied: (file) => `${file}: không có quyền truy cập`,
  readOnly: (file) => `${file} nằm trên ổ chỉ đọc được`,
  folder: (file) => `${file} là thư mục`,
  noFolder: (file) => `${file}: một phần của đường dẫn là tệp, không phải thư mục`,
  longName: (file) => `${file}: tên quá dài`,
  badName: (file) => `${file}: hệ thống không nhận tên này`,
  circle: (file) => `${file}: các liên kết dẫn vòng tròn`,
  busy: (file) => `${file} đang được chương trình khác dùng`,
  manyFiles: (file) => `không mở được ${file}: đang mở quá nhiều tệp`,
  broken: (file) => `${file}: ổ đĩa không đọc hoặc không ghi được`,
  noFile: (file) => `${file} không phải là tệp`,
  other: (file, code) => `${file}: hệ thống từ chối (${code})`,
}

export const systemHowVi: typeof systemHowEn = {
  denied: 'xem ai có quyền đọc, ghi tệp này, hoặc chọn chỗ khác',
  readOnly: 'chọn chỗ trên ổ khác',
  folder: 'nêu tên một tệp',
  noFolder: 'xem lại đường dẫn',
  longName: 'chọn tên ngắn hơn',
  badName: 'chọn tên khác',
  circle: 'sửa hoặc xóa các liên kết đó',
  busy: 'đóng chương trình đó rồi chạy lại lệnh này',
  manyFiles: 'đóng bớt chương trình rồi chạy lại lệnh này',
  broken: 'kiểm tra ổ đĩa, dùng bản sao lưu nếu cần',
  noFile: 'nêu tên một tệp',
  other: 'chọn chỗ khác rồi chạy lại lệnh này',
}
