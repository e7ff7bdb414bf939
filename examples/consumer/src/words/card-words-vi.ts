import type { CardWords } from './words.ts'

export const vi: CardWords = {
  facts: {
    heading: 'Hãy so với món hàng trên tay',
    says: 'Tem này ghi',
    facility: 'Nơi sản xuất',
    address: 'Địa chỉ',
    lot: 'Số lô',
    made: 'Ngày sản xuất',
    expires: 'Hạn dùng',
    serial: 'Số tem',
    gtin: 'Mã vạch',
    stars: (count) => `OCOP ${count} sao`,
    unnamed: 'Sản phẩm không có tên trong danh mục',
    picture: (product) => `Ảnh sản phẩm ${product}`,
  },
  compare: 'Có điểm nào khác thì đừng mua.',
  address: {
    heading: 'Hãy nhìn thanh địa chỉ',
    only: ['Chỉ tin màu xanh này khi địa chỉ trên cùng bắt đầu bằng ', '.'],
    surer: ['Muốn chắc hơn, hãy tự gõ ', ' rồi quét tem từ trang đó.'],
    noBar: 'Không thấy thanh địa chỉ? Hãy mở trang bằng trình duyệt.',
  },
  hidden: {
    heading: 'Tem này có mã ẩn',
    intro: 'Lớp phủ phải còn nguyên. Hãy cào lớp phủ rồi gõ mã bên dưới.',
    label: 'Mã dưới lớp phủ',
    check: 'Kiểm tra mã',
    right: 'Mã ẩn đúng là của tem này.',
    rightHint: 'Nếu lớp phủ đã bị cào từ trước thì vẫn đừng mua.',
    letters: 'Có ký tự không thể có trong mã ẩn. Hãy gõ lại.',
    short: 'Mã chưa đủ. Hãy gõ hết mã.',
    compare: 'Mã chưa khớp. Hãy so từng chữ với mã trên tem, rồi bấm kiểm tra lần nữa.',
    again: 'Gõ lại mã',
  },
  scan: {
    start: 'Quét tem',
    another: 'Quét tem khác',
    picture: 'Chọn ảnh chụp tem',
    hint: 'Đưa ô mã trên tem vào giữa khung',
    close: 'Tắt máy ảnh',
    faults: {
      denied: 'Chưa được phép dùng máy ảnh. Hãy cho phép trong cài đặt trình duyệt, hoặc chọn một ảnh.',
      missing: 'Không tìm thấy máy ảnh. Hãy chọn một ảnh.',
      busy: 'Ứng dụng khác đang dùng máy ảnh. Hãy tắt ứng dụng đó rồi quét lại, hoặc chọn một ảnh.',
      insecure: 'Máy ảnh chỉ chạy trên trang https. Hãy chọn một ảnh.',
    },
    nothing: 'Không thấy mã nào trong ảnh. Hãy chụp gần hơn và đủ sáng.',
    foreign: 'Mã này không phải tem.',
    torch: 'Đèn',
  },
  home: {
    heading: 'Kiểm tra con\u00a0tem trên tay bạn',
    intro: 'Quét ô mã trên tem. Điện thoại tự kiểm tra, không gửi mã tem đi đâu.',
    meanings: 'Có ba loại câu trả lời',
    meaning: {
      good: 'Tem do cơ quan quản lý phát hành, chưa bị thu hồi.',
      bad: 'Tem giả, hết hạn hoặc đã bị thu hồi.',
      unsure: 'Chưa đủ thông tin để trả lời.',
    },
  },
  report: {
    open: 'Báo hàng đáng ngờ',
    heading: 'Báo hàng đáng ngờ',
    intro: 'Chưa có gì được gửi đi. Bạn xem trước, rồi tự gọi hoặc tự gửi.',
    where: 'Bạn thấy món hàng này ở đâu?',
    sent: 'Nội dung sẽ gửi',
    subject: 'Báo hàng đáng ngờ',
    lines: {
      answer: 'Trang kiểm tra trả lời',
      product: 'Sản phẩm',
      serial: 'Số tem',
      checked: 'Lúc',
      where: 'Nơi thấy hàng',
    },
    call: (number) => `Gọi ${number}`,
    mail: 'Soạn thư',
    send: 'Gửi',
    done: 'Đã gửi. Cảm ơn bạn.',
    failed: 'Chưa gửi được. Hãy thử lại khi có mạng.',
    nobody:
      'Cơ quan quản lý chưa công bố nơi nhận tin báo. Hãy báo cho ban quản lý chợ hoặc quản lý thị trường.',
  },
  lists: {
    age: (days, date) =>
      days < 1
        ? `Theo danh sách mới nhất, ngày ${date}.`
        : `Theo danh sách ngày ${date}, cách đây ${days} ngày.`,
    offline: 'Điện thoại đang không có mạng, nên chưa tải được danh sách mới.',
    suspicious: 'Máy chủ đã đưa ra danh sách không đáng tin. Trang vẫn dùng danh sách trước đó.',
  },
  privacy:
    'Điện thoại của bạn tự kiểm tra tem. Trang này không đếm lượt xem, không theo dõi ai, không hỏi bên thứ ba.',
  otherLanguage: 'English',
}
