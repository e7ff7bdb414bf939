import type { projectEn } from './project-words-en.ts'

/** The same in Vietnamese. */
export const projectVi: typeof projectEn = {
  weakKey: (file) => `${file} được bảo vệ yếu; hãy tạo lại bằng veristamp keygen`,
  noProject: (file) => `không có dự án ở đây: thiếu ${file}`,
  noProjectHow: 'tạo dự án: veristamp init TÊN --facilities TỆP --products TỆP',
  badProject: (file, why) => `${file}: ${why}`,
  badProjectHow:
    'xem các trường và giá trị của chúng: docs/command-line.md, hoặc schemas/project-1.schema.json cho trình soạn thảo',
  backslashes:
    'trong JSON, mỗi dấu \\ trong đường dẫn phải viết hai lần, ví dụ "C:\\\\keys", hoặc dùng dấu /',
  invisible: (letters) => `có ký tự không nhìn thấy: ${letters.join(', ')}`,
  unknownField: (place, like) =>
    `không có trường ${place}${like === undefined ? '' : `; có phải ${JSON.stringify(like)}?`}`,
}
