import type { ErrorDetails } from '../../lib/error-details.ts'
import { byFault } from './error-words.ts'

const said = (detail: string | undefined): string => (detail === undefined ? '' : `: ${detail}`)

/** Why a server was given no events, in Vietnamese. */
export const captureVi = byFault<ErrorDetails['capture_failed']>({
  unreachable: ({ server }) => `không kết nối được với ${server}`,
  timeout: ({ server }) => `${server} không trả lời kịp`,
  redirected: ({ server, status }) => `${server} chuyển sang địa chỉ khác (HTTP ${status})`,
  unauthorized: ({ server, status, detail }) => `${server} không cho phép (HTTP ${status})${said(detail)}`,
  no_capture: ({ server, status }) => `${server} không nhận sự kiện (HTTP ${status})`,
  busy: ({ server, status, detail }) =>
    `${server} đang bận${status ? ` (HTTP ${status})` : ''}${said(detail)}`,
  job_open: ({ server }) => `${server} đã nhận các sự kiện và vẫn đang xử lý`,
  strange_answer: ({ server, status, detail }) =>
    `${server} trả lời không giống máy chủ EPCIS 2.0 (HTTP ${status})${said(detail)}`,
})

const GO_ON = 'chạy lại đúng lệnh này, nó sẽ làm tiếp từ chỗ dừng'

export const captureHowVi = byFault<ErrorDetails['capture_failed']>({
  unreachable: () => `kiểm tra địa chỉ và mạng, rồi ${GO_ON}`,
  timeout: () => GO_ON,
  redirected: () => 'ghi đúng địa chỉ của máy chủ: lệnh không theo địa chỉ chuyển tiếp',
  unauthorized: () =>
    'xin mã hoặc chứng thư được phép gửi sự kiện: --token-file, hoặc --client-cert và --client-key',
  no_capture: () => 'ghi phần địa chỉ đứng trước /capture',
  busy: ({ until }) => `${until === undefined ? '' : `từ ${until}, `}${GO_ON}`,
  job_open: ({ until }) => `${until === undefined ? '' : `từ ${until}, `}${GO_ON}`,
  strange_answer: () => 'kiểm tra địa chỉ, và hỏi bên quản lý máy chủ',
})
