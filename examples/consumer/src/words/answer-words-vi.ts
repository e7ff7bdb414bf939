import type { AnswerWords } from './words.ts'

export const vi: AnswerWords = {
  title: 'Kiểm tra tem',
  checking: 'Đang kiểm tra…',
  answers: {
    valid: 'Hợp lệ',
    wrong_code: 'Mã ẩn không khớp',
    not_valid: 'Không hợp lệ',
    forged: 'Tem giả',
    revoked: 'Đã thu hồi',
    expired: 'Hết hạn',
    unknown: 'Không tin cậy',
    no_stamp: 'Không phải tem',
    unsure: 'Chưa rõ',
    unchecked: 'Chưa kiểm tra',
    elsewhere: 'Sai địa chỉ',
    framed: 'Không trả lời ở đây',
  },
  valid: (authority) => `Tem này do ${authority} phát hành và chưa bị thu hồi.`,
  unchecked: 'Cơ quan này không có danh sách thu hồi nên không thu hồi được tem.',
  notMeant: 'Kẻ gian có thể chụp lại tem này để dán lên hàng khác: tem hợp lệ chưa chắc là hàng thật.',
}
