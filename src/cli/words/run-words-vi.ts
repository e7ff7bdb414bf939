import type { JournalFaultKind } from '../../run/ledger/survey.ts'
import type { runsEn } from './run-words-en.ts'

const FAULTS: Readonly<Record<JournalFaultKind, string>> = {
  stranger: 'không thuộc sổ đợt in: có phải một bản ghi bị đổi tên không?',
  link: 'là liên kết',
  not_plain: 'không đúng như tên gọi: tệp nằm ở chỗ thư mục hoặc ngược lại, hoặc là ống dẫn',
  damaged: 'bị hỏng, hoặc là bản ghi của đợt khác',
  no_record: 'còn đó nhưng bản ghi của nó đã mất',
  missing: 'bị mất',
  other_manifest: 'có bản kê ghi số sê-ri khác với bản ghi',
}

/** The same in Vietnamese. */
export const runsVi: typeof runsEn = {
  fault: (file, kind, serials) =>
    `${file} ${FAULTS[kind]}${serials ? `; bản kê của nó ghi số sê-ri ${serials.first} đến ${serials.last}` : ''}`,
  journalEnds: ({ facility, product }, last) =>
    last === undefined
      ? `sổ đợt in chưa có đợt nào của sản phẩm ${product}, cơ sở ${facility}`
      : `trong sổ đợt in, sản phẩm ${product} của cơ sở ${facility} dừng ở số sê-ri ${last}`,
  lostRun: (run, first, last, file) =>
    `${file} có ghi đợt ${run} với số sê-ri ${first} đến ${last}, nhưng sổ đợt in không có`,
  unknownMark: (file, serial) =>
    `${file} cho in đến số sê-ri ${serial}, nhưng ở đây không ghi ai đã nâng ngưỡng đó`,
  doubtHow:
    'khôi phục thư mục runs/ như trước khi có thứ bị mất hay đổi tên. Nếu không được, hoặc nếu chính cơ quan quản lý đã nâng ngưỡng cho bạn: chọn số sê-ri chưa in bao giờ, với --first SERIAL --yes',
  faultsListed: (count) => `Cần xem lại ${count} chỗ trong sổ đợt in trước đợt in sau.`,
  resumeOrVoidHow: (run) =>
    `khắc phục xong thì làm tiếp: veristamp issue --resume ${run}; hoặc bỏ đợt này: veristamp runs void ${run}`,
  notWithResume: (options) => `không đổi được ${options}: một đợt in làm tiếp đúng như lúc bắt đầu`,
  notWithResumeHow: (run) => `bỏ tùy chọn đó đi; muốn dàn trang khác cho đợt đã xong: veristamp sheet ${run}`,
  voids: (run, first, last) =>
    `Đợt ${run} sẽ bị hủy hẳn: không làm tiếp được nữa, và danh sách tới sẽ thu hồi số sê-ri ${first} đến ${last}.`,
  voided: (run, first, last) =>
    `Đã hủy đợt ${run}. Số sê-ri ${first} đến ${last} không dùng lại, và danh sách tới sẽ thu hồi chúng.`,
  voidedAskHow: (facility, product, first, last) =>
    `nhờ cơ quan quản lý thu hồi: veristamp revoke --facility ${facility} --product ${product} --serials ${first}-${last} --reason other`,
  hiddenHow: (run) => `in mã ẩn cho lượt in dưới lớp phủ cào: veristamp sheet ${run} --layer hidden`,
  firstStamp: (reason) => `tem đầu tiên của đợt này sẽ không hợp lệ: ${reason}`,
  firstStampHow:
    'xem các tệp .pem và .pub trong keys/ có cùng một cặp không, và danh sách tin cậy mới nhất có khóa này không: veristamp trust show',
  noGtin: (product) => `mã GS1 cần GTIN, mà sản phẩm ${product} chỉ có số riêng`,
  noGtinHow: 'ghi GTIN làm số của sản phẩm trong sổ đăng ký, rồi: veristamp trust build',
  farDay: (day) => `máy tính tiền chỉ đọc hai chữ số của năm, nên sẽ hiểu ${day} là ngày của thế kỷ khác`,
  farDayHow: 'chọn ngày cách hôm nay chưa đến 49 năm',
  lotInPath: (lot) =>
    `số lô ${lot} có dấu / hoặc %, một số máy chủ web sẽ báo lỗi với địa chỉ như vậy; máy quét và máy tính tiền vẫn đọc được`,
}
