import type { verdictsEn } from './verdict-words-en.ts'

/** The same in Vietnamese. */
export const verdictsVi: typeof verdictsEn = {
  status: (status) => ({ valid: 'hợp lệ', invalid: 'không hợp lệ', indeterminate: 'chưa xác định' })[status],
  lot: (lot) => `Số lô ${lot}`,
  made: (date) => `Sản xuất ngày ${date}`,
  expires: (date) => `Hạn dùng đến ${date}`,
  facility: (name) => `Của ${name}`,
  issuer: (name, keyId) => `Do ${name} phát hành (mã khóa ${keyId})`,
  revoked: (date, reason) => `Thu hồi ngày ${date}: ${reason}`,
  finding: (said) => `Nghi vấn, cần danh sách mới để khẳng định: ${said}`,
  reasons: {
    recalled: 'sản phẩm bị thu hồi',
    lost: 'tem bị mất',
    stolen: 'tem bị trộm',
    damaged: 'tem bị hỏng',
    withdrawn: 'sản phẩm ngừng lưu hành',
    'key-compromise': 'khóa bị lộ',
    other: 'lý do khác',
  },
  trustList: (sequence, issued, age) => `Danh sách tin cậy ${sequence}, lập ngày ${issued}, ${age}`,
  revocationList: (sequence, issued, age) => `Danh sách thu hồi ${sequence}, lập ngày ${issued}, ${age}`,
  age: (days) => {
    if (days < 0) return 'muộn hơn giờ của máy này'
    return days === 0 ? 'chưa đầy một ngày' : `đã ${days} ngày`
  },
}
