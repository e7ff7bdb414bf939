import { explainReason } from '../../document/reason-messages.ts'
import type { ErrorDetails } from '../../lib/error-details.ts'
import { captureHowVi, captureVi } from './capture-words-vi.ts'
import { byFault, type ErrorHow, type ErrorWords } from './error-words.ts'
import { fleetFailedVi, fleetHowVi, sendFailedVi, sendHowVi } from './fleet-words-vi.ts'

/** The same in Vietnamese. */

const said = (complaint: string | undefined): string => (complaint ? `, và báo: ${complaint}` : '')

const signing = byFault<ErrorDetails['signing_failed']>({
  not_signed: ({ serial }) => `chưa ký được số sê-ri ${serial}`,
  wrong_signature: ({ program, serial }) =>
    serial === undefined
      ? `chữ ký của ${program ?? 'bên ký'} không khớp với khóa công khai`
      : `chữ ký của số sê-ri ${serial} không khớp với khóa công khai, nên không được ghi vào đâu cả`,
  wrong_length: ({ program, length, complaint }) =>
    `${program ?? 'bên ký'} trả về ${length} byte; chữ ký phải có 64${said(complaint)}`,
  ended: ({ program, exit, complaint }) => `${program} không ký: kết thúc với mã ${exit}${said(complaint)}`,
  no_answer: ({ program, timeout, complaint }) =>
    `${program} không trả lời sau ${timeout} mili giây${said(complaint)}`,
  not_started: ({ program, system }) =>
    `không chạy được ${program} (${system}), chương trình ký thay tệp khóa`,
  other_key: ({ run, publicKey }) => `đợt ${run} là của khóa khác, ${publicKey}`,
  unsound_key: ({ run, reason }) => `khóa công khai của đợt ${run} không an toàn (${reason})`,
  no_webcrypto: () => 'ở đây không có WebCrypto: trình duyệt chỉ có nó trên trang https',
})

function tooLarge(facts: ErrorDetails['does_not_fit']): string {
  switch (facts.what) {
    case 'payload':
      return `tem dài ${facts.length} byte, chỉ được tối đa ${facts.max}`
    case 'document':
      return `danh sách dài ${facts.length} byte, chỉ được tối đa ${facts.max}`
    case 'signatures':
      return `một danh sách chỉ mang tối đa ${facts.max} chữ ký`
    case 'scans':
      return `nhật ký quét cần ${facts.count} tài liệu, chỉ được tối đa ${facts.max}`
    case 'chain':
      return `chuỗi có ${facts.count} danh sách, ${facts.length} byte; chỉ được tối đa ${facts.max} và ${facts.maxLength}`
    case 'symbol':
      return `mã quá dài cho mã QR phiên bản ${facts.version}-${facts.level}${
        facts.enough === undefined ? '' : `; cần ít nhất phiên bản ${facts.enough}`
      }`
    case 'label':
      return `mã QR ${facts.modules} ô${facts.dots === undefined ? '' : `, ${facts.dots} chấm mỗi ô,`} cần nhãn lớn hơn ${facts.room.toFixed(1)} mm ở ${facts.dpi} dpi`
    case 'words':
      return `chỗ ${facts.width.toFixed(1)} × ${facts.height.toFixed(1)} mm cạnh mã QR không đủ để in số sê-ri đọc được`
    case 'hidden_symbol':
      return `mã QR của mã ẩn cần chỗ lớn hơn ${facts.width.toFixed(1)} × ${facts.height.toFixed(1)} mm dành cho chữ`
  }
}

const document = byFault<ErrorDetails['bad_document']>({
  refused: ({ reason, detail }) =>
    `không trạm nào chấp nhận danh sách này (${reason}${detail ? `: ${detail}` : ''}). ${explainReason(reason, 'vi')}`,
  not_later: () => 'danh sách thu hồi này không phải bản sau của cùng cơ quan',
  not_signed: () => 'đây là bản nháp, cần một danh sách đã ký',
  later_fields: () => 'danh sách có những mục của phiên bản mới hơn',
  slices_missing: () => 'còn thiếu một số lát của danh sách: hãy để đủ các lát bên cạnh nó',
  other_body: () => 'hai tài liệu có nội dung khác nhau nên không gộp chữ ký được',
  revocation_hidden: ({ keyId, facility, product }) =>
    product === undefined
      ? `điều danh sách thu hồi nói về mã khóa ${keyId} lại nằm ở lát của mã khóa khác: điện thoại sẽ bỏ sót`
      : `số đã thu hồi của sản phẩm ${product}, cơ sở ${facility} không nằm trong lát của mã khóa ${keyId}, nay được đóng tem cho sản phẩm này: điện thoại sẽ bỏ sót`,
  other_context: ({ context }) => `ở đây không ký tài liệu loại ${context}`,
})

const run = byFault<ErrorDetails['run_corrupt']>({
  stranger: ({ file }) => `${file} không thuộc sổ đợt in: có phải một bản ghi bị đổi tên không?`,
  not_plain: ({ file }) =>
    `${file} không đúng như tên gọi: tệp nằm ở chỗ thư mục hoặc ngược lại, hoặc là ống dẫn`,
  damaged: ({ file }) => `${file} bị hỏng, hoặc là bản ghi của đợt khác`,
  no_record: ({ file }) => `${file} còn đó nhưng bản ghi của nó đã mất`,
  missing: ({ file }) => `${file} bị mất`,
  other_manifest: ({ file }) => `${file} có bản kê ghi số sê-ri khác với bản ghi`,
  unlisted: ({ file }) =>
    `${file} không có trong cơ sở dữ liệu: có phải cơ sở dữ liệu vừa được khôi phục từ bản cũ không?`,
  other_record: ({ file }) => `${file} khác với bản ghi trong cơ sở dữ liệu`,
  no_number: ({ file }) => `${file}: đã hết số cho đợt in`,
  no_reason: ({ file }) => `${file} bị hỏng: không ghi lý do`,
  no_secret: ({ file }) => `${file} bị mất, bị hỏng hoặc là của đợt khác`,
  no_folder: ({ file }) => `${file} không phải là thư mục`,
  no_file: ({ file }) => `${file} không phải là tệp thường`,
  taken: ({ file }) => `${file} đã có trước khi đợt in bắt đầu`,
  foreign_signature: ({ file }) => `${file} không do khóa của đợt này ký`,
  other_run: ({ file }) => `${file} không phải của đợt này như lúc giữ số`,
  not_signed_for: ({ file }) => `${file} không phải thứ đã được ký`,
  other_secret: ({ file }) => `${file} làm lại thì khác với thứ đã được ký: bí mật của mã ẩn đã khác`,
  made_otherwise: ({ file }) => `${file} làm lại thì khác với thứ đã được ký`,
  other_codes: ({ file }) => `${file} không phải do đợt này ghi ra`,
  other_fonts: ({ run: id }) => `đợt ${id} bắt đầu với phông chữ khác, nay sẽ ra tệp PDF khác`,
  serials_twice: ({ run: id, other, first, last }) =>
    `đợt ${id} trùng số sê-ri với đợt ${other}, đợt này có số ${first} đến ${last}`,
  no_row: ({ line }) => `${JSON.stringify(line)} không phải một dòng mã của đợt in`,
})

const RESTORE = 'khôi phục từ bản sao lưu: có thể chỉ tệp này còn ghi các số sê-ri đó'
const MADE_AGAIN = 'chuyển nó đi rồi làm tiếp đợt in: tệp sẽ được làm lại'
const MOVE = 'chuyển nó đi'

const runHow: Readonly<Partial<Record<ErrorDetails['run_corrupt']['fault'], string>>> = {
  unlisted: 'chạy veristamp fleet init để nhận lại nó, các số sê-ri vẫn coi như đã dùng',
  ...{ stranger: 'đổi lại đúng tên cũ, hoặc chuyển nó đi', damaged: RESTORE, no_record: RESTORE },
  ...{ missing: RESTORE, no_secret: 'khôi phục từ bản sao lưu: mã ẩn chỉ sinh ra được từ tệp này' },
  ...{ no_folder: MOVE, no_file: MOVE, taken: MOVE },
  ...{ foreign_signature: MADE_AGAIN, other_run: MADE_AGAIN, not_signed_for: MADE_AGAIN },
  other_fonts: 'dùng đúng phông chữ lúc bắt đầu: --font',
  serials_twice: 'hủy đợt này: veristamp runs void ĐỢT',
}

const lock = byFault<ErrorDetails['run_busy']>({
  working: ({ folder, pid, host }) => `${folder}: tiến trình ${pid} trên máy ${host} đang làm đợt này`,
  maybe_working: ({ folder, pid, host }) =>
    `${folder}: tiến trình ${pid} trên máy ${host} đang làm đợt này, hoặc số đó nay là của chương trình khác`,
  elsewhere: ({ folder, pid, host, seen }) =>
    `${folder}: tiến trình ${pid} trên máy ${host} đang hoặc đã làm đợt này: lần cuối thấy nó là ${seen ?? 'vừa xong'}, theo đồng hồ của máy đó. Nó ở máy khác hoặc container khác, nên ở đây không biết được nó còn chạy hay không`,
  lost: ({ folder }) => `${folder}: tiến trình khác đã giành lấy đợt này`,
  no_lock: ({ file }) => `${file} không phải tệp khóa của chương trình này`,
})

const lockHow = byFault<ErrorDetails['run_busy']>({
  working: () => 'chờ tiến trình đó, hoặc kết thúc nó; không mất gì cả',
  maybe_working: ({ file }) =>
    `chờ tiến trình đó, hoặc kết thúc nó; không mất gì cả. Nếu đó không phải veristamp thì xóa ${file} rồi chạy lại`,
  elsewhere: ({ file }) =>
    `chờ tiến trình đó, hoặc kết thúc nó; không mất gì cả. Khi chắc chắn nó không còn chạy, hãy xóa ${file} rồi chạy lại`,
  lost: () => 'chờ tiến trình đó, hoặc kết thúc nó; không mất gì cả',
  no_lock: () => 'chuyển nó đi rồi chạy lại',
})

const keyFile = byFault<ErrorDetails['bad_key_file']>({
  too_long: ({ file }) => `${file} quá dài so với một khóa, hoặc không phải là tệp`,
  not_pem: ({ file }) => `${file} không phải PKCS#8 dạng PEM, để thường hoặc mã hóa bằng PBES2`,
  costly: ({ file }) => `${file}: kiểm tra cụm mật khẩu của nó sẽ mất quá nhiều thời gian`,
  no_private_key: ({ file }) => `không đọc được khóa riêng nào từ ${file}`,
  other_kind: ({ file, kind }) => `${file} chứa khóa không phải Ed25519${kind ? `: ${kind}` : ''}`,
})

const store = ({ fault, file, at, key, detail }: ErrorDetails['store_corrupt']): string =>
  `dữ liệu ghi nhớ từ trước ${fault === 'lost' ? 'đã mất' : 'bị hỏng'}${file || key ? `: ${file ?? key}` : ''}${
    at === undefined ? '' : `, tại byte ${at}`
  }${detail ? ` (${detail})` : ''}`

export const errorsVi: ErrorWords = {
  out_of_scope: ({ facility, product, count }) =>
    `khóa không còn đủ ${count} số sê-ri của sản phẩm ${product}, cơ sở ${facility}`,
  signing_failed: signing,
  does_not_fit: tooLarge,
  bad_document: document,
  store_corrupt: store,
  key_shared: ({ publicKey, authorities: [one, other] }) =>
    `${one} và ${other} cùng tin một khóa, ${publicKey}`,
  worker_failed: () => 'một tiến trình phụ bị lỗi',
  revocation_permanent: (facts) =>
    `${
      facts.serial === undefined
        ? `khóa ${facts.key}`
        : `số sê-ri ${facts.serial}${facts.product === undefined ? '' : ` của sản phẩm ${facts.product}, cơ sở ${facts.facility},`}`
    } đã bị thu hồi trong một danh sách đã ký, kèm lý do và ngày`,
  bad_key_file: keyFile,
  passphrase: ({ file, fault }) =>
    fault === 'missing' ? `${file} cần cụm mật khẩu` : `${file}: sai cụm mật khẩu, hoặc tệp bị hỏng`,
  is_link: ({ file }) => `${file} là liên kết; dự án không ghi gì qua liên kết`,
  run_corrupt: run,
  run_busy: lock,
  run_void: ({ run: id }) => `đợt ${id} đã hủy`,
  serials_taken: ({ run: id, first, last }) => `đợt ${id} đã có số sê-ri ${first} đến ${last}`,
  above_watermark: ({ serial, product, facility, highest }) =>
    `số sê-ri ${serial} của sản phẩm ${product}, cơ sở ${facility} vượt ngưỡng đã công bố là ${highest}`,
  not_deterministic: ({ fault }) =>
    `bên ký của khóa ${
      fault === 'each_time'
        ? 'mỗi lần ký cùng một tem lại ra khác'
        : 'nay ký khác trước, hoặc bí mật của mã ẩn đã khác'
    }: một đợt dừng rồi làm tiếp sẽ in hai tem cùng một số sê-ri`,
  capture_failed: captureVi,
  fleet_failed: fleetFailedVi,
  send_failed: sendFailedVi,
  no_hard_links: ({ folder }) =>
    `ổ đĩa chứa ${folder} không có liên kết cứng; thiếu nó, hai lệnh có thể lấy trùng số sê-ri`,
  letter_missing: ({ letter, numbers }) =>
    `phông chữ của nhãn không có ${JSON.stringify(letter)} (${numbers.join(' ')})`,
}

const signerHow = 'xem mục commands trong veristamp.json, và chạy thử riêng chương trình đó'

export const errorsHowVi: ErrorHow = {
  out_of_scope: () => 'xin cơ quan quản lý thêm số sê-ri, hoặc in ít hơn',
  signing_failed: (facts) => ('program' in facts && facts.program ? signerHow : undefined),
  does_not_fit: () => 'dùng nhãn lớn hơn với --stock, mã thưa hơn với --level L, hoặc --prefix ngắn hơn',
  revocation_permanent: () => 'điều đã ký thu hồi thì giữ nguyên: hãy thu hồi bằng hoặc nhiều hơn thế',
  passphrase: () => 'dùng --passphrase-file TỆP, biến VERISTAMP_PASSPHRASE, hoặc gõ khi được hỏi',
  is_link: () => 'thay nó bằng thư mục hoặc tệp thật; muốn để dự án ở nơi khác thì chuyển cả dự án',
  run_corrupt: ({ fault }) => runHow[fault],
  run_busy: lockHow,
  run_void: () => 'in đợt khác: veristamp issue; veristamp runs liệt kê các đợt',
  serials_taken: () => 'bỏ --first để lấy các số trống tiếp theo, hoặc bắt đầu sau các số đó',
  above_watermark: ({ facility, product, serial }) =>
    `nâng ngưỡng và công bố trước: veristamp list --raise ${facility}:${product}:${serial}. Nếu cơ quan quản lý giữ khóa thu hồi, hãy xin họ chạy lệnh đó`,
  capture_failed: captureHowVi,
  fleet_failed: fleetHowVi,
  send_failed: sendHowVi,
  no_hard_links: () =>
    'để dự án trên ổ đĩa NTFS, APFS, ext4 hoặc tương tự; đừng dùng exFAT, FAT32 hay một số ổ mạng',
  letter_missing: () =>
    'sửa tên trong registry/ rồi chạy: veristamp trust build; hoặc chọn phông có chữ đó với --font',
}
