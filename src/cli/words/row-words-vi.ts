import type { rowsEn } from './row-words-en.ts'

/** The same in Vietnamese. */
export const rowsVi: typeof rowsEn = {
  exported: (count) => `${count} dòng.`,
  noRegistry: 'thiếu thư mục registry/, nên mã số thuế, thương hiệu, tiêu chuẩn… để trống',
  oneKind: '--epcis và --rows là hai loại tệp',
  oneKindHow: 'chạy lệnh một lần cho mỗi loại',
}
