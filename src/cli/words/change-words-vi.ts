import type { changesEn } from './change-words-en.ts'

/** The same in Vietnamese. */
export const changesVi: typeof changesEn = {
  head: (to, from) =>
    from === undefined
      ? `Danh sách tin cậy ${to}, danh sách đầu tiên:`
      : `Danh sách tin cậy ${to} so với danh sách ${from}:`,
  datesOnly: 'chỉ đổi ngày, không đổi gì khác',
  dates: (issued, expires) => `lập ngày ${issued}, có hạn đến ${expires}`,
  issuer: (name, keyId) => `đơn vị phát hành ${name} (mã khóa ${keyId})`,
  gone: (issuer, issued) =>
    `${issuer} không còn nữa: tem của đơn vị này thành không hợp lệ, trong đó ${issued} tem đã phát hành theo các đợt in của dự án`,
  replaced: (issuer, old, young, issued) =>
    `${issuer} đổi khóa, từ ${old} sang ${young}: tem của khóa cũ thành không hợp lệ, trong đó ${issued} tem đã phát hành theo các đợt in của dự án`,
  added: (issuer, publicKey, reach, from, until) =>
    `thêm ${issuer}: khóa ${publicKey}, cho ${reach}, từ ${from} đến ${until}`,
  renamed: (issuer, before) => `${issuer} trước đây tên là ${before}`,
  otherKeyId: (issuer, before, issued) =>
    `${issuer} trước đây có mã khóa ${before}: tem mang mã cũ thành không hợp lệ, trong đó ${issued} tem đã phát hành theo các đợt in của dự án`,
  lost: (issuer, reach, issued) =>
    `${issuer} không còn được phát hành tem cho ${reach}: các tem này thành không hợp lệ, trong đó ${issued} tem đã phát hành theo các đợt in của dự án`,
  gained: (issuer, reach) => `${issuer} được phát hành thêm tem cho ${reach}`,
  validity: (issuer, [from, until], [oldFrom, oldUntil]) =>
    `${issuer} được chấp nhận từ ${from} đến ${until}, trước đây từ ${oldFrom} đến ${oldUntil}`,
  facilitiesGone: (count, names) => `bớt ${count} cơ sở: ${names}`,
  productsGone: (count, names, issued) =>
    `bớt ${count} sản phẩm: ${names}; ${issued} tem của chúng đã phát hành theo các đợt in của dự án`,
  facilitiesNew: (count, names) => `thêm ${count} cơ sở: ${names}`,
  productsNew: (count, names) => `thêm ${count} sản phẩm: ${names}`,
  facilitiesChanged: (count, names) => `${count} cơ sở có thông tin khác trước: ${names}`,
  productsChanged: (count, names) => `${count} sản phẩm có thông tin khác trước: ${names}`,
  prefixesGone: (texts) => `tem không còn được bắt đầu bằng các địa chỉ: ${texts}`,
  prefixesNew: (texts) => `tem được bắt đầu thêm bằng các địa chỉ: ${texts}`,
  revocationNew: (key) => `khóa thu hồi: ${key}`,
  revocationChanged: (key, old) =>
    `khóa thu hồi là ${key} thay cho ${old}: danh sách của khóa cũ không còn giá trị`,
  revocationGone:
    'không còn khóa thu hồi: không thu hồi được gì nữa, và những gì đã thu hồi không còn giá trị',
  epoch: (to, from) => `kỳ thu hồi ${to}, trước đây là ${from}: các danh sách thu hồi cũ không còn giá trị`,
  roots: (version, threshold, before) =>
    `bộ khóa gốc ${version}: cần ${threshold} khóa ký${
      before === undefined || before === threshold ? '' : ` (trước đây ${before})`
    }`,
  rootsNew: (keys) => `khóa gốc mới: ${keys}`,
  rootsGone: (keys) => `khóa gốc không còn giá trị: ${keys}`,
  scannersGone: (count, places) => `bớt ${count} máy quét: ${places}`,
  scannersNew: (count, places) => `thêm ${count} máy quét: ${places}`,
  scannersMoved: (count, places) => `${count} máy quét đổi chỗ: ${places}`,
  more: (count) => `và ${count} mục nữa`,
  wholeFacilities: (ids) => `mọi sản phẩm của cơ sở ${ids}`,
  range: (product, facility, serials) =>
    `${product === undefined ? 'mọi sản phẩm' : `sản phẩm ${product}`} của cơ sở ${facility}${serials}`,
  serials: (first, last) =>
    last === undefined ? `, số sê-ri từ ${first} trở đi` : `, số sê-ri ${first} đến ${last}`,
  nothing: 'không gì cả',
  otherAuthority: (file, theirs, ours) => `${file} là danh sách của ${theirs}, còn đây là dự án của ${ours}`,
  otherAuthorityHow: 'ký trong dự án của cơ quan đó, hoặc hỏi lại người gửi',
  manyLists: (file) => `${file} gồm nhiều danh sách: chỉ ký bản nháp của một danh sách`,
  oldDraft: (file, sequence, newest) =>
    `${file} là danh sách tin cậy ${sequence}, mà ở đây đã có danh sách ${newest}`,
  oldDraftHow: 'lập bản nháp mới: veristamp trust build',
  otherRoots: (file, theirs, ours) => `${file} có bộ khóa gốc ${theirs}, không nối tiếp bộ ${ours} ở đây`,
  otherRootsHow: 'trước hết hãy chép danh sách tin cậy mới nhất và veristamp.json của cơ quan quản lý về đây',
  noRoot: (key, file) => `${key} không phải khóa gốc, cả hiện nay lẫn theo ${file}`,
  noRootHow: (names) => `hãy ký bằng một khóa gốc: ${names}`,
  carryBack: (file) =>
    `đem ${file} về cho cơ quan quản lý: chép vào lists/ của dự án, rồi từ đó đưa đến mọi nhà in và trạm kiểm tra`,
  publishIt: 'veristamp publish THƯ_MỤC, để các máy nhận danh sách; hoặc veristamp site -o THƯ_MỤC',
  carryOut: (file) => `đem ${file} đến mọi nhà in (ở đó: veristamp lists import TỆP) và mọi trạm kiểm tra`,
}
