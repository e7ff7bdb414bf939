import type { publishingEn } from './publish-words-en.ts'

/** The same in Vietnamese. */
export const publishingVi: typeof publishingEn = {
  done: (folder, { trustList, revocationList, deltas }) => {
    const revocation = revocationList === undefined ? '' : ` và danh sách thu hồi ${revocationList}`
    const more = deltas === 0 ? '' : `, kèm ${deltas} tệp thay đổi`
    return `${folder} có danh sách tin cậy ${trustList}${revocation}${more}.`
  },
  how: (files) =>
    `veristamp publish THƯ_MỤC, hoặc site -o THƯ_MỤC, cho máy chủ web; hoặc đưa ${files} đến mọi trạm kiểm tra`,
  patches: (count) => `Cho các máy đang giữ lát cũ: ${count} tệp bản vá mới.`,
  nothingNew: 'Các tệp này đã có sẵn ở đó.',
  noList: 'chưa có danh sách thu hồi',
  notAFolder: (file) => `${file} không phải thư mục`,
  folderHow: 'hãy chọn thư mục khác',
  otherIndex: (folder) => `tệp lists.json trong ${folder} không phải của cơ quan này`,
  newerThere: (folder) => `${folder} có danh sách mới hơn dự án này, hoặc danh sách khác trùng số`,
  newerThereHow:
    'hãy tìm xem các tệp đó từ đâu ra. Nếu dự án được khôi phục từ bản sao lưu, hãy chép các danh sách còn thiếu vào lists/ trước',
}
