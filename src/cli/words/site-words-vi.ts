import type { siteEn } from './site-words-en.ts'

/** What people read about sites, in Vietnamese. */
export const siteVi: typeof siteEn = {
  which: 'hãy cho biết ghi trang vào đâu, hoặc kiểm tra trang nào',
  whichHow: 'veristamp site -o THƯ_MỤC, hoặc veristamp site --check https://tem.example/',
  noPrefix: 'dự án chưa có địa chỉ web: chưa biết trang sẽ nằm ở đâu',
  noPrefixHow:
    'thêm "prefixes": ["HTTPS://TEM.EXAMPLE/#"] vào veristamp.json, rồi chạy veristamp trust build',
  unlisted: (prefix) => `danh sách tin cậy chưa cho phép ${prefix}`,
  unlistedHow: 'veristamp trust build',
  elsewhere: (prefix) => `tem của ${prefix} dẫn tới nơi khác: trang này không trả lời cho chúng`,
  picturesElsewhere: (count) =>
    `${count} ảnh nằm ở máy chủ khác. Trang không hỏi máy chủ nào khác nên không hiện được: hãy chép tệp ảnh vào registry/ rồi ghi tên tệp trong products.csv`,
  pictureMissing: (product, file) => `sản phẩm ${product}: không có ảnh registry/${file}`,
  pictureUnreadable: (product, file) =>
    `sản phẩm ${product}: registry/${file} không phải ảnh JPEG, PNG hay WebP đọc được`,
  done: (folder, page) => `${folder} đã có trang cho ${page}`,
  server: (isHash, samples) =>
    isHash
      ? `Máy chủ web nào cũng đưa lên được, qua HTTPS. Các tiêu đề nên gửi kèm: ${samples}`
      : `Máy chủ web phải hiện trang này cho mọi địa chỉ nằm dưới nó: ${samples} có mẫu cho nginx và Caddy. Nơi chỉ chứa tệp tĩnh sẽ hiện 404.html.`,
  next: (page, folder) =>
    `Tiếp theo: veristamp serve ${folder}, để xem thử tại đây; khi đã đưa lên mạng: veristamp site --check ${page}`,
  makeFirst: (folder) => `veristamp site -o ${folder}`,
  serving: (address) => `${address}\nDừng bằng Ctrl + C.`,
  office: (address) => `Trang của cơ quan quản lý: ${address}office`,
  noToken:
    'chưa có mã truy cập nên không ai xem được cảnh báo và các đợt in: hãy đặt VERISTAMP_TOKEN hoặc dùng --token-file rồi chạy lại',
  otherServer: (folder) =>
    `một veristamp serve khác đang nhận lượt quét của dự án này: ${folder} đang được dùng`,
  otherServerHow: 'dừng nó trước; muốn chạy nhiều máy chủ cùng lúc thì cần PostgreSQL',
  serverFault: (what) => `không trả lời được một yêu cầu: ${what}`,
  listsFault: (what) => `lists/ có danh sách mới nhưng không nạp được: ${what}`,
  badAddress: (given) => `${given} không phải địa chỉ web`,
  badAddressHow: 'hãy ghi địa chỉ của trang: https://tem.example/',
  right: (address) => `${address} có đủ những gì điện thoại cần.`,
  wrong: 'Hãy sửa các dòng có dấu ✗ rồi kiểm tra lại. Thư mục samples/ có mẫu.',
  faults: {
    no_answer: (at) => `${at} không trả lời`,
    not_a_page: (at) => `ở đó không có trang của veristamp: ${at}`,
    other_address: (at) => `trang này làm cho ${at}: ở đây nó không trả lời`,
    not_https: (at) => `${at} không phải HTTPS: ai ở giữa đường cũng sửa được trang`,
    no_rewrite: (at) => `máy chủ cũng phải hiện trang, với mã 200, cho địa chỉ như ${at}`,
    no_policy: (at) => `thiếu Content-Security-Policy chặt chẽ ở ${at}`,
    framed: (at) => `trang khác có thể nhúng ${at}: hãy gửi frame-ancestors 'none'`,
    sniffed: (at) => `hãy gửi X-Content-Type-Options: nosniff ở ${at}`,
    referrer: (at) => `hãy gửi Referrer-Policy: no-referrer ở ${at}`,
    cookie: (at) => `máy chủ đặt cookie ở ${at}: ở đây không được theo dõi ai`,
    page_cached: (at) => `bộ nhớ đệm có thể giữ ${at}: hãy gửi Cache-Control: no-cache`,
    worker_missing: (at) => `thiếu ${at}, hoặc đó không phải JavaScript: trang sẽ không chạy khi mất mạng`,
    worker_cached: (at) =>
      `bộ nhớ đệm có thể giữ ${at}: hãy gửi Cache-Control: no-cache, nếu không điện thoại sẽ giữ trang cũ`,
    asset_missing: (at) => `thiếu ${at}`,
    asset_type: (at) => `sai Content-Type: ${at}`,
    asset_not_kept: (at) => `${at} không bao giờ đổi: nên cho bộ nhớ đệm giữ lại (immutable)`,
    not_compressed: (at) => `${at} gửi đi không nén: điện thoại chậm phải chờ lâu hơn`,
    lists: (at) => `không tải được danh sách: ${at}`,
    kiosk_beside: (at) =>
      `có trạm kiểm tra ở ${at}: hãy cho nó một tên miền riêng, để trang khác không chạm tới khóa của nó`,
  },
}
