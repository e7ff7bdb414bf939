import type { auditEn } from './audit-words-en.ts'

/** The same in Vietnamese. */
export const auditVi: typeof auditEn = {
  title: (authority) => `Kiểm kê toàn bộ số sê-ri: ${authority}`,
  made: (time, version) => `Lập lúc ${time} bằng veristamp ${version}.`,
  list: (kind, sequence, issued, until) =>
    `${kind === 'trust' ? 'Danh sách tin cậy' : 'Danh sách thu hồi'} ${sequence}, lập ngày ${issued}, có hạn đến ${until}.`,
  digest: (digest) => `SHA-256: ${digest}`,
  noList: 'Chưa có danh sách thu hồi.',
  states: {
    reserved: 'đã giữ chỗ',
    printed: 'đã in',
    released: 'đã giao',
    void: 'đã hủy',
    revoked: 'đã thu hồi',
  },
  meaning:
    'Đã giữ chỗ: thuộc một đợt in chưa xong. Đã in: đợt in đã xong, chưa giao cho ai. Đã giao: đã có người nhận. Đã hủy: thuộc một đợt in bị bỏ. Đã thu hồi: không còn giá trị, theo danh sách thu hồi mới nhất.',
  checks: 'Đã kiểm tra những gì',
  checksDone: (runs, good) =>
    `Mã của từng đợt in so với bản kê đã ký, và khóa của đợt so với danh sách tin cậy: ${good} trên ${runs} đợt đạt.`,
  allGood: 'Mọi thứ đều khớp.',
  files: {
    good: 'đạt',
    unfinished: 'chưa xong',
    manifest: 'bản kê hỏng',
    codes: 'mã không khớp',
    unknown_key: 'khóa lạ',
  },
  totals: 'Theo sản phẩm',
  ranges: 'Mọi dãy số sê-ri',
  issuers: 'Khóa của các đơn vị phát hành',
  undoneReleases: 'Những lần giao đã rút lại',
  undone: (run, first, last, to, date, undone) =>
    `Đợt ${run}, số sê-ri ${first} đến ${last}, giao cho ${to} ngày ${date}: rút lại ngày ${undone}.`,
  product: (id, name, facility) => `Sản phẩm ${id}, ${name}, cơ sở ${facility}`,
  all: 'Tổng cộng',
  columns: {
    product: 'Sản phẩm',
    facility: 'Cơ sở',
    name: 'Tên',
    serials: 'Số sê-ri',
    count: 'Số tem',
    state: 'Tình trạng',
    since: 'Từ ngày',
    run: 'Đợt in',
    key: 'Mã khóa',
    lot: 'Lô',
    made: 'Ngày sản xuất',
    to: 'Giao cho ai, hoặc lý do',
    files: 'Tệp',
  },
  foot: (authority, time, page, pages) => `${authority} · ${time} · trang ${page}/${pages}`,
}
