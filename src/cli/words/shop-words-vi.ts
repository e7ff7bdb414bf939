import type { CutField, shopEn } from './shop-words-en.ts'

const FIELDS: Readonly<Record<CutField, string>> = {
  product: 'tên sản phẩm',
  facility: 'tên cơ sở',
  stars: 'số sao',
  lines: 'số lô và ngày',
  logo: 'logo',
}

/** The same in Vietnamese. */
export const shopVi: typeof shopEn = {
  cut: (field, printed) =>
    printed === ''
      ? `nhãn không đủ chỗ in ${FIELDS[field]}`
      : `nhãn không đủ chỗ in trọn ${FIELDS[field]}, chỉ in được “${printed}”`,
  cutHow: 'dùng nhãn lớn hơn với --stock, mã nhỏ hơn với --dots, hoặc viết tên ngắn hơn trong sổ đăng ký',
  noLogo: 'mẫu logo cần có logo',
  noLogoHow:
    'chọn tệp SVG hoặc PNG với --logo, hoặc ghi trong veristamp.json: "labels": { "logo": "logo.svg" }',
  badLogo: (file, why) => `không in được ${file} làm logo: ${why}`,
  badLogoHow: 'lưu thành SVG chỉ gồm hình tô kín, hoặc PNG đen trắng',
  badUp: (up) => `${up} không cho biết một bản kẽm có bao nhiêu nhãn`,
  badUpHow: 'ghi số cột và số hàng, ví dụ --up 4x6',
  notARoll: (stock) => `${stock} không phải giấy cuộn, mà máy in nhãn in trên giấy cuộn`,
  notARollHow: 'cho biết máy đang lắp cuộn nào: --stock roll-35x22x3, roll-50x30 hoặc roll-60x40',
  badPage: (page, pages) => `không có trang ${page}: đợt này có ${pages} trang`,
  badPageHow: 'số trang in ở chân mỗi trang',
  pageOrSerials: 'chỉ dùng một trong ba: --page, --roll hoặc --serials',
  badRoll: (roll, rolls) =>
    rolls === 0 ? 'đợt này không chia thành cuộn' : `không có cuộn ${roll}: đợt này có ${rolls} cuộn`,
  badRollHow: 'số cuộn là số của tệp: sheets-2.pdf là cuộn 2',
  outside: (run, first, last) => `đợt ${run} chỉ có số sê-ri ${first} đến ${last}`,
  reprints: (run, count, serials) =>
    `Bạn in lại ${count} nhãn của đợt ${run}: ${serials}. Hãy hủy những nhãn hỏng: một tem có hai bản sẽ bị coi là tem sao chép.`,
  reprinted: (run, serials) => `Đã ghi: in lại nhãn ${serials} của đợt ${run}.`,
  reprintRevoked: (serial) => `số sê-ri ${serial} đã bị thu hồi, in lại cũng không dùng được`,
  reprintRevokedHow: 'in tem mới thay tem hỏng: veristamp replace ĐỢT --serials …',
  symbolsWritten: (count, folder) => `Đã ghi ${count} mã QR vào ${folder}.`,
  symbolsNeedCsv: 'ảnh mã QR đi cùng --format table',
  notAPicture: (file) => `${file}: hãy đặt tên tệp có đuôi .png, .svg hoặc .pdf`,
  previewed: (file) => `Đã ghi ${file}. Mã trong ảnh chỉ là mẫu, không phải tem.`,
  cover: {
    title: 'Phiếu kèm đợt in',
    run: 'Đợt in',
    authority: 'Cơ quan quản lý',
    product: 'Sản phẩm',
    facility: 'Cơ sở',
    serials: 'Số sê-ri',
    count: 'Số nhãn',
    lot: 'Lô',
    made: 'Ngày sản xuất',
    expires: 'Hạn sử dụng',
    hidden: 'Mã ẩn',
    hiddenText: 'có: giữ lớp in đó như giữ tiền',
    reserved: 'Ngày giữ số',
    key: 'Khóa ký',
    codes: 'SHA-256 của tệp mã',
    sheets: 'SHA-256 của tệp in',
    files: 'Tệp',
    volume: (name, first, last) => `${name}: số ${first} đến ${last}`,
    more: (count) => `và ${count} tệp nữa`,
    manifest: 'SHA-256 của bản kê',
    released: 'Đã giao',
    releasedTo: (serials, to, date) => `${serials} cho ${to}, ${date}`,
    notReleased: 'chưa giao cho ai',
    reprints: 'Đã in lại',
    reprint: (serials, date) => `${serials}, ${date}`,
    none: 'không',
    checks: 'Đã kiểm tra: mọi chữ ký của đợt, và tệp mã khớp với bản kê đã ký.',
    signatures: ['Người in', 'Người kiểm tra', 'Bên giao', 'Bên nhận'],
    signed: 'Họ tên, ngày, chữ ký',
  },
}
