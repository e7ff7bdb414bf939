import type { pinnedEn } from './pinned-words-en.ts'

/** Bản tiếng Việt của pinned-words-en.ts. */
export const pinnedVi: typeof pinnedEn = {
  noTrust: (authority) => `chưa có danh sách tin cậy của ${authority}`,
  noTrustHow: 'chỉ ra tệp đó bằng --trust; cơ quan quản lý đăng tệp này cùng với pins',
  ofNone: (file) => `${file} không phải của cơ quan nào trong các pins đã cho, hoặc đã bị sửa`,
  refusedHow: 'xem tệp là của cơ quan nào: veristamp inspect TỆP; rồi đưa pins của cơ quan đó',
  twice: (authority) => `có hai danh sách cùng loại của ${authority}: chỉ đưa bản mới hơn`,
  needsPins: 'nhiều danh sách thì phải có --pins, mỗi cơ quan một tệp',
}
