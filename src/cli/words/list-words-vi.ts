import type { Effect, listsEn } from './list-words-en.ts'

/** The same in Vietnamese. */
export const listsVi: typeof listsEn = {
  revokedSerials: (serials, facility, product) =>
    `Đã thu hồi số sê-ri ${serials} của sản phẩm ${product}, cơ sở ${facility}.`,
  revokeKeyWhat: (name) => `thu hồi khóa ${name} đến đâu?`,
  revokeKeyWhatHow:
    '--wholly: mọi tem khóa này từng ký; --above CƠ_SỞ:SẢN_PHẨM:SỐ: tất cả, trừ các số từ số này trở xuống',
  revokeWhat: 'hãy nêu đúng một thứ cần thu hồi',
  revokeWhatHow:
    '--run ĐỢT, hoặc --product MÃ --serials 5,10-20, hoặc --lot, --made, --released-to, hoặc --file BẢNG, hoặc --codes TỆP_QUÉT; hoặc --key TÊN kèm --wholly hay --above CƠ_SỞ:SẢN_PHẨM:SỐ',
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
  gathers: (run) =>
    `danh sách ở đây cho phát hành các tem này. Đem đợt ${run} đến cơ quan quản lý để họ nhận: veristamp runs import THƯ_MỤC`,
  clockBack: (now, newest) =>
    `Đồng hồ chỉ ${now}, nhưng danh sách mới nhất ở đây lập ngày ${newest}: một trong hai ngày bị sai.`,
  clockAhead: (now, newest) =>
    `Đồng hồ chỉ ${now}, hơn một năm sau danh sách mới nhất ở đây (${newest}): có đúng không?`,
  restored: (backup) =>
    `Dự án này được khôi phục từ bản sao lưu ngày ${backup}. Nếu sau ngày đó đã ký danh sách nào, hãy đem về đây trước (veristamp lists import TỆP): các trạm từ chối hai danh sách cùng số.`,
  notBeforeHow:
    'nếu ngày sai, hãy ghi "notBefore": "NĂM-THÁNG-NGÀY" cho đơn vị đó trong veristamp.json, rồi: veristamp trust build',
  revokesSerials: ({ facility, product, ...effect }) =>
    `Lệnh này thu hồi vĩnh viễn ${countsVi(effect)} của sản phẩm ${product}, cơ sở ${facility}: không danh sách nào rút lại được.`,
  revokesRun: ({ run, first, last, ...effect }) =>
    `Lệnh này thu hồi vĩnh viễn đợt ${run}, số sê-ri ${first} đến ${last}: ${countsVi(effect)}. Không danh sách nào rút lại được.`,
  revokesKey: ({ name, keyId, publicKey, issued }) =>
    `Lệnh này thu hồi vĩnh viễn khóa ${publicKey} của ${name}, mã khóa ${keyId}: ${issued} số sê-ri đã phát hành theo các đợt in của dự án, và mọi tem mà khóa chưa ký.`,
  signed: (file, sequence, expires) => `Đã ký danh sách thu hồi ${sequence}, có hạn đến ${expires}: ${file}`,
  nothingRecalled: 'không có đợt in hay lần giao nào của dự án khớp với yêu cầu',
  nothingRecalledHow:
    'veristamp runs cho biết số lô, veristamp audit cho biết ngày và ai nhận gì; hãy đem các đợt in của nhà in về trước: veristamp runs import THƯ_MỤC',
  recalled: (count, products) => `Đã thu hồi ${count} số sê-ri của ${products} sản phẩm.`,
  noneScanned: (file) => `trong ${file} không có tem nào của cơ quan này`,
  noneScannedHow: 'quét mã trên tem, mỗi dòng một mã; veristamp verify --file cho biết từng dòng là gì',
  strangers: (count) => `${count} dòng không phải tem của cơ quan này nên được bỏ qua.`,
  dryRun: 'Chỉ chạy thử: chưa ký gì.',
}

const countsVi = ({ issued, unissued, known }: Effect): string =>
  `${issued} số sê-ri đã phát hành và ${unissued} số chưa phát hành (theo các đợt in của dự án${known > 0 ? `; ${known} số khác đã bị thu hồi từ trước` : ''})`
