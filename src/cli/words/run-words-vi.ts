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
  unlisted: 'không có trong cơ sở dữ liệu: có phải cơ sở dữ liệu vừa được khôi phục từ bản cũ không?',
  other_record: 'khác với bản ghi trong cơ sở dữ liệu',
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
  restored: (backup, date) =>
    `ngày ${date} dự án được khôi phục từ bản sao lưu ngày ${backup}: ở đây không biết những gì đã in trong khoảng đó. Trước hết hãy lấy lại các đợt in mà nơi khác còn giữ, để không có hai đợt trùng tên: veristamp runs import THƯ_MỤC`,
  raisedForUs: (next) =>
    `Nếu chính cơ quan quản lý đã nâng ngưỡng cho bạn, và runs/ không mất gì, đợt này bắt đầu từ số sê-ri ${next}.`,
  askFirst: (next) =>
    `Hãy xem tem đã in: từ số sê-ri nào trở đi chưa in bao giờ? (từ ${next} trở lên; để trống là dừng) `,
  doubtHow: (next, isLikely = false) =>
    next === undefined
      ? 'khôi phục thư mục runs/ như trước khi có thứ bị mất hay đổi tên. Nếu không được: chọn số sê-ri chưa in bao giờ, với --first SỐ_SÊ_RI --yes'
      : !isLikely
        ? `khôi phục thư mục runs/ như trước khi có thứ bị mất hay đổi tên. Nếu không được: hãy xem tem đã in, rồi chọn số sê-ri chưa in bao giờ. Ở đây chưa biết gì về các số từ ${next} trở đi: --first SỐ_SÊ_RI --yes, từ ${next} trở lên`
        : `nếu chính cơ quan quản lý đã nâng ngưỡng cho bạn, và runs/ không mất gì: --first ${next} --yes. Nếu không, hãy khôi phục runs/ như trước, hoặc chọn số sê-ri chưa in bao giờ`,
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
  firstStamp: (reason) => `tem đầu tiên của đợt này sẽ không hợp lệ (${reason})`,
  firstStampHow:
    'xem các tệp .pem và .pub trong keys/ có cùng một cặp không, và danh sách tin cậy mới nhất có khóa này không: veristamp trust show',
  noGtin: (product) => `đường dẫn GS1 cần mã sản phẩm là GTIN, mà mã của sản phẩm này là ${product}`,
  noGtinHow:
    'tạo dự án mới với veristamp init --ids gtin; hoặc thêm vào registry/products.csv một sản phẩm có mã là GTIN, rồi: veristamp trust build',
  noAddress: (carrier) => `danh sách tin cậy chưa có địa chỉ cho --carrier ${carrier}`,
  noAddressHow: (carrier) =>
    `thêm "prefixes": ["HTTPS://TEM.EXAMPLE/${carrier === 'url' ? '#' : ''}"] vào veristamp.json, thay bằng tên miền của bạn, rồi: veristamp trust build`,
  farDay: (day) => `máy tính tiền chỉ đọc hai chữ số của năm, nên sẽ hiểu ${day} là ngày của thế kỷ khác`,
  farDayHow: 'chọn ngày cách hôm nay chưa đến 49 năm',
  noRoll: (stock) => `${stock} không phải giấy cuộn nên không có chiều dài`,
  noRollHow: 'ghi số tờ của mỗi tệp: --sheets-per-file N',
  shortRoll: (metres) => `cuộn dài ${metres} mét không đủ chỗ cho nhãn nào`,
  shortRollHow: 'chiều dài tính bằng mét, ví dụ --roll-length 50',
  lotInPath: (lot) =>
    `số lô ${lot} có dấu / hoặc %, một số máy chủ web sẽ báo lỗi với địa chỉ như vậy; máy quét và máy tính tiền vẫn đọc được`,
}
