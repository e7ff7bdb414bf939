import type { issuersEn } from './issuer-words-en.ts'

/** The same in Vietnamese. */
export const issuersVi: typeof issuersEn = {
  buildHow: 'veristamp trust build',
  listHow: 'xem mọi đơn vị phát hành: veristamp issuer list',
  keyId: (keyId) => `mã khóa ${keyId}`,
  accepted: (from, until) => `tem được chấp nhận từ ${from} đến ${until}`,
  issuedHere: (count) => `${count} tem theo các đợt in của dự án`,
  states: {
    active: 'đang ký',
    retired: 'đã nghỉ: tem cũ vẫn hợp lệ, khóa không ký tem mới',
    revoked: 'đã bị thu hồi',
    ended: 'đã hết hạn: tem của khóa này không còn được chấp nhận',
    early: 'chưa đến ngày ký',
    listed: 'còn trong danh sách tin cậy nhưng không còn trong veristamp.json',
    unlisted: 'chưa có trong danh sách tin cậy',
  },
  noEntry: (key) => `veristamp.json không có đơn vị phát hành nào dùng khóa ${key}`,
  noEntryHow: (names) => `các đơn vị trong tệp dùng khóa: ${names}`,
  isThere: (key) => `veristamp.json đã có đơn vị phát hành dùng khóa ${key}`,
  isThereHow: (key) => `muốn đổi phạm vi của khóa: veristamp issuer scope ${key} CƠ_SỞ:SẢN_PHẨM`,
  isRetired: (key, date) => `khóa ${key} đã nghỉ từ ngày ${date}`,
  retiredHow: (key) => `hãy ký bằng khóa khác: --key ${key}`,
  badScope: (text) => `${JSON.stringify(text)} không phải là một phạm vi`,
  badScopeHow: 'CƠ_SỞ, CƠ_SỞ:SẢN_PHẨM, hoặc CƠ_SỞ:SẢN_PHẨM:ĐẦU-CUỐI, ví dụ 12 hoặc 12:104 hoặc 12:104:1-5000',
  scopeListHow: 'xem mỗi khóa được ký những gì: veristamp issuer list',
  wholeOnly: 'khi dùng --from, --scope không nhận số sê-ri: khóa kia giữ những gì đã ký và giao phần còn lại',
  wholeOnlyHow: 'chỉ ghi cơ sở hoặc sản phẩm, ví dụ --scope 12 hoặc --scope 12:104',
  keyIdTaken: (keyId, one, other) =>
    `${one} và ${other} cùng có mã khóa ${keyId}, nên các đợt in của hai bên sẽ trùng tên`,
  keyIdTakenHow: (key) => `bỏ "keyId" của ${key} trong veristamp.json: khóa sẽ được cấp mã còn trống`,
  overlap: (old, young, shared) => `${old} và ${young} đều được phát hành tem cho ${shared}`,
  overlapHow: (old, young) =>
    `muốn ${young} thay ${old}: xóa ${young} khỏi veristamp.json, rồi chạy veristamp issuer rotate ${old} --to ${young}. Muốn giao cho ${young} một phần: veristamp issuer add ${young} --name TÊN --scope CƠ_SỞ:SẢN_PHẨM --from ${old}`,
  overlapRetiredHow: (retired, key) =>
    `${retired} đã nghỉ và giữ những gì đã ký. Hãy giao cho ${key} các số sê-ri sau đó: veristamp issuer scope ${key} CƠ_SỞ:SẢN_PHẨM:ĐẦU-CUỐI …`,
  twice: (key, shared) => `phạm vi của ${key} ghi hai lần: ${shared}`,
  twiceHow: (key) => `chỉ ghi một lần: veristamp issuer scope ${key} CƠ_SỞ:SẢN_PHẨM`,
  gives: (old, young, reach) => `${old} giao cho ${young}: ${reach}`,
  nothingToGive: (key) => `${key} không còn số sê-ri nào để giao`,
  stamps: ({ facility, product, first, last, count }) =>
    count === undefined
      ? `sản phẩm ${product} của cơ sở ${facility}: các số sê-ri đến ${last}, theo ngưỡng`
      : `sản phẩm ${product} của cơ sở ${facility}: ${count} tem, số sê-ri ${first} đến ${last}`,
  atStake: {
    gone: (key) => `nếu bỏ khóa ${key}, các tem này sẽ thành không hợp lệ:`,
    keyId: (key) => `nếu đổi mã khóa của ${key}, các tem này sẽ thành không hợp lệ:`,
    scope: (key) => `${key} đã ký các tem này; với phạm vi mới chúng sẽ thành không hợp lệ:`,
  },
  atStakeHow: {
    gone: (key) =>
      `ghi ${key} trở lại vào "issuers" trong veristamp.json. Muốn thay bằng khóa mới: veristamp issuer rotate ${key}. Nếu muốn các tem đó không hợp lệ: veristamp revoke --key ${key} --wholly --reason LÝ_DO`,
    keyId: (key) => `ghi lại mã khóa cũ của ${key} trong veristamp.json, hoặc bỏ "keyId"`,
    scope: (key) =>
      `để ${key} giữ những gì đã ký. Nếu muốn các tem đó không hợp lệ: veristamp revoke --product MÃ --serials ĐẦU-CUỐI --reason LÝ_DO`,
  },
  rotates: (old, young) => `Khóa ${young} thay khóa ${old}:`,
  signsNow: (key, reach) => `- từ nay ${key} ký: ${reach}`,
  keeps: (key, reach) => `- ${key} nghỉ, và giữ những gì đã ký: ${reach}`,
  unused: (key) => `- ${key} chưa ký gì, nên không còn trong danh sách`,
  rotatedHow: (key) => `in bằng khóa mới, ví dụ: veristamp issue --product MÃ --count SỐ_LƯỢNG --key ${key}`,
  rotatedDraftHow: (old, young) => `${old} không ký gì nữa, còn ${young} bắt đầu ký khi bản nháp đủ chữ ký`,
  atLow: (at, highest) => `--at ${at} quá thấp: khóa đã ký đến số sê-ri ${highest}`,
  atLowHow: 'ghi số sê-ri cuối cùng nhà in đã ký, tính trên mọi sản phẩm',
  elsewhere: (key, products) =>
    `khóa riêng ${key} ở máy khác, và ở đây không biết khóa đó đã ký đến đâu với ${products} sản phẩm`,
  elsewhereHow: (key) =>
    `cho nhà in dừng lại, đem các đợt in về đây (veristamp runs import THƯ_MỤC), rồi ghi số sê-ri cuối cùng đã in: veristamp issuer rotate ${key} --to TÊN --at SỐ`,
  keyElsewhere: (key) => `khóa riêng ${key} ở máy khác, nên khóa mới cũng phải tạo ở máy đó`,
  keyElsewhereHow: (old, young) =>
    `ở máy đó: veristamp keygen ${young}. Đem keys/${young}.pub về đây, rồi: veristamp issuer rotate ${old} --to ${young}`,
  atZero: (count) => `${count} ngưỡng bắt đầu từ 0: hãy nâng ngưỡng trước khi tem rời nhà in`,
  open: (count) =>
    `chưa có gì giữ tem của ${count} sản phẩm lại: ngưỡng của mọi sản phẩm phải bắt đầu từ 0, mà danh sách mới nhất chưa ghi`,
  noneMay: ({ facility, product }) => `không khóa nào được dán tem sản phẩm ${product} của cơ sở ${facility}`,
  noneMayHow: ({ facility, product }) =>
    `cơ quan quản lý ghi thêm vào phạm vi của một khóa (xem bằng veristamp issuer list): veristamp issuer scope KHÓA … ${facility}:${product}`,
  mayNot: (key, { facility, product }, others) =>
    `khóa ${key} không được dán tem sản phẩm ${product} của cơ sở ${facility}; được phép: ${others}`,
  mayNotHow: (key) => `ký bằng khóa đó, ở máy giữ khóa: --key ${key}`,
  beginsAt: ({ facility, product }, first) =>
    `số sê-ri của khóa này cho sản phẩm ${product}, cơ sở ${facility} bắt đầu từ ${first}`,
  beginsAtHow: (first) => `bỏ --first, hoặc bắt đầu từ ${first} trở đi`,
  endsAt: ({ facility, product }, last, other) =>
    `số sê-ri của khóa này cho sản phẩm ${product}, cơ sở ${facility} chỉ đến ${last}; các số sau thuộc khóa ${other}`,
  oldFileHow:
    'veristamp.json ở đây cũ hơn danh sách tin cậy: hãy lấy lại tệp này và mọi tệp keys/*.pub từ cơ quan quản lý, rồi ký bằng khóa mới',
  oldFile: (keys) =>
    `veristamp.json ở đây cũ hơn danh sách tin cậy, trong đó có ${keys}: hãy lấy lại tệp này và mọi tệp keys/*.pub từ cơ quan quản lý`,
  startsAtZero: (products, keys) =>
    `Từ nay ${products} sản phẩm của ${keys} khóa bắt đầu từ 0. Các khóa riêng này ở máy khác: nếu nhà in đã in tem mà đợt in chưa đem về đây, các tem đó không hợp lệ cho đến khi bạn nâng ngưỡng.`,
}
