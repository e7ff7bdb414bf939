import type { ceremonyEn } from './ceremony-words-en.ts'

type Signature = Parameters<(typeof ceremonyEn)['root']>[1]

const SIGNATURES: Readonly<Record<Signature, string>> = {
  good: 'đã ký',
  missing: 'chưa ký',
  bad: 'có chữ ký sai: danh sách đã bị sửa, hoặc là khóa khác',
  unsound: 'không phải khóa mà máy kiểm tra chấp nhận',
}

/** The same in Vietnamese. */
export const ceremonyVi: typeof ceremonyEn = {
  head: (sequence, authority) => `Danh sách tin cậy ${sequence} của ${authority}:`,
  chain: (count) => `Chuỗi ${count} danh sách. Danh sách cuối có giá trị:`,
  digest: (hex) => `mã tóm tắt, hãy đọc cho nhau nghe: ${hex}`,
  roots: (version, threshold, signed) => `bộ khóa gốc ${version}: đã có ${signed} khóa ký, cần ${threshold}`,
  root: (name, signature) => `${name} ${SIGNATURES[signature]}`,
  issuer: (name, keyId, key, reach, from, until) =>
    `đơn vị phát hành ${name} (mã khóa ${keyId}): khóa ${key}, cho ${reach}, từ ${from} đến ${until}`,
  noRevocation: 'không có khóa thu hồi: không thu hồi được gì',
  counts: (facilities, products, scanners) =>
    `${facilities} cơ sở, ${products} sản phẩm, ${scanners} máy quét`,
  accepted: 'Máy kiểm tra chấp nhận danh sách này.',
  refused: (reason) => `Máy kiểm tra từ chối danh sách này (${reason}).`,
  beforeNeedsPins: '--before chỉ dùng cùng --pins',
  beforeNeedsPinsHow: 'trong dự án thì bỏ đi, vì danh sách mới nhất đã ở đây; hoặc nêu tệp pins đã đem theo',
  badPins: (file, reason) => `${file} không phải tệp pins (${reason})`,
  badPinsHow: 'xin cơ quan quản lý tệp do veristamp trust pins ghi, rồi so dấu vân tay',
  noneAtHand: (file) => `ở đây không có khóa gốc nào mà ${file} còn chờ`,
  noneAtHandHow: 'chạy lệnh ở máy giữ khóa: keys/TÊN.pem',
  fewKeys: (keys, threshold) => `cần ${threshold} khóa mới cùng ký, mà chỉ có ${keys} khóa`,
  fewKeysHow: (keys) => `ghi thêm khóa sau --keys, hoặc ghi số khóa phải ký: --threshold ${keys}`,
  lowers: (threshold, before) =>
    `Từ trước đến nay phải có ${before} khóa gốc cùng ký. Từ danh sách này chỉ cần ${threshold}${
      threshold === 1 ? ': ai có một khóa bất kỳ đều ghi được mọi thứ vào danh sách tin cậy' : ''
    }.`,
  mergeFirst: (draft) => `${draft} còn thiếu chữ ký; khi đủ, ghép lại: veristamp trust merge CÁC_BẢN`,
  signatures: (signed, missing, open) =>
    [
      signed === '' ? 'chưa ai ký' : `${signed} đã ký`,
      missing > 0 ? `cần thêm ${missing} trong số ${open}` : 'đã đủ',
    ].join(', '),
  oldKeys: (who) => `bộ khóa cũ: ${who}`,
  newKeys: (who) => `bộ khóa mới: ${who}`,
  pins: (fingerprint) => `dấu vân tay của tệp pins, để so với bản giấy: ${fingerprint}`,
  complete: (file) => `${file} đã đủ chữ ký.`,
  carryDraftBack: (file) => `đem ${file} về cơ quan, rồi chạy: veristamp trust merge ${file}`,
  carryKeys: (files) =>
    `đem ${files.join(', ')} đến cơ quan quản lý, chép vào keys/ của dự án ở đó. Khóa riêng ở lại đây`,
  carryOn: (file) =>
    `đem ${file} đến người giữ khóa gốc tiếp theo, hoặc đem về rồi chạy: veristamp trust merge ${file}`,
}
