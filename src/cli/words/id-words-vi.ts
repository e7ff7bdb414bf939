import type { idsEn } from './id-words-en.ts'

/** The same in Vietnamese. */
export const idsVi: typeof idsEn = {
  changed: (count) =>
    count === 0 ? 'Không mã sản phẩm nào thay đổi.' : `${count} sản phẩm lấy GTIN làm mã:`,
  kept: (count, products) =>
    `${count} sản phẩm chưa có GTIN nên giữ mãi mã nhỏ: ${products}. Tem của chúng không dùng được đường dẫn GS1.`,
  noFacility: (id) => `sổ đăng ký không có cơ sở ${id}`,
  wrongDigit: (id, right) => `${id} cũng không phải GTIN: số kiểm tra phải là ${right}`,
  demo: 'sản phẩm chưa có GTIN đã được gán một GTIN mà GS1 dành để làm mẫu (952…). Chỉ dùng để thử, đừng bán hàng với mã này: hãy đăng ký GTIN với GS1 rồi làm lại từ đầu',
  gtinsAlone: '--gtins cho biết GTIN, nhưng chưa rõ để làm gì',
  gtinsAloneHow: 'thêm --ids gtin',
  mend: (file) => `sửa các dòng trên trong ${file}, rồi chạy lại lệnh này`,
  noSuchId: (file, id) => `${file} ghi GTIN cho sản phẩm ${id}, nhưng sổ đăng ký không có sản phẩm này`,
  noSuchIdHow: 'xem mã trong tệp sản phẩm',
  otherGtin: ({ file, name, gtin, own }) => `${file} ghi GTIN ${gtin} cho ${name}, còn sổ đăng ký ghi ${own}`,
  otherGtinHow: 'xem số nào đúng, rồi ghi giống nhau ở cả hai tệp',
  sharedGtin: (gtin, one, other) => `GTIN ${gtin} vừa của ${one} vừa của ${other}`,
  sharedGtinHow: 'mỗi sản phẩm có một GTIN riêng',
}
