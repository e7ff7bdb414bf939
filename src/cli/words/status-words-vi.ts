import type { statusEn } from './status-words-en.ts'

/** The same in Vietnamese. */
export const statusVi: typeof statusEn = {
  authority: (id) => `Cơ quan ${id}`,
  list: (kind, sequence, until, days) =>
    `${kind === 'trust' ? 'Danh sách tin cậy' : 'Danh sách thu hồi'} ${sequence}, có hạn đến ${until}${
      days > 0 ? ` (còn ${days} ngày)` : ': đã hết hạn'
    }`,
  runs: (all, unfinished, isVoid) =>
    `Đợt in: ${all}${unfinished > 0 ? `, ${unfinished} đợt chưa xong` : ''}${isVoid > 0 ? `, ${isVoid} đợt đã hủy` : ''}`,
  stamps: (released, held) => `Tem: đã giao ${released}, chưa giao ${held}`,
  behind: ({ facility, product }, reached, mark) =>
    `Sản phẩm ${product} của cơ sở ${facility}: đã in đến số sê-ri ${reached}, ${
      mark === undefined ? 'chưa danh sách nào ghi ngưỡng' : `danh sách mới nhất cho đến ${mark}`
    }`,
  scanners: (count) => `Máy quét: ${count}`,
  allWell: 'Không có việc gì phải làm.',
  toDo: 'Việc cần làm:',
  now: 'ngay',
  soon: 'sắp tới',
  noList: (how) => `ký danh sách đầu tiên: ${how}`,
  draft: (file, who) => `${file} còn thiếu chữ ký (${who})`,
  draftBad: (file, why) =>
    `${file} không phải bản nháp ký được (${why}): hãy bỏ tệp này, rồi veristamp trust build`,
  signHow: (file) => `veristamp trust sign ${file}`,
  carryHow: (file) =>
    `đem đến một người trong số đó (ở đó: veristamp trust sign ${file} --pins pins.json), rồi ghép các bản ở đây: veristamp trust merge CÁC_BẢN`,
  mergeHow: (file) => `veristamp trust merge ${file}`,
  unfinished: (run) => `đợt ${run} chưa xong: veristamp issue --resume ${run}`,
  voided: (run) =>
    `đợt ${run} đã hủy mà chưa có trong danh sách thu hồi nào, nên các trạm vẫn báo tem hợp lệ: veristamp list`,
  voidedElsewhere: (run) =>
    `đợt ${run} đã hủy mà chưa có trong danh sách thu hồi nào ở đây, nên các trạm vẫn báo tem hợp lệ: đem đợt này đến cơ quan quản lý (ở đó: veristamp runs import THƯ_MỤC, rồi veristamp list), rồi đem danh sách mới về đây (veristamp lists import TỆP)`,
  draftWaitsHow: (file) => `${file} chính là danh sách đó, còn thiếu chữ ký`,
  restoredHow: 'Khi đã có đủ danh sách mới nhất, hoặc không còn danh sách nào khác: veristamp list',
  newListHow: 'đem danh sách mới nhất của cơ quan quản lý về đây: veristamp lists import TỆP',
  held: (run) => `đợt ${run} còn tem chưa giao cho ai: veristamp release ${run} --to NGƯỜI_NHẬN`,
  raise: (count) => `${count} ngưỡng thấp hơn các đợt đã in: veristamp list`,
  raiseElsewhere: (count) =>
    `${count} ngưỡng thấp hơn các đợt đã in: đem các đợt đến cơ quan quản lý (ở đó: veristamp runs import THƯ_MỤC), rồi đem danh sách mới về đây`,
  revocationEnds: (sequence, date, days, how) =>
    `danh sách thu hồi ${sequence} chỉ còn ${days} ngày, đến ${date}: trước ngày đó các trạm cần danh sách mới (${how})`,
  outlives: (revocation, trust) =>
    `danh sách thu hồi có hạn đến ${revocation}, nhưng danh sách tin cậy hết hạn ngày ${trust}: trước ngày đó các trạm cần danh sách tin cậy mới (veristamp trust build)`,
}
