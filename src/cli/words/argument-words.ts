import type { Language } from '../../lib/language.ts'

/** What options and the fields of veristamp.json take, where the library checks it: by their names. */

export interface ArgumentWords {
  /** A bad argument: where it stands, what is expected there and what came. */
  readonly sentence: (place: string, expected: string, got: string | undefined) => string
  readonly options: Readonly<Record<CheckedOption, string>>
  /** Lists of the file have their number left out: `issuers.key`. */
  readonly fields: Readonly<Record<CheckedField, string>>
}

export type CheckedOption =
  | 'count'
  | 'shard'
  | 'first'
  | 'lot'
  | 'made'
  | 'expires'
  | 'dpi'
  | 'sheets-per-file'
  | 'symbol'
  | 'dots'
  | 'start'
  | 'place'
  | 'keys'
  | 'threshold'
  | 'font'
  | 'offset'
  | 'read-point'
  | 'max-epcs'
  | 'lists'
  | 'prefix'

export type CheckedField =
  | 'project'
  | 'authority'
  | 'roots'
  | 'roots.version'
  | 'roots.threshold'
  | 'roots.keys'
  | 'issuers'
  | 'issuers.key'
  | 'issuers.keyId'
  | 'issuers.name'
  | 'issuers.notBefore'
  | 'issuers.retired'
  | 'issuers.scope'
  | 'issuers.startAtZero'
  | 'startAtZero'
  | 'issuers.scope.facility'
  | 'issuers.scope.product'
  | 'issuers.scope.first'
  | 'issuers.scope.last'
  | 'scanners'
  | 'scanners.place'
  | 'scanners.key'
  | 'report'
  | 'epcis'
  | 'revocation'
  | 'prefixes'
  | 'days'
  | 'days.trust'
  | 'days.revocation'
  | 'days.issuer'
  | 'commands'
  | 'labels'
  | 'labels.language'
  | 'labels.template'
  | 'labels.logo'
  | 'ledger'
  | 'ledger.postgres'
  | 'ledger.postgres.host'
  | 'ledger.postgres.port'
  | 'ledger.postgres.database'
  | 'ledger.postgres.user'
  | 'ledger.postgres.tls'

const objectEn = 'an object: { … }'
const listEn = 'a list: [ … ]'
const keyEn = 'a name of letters, digits, . _ and -'
const daysEn = 'a whole number of days from 1 to 36500'
const serialEn = 'a whole number from 0 to 9007199254740991'
const dayEn = 'a date as YYYY-MM-DD from 1970-01-01'

const en: ArgumentWords = {
  sentence: (place, expected, got) => `${place}: expected ${expected}${got ? `, got ${got}` : ''}`,
  options: {
    count: 'a whole number from 1 to 10000000',
    shard: 'a whole number from 1 to 10000000, of which a run has at most 100000',
    first: 'a serial so low that the last one is at most 9007199254740991',
    lot: '1 to 20 letters, digits and signs of GS1’s set 82',
    made: dayEn,
    expires: `${dayEn}, not before --made`,
    dpi: 'a number from 72 to 10000',
    'sheets-per-file': 'a whole number from 1 to 100000',
    symbol: 'a whole number from 1 to 40',
    dots: 'a whole number from 1 to 1000',
    start: 'a label of one page, by its number from 1',
    place: 'a text of 1 to 200 characters',
    keys: 'names of different keys: letters, digits, . _ and -',
    threshold: 'a whole number from 1 to the number of keys',
    font: 'a TrueType or OpenType font',
    offset: 'an offset from UTC as +07:00',
    'read-point': 'a GLN: 13 digits with the right check digit',
    'max-epcs': 'a whole number from 1 to 1000',
    lists: 'an https address that ends in /, as https://tem.example/lists/',
    prefix:
      'HTTPS://, a host in capitals, and /# or / at the end: 64 of 0-9 A-Z . : / - at most; for gs1 a / at the end, and no step of two to four digits',
  },
  fields: {
    project: objectEn,
    authority: 'a text of 1 to 64 characters',
    roots: objectEn,
    'roots.version': 'a whole number from 1 to 2147483648',
    'roots.threshold': 'a whole number from 1 to 16',
    'roots.keys': `${listEn} of names of letters, digits, . _ and -`,
    issuers: listEn,
    'issuers.key': keyEn,
    'issuers.keyId': 'a whole number from 0 to 65535',
    'issuers.name': 'a text of 1 to 200 characters',
    'issuers.notBefore': dayEn,
    'issuers.retired': dayEn,
    'issuers.scope': listEn,
    ...{ 'issuers.scope.facility': serialEn, 'issuers.scope.product': serialEn },
    ...{ 'issuers.scope.first': serialEn, 'issuers.scope.last': serialEn },
    ...{ startAtZero: 'true or false', 'issuers.startAtZero': 'true or false' },
    scanners: listEn,
    'scanners.place': 'a text of 1 to 200 characters',
    'scanners.key': 'the device’s public key: 64 hexadecimal digits',
    report: 'tel:, mailto: or a path of the site that begins with /',
    epcis: objectEn,
    revocation: keyEn,
    prefixes: listEn,
    days: objectEn,
    ...{ 'days.trust': daysEn, 'days.revocation': daysEn, 'days.issuer': daysEn },
    commands: `${objectEn}, with a list for each key: the program and its arguments`,
    labels: 'an object: language, template, logo',
    'labels.language': 'one of vi, en',
    'labels.template': 'one of classic, minimal, logo',
    'labels.logo': 'a file in the project’s folder, such as "logo.svg"',
    ledger: '"runs/", or an object: { "postgres": { … } }',
    'ledger.postgres': 'an object: host, port, database, user, tls',
    'ledger.postgres.host': 'a text of 1 to 255 characters',
    'ledger.postgres.port': 'a whole number from 1 to 65535',
    ...{
      'ledger.postgres.database': 'a text of 1 to 63 characters',
      'ledger.postgres.user': 'a text of 1 to 63 characters',
    },
    'ledger.postgres.tls': 'true or false',
  },
}

const objectVi = 'một đối tượng: { … }'
const listVi = 'một danh sách: [ … ]'
const keyVi = 'tên gồm chữ cái không dấu, chữ số, . _ và -'
const daysVi = 'số ngày, là số nguyên từ 1 đến 36500'
const serialVi = 'số nguyên từ 0 đến 9007199254740991'
const dayVi = 'ngày dạng NĂM-THÁNG-NGÀY từ 1970-01-01'

const vi: ArgumentWords = {
  sentence: (place, expected, got) => `${place}: cần ${expected}${got ? `, nhưng lại là ${got}` : ''}`,
  options: {
    count: 'số nguyên từ 1 đến 10000000',
    shard: 'số nguyên từ 1 đến 10000000; một đợt có nhiều nhất 100000 phần',
    first: 'số sê-ri đủ nhỏ để số cuối không quá 9007199254740991',
    lot: '1 đến 20 chữ cái, chữ số và dấu trong bộ 82 ký tự của GS1',
    made: dayVi,
    expires: `${dayVi}, không trước --made`,
    dpi: 'số từ 72 đến 10000',
    'sheets-per-file': 'số nguyên từ 1 đến 100000',
    symbol: 'số nguyên từ 1 đến 40',
    dots: 'số nguyên từ 1 đến 1000',
    start: 'số thứ tự của một nhãn trên trang, tính từ 1',
    place: 'chuỗi từ 1 đến 200 ký tự',
    keys: 'tên của các khóa khác nhau: chữ cái không dấu, chữ số, . _ và -',
    threshold: 'số nguyên từ 1 đến số khóa',
    font: 'phông TrueType hoặc OpenType',
    offset: 'độ lệch so với UTC, ví dụ +07:00',
    'read-point': 'một GLN: 13 chữ số với số kiểm tra đúng',
    'max-epcs': 'số nguyên từ 1 đến 1000',
    lists: 'địa chỉ https kết thúc bằng /, ví dụ https://tem.example/lists/',
    prefix:
      'HTTPS://, tên miền viết hoa, cuối cùng là /# hoặc /: không quá 64 ký tự trong 0-9 A-Z . : / -; với gs1 thì cuối cùng là /, và không có phần nào chỉ gồm hai đến bốn chữ số',
  },
  fields: {
    project: objectVi,
    authority: 'chuỗi từ 1 đến 64 ký tự',
    roots: objectVi,
    'roots.version': 'số nguyên từ 1 đến 2147483648',
    'roots.threshold': 'số nguyên từ 1 đến 16',
    'roots.keys': `${listVi} các tên gồm chữ cái không dấu, chữ số, . _ và -`,
    issuers: listVi,
    'issuers.key': keyVi,
    'issuers.keyId': 'số nguyên từ 0 đến 65535',
    'issuers.name': 'chuỗi từ 1 đến 200 ký tự',
    'issuers.notBefore': dayVi,
    'issuers.retired': dayVi,
    'issuers.scope': listVi,
    ...{ 'issuers.scope.facility': serialVi, 'issuers.scope.product': serialVi },
    ...{ 'issuers.scope.first': serialVi, 'issuers.scope.last': serialVi },
    ...{ startAtZero: 'true hoặc false', 'issuers.startAtZero': 'true hoặc false' },
    scanners: listVi,
    'scanners.place': 'chuỗi từ 1 đến 200 ký tự',
    'scanners.key': 'khóa công khai của máy: 64 chữ số hệ 16',
    report: 'tel:, mailto: hoặc một đường dẫn của trang, bắt đầu bằng /',
    epcis: objectVi,
    revocation: keyVi,
    prefixes: listVi,
    days: objectVi,
    ...{ 'days.trust': daysVi, 'days.revocation': daysVi, 'days.issuer': daysVi },
    commands: `${objectVi}, mỗi khóa một danh sách: chương trình và các đối số`,
    labels: 'một đối tượng: language, template, logo',
    'labels.language': 'một trong: vi, en',
    'labels.template': 'một trong: classic, minimal, logo',
    'labels.logo': 'một tệp trong thư mục dự án, ví dụ "logo.svg"',
    ledger: '"runs/", hoặc một đối tượng: { "postgres": { … } }',
    'ledger.postgres': 'một đối tượng: host, port, database, user, tls',
    'ledger.postgres.host': 'chuỗi từ 1 đến 255 ký tự',
    'ledger.postgres.port': 'số nguyên từ 1 đến 65535',
    ...{
      'ledger.postgres.database': 'chuỗi từ 1 đến 63 ký tự',
      'ledger.postgres.user': 'chuỗi từ 1 đến 63 ký tự',
    },
    'ledger.postgres.tls': 'true hoặc false',
  },
}

export const argumentWords: Readonly<Record<Language, ArgumentWords>> = { en, vi }
