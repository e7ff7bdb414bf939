import type { ErrorDetails } from '../../lib/error-details.ts'
import { byFault } from './error-words.ts'
import type { fleetEn } from './fleet-words-en.ts'

const said = (detail: string | undefined): string => (detail === undefined ? '' : `: ${detail}`)

/** Why PostgreSQL did not do what was asked, in Vietnamese. */
export const fleetFailedVi = byFault<ErrorDetails['fleet_failed']>({
  no_driver: () => 'chưa cài gói pg để nối với PostgreSQL',
  unreachable: ({ detail }) => `không kết nối được với PostgreSQL${said(detail)}`,
  refused: ({ detail }) => `PostgreSQL không cho phép${said(detail)}`,
  not_ready: () => 'cơ sở dữ liệu chưa được chuẩn bị cho veristamp',
  newer: () => 'cơ sở dữ liệu này do một phiên bản veristamp mới hơn chuẩn bị',
  older: () => 'cơ sở dữ liệu này do một phiên bản veristamp cũ hơn chuẩn bị',
  unsafe: () => 'PostgreSQL đang tắt fsync: mất điện xong nó sẽ cấp trùng số sê-ri',
  failed: ({ detail, state }) => `PostgreSQL báo lỗi: ${detail} (${state})`,
})

export const fleetHowVi = byFault<ErrorDetails['fleet_failed']>({
  no_driver: () => 'npm install pg, cùng chỗ với veristamp',
  unreachable: () => 'xem máy chủ có chạy không, và mục ledger.postgres trong veristamp.json có đúng không',
  refused: () =>
    'cấp cho người dùng vai trò veristamp_printer, hoặc veristamp_worker nếu chạy work, veristamp_server nếu chạy serve; mật khẩu lấy từ PGPASSWORD hoặc .pgpass',
  not_ready: () => 'veristamp fleet init',
  newer: () => 'cập nhật veristamp trên máy này',
  older: () => 'khi mọi máy đã có phiên bản này thì chạy: veristamp fleet init',
  unsafe: () => 'đặt fsync = on trong postgresql.conf rồi khởi động lại PostgreSQL',
  failed: () => 'xem nhật ký của PostgreSQL',
})

/** Why a server did not take the files of a shard, in Vietnamese. */
export const sendFailedVi = byFault<ErrorDetails['send_failed']>({
  unreachable: ({ server }) => `không kết nối được với ${server} nên đã trả phần này lại`,
  busy: ({ server, status }) => `${server} bận quá lâu (HTTP ${status}) nên đã trả phần này lại`,
  unauthorized: ({ server, status }) => `${server} không cho máy này vào (HTTP ${status})`,
  full: ({ server }) => `ổ đĩa của ${server} đã đầy`,
  refused: ({ server, status, reason }) =>
    `${server} không nhận phần này (HTTP ${status}${reason === undefined ? '' : `: ${reason}`})`,
})

export const sendHowVi = byFault<ErrorDetails['send_failed']>({
  unreachable: () => 'xem veristamp serve ở đó có đang chạy không, rồi chạy lại lệnh này',
  busy: () => 'xem veristamp serve ở đó báo gì, rồi chạy lại lệnh này',
  unauthorized: () => 'đưa đúng mã truy cập mà veristamp serve đang dùng: VERISTAMP_TOKEN hoặc --token-file',
  full: () => 'dọn chỗ trống ở đó, rồi chạy lại lệnh này',
  refused: ({ status }) =>
    status === 413
      ? 'cho máy chủ web đứng trước veristamp serve nhận tệp lớn hơn, hoặc chia đợt thành các phần nhỏ hơn'
      : 'xem veristamp serve ở đó có cùng phiên bản, cùng cơ sở dữ liệu và có thư mục runs/ không',
})

/** The same in Vietnamese. */
export const fleetVi: typeof fleetEn = {
  ready: (runs) => `Cơ sở dữ liệu đã sẵn sàng.${runs === 0 ? '' : ` Đã nhận ${runs} đợt in có trong runs/.`}`,
  readyHow:
    'cấp quyền cho người dùng: GRANT veristamp_printer TO tên cho máy in, veristamp_worker nếu chạy work, veristamp_server nếu chạy serve',
  noFleet: 'sổ đợt in của dự án này là thư mục runs/, còn nhiều máy cùng làm thì cần PostgreSQL',
  noFleetHow:
    'ghi vào veristamp.json, ví dụ "ledger": { "postgres": { "host": "…" } }; rồi: veristamp fleet init',
  queued: (run, first, last, shards) =>
    `Đợt ${run}: đã giữ số ${first} đến ${last}, chia thành ${shards} phần.`,
  queuedHow: 'trên mỗi máy cùng in: veristamp work',
  rounded: (asked, size) => `--shard ${asked}: mỗi phần có ${size} tem, để vừa trọn các tệp PDF`,
  noKeys: 'máy này không có khóa phát hành nào nên không ký được gì',
  noKeysHow: 'đặt khóa vào keys/, hoặc ghi chương trình ký vào mục commands trong veristamp.json',
  working: (worker) => `${worker} đang làm. Ctrl-C để dừng, máy khác sẽ làm tiếp.`,
  shardDone: (run, shard) => (shard === 0 ? `Đợt ${run} đã ghép xong.` : `Đợt ${run}: xong phần ${shard}.`),
  shardLost: (run, shard) =>
    `Đợt ${run}: máy khác đã nhận phần ${shard}, hoặc đợt này đã bị hủy. Không mất gì cả.`,
  reopened: (run, shard) => `đợt ${run}: tệp của phần ${shard} bị mất hoặc hỏng nên phải làm lại`,
  passedOver: ({ key, program, fonts, sealed, folder }) =>
    [
      ...(key > 0 ? [`${key} phần chờ khóa khác`] : []),
      ...(program > 0 ? [`${program} phần chờ phiên bản veristamp khác`] : []),
      ...(fonts > 0 ? [`${fonts} phần chờ phông chữ khác: --font`] : []),
      ...(sealed > 0 ? [`${sealed} phần chờ mật khẩu của mã ẩn`] : []),
      ...(folder > 0 ? [`${folder} đợt chờ một máy có thư mục runs/ ghép lại`] : []),
    ].join('; '),
  unreachable: 'Không kết nối được với PostgreSQL. Đang thử lại.',
  serverAway: (server) => `${server} chưa nhận tệp được. Đang thử lại.`,
  noToken: 'muốn gửi tệp đi thì cần mã truy cập mà veristamp serve đang dùng',
  noTokenHow: 'đặt VERISTAMP_TOKEN, hoặc dùng --token-file',
  badServer: (address) => `${address} không phải địa chỉ của veristamp serve`,
  badServerHow:
    'ghi dạng https://office.example, không kèm tên người dùng, mật khẩu, ? và #. Dùng http tới máy khác thì thêm --allow-http',
  needsSendTo: (option) => `${option} đi cùng --send-to`,
  worked: (shards, stamps) => `Xong: ${shards} phần, ${stamps} tem.`,
  shardsDone: (done, count) => `xong ${done}/${count} phần`,
  waiting: 'Các máy khác đang làm phần còn lại.',
  waitStopped: (run) => `đợt ${run} vẫn tiếp tục, không cần bạn chờ`,
  waitStoppedHow: (run) =>
    `xem tiếp: veristamp issue --resume ${run} --wait; hoặc hủy hẳn: veristamp runs void ${run}`,
  inShards: (run) => `đợt ${run} được chia phần cho nhiều máy làm`,
  inShardsHow: 'veristamp work',
  waitHow: (run) => `làm tiếp, hoặc chờ các máy làm xong: veristamp issue --resume ${run} --wait`,
  unfinished: (run) =>
    `đợt ${run} chưa xong; làm tiếp, hoặc chờ các máy làm xong: veristamp issue --resume ${run} --wait`,
  waitNeedsShard: '--wait đi cùng --shard: không chia phần thì đợt được in ngay tại đây',
}

/** The same in Vietnamese. */
export const fleetCommandsVi = {
  fleet: 'in trên nhiều máy, sổ đợt in đặt ở PostgreSQL',
  fleetInit: 'chuẩn bị hoặc nâng cấp cơ sở dữ liệu, và nhận các đợt có trong runs/',
  work: 'làm các phần của những đợt đang chờ trên máy này, đến khi bấm Ctrl-C',
}
