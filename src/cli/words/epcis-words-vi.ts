import type { epcisEn } from './epcis-words-en.ts'

/** The same in Vietnamese. */
export const epcisVi: typeof epcisEn = {
  exported: (count) => `${count} sự kiện.`,
  needsEpcis: (options) => `${options}: chỉ dùng cho sự kiện, mà lệnh này ghi tem`,
  needsEpcisHow: 'thêm --epcis, hoặc bỏ tùy chọn đó đi',
  noGtin: (product, name) => `sản phẩm ${product} (${name}) chưa có GTIN, mà sự kiện gọi hàng bằng GTIN`,
  noGtinHow: 'ghi GTIN của sản phẩm vào registry/products.csv, rồi: veristamp trust build',
  leftOut: (runs) => `đã bỏ qua ${runs} đợt in`,
  sharedGtin: (products) => `${products.join(' và ')} chung một GTIN: một tên sẽ chỉ hai con tem`,
  sharedGtinHow:
    'ghi cho mỗi sản phẩm một GTIN riêng trong registry/products.csv, rồi: veristamp trust build',
  mendTable: 'sửa dòng đó rồi chạy lại lệnh',
  badCell: (text, expected) => `${JSON.stringify(text)} không đúng ở đây: cần ${expected}`,
  unknownColumn: (file, column, like) =>
    `${file}: không đọc cột ${JSON.stringify(column)}${like === undefined ? '' : `; có phải ${JSON.stringify(like)} không?`}`,
  aProduct: 'số hoặc GTIN của một sản phẩm',
  aSerial: 'một số nguyên',
  aGln: 'GLN, 13 chữ số mà GS1 cấp cho một nơi hoặc một đơn vị',
  notPrinted: (first, last) =>
    first === last
      ? `số sê-ri ${first} không thuộc đợt in nào đã xong ở đây`
      : `số sê-ri từ ${first} đến ${last} có số không thuộc đợt in nào đã xong ở đây`,
  aQuantity: 'số lượng nguyên, từ 1 trở lên',
  aLot: '1 đến 20 chữ cái, chữ số và dấu trong bộ 82 ký tự của GS1',
  aTime: 'ngày và giờ, ví dụ 2026-11-29 08:00 hoặc 2026-11-29T08:00:00+07:00',
  aUri: 'một URI, ví dụ urn:epcglobal:cbv:bt:8935000000014:ASN1099',
  anEvent: 'mã của một sự kiện, ví dụ ni:///sha-256;…',
  serialsOrPieces: 'ghi serial, hoặc first và last, hoặc quantity: chỉ một trong ba',
  lotOfSerials: 'số lô chỉ đi với quantity: tem có số sê-ri đã mang lô của đợt in',
  lastFirst: 'số cuối nhỏ hơn số đầu',
  noMistake: (event) => `ở đây không có sự kiện nào mang mã ${event}`,
  noMistakeHow: 'dùng đúng các đợt in, tệp --shipped và thiết lập đã tạo ra sự kiện đó',
  badAddress: (address) => `${address} không phải địa chỉ máy chủ nhận sự kiện`,
  badAddressHow:
    'ghi phần đứng trước /capture, ví dụ https://epcis.example/v2: không có tên, mật khẩu, ? và #. Muốn dùng http tới máy khác thì thêm --allow-http',
  badToken: (file) => `dòng đầu của ${file} không phải mã truy cập`,
  badTokenHow: 'mã truy cập chỉ có chữ cái, chữ số và - . _ ~ + / =: ghi riêng nó vào tệp',
  badCertificate: (cert, key, why) => `${cert} và ${key} không phải chứng thư và khóa riêng của nó (${why})`,
  badCertificateHow: 'cả hai là tệp PEM; khóa có thể được mã hóa',
  bothOrNone: 'chứng thư phải đi cùng khóa của nó',
  bothOrNoneHow: 'ghi cả --client-cert và --client-key',
  busy: (pid, host) => `tiến trình ${pid} trên máy ${host} đang gửi sự kiện của dự án`,
  busyHow: (file) => `đợi nó xong; chỉ khi chắc chắn nó không còn chạy, hãy xóa ${file}`,
  otherSettings: (before, now) =>
    `Trước đây sự kiện gửi tới máy chủ này với ${before}, bây giờ với ${now}: mọi sự kiện sẽ mang mã khác và được gửi lại.`,
  synced: (sent, known) => `Đã gửi ${sent} sự kiện${known > 0 ? `; máy chủ đã có sẵn ${known}` : ''}.`,
  refused: (event, isDeclaration, why) =>
    `Bị từ chối: ${isDeclaration ? 'khai báo nhầm của ' : ''}${event}${why && `: ${why}`}`,
  tooLarge: 'lớn hơn mức máy chủ cho phép; dùng --max-epcs để chia nhỏ sự kiện',
  refusedCount: (count) => `máy chủ từ chối ${count} sự kiện`,
  refusedTooMany: (count) => `máy chủ từ chối ${count} sự kiện; phần còn lại chưa gửi`,
  refusedHow: 'hỏi bên quản lý máy chủ; lần sau lệnh sẽ gửi lại các sự kiện này',
}
