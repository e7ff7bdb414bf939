import type { Effect, listsEn } from './list-words-en.ts'

/** The same in Vietnamese. */
export const listsVi: typeof listsEn = {
  busy: (pid, host) => `tiến trình ${pid} trên máy ${host} đang làm việc với các danh sách của dự án`,
  busyHow: (file) =>
    `đợi nó xong, hoặc trả lời câu hỏi của nó; chỉ khi chắc chắn nó không còn chạy, hãy xóa ${file}`,
  existsHow:
    'danh sách đã ký không bao giờ bị thay thế. Hãy chép lại các danh sách còn thiếu, hoặc chuyển tệp này đi',
  keyMismatch: (pub, pem) => `${pub} không phải khóa công khai của ${pem}: một trong hai tệp đã bị thay đổi`,
  keyMismatchHow: (pub, hex) =>
    `hãy chép lại tệp đã bị thay đổi, và tìm xem ai đã làm. Với khóa riêng đang có, ${pub} phải chứa ${hex}`,
  elsewhereHow: 'khóa riêng này ở máy khác: hãy chạy lệnh ở máy đó',
  askAuthority: (command) =>
    `cơ quan quản lý giữ khóa thu hồi. Hãy xin họ chạy: ${command}; rồi gửi lại danh sách mới`,
  clockBack: (now, newest) =>
    `Đồng hồ chỉ ${now}, nhưng danh sách mới nhất ở đây lập ngày ${newest}: một trong hai ngày bị sai.`,
  clockAhead: (now, newest) =>
    `Đồng hồ chỉ ${now}, hơn một năm sau danh sách mới nhất ở đây (${newest}): có đúng không?`,
  notBeforeHow:
    'nếu ngày sai, hãy ghi "notBefore": "NĂM-THÁNG-NGÀY" cho đơn vị đó trong veristamp.json, rồi: veristamp trust build',
  revokesSerials: ({ facility, product, ...effect }) =>
    `Lệnh này thu hồi vĩnh viễn ${countsVi(effect)} của sản phẩm ${product}, cơ sở ${facility}: không danh sách nào rút lại được.`,
  revokesRun: ({ run, first, last, ...effect }) =>
    `Lệnh này thu hồi vĩnh viễn đợt ${run}, số sê-ri ${first} đến ${last}: ${countsVi(effect)}. Không danh sách nào rút lại được.`,
  revokesKey: ({ name, keyId, publicKey, issued }) =>
    `Lệnh này thu hồi vĩnh viễn khóa ${publicKey} của ${name}, mã khóa ${keyId}: ${issued} số sê-ri đã phát hành theo các đợt in của dự án, và mọi tem mà khóa chưa ký.`,
  dryRun: 'Chỉ chạy thử: chưa ký gì.',
}

const countsVi = ({ issued, unissued, known }: Effect): string =>
  `${issued} số sê-ri đã phát hành và ${unissued} số chưa phát hành (theo các đợt in của dự án${known > 0 ? `; ${known} số khác đã bị thu hồi từ trước` : ''})`
