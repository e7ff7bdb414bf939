import type { KeyName, RegistryMessages } from './kinds.ts'

const LENGTHS: Readonly<Record<KeyName, string>> = { GLN: '13', GTIN: '8, 12, 13 hoặc 14' }

/** What people call the columns. */
const TITLES: Readonly<Record<string, string>> = {
  id: 'Mã',
  facility: 'Mã cơ sở',
  name: 'Tên',
  gln: 'Mã GLN',
  gtin: 'Mã GTIN',
  address: 'Địa chỉ',
  stars: 'Số sao',
  image: 'Hình ảnh',
  taxCode: 'Mã số thuế',
  identifier: 'Mã định danh',
  brand: 'Thương hiệu',
  origin: 'Xuất xứ',
  standards: 'Tiêu chuẩn',
  certificates: 'Chứng nhận',
  warnings: 'Cảnh báo',
  shelfLife: 'Hạn sử dụng',
}

const titled = (name: string): string =>
  Object.hasOwn(TITLES, name) ? `${name} (${TITLES[name]})` : JSON.stringify(name)

/** Vietnamese. */
export const messagesVi: RegistryMessages = {
  file_too_large: ({ bytes, max }) => `Tệp có ${bytes} byte; chỉ đọc được tối đa ${max} byte.`,
  bad_encoding: () => 'Chữ ở đây không phải UTF-8, hoặc đã bị mất từ trước: hãy lưu tệp dạng CSV UTF-8.',
  empty_file: () => 'Tệp trống: không có cả dòng tên cột.',
  bad_delimiter: () => 'Hãy ngăn các cột bằng dấu phẩy, dấu chấm phẩy hoặc tab.',
  missing_header: ({ columns }) =>
    `Không có dòng nào ở đầu tệp ghi tên cột. Hãy ghi các tên này phía trên dữ liệu: ${columns.map(titled).join(', ')}.`,
  missing_column: ({ name, like }) =>
    `Thiếu cột ${titled(name)}.${like === undefined ? '' : ` Có phải là cột ${JSON.stringify(like)}?`}`,
  too_many_columns: ({ count, max }) => `Tệp có ${count} cột; tối đa là ${max}.`,
  too_many_rows: ({ max }) => `Tệp có tối đa ${max} dòng.`,
  too_many_faults: () => 'Quá nhiều lỗi nên không kiểm tra tiếp.',
  duplicate_column: ({ name }) => `Đã có cột ${titled(name)} rồi.`,
  unnamed_column: () => 'Cột của giá trị này không có tên.',
  bad_quote: () => 'Dấu ngoặc kép chưa đóng, hoặc đứng giữa ô mà không được viết đôi.',
  row_too_long: ({ max }) => `Một dòng có tối đa ${max} ký tự.`,
  wrong_field_count: ({ header, row }) => `Dòng tên cột có ${header} ô; dòng này có ${row} ô.`,
  field_too_long: ({ length, max }) => `Ô này có ${length} ký tự; tối đa là ${max}.`,
  unsafe_text: ({ letter, at }) =>
    `Ký tự thứ ${at} là ${letter}, không nhìn thấy được và không được phép dùng: hãy gõ lại ô này.`,
  line_break: ({ at }) => `Có dấu xuống dòng hoặc tab ở ký tự thứ ${at}: hãy viết trên một dòng.`,
  letters_not_in_font: ({ letters }) =>
    `Phông chữ của nhãn không có ${letters.join(', ')}: hãy viết cách khác, hoặc dùng phông chữ khác.`,
  missing_value: ({ name, or }) =>
    `Dòng nào cũng phải có ${titled(name)}${or === undefined ? '' : `, hoặc ${titled(or)}`}.`,
  not_a_number: () => 'Ở đây chỉ được ghi các chữ số từ 0 đến 9, không có dấu cách, dấu âm hay dấu chấm.',
  rounded_number: ({ key }) =>
    `Bảng tính đã đổi mã ${key} này thành số và làm tròn: hãy định dạng cột là văn bản rồi gõ lại đủ các chữ số.`,
  lost_zeros: ({ key, whole }) =>
    `Có lẽ bảng tính đã bỏ số 0 ở đầu: thêm vào thì thành ${key} ${whole}. Hãy định dạng cột là văn bản rồi gõ lại.`,
  leading_zero: ({ key }) => `Mã không có số 0 ở đầu, trừ khi đó là mã ${key} đầy đủ với số kiểm tra đúng.`,
  out_of_range: ({ key, below }) => `Mã phải nhỏ hơn ${below}, hoặc là mã ${key} đầy đủ.`,
  key_too_small: ({ key, number, below }) =>
    `Tính theo số, mã ${key} này là ${number}, mà các số dưới ${below} là mã của danh mục: hãy đặt một mã riêng.`,
  bad_length: ({ key, length }) => `Mã ${key} có ${LENGTHS[key]} chữ số; ở đây có ${length}.`,
  bad_check_digit: ({ right }) => `Số kiểm tra không khớp: sau các chữ số này phải là ${right}.`,
  bad_tax_code: ({ whole, right }) =>
    whole !== undefined
      ? `Có lẽ bảng tính đã bỏ số 0 ở đầu: thêm vào thì mã số thuế là ${whole}. Hãy định dạng cột là văn bản rồi gõ lại.`
      : right !== undefined
        ? `Chữ số thứ mười của mã số thuế không khớp: sau chín chữ số này phải là ${right}.`
        : 'Mã số thuế có 10 chữ số, hoặc thêm 3 chữ số của chi nhánh như 0100109106-001, hoặc là 12 chữ số định danh cá nhân.',
  bad_stars: () => 'Số sao OCOP là số nguyên từ 1 đến 5.',
  bad_image: () =>
    'Hình ảnh là địa chỉ bắt đầu bằng https://, hoặc một tệp trong thư mục sổ đăng ký, như pictures/104.jpg.',
  duplicate_id: ({ line }) => `Dòng ${line} đã có mã này.`,
  duplicate_gtin: ({ line }) => `Dòng ${line} đã có GTIN này: mỗi sản phẩm có GTIN riêng.`,
  unknown_facility: ({ id }) =>
    `Không có cơ sở nào mang mã này trong tệp cơ sở.${id === undefined ? '' : ` Đây là GLN của cơ sở ${id}: hãy ghi ${id}, hoặc lấy GLN làm mã của cơ sở đó.`}`,
  removed_letters: ({ letters }) => `Đã bỏ các ký tự không nhìn thấy: ${letters.join(', ')}.`,
  other_key: ({ key, whole }) =>
    `Mã của dòng này là một ${key} khác: ${whole}. Tem và đường dẫn ghi theo mã, nên ở đây hãy ghi giống mã, hoặc để trống.`,
  shared_gln: ({ id, other, line }) =>
    `Cơ sở ${id} có cùng GLN với cơ sở ${other} ở dòng ${line}: mỗi GLN chỉ dùng cho một địa điểm.`,
}
