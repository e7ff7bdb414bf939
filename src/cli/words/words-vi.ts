import { explainReason } from '../../document/reason-messages.ts'
import { messagesVi } from '../../registry/messages-vi.ts'
import { argumentWords } from './argument-words.ts'
import { backupVi } from './backup-words-vi.ts'
import { ceremonyVi } from './ceremony-words-vi.ts'
import { changesVi } from './change-words-vi.ts'
import { commandsVi } from './command-words-vi.ts'
import { deskVi } from './desk-words-vi.ts'
import { epcisVi } from './epcis-words-vi.ts'
import { errorsHowVi, errorsVi } from './error-words-vi.ts'
import { fleetCommandsVi, fleetVi } from './fleet-words-vi.ts'
import { givenVi } from './given-words-vi.ts'
import { idsVi } from './id-words-vi.ts'
import { issuersVi } from './issuer-words-vi.ts'
import { listsVi } from './list-words-vi.ts'
import { manVi } from './man-words-vi.ts'
import { optionsVi } from './options-vi.ts'
import { pinnedVi } from './pinned-words-vi.ts'
import { projectVi } from './project-words-vi.ts'
import { publishingVi } from './publish-words-vi.ts'
import { recordsVi } from './record-words-vi.ts'
import { rowsVi } from './row-words-vi.ts'
import { runsVi } from './run-words-vi.ts'
import { scannersVi } from './scanner-words-vi.ts'
import { scansVi } from './scans-words-vi.ts'
import { secretsVi } from './secret-words-vi.ts'
import { shopVi } from './shop-words-vi.ts'
import { siteVi } from './site-words-vi.ts'
import { slicesVi } from './slice-words-vi.ts'
import { statusVi } from './status-words-vi.ts'
import { systemHowVi, systemVi } from './system-words-vi.ts'
import { verdictsVi } from './verdict-words-vi.ts'
import type { en } from './words-en.ts'

/** Vietnamese. */
export const vi: typeof en = {
  about: 'Tem chống giả tự chứng minh: khóa, danh sách và các đợt in.',
  commands: { ...commandsVi, ...fleetCommandsVi },
  options: optionsVi,
  issuers: issuersVi,
  lists: listsVi,
  publishing: publishingVi,
  slices: slicesVi,
  site: siteVi,
  verdicts: verdictsVi,
  changes: changesVi,
  backup: backupVi,
  scanners: scannersVi,
  scans: scansVi,
  ceremony: ceremonyVi,
  pinned: pinnedVi,
  runs: runsVi,
  man: manVi,
  records: recordsVi,
  shop: shopVi,
  status: statusVi,
  epcis: epcisVi,
  desk: deskVi,
  help: {
    titles: {
      'Usage:': 'Cách dùng:',
      'Arguments:': 'Đối số:',
      'Options:': 'Tùy chọn:',
      'Global Options:': 'Tùy chọn chung:',
      'Commands:': 'Các lệnh:',
    },
    options: '[tùy chọn]',
    command: '[lệnh]',
    byDefault: (value) => `mặc định là ${value}`,
  },
  misuse: {
    unknownOption: (option: string) => `không có tùy chọn ${option}`,
    unknownCommand: (command: string) => `không có lệnh ${command}`,
    missingArgument: (argument: string) => `thiếu đối số ${argument}`,
    optionMissingArgument: (option: string) => `tùy chọn ${option} cần một giá trị`,
    missingMandatoryOptionValue: (option: string) => `thiếu tùy chọn bắt buộc ${option}`,
    invalidArgument: (option: string, value: string) => `tùy chọn ${option} không nhận giá trị ${value}`,
    excessArguments: () => 'thừa đối số',
  },
  didYouMean: 'Có phải',
  next: 'Tiếp theo',
  errors: errorsVi,
  errorsHow: errorsHowVi,
  arguments: argumentWords.vi,
  error: 'Lỗi',
  warning: 'Cảnh báo',
  goOn: 'Tiếp tục? [c/K] ',
  yes: ['c', 'có', 'y', 'yes'],
  declined: 'chưa làm gì cả',
  confirmHow: 'thêm --yes nếu bạn thật sự muốn vậy',
  wrote: (file) => `Đã ghi ${file}`,
  kept: (file) => `Giữ nguyên ${file} đã có`,
  initDone: (facilities, products) => `Sổ đăng ký: ${facilities} cơ sở, ${products} sản phẩm.`,
  faults: (count) => `Sổ đăng ký có ${count} lỗi.`,
  moreNotes: (count) => `và ${count} điều khác`,
  registry: messagesVi,
  line: (file, line, column) => `${file} dòng ${line}${column && `, cột ${column}`}`,
  registryGood: (facilities, products) => `${facilities} cơ sở, ${products} sản phẩm, không có lỗi.`,
  mend: 'sửa các dòng trên, rồi chạy lại lệnh này',
  passphrase: 'Cụm mật khẩu: ',
  passphraseAgain: 'Nhập lại: ',
  passphrasesDiffer: 'hai lần nhập không giống nhau',
  passphraseMissing: 'cần có cụm mật khẩu',
  passphraseHow: 'dùng --passphrase-file TỆP, biến VERISTAMP_PASSPHRASE, hoặc gõ khi được hỏi',
  passphraseLong: 'cụm mật khẩu có từ 1 đến 1024 ký tự',
  secrets: secretsVi,
  ...projectVi,
  noKey: (file) => `thiếu ${file}`,
  noKeyHow: (name) => `tạo khóa: veristamp keygen ${name}; hoặc chép tệp .pub của khóa ở máy khác`,
  keygenHow: 'tạo các khóa của dự án này: veristamp keygen',
  pubHow: (name) =>
    `lấy keys/${name}.pub từ cơ quan quản lý; khóa mới tạo ở đây dù cùng tên vẫn là khóa khác`,
  awkwardKeyId: (key, keyId) =>
    `mã khóa ${keyId} của ${key}: mã tem có thể bắt đầu bằng ký hiệu mà dòng lệnh và bảng tính hiểu khác đi; nên dùng 1 đến 7, hoặc từ 14 trở lên`,
  noTrust: 'chưa có danh sách tin cậy',
  noTrustHow: 'tạo danh sách: veristamp trust build',
  refused: (file, reason, detail) =>
    `${file} không được chấp nhận (${reason}${detail && `: ${detail}`}). ${explainReason(reason, 'vi')}`,
  refusedHow: 'hãy xin cơ quan quản lý tệp đúng; veristamp trust show TỆP cho biết nội dung',
  exists: (file) => `${file} đã có`,
  existsHow: 'có thể lệnh khác vừa tạo ra nó: hãy xem lại, rồi chạy lại lệnh này',
  outputHow: 'chọn tên khác với -o, hoặc dùng --force để thay thế',
  owned: (file, part) => `${file} dẫn đến ${part}, vốn là của dự án`,
  ownedHow: 'chọn tệp khác với -o; ở đây --force không có tác dụng',
  isInput: (file, input) => `${file} chính là ${input}, tệp mà lệnh này đọc`,
  sameOutput: (file) => `lệnh này đã ghi thứ khác vào ${file}`,
  notAFile: (file) => `${file} không phải là tệp`,
  isFolderHow: 'ghi tên một tệp trong thư mục đó sau -o',
  standardOutputHow: 'chọn một tệp với -o, hoặc -o - để ghi ra đầu ra chuẩn',
  draftHow: 'nêu tên một bản nháp, như lists/trust-2.draft.cbor',
  draftReplaced: (file) => `đã có ${file}; các chữ ký trong đó sẽ mất`,
  initReplaces: (file) =>
    `đã có ${file}: lệnh này làm lại từ đầu, thay veristamp.json và các tệp trong registry/. Muốn tạo dự án khác thì dùng --dir THƯ_MỤC`,
  inUse: (file, used) => `${file} đang được dùng: đã có ${used}, làm bằng các khóa của dự án`,
  inUseHow:
    'sửa tệp này, hoặc các tệp CSV trong registry/, rồi: veristamp trust build. Dự án khác thì tạo trong thư mục trống',
  badAuthority: (text) => `${JSON.stringify(text)} không dùng được làm tên cơ quan`,
  badAuthorityHow: (like) =>
    `1 đến 64 ký tự a-z, 0-9, . và -, bắt đầu bằng chữ hoặc số, không bao giờ đổi về sau: veristamp init ${like} …`,
  copied: (folder) => `Đã chép sổ đăng ký vào ${folder}/: hãy sửa ở đó`,
  isVoid: (run) => `đợt ${run} đã hủy`,
  isVoidHow: 'in đợt khác: veristamp issue; veristamp runs liệt kê các đợt',
  clockBehind: (now, issued) => `đồng hồ chỉ ngày ${now}, nhưng danh sách tin cậy được lập ngày ${issued}`,
  clockHow: 'chỉnh lại đồng hồ',
  trustExpired: (date) => `danh sách tin cậy đã hết hạn ngày ${date} nên không tem nào còn hợp lệ`,
  issuerNotYet: (name, date) => `khóa của ${name} chỉ được chấp nhận từ ${date}`,
  issuerNotYetHow:
    'chờ đến ngày đó, hoặc ký bằng khóa khác: --key TÊN. Nếu ngày đó sai, cơ quan quản lý sửa lại bằng "notBefore" trong veristamp.json, rồi: veristamp trust build',
  issuerExpired: (name, date) => `khóa của ${name} chỉ được chấp nhận đến ${date}`,
  newKeyHow:
    'thay khóa mới: veristamp issuer rotate KHÓA (tên khóa trong veristamp.json), rồi in bằng khóa mới',
  staleRevocation: (sequence, date, how) =>
    `danh sách thu hồi ${sequence} đã hết hạn ngày ${date}: chưa có danh sách mới thì không trạm nào báo hợp lệ (${how})`,
  trustEnds: (date, days, how) =>
    `danh sách tin cậy chỉ còn ${days} ngày, đến ${date}: trước ngày đó các trạm cần danh sách mới (${how})`,
  issuerEnds: (name, date) => `khóa của ${name} chỉ được chấp nhận đến ${date}, tem của khóa này cũng vậy`,
  fewDots: (dots, fewest, isHidden) =>
    `${isHidden ? 'mã ẩn' : 'mã QR'} chỉ có ${dots} chấm mỗi ô: dưới ${fewest} chấm thì khó đọc; dùng nhãn lớn hơn (--stock), máy in mịn hơn (--dpi) hoặc --level L`,
  jobExpired: (date) => `các tem này đã hết hạn từ ngày ${date}`,
  jobExpiredHow: 'cho ngày muộn hơn với --expires, hoặc bỏ trống',
  noPrefix: (prefix) => `danh sách tin cậy không cho phép địa chỉ bắt đầu bằng ${JSON.stringify(prefix)}`,
  noPrefixHow: 'ghi vào prefixes trong veristamp.json, rồi: veristamp trust build',
  keyRevoked: (name, date, reason) =>
    `khóa của ${name} đã bị thu hồi ngày ${date} (${reason}), kèm các số sê-ri này`,
  serialRevoked: (serial, date, reason) => `số sê-ri ${serial} đã bị thu hồi ngày ${date} (${reason})`,
  serialRevokedHow: 'in các số sau đó: --first SỐ',
  keyExistsHow: 'tệp khóa không bao giờ bị thay thế: hãy chuyển nó đi trước',
  missingFile: (file) => `không tìm thấy ${file}`,
  system: systemVi,
  systemHow: systemHowVi,
  diskFull: 'đĩa đã đầy',
  diskFullHow: 'dọn chỗ trống rồi chạy lại lệnh; đợt in được làm tiếp bằng veristamp issue --resume ĐỢT',
  keyMade: (file, publicKey) => `Đã tạo ${file}; khóa công khai ${publicKey}`,
  keysKept: 'Dự án đã có đủ khóa.',
  trustSigned: (file, sequence) => `Đã ký danh sách tin cậy ${sequence}: ${file}`,
  trustDraft: (file, signed, threshold, who) =>
    `Bản nháp ${file}: ${signed}/${threshold} chữ ký gốc (${who})`,
  trustDraftHow: (file) =>
    `trên máy giữ từng khóa gốc: veristamp trust sign ${file}; nơi không có dự án thì thêm --pins và --before`,
  issueHow: 'veristamp issue --product MÃ --count SỐ_LƯỢNG',
  listHow: 'veristamp list',
  noProduct: (id) => `sản phẩm ${id} không có trong danh mục của danh sách tin cậy`,
  noProductHow: 'thêm vào sổ đăng ký, rồi: veristamp trust build',
  noIssuer: (key) => `danh sách tin cậy không có đơn vị phát hành với khóa ${key}`,
  noIssuerHow:
    'veristamp issuer list cho biết các đơn vị phát hành. Muốn thêm: veristamp issuer add KHÓA --name TÊN --scope CƠ_SỞ:SẢN_PHẨM',
  runDone: (run, first, last) => `Đợt ${run}: số sê-ri ${first} đến ${last}`,
  stopped: (run) => `Đợt ${run} đã dừng. Các số sê-ri vẫn thuộc về đợt này.`,
  resumeHow: (run) => `làm tiếp: veristamp issue --resume ${run}`,
  noRun: (run) => `không có đợt ${run}`,
  noRunHow: 'veristamp runs liệt kê các đợt',
  notFinished: (run) => `đợt ${run} chưa xong`,
  runVerified: (run, count) => `Đợt ${run} nguyên vẹn: ${count} mã, mọi chữ ký đều đúng.`,
  runFault: (run, reason, detail) =>
    `Đợt ${run} không đúng với bản kê đã ký (${reason}${detail && `: ${detail}`})`,
  runFaultHow:
    'chưa ghi gì cả. Hãy khôi phục thư mục của đợt từ bản sao lưu; nếu không có thì in đợt khác: veristamp issue',
  noRuns: 'Chưa có đợt in nào.',
  checked: (valid, invalid, open) => `${valid} hợp lệ, ${invalid} không hợp lệ, ${open} chưa xác định`,
  nothingToCheck: 'chưa có mã nào',
  nothingToCheckHow: 'ghi mã, --file TỆP, hoặc - cho đầu vào chuẩn',
  ...{ ids: idsVi, rows: rowsVi, fleet: fleetVi },
  ...givenVi,
  isFile: (file) => `${file} là tệp, không phải mã`,
  isFolder: (folder) => `${folder} là thư mục`,
  revoked: (count) => `Đã thu hồi ${count}.`,
  revokedKey: ({ name, keyId, publicKey }) =>
    `Đã thu hồi vĩnh viễn khóa ${publicKey} của ${name}, mã khóa ${keyId}: không danh sách nào rút lại được. Tem của khóa này không hợp lệ.`,
  spared: ({ facility, product, serial }) =>
    `Vẫn hợp lệ: sản phẩm ${product} của cơ sở ${facility} đến số sê-ri ${serial}, dù ai ký.`,
  revokedKeyHow: 'thay khóa mới: veristamp issuer rotate KHÓA',
  sharedKeyId: (keyId) => `mã khóa ${keyId} là của nhiều đơn vị phát hành`,
  sharedKeyIdHow: 'ghi tên khóa như trong veristamp.json',
  badSerials: (text) => `--serials: ${JSON.stringify(text)} không phải số sê-ri hay khoảng số`,
  badSerialsHow: 'các số và khoảng số cách nhau bằng dấu phẩy, như 5,10-20',
  badMark: (text) => `${JSON.stringify(text)} không phải CƠ_SỞ:SẢN_PHẨM:SỐ`,
  badMarkHow: 'ba con số, như 12:104:2000',
  badIdHow: 'bỏ các số 0 ở đầu, hoặc xem mã trong registry/products.csv và registry/facilities.csv',
  wrongFacility: (product, own, given) =>
    `sản phẩm ${product} là của cơ sở ${own}, không phải cơ sở ${given}`,
  wrongFacilityHow: 'xem registry/products.csv; chỉ nêu một sản phẩm thì không cần ghi cơ sở',
  caughtUp: (run, first, last) =>
    `Đợt ${run} đã hủy mà chưa có trong danh sách nào: danh sách này thu hồi số sê-ri ${first} đến ${last}.`,
  watermark: ({ keyId, facility, product, from, to }) =>
    `Ngưỡng của sản phẩm ${product}, cơ sở ${facility}${keyId === undefined ? '' : `, mã khóa ${keyId}`}: ${
      from === to ? `đã là ${to}` : `${from === undefined ? '' : `${from} → `}${to}`
    }`,
  noPinsPicture: (file) => `không ghi được mã vào ${file}`,
  noPinsPictureHow:
    'đặt đuôi .svg (có tên, dấu vân tay và nơi đặt máy bên dưới) hoặc .png; hoặc dùng - để hiện ở đây',
  fingerprint: (text) => `Dấu vân tay, ghi trên giấy đi kèm: ${text}`,
  noScope: ({ facility, product, serial }) =>
    `không đơn vị nào được phát hành tem số ${serial} cho sản phẩm ${product} của cơ sở ${facility}`,
  noScopeHow: 'xem các đơn vị và phạm vi: veristamp trust show',
  noHidden: (format) => (format === 'zpl' ? 'mã ẩn không ghi được ra ZPL' : 'tem của đợt này không có mã ẩn'),
  noHiddenHow: 'mã ẩn chỉ có ở các đợt in với --sealed, ra pdf hoặc csv',
  noRevocation: 'cơ quan này không có khóa thu hồi',
  noRevocationHow:
    'ghi "revocation" trong veristamp.json, tạo bằng veristamp keygen, rồi: veristamp trust build',
  notADocument: 'không phải mã tem cũng không phải tài liệu của veristamp',
  exported: (count) => `${count} tem.`,
  tooLong: (file) => `${file} là thư mục, hoặc dài hơn mọi tệp loại này`,
  badKey: (file) => `${file} không chứa khóa công khai gồm 64 chữ số thập lục phân`,
  jobWhat: 'sản phẩm nào, bao nhiêu tem?',
  noFolder: (folder) => `không có thư mục ${folder}`,
  noFolderHow: 'xem lại --dir; veristamp init tạo thư mục còn thiếu',
  left: (time) => `còn ${time}`,
  cancelled: 'đã dừng',
  againHow: 'không có tệp nào dở dang; hãy chạy lại lệnh này',
}
