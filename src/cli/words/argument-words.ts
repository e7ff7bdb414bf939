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
  | 'first'
  | 'lot'
  | 'made'
  | 'expires'
  | 'dpi'
  | 'symbol'
  | 'dots'
  | 'start'
  | 'place'
  | 'keys'
  | 'threshold'
  | 'font'

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
  | 'issuers.scope'
  | 'revocation'
  | 'prefixes'
  | 'days'
  | 'days.trust'
  | 'days.revocation'
  | 'days.issuer'
  | 'commands'

const objectEn = 'an object: { … }'
const listEn = 'a list: [ … ]'
const keyEn = 'a name of letters, digits, . _ and -'
const daysEn = 'a whole number of days from 1 to 36500'
const dayEn = 'a date as YYYY-MM-DD from 1970-01-01'

const en: ArgumentWords = {
  sentence: (place, expected, got) => `${place}: expected ${expected}${got ? `, got ${got}` : ''}`,
  options: {
    count: 'a whole number from 1 to 10000000',
    first: 'a serial so low that the last one is at most 9007199254740991',
    lot: '1 to 20 letters, digits and signs of GS1’s set 82',
    made: dayEn,
    expires: `${dayEn}, not before --made`,
    dpi: 'a number from 72 to 10000',
    symbol: 'a whole number from 1 to 40',
    dots: 'a whole number from 1 to 1000',
    start: 'a label of one page, by its number from 1',
    place: 'a text of 1 to 200 characters',
    keys: 'names of different keys: letters, digits, . _ and -',
    threshold: 'a whole number from 1 to the number of keys',
    font: 'a TrueType or OpenType font',
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
    'issuers.scope': listEn,
    revocation: keyEn,
    prefixes: listEn,
    days: objectEn,
    ...{ 'days.trust': daysEn, 'days.revocation': daysEn, 'days.issuer': daysEn },
    commands: `${objectEn}, with a list for each key: the program and its arguments`,
  },
}

const objectVi = 'một đối tượng: { … }'
const listVi = 'một danh sách: [ … ]'
const keyVi = 'tên gồm chữ cái không dấu, chữ số, . _ và -'
const daysVi = 'số ngày, là số nguyên từ 1 đến 36500'
const dayVi = 'ngày dạng NĂM-THÁNG-NGÀY từ 1970-01-01'

const vi: ArgumentWords = {
  sentence: (place, expected, got) => `${place}: cần ${expected}${got ? `, nhưng lại là ${got}` : ''}`,
  options: {
    count: 'số nguyên từ 1 đến 10000000',
    first: 'số sê-ri đủ nhỏ để số cuối không quá 9007199254740991',
    lot: '1 đến 20 chữ cái, chữ số và dấu trong bộ 82 ký tự của GS1',
    made: dayVi,
    expires: `${dayVi}, không trước --made`,
    dpi: 'số từ 72 đến 10000',
    symbol: 'số nguyên từ 1 đến 40',
    dots: 'số nguyên từ 1 đến 1000',
    start: 'số thứ tự của một nhãn trên trang, tính từ 1',
    place: 'chuỗi từ 1 đến 200 ký tự',
    keys: 'tên của các khóa khác nhau: chữ cái không dấu, chữ số, . _ và -',
    threshold: 'số nguyên từ 1 đến số khóa',
    font: 'phông TrueType hoặc OpenType',
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
    'issuers.scope': listVi,
    revocation: keyVi,
    prefixes: listVi,
    days: objectVi,
    ...{ 'days.trust': daysVi, 'days.revocation': daysVi, 'days.issuer': daysVi },
    commands: `${objectVi}, mỗi khóa một danh sách: chương trình và các đối số`,
  },
}

export const argumentWords: Readonly<Record<Language, ArgumentWords>> = { en, vi }
