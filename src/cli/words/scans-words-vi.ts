import type { scansEn } from './scans-words-en.ts'

/** The same in Vietnamese. */
export const scansVi: typeof scansEn = {
  title: (authority) => `Các trạm đã quét được gì: ${authority}`,
  sum: (scans, codes, places, suspects) =>
    `${scans} lần quét ${codes} tem tại ${places} nơi; ${suspects} tem có lẽ đã bị sao chép.`,
  period: (from, to) => `Từ ${from} đến ${to}.`,
  made: (time) => `Lập lúc ${time} từ nhật ký mà các máy quét trong danh sách tin cậy đã ký.`,
  row: (place, product, scans, codes, notValid, suspects) =>
    `${place}  ${product}  ${scans} lần quét  ${codes} tem${notValid > 0 ? `  ${notValid} lần không hợp lệ` : ''}${suspects > 0 ? `  ${suspects} tem có lẽ bị sao chép` : ''}`,
  suspect: (product, serial, why) => `Có lẽ bị sao chép: ${product}, số sê-ri ${serial}: ${why}`,
  travel: (from, to, kilometres, minutes) =>
    `thấy ở ${from}, rồi ${minutes} phút sau ở ${to}, cách đó ${kilometres} km`,
  rate: (count, first, last) => `thấy ${count} lần từ ${first} đến ${last}`,
  byPlace: 'Theo nơi quét',
  byProduct: 'Theo sản phẩm',
  copies: 'Tem có lẽ đã bị sao chép',
  noCopies: 'Không có.',
  all: 'Nơi quét và sản phẩm',
  more: (count) => `và ${count} mục nữa`,
  columns: {
    place: 'Nơi quét',
    product: 'Sản phẩm',
    serial: 'Số sê-ri',
    scans: 'Lần quét',
    codes: 'Số tem',
    notValid: 'Không hợp lệ',
    suspects: 'Có lẽ bị sao chép',
    why: 'Vì sao',
    last: 'Thấy lần cuối',
  },
  caution:
    'Một tem ở hai nơi cách nhau quá xa so với thời gian ở giữa, hoặc bị quét nhiều hơn mức một con tem thường gặp: đó là lý do để đi xem, chưa phải bằng chứng. Nhật ký không cho biết tem nào là bản gốc, và bản sao mà không máy nào quét thì không để lại dấu vết. Máy quét chạy sai giờ có thể khiến tem thật trông như bị sao chép.',
  none: 'Nhật ký không có lần quét nào trong thời gian này.',
  badSince: (text) => `${JSON.stringify(text)} không phải một ngày`,
  badSinceHow: 'ví dụ --since 2026-03-01',
  refusedHow: 'lấy lại các tệp đó từ trạm; veristamp scanner list kể tên các máy có lần quét được tính',
  refused: (count) => `${count} tệp không nhận được`,
}
