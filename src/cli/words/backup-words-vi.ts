import type { backupEn } from './backup-words-en.ts'

/** The same in Vietnamese. */
export const backupVi: typeof backupEn = {
  newFolderHow: 'chọn một thư mục mới ngoài dự án, ví dụ trên đĩa khác',
  inside: (folder) => `${folder} nằm trong dự án`,
  made: (folder, files, keys) =>
    `Đã chép ${files} tệp vào ${folder}, ${keys ? 'kèm các khóa riêng có cụm mật khẩu bảo vệ' : 'không kèm khóa riêng: hãy cất khóa ở chỗ khác'}.`,
  bad: (file) => `${file} bị thiếu hoặc hỏng, nên bản sao lưu này không dùng được`,
  badHow: 'dùng bản sao lưu khác: chưa khôi phục gì cả',
  brings: (date, authority) =>
    `Lệnh này khôi phục ${authority} như ngày ${date}. Những gì đang có vẫn giữ nguyên.`,
  other: (theirs, ours) => `bản sao lưu này của ${theirs}, còn đây là dự án của ${ours}`,
  otherHow: 'khôi phục trong thư mục riêng: --dir THƯ_MỤC',
  done: (restored, kept) =>
    `Đã khôi phục ${restored} tệp${kept > 0 ? `; ${kept} tệp đã có nên giữ nguyên` : ''}.`,
  lost: (date) =>
    `Ở đây không biết các số sê-ri đã in sau ngày ${date}: đợt in đầu tiên của mỗi sản phẩm sẽ hỏi số bắt đầu, để không số nào in hai lần.`,
  next: 'đem về đây các danh sách mới nhất (veristamp lists import TỆP), các đợt in mà nơi khác còn giữ (veristamp runs import THƯ_MỤC) và khóa riêng, rồi xem: veristamp status',
}
