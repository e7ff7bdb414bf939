import type { slicesEn } from './slice-words-en.ts'

/** The same in Vietnamese. */
export const slicesVi: typeof slicesEn = {
  missing: (file, list) => `thiếu ${file}: đây là một lát của ${list}`,
  wrong: (file, list) => `${file} không phải lát mà ${list} nêu: tệp đã hỏng hoặc bị thay`,
  bring: (name) =>
    `lấy ${name} ở nơi ký hoặc nơi công bố danh sách rồi để cạnh danh sách; trong dự án thì gõ: veristamp lists import ${name}`,
  beside: (count) =>
    count === 1
      ? 'Lát của danh sách là tệp slice-….cbor ở bên cạnh: danh sách đi đâu thì mang lát theo đó.'
      : `${count} lát của danh sách là các tệp slice-….cbor ở bên cạnh: danh sách đi đâu thì mang các lát theo đó.`,
  put: (file) => `Đã có lát: ${file}`,
  recut: 'veristamp list: danh sách thu hồi phải theo danh sách tin cậy này rồi mới công bố được cả hai',
  hiddenHow: 'ký lại danh sách thu hồi rồi mới công bố: veristamp list',
  total: (count, bytes) => `${count} lát, tổng cộng ${bytes} byte`,
  one: (first, last, bytes, file) =>
    `${first === last ? `mã khóa ${first}` : `mã khóa ${first} đến ${last}`}: ${bytes} byte, ${file}`,
  changed: (count, fresh, bytes) =>
    `${count} lát, ${fresh === 0 ? 'không lát nào mới' : `trong đó ${fresh} lát mới: ${bytes} byte`}`,
  chosen: (slices) =>
    slices
      ? 'Từ nay danh sách được cắt thành lát: đã ghi trong veristamp.json.'
      : 'Từ nay danh sách để nguyên một tệp: đã ghi trong veristamp.json.',
  gone: 'không còn lát: danh sách nằm trọn trong một tệp',
}
