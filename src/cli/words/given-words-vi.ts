import type { givenEn } from './given-words-en.ts'

const FILES = {
  zip: 'tệp zip, như .xlsx và .docx',
  gzip: 'tệp nén hai lần',
  ole: 'tệp Office đời cũ',
  rtf: 'tệp của trình soạn thảo',
  html: 'trang web',
  list: 'tài liệu đã ký của veristamp',
}

/** The same in Vietnamese. */
export const givenVi: typeof givenEn = {
  noSymbol: (file) => `không tìm thấy mã QR nào trong ${file}`,
  noSymbolHow: 'chụp lại: rõ nét, từ chính diện, đủ sáng, thấy trọn mã và lề trắng quanh mã',
  badPicture: (file) => `${file} bị hỏng, hoặc không phải ảnh đọc được`,
  badPictureHow: 'lưu lại dạng PNG hoặc JPEG',
  otherPicture: (file, kind) => `${file} là ${kind.toUpperCase()}, không đọc được`,
  otherPictureHow: (file, kind) =>
    kind === 'pdf' ? `tạo ảnh từng trang: pdftoppm -r 300 -png ${file} page` : 'lưu lại dạng PNG hoặc JPEG',
  otherFile: (file, kind) => `${file} là ${FILES[kind]}, không phải danh sách mã`,
  otherFileHow: (file, kind) => {
    if (kind === 'list') return `veristamp inspect ${file}`
    return kind === 'gzip' ? `giải nén: gunzip ${file}` : 'lưu lại dạng CSV hoặc văn bản thuần'
  },
  badGzip: (file) => `${file} bị hỏng hoặc thiếu dữ liệu, không giải nén được`,
  badGzipHow: 'chép lại tệp từ nơi gửi',
  formulaLot: (lot) => `bảng tính sẽ hiểu số lô ${lot} là công thức: nên đặt số lô bắt đầu bằng chữ hoặc số`,
  noCodes: (file) => `${file} không có cột nào chứa mã`,
  noCodesHow: 'đưa tệp mỗi dòng một mã, hoặc bảng có cột tên “code”',
  bigPicture: (file) => `${file} quá lớn: ảnh không quá 32 MB và 64 triệu điểm ảnh`,
  bigPictureHow: 'thu nhỏ ảnh, hoặc cắt riêng phần có mã',
  passphraseNoText: (file) => `${file} không phải văn bản thuần`,
  passphraseNoTextHow: 'lưu cụm mật khẩu vào tệp văn bản, ở dòng đầu',
  passphraseBlank: (file) =>
    `cụm mật khẩu trong ${file} có dấu cách ở đầu hoặc cuối, và dấu cách đó được tính`,
}
