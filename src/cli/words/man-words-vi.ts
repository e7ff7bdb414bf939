import type { manEn } from './man-words-en.ts'

/** The same in Vietnamese. */
export const manVi: typeof manEn = {
  name: 'TÊN',
  synopsis: 'CÚ PHÁP',
  commands: 'CÁC LỆNH',
  options: 'TÙY CHỌN CHUNG',
  exit: 'MÃ THOÁT',
  environment: 'BIẾN MÔI TRƯỜNG',
  more: 'XEM THÊM',
  examples: 'Ví dụ:',
  readOn: (chapter) => `Đọc thêm: ${chapter}`,
  exits: [
    ['0', 'hợp lệ, hoặc đã xong'],
    ['1', 'không hợp lệ'],
    ['2', 'dùng sai hoặc có lỗi'],
    ['3', 'chưa kết luận được, hoặc chưa xong'],
  ],
  variables: [
    ['VERISTAMP_LANG', 'ngôn ngữ: vi hoặc en. Nếu không có thì theo LC_ALL hoặc LANG'],
    ['VERISTAMP_PASSPHRASE', 'cụm mật khẩu của các khóa'],
    ['VERISTAMP_NEW_PASSPHRASE', 'cụm mật khẩu mới, cho passphrase change'],
    ['NO_COLOR', 'không dùng màu trên màn hình, giá trị nào cũng được'],
  ],
  moreText: 'Các chương trong docs/ đi kèm chương trình này, và SPEC.md về định dạng.',
}
