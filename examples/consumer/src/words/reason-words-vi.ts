import type { ReasonWords } from './words.ts'

const noMoreHere = 'Đừng mua. Nếu đã mua, hãy giữ lại hàng và báo cho cơ quan quản lý.'
const scanAgain = 'Hãy lau sạch tem rồi quét lại, sao cho cả ô mã nằm gọn trong khung.'
const onlineAgain = 'Hãy bật mạng rồi kiểm tra lại.'

export const vi: ReasonWords = {
  wrongCode: {
    why: 'Tem có thật, nhưng mã dưới lớp phủ là của tem khác. Con tem này nhiều khả năng là bản sao.',
    now: noMoreHere,
  },
  reasons: {
    malformed: { why: 'Mã này không phải tem của hệ thống.', now: scanAgain },
    url_prefix: { why: 'Địa chỉ web in trên tem không phải của cơ quan quản lý.', now: noMoreHere },
    unknown_key: { why: 'Không đơn vị nào được phép phát hành đã ký tem này.', now: noMoreHere },
    bad_signature: { why: 'Tem bị làm giả, hoặc đã bị sửa sau khi in.', now: noMoreHere },
    out_of_scope: { why: 'Đơn vị ký tem không được phát hành tem cho sản phẩm này.', now: noMoreHere },
    issuer_not_yet_valid: { why: 'Đơn vị ký tem chưa đến ngày được phát hành tem.', now: noMoreHere },
    issuer_expired: { why: 'Đơn vị ký tem không còn được phát hành tem.', now: noMoreHere },
    expired: {
      why: 'Sản phẩm đã quá hạn dùng ghi trong tem.',
      now: 'Đừng mua, đừng dùng. Nếu đã mua, hãy mang trả nơi bán.',
    },
    not_issued: { why: 'Số tem này chưa được phép lưu hành.', now: noMoreHere },
    unsupported_version: { why: 'Tem này là loại mới, trang chưa đọc được.', now: onlineAgain },
    unsupported_claim: { why: 'Tem có nội dung mà trang này chưa hiểu.', now: onlineAgain },
    clock_suspect: {
      why: 'Ngày giờ trên điện thoại đang bị chậm.',
      now: 'Hãy chỉnh lại ngày giờ rồi kiểm tra lại.',
    },
    slice_missing: {
      why: 'Điện thoại chưa có phần danh sách cho tem này nên chưa biết gì về tem.',
      now: onlineAgain,
    },
    trust_list_missing: { why: 'Chưa có danh sách của cơ quan quản lý.', now: onlineAgain },
    trust_list_stale: { why: 'Danh sách lưu trên điện thoại đã quá cũ.', now: onlineAgain },
    revocation_list_missing: { why: 'Chưa có danh sách tem bị thu hồi.', now: onlineAgain },
    revocation_list_stale: { why: 'Danh sách tem bị thu hồi đã quá cũ.', now: onlineAgain },
  },
  revoked: (date) => `Ngày thu hồi: ${date}.`,
  revocations: {
    recalled: { why: 'Sản phẩm này đang bị thu hồi.', now: 'Đừng dùng. Hãy mang trả nơi bán.' },
    lost: { why: 'Tem này đã bị mất trước khi dán lên hàng.', now: noMoreHere },
    stolen: { why: 'Tem này đã bị lấy cắp.', now: noMoreHere },
    damaged: { why: 'Tem này đã hỏng và bị hủy trước khi dán lên hàng.', now: noMoreHere },
    withdrawn: {
      why: 'Sản phẩm này không còn được phép bán.',
      now: 'Đừng mua. Nếu đã mua, hãy hỏi nơi bán.',
    },
    'key-compromise': { why: 'Khóa ký của đơn vị phát hành đã bị lộ.', now: noMoreHere },
    other: { why: 'Cơ quan quản lý đã hủy tem này.', now: 'Đừng mua. Nếu đã mua, hãy hỏi nơi bán.' },
  },
  finding: (word) => `Theo danh sách cũ trên điện thoại thì: ${word.toLowerCase()}.`,
  noLists: { why: 'Chưa tải được danh sách của cơ quan quản lý.', now: onlineAgain },
  elsewhere: (site) => ({
    why: `Trang này không nằm ở ${site}.`,
    now: `Hãy tự gõ ${site} vào trình duyệt, rồi quét tem từ trang đó.`,
  }),
  framed: {
    why: 'Trang này đang bị nhúng trong một trang khác.',
    now: 'Chỉ tin câu trả lời khi mở riêng trang này.',
    open: 'Mở riêng trang này',
  },
  retry: 'Kiểm tra lại',
}
