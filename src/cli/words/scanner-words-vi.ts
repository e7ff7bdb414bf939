import type { scannersEn } from './scanner-words-en.ts'

/** The same in Vietnamese. */
export const scannersVi: typeof scannersEn = {
  noKey: 'chưa rõ máy nào: cần tên nơi đặt máy và khóa gồm 64 chữ số thập lục phân',
  noKeyHow:
    'đưa tệp mà máy kiểm tra đã lưu, ảnh chụp mã của máy, hoặc dòng chữ, ví dụ: veristamp scanner add "Chợ Hạ Long 1 · KHÓA"; hoặc tệp .pub kèm --place',
  named: (place) => `${place}: đã có tên, với đúng khóa này`,
  other: (place, key) =>
    `${place}: còn một khóa khác cũng ghi nơi này, ${key}…; nếu là khóa của máy trước khi xóa hết thì bỏ đi: veristamp scanner remove KHÓA`,
  leftOut: (given) => `${given}: chưa rõ máy nào, bỏ qua`,
  noneNamed: (names) => `chưa rõ máy nào: ${names}`,
  isZip: (file) => `${file} là tệp ZIP`,
  isZipHow: 'hãy giải nén, rồi đưa thư mục đó: veristamp scanner report THƯ_MỤC',
  strangerHow: 'xem các máy đã ghi tên: veristamp scanner list; ghi tên máy này: veristamp scanner add',
  onePlace: '--place và --position chỉ dùng cho một máy',
  onePlaceHow: 'thêm máy đó bằng một lệnh riêng',
  adds: (place) => `${place}: từ nay lượt quét của máy này được tính`,
  removes: (place) => `${place}: lượt quét của máy này không còn được tính`,
  which: (name, count) =>
    count === 0 ? `không có máy quét ${name}` : `có ${count} máy quét cùng tên ${name}`,
  whichHow: (places) => `nêu nơi đặt máy hoặc khóa: ${places}`,
  none: 'Chưa có máy quét nào.',
  report: (place, issued, files) => `ký tại ${place} ngày ${issued}; có ${files} tệp`,
  files: {
    unchanged: 'còn nguyên',
    changed: 'đã bị sửa',
    missing: 'bị thiếu',
    unnamed: 'không có trong báo cáo: không ai ký',
  },
  allThere: 'Mọi tệp còn nguyên như khi ký.',
  notAllThere: 'Có tệp không còn như khi ký.',
}
