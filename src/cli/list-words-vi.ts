import type { listsEn } from './list-words-en.ts'

/** The same in Vietnamese. */
export const listsVi: typeof listsEn = {
  busy: (pid, host) => `tiến trình ${pid} trên máy ${host} đang làm việc với các danh sách của dự án`,
  busyHow: (file) =>
    `đợi nó xong, hoặc trả lời câu hỏi của nó; chỉ khi chắc chắn nó không còn chạy, hãy xóa ${file}`,
  existsHow:
    'danh sách đã ký không bao giờ bị thay thế. Hãy chép lại các danh sách còn thiếu, hoặc chuyển tệp này đi',
}
