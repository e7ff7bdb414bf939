import { readFileSync, writeFileSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type Desk, foundProject, openDesk } from './desk.ts'

/** The registry and the project's file, as commands read them. */

let desk: Desk & Disposable
beforeEach(() => {
  desk = openDesk()
})
afterEach(() => desk[Symbol.dispose]())

const FILES = ['--facilities', 'facilities.csv', '--products', 'products.csv']
const HEADER = 'id,facility,name,gtin,stars,image\n'
const edit = (file: string, change: (text: string) => string) =>
  writeFileSync(desk.path(file), change(readFileSync(desk.path(file), 'utf8')))
const products = (text: string) => writeFileSync(desk.path('products.csv'), HEADER + text)

describe('the registry on the command line', () => {
  it('is refused where the labels’ font lacks a letter of a name, before anything is begun or signed', async () => {
    await foundProject(desk)
    const faulty = (text: string) => text.replace(/^104,(\d+),[^,]*/m, '104,$1,Trà 🍵 ①')
    edit('products.csv', faulty)
    edit('registry/products.csv', faulty)
    for (const command of [
      ['registry', 'check'],
      ['--dir', 'other', 'init', 'x', ...FILES],
      ['trust', 'build'],
    ]) {
      const { exit, out, err } = await desk.say(...command)
      expect([exit, err]).toEqual([expect.any(Number), expect.stringContaining('1 fault ')])
      expect(exit).not.toBe(0)
      expect(out).toMatch(
        /^products\.csv line 105, column name: The font of the labels lacks U\+1F375, U\+2460: /,
      )
    }
  })

  it('tells letters that show nothing, leaves them out, and issues what is left', async () => {
    edit('products.csv', (text) => text.replace(/^104,(\d+),/m, '104,$1,\u200eTrà\u00ad '))
    const { exit, err } = await desk.say('registry', 'check', ...FILES)
    expect([exit, err]).toEqual([
      0,
      expect.stringMatching(
        /^Warning: products\.csv line 105, column name: Left out .*U\+200E, U\+00AD\. \[/,
      ),
    ])
    await foundProject(desk)
    await desk.done('issue', '--product', '104', '--count', '1')
  })

  it('is told in Vietnamese where that is asked for, and so are its hints', async () => {
    products('1,1,Na dai,8.93E+12,,\n2,1,Na\tbở,36000291452,9,javascript:x\n007,99,Na,,,\n')
    const { out, err } = await desk.say('--lang', 'vi', 'registry', 'check', ...FILES)
    expect(out.split('\n').slice(0, -1)).toEqual([
      'products.csv dòng 2, cột gtin: Bảng tính đã đổi mã GTIN này thành số và làm tròn: hãy định dạng cột là văn bản rồi gõ lại đủ các chữ số. [8.93E+12]',
      'products.csv dòng 3, cột name: Có dấu xuống dòng hoặc tab ở ký tự thứ 3: hãy viết trên một dòng. [Na�bở]',
      expect.stringContaining(
        'cột gtin: Có lẽ bảng tính đã bỏ số 0 ở đầu: thêm vào thì thành GTIN 036000291452.',
      ),
      expect.stringContaining('cột stars: Số sao OCOP là số nguyên từ 1 đến 5.'),
      expect.stringContaining('cột image: Hình ảnh là địa chỉ bắt đầu bằng https://'),
      expect.stringContaining('cột id: Mã không có số 0 ở đầu'),
      expect.stringContaining('cột facility: Không có cơ sở nào mang mã này'),
    ])
    expect(err).toContain('Sổ đăng ký có 7 lỗi.')
    const told = await desk.say('--lang', 'vi', '--json', 'registry', 'check', ...FILES)
    expect(JSON.parse(told.out.split('\n')[0]!).fault).toMatchObject({
      ...{ reason: 'rounded_number', facts: { key: 'GTIN' }, message: expect.stringContaining('Bảng tính') },
    })
  })

  it('asks about a GLN of two facilities, once a list', async () => {
    edit('facilities.csv', (text) => {
      const gln = /,(\d{13}),/.exec(text)![1]!
      return text.replace(/^2,(.*?),\d{13},/m, `2,$1,${gln},`)
    })
    const checked = await desk.say('registry', 'check', ...FILES)
    expect([checked.exit, checked.err]).toEqual([
      0,
      expect.stringContaining('Facility 2 has the GLN of facility 1'),
    ])
    const { exit, err } = await desk.say('init', 'x', ...FILES)
    expect([exit, err]).toEqual([
      2,
      expect.stringMatching(/Facility 2 has the GLN of facility 1, on line 2.*\nNext: .*--yes/s),
    ])
    await desk.done('--yes', 'init', 'x', ...FILES)
    await desk.done('keygen', '--no-encrypt')
    expect((await desk.say('trust', 'build')).exit).toBe(2)
    await desk.done('--yes', 'trust', 'build')
    await desk.done('trust', 'build')
  })

  it('names a product without an id by its GTIN, with its zeros or without them', async () => {
    products(',1,Na dai,036000291452,4,\n5,1,Na bở,,,\n')
    await foundProject(desk)
    const first = await desk.done('issue', '--product', '036000291452', '--count', '1', '--no-sheets')
    expect(first).toMatch(/^Run 1-36000291452-\S*1: serials 1 to 1\n/)
    await desk.done('issue', '--product', '36000291452', '--facility', '1', '--count', '1', '--no-sheets')
    await desk.done('list', '--raise', '1:036000291452:10')
    await desk.done('--yes', 'revoke', '--product', '00036000291452', '--serials', '1', '--reason', 'other')
  })

  it.each([
    [
      ['issue', '--count', '1', '--product', '0104'],
      '0104: An id has no zeros in front, unless it is a whole GTIN',
    ],
    [['issue', '--count', '1', '--product', '036000291453'], '036000291453: An id has no zeros'],
    [['issue', '--count', '1', '--product', '00012348'], '00012348: As a number this GTIN is 12348'],
    [['issue', '--count', '1', '--product', '104', '--facility', '012'], '012: An id has no zeros in front'],
    [['list', '--raise', '012:104:9'], '012: An id has no zeros in front, unless it is a whole GLN'],
    [['list', '--raise', '12:0104:9'], '0104: An id has no zeros in front'],
  ])('takes no other number with zeros in front, as in %j', async (argv, message) => {
    await foundProject(desk)
    const { exit, err } = await desk.say(...argv)
    expect([exit, err]).toEqual([2, expect.stringContaining(message)])
    expect((await desk.say('--lang', 'vi', ...argv)).err).toMatch(/: (Mã không có số 0 ở đầu|Tính theo số)/)
  })
})

describe('the project’s file', () => {
  /** What is said of the file once a text in it is another. */
  const refused = async (from: string, to: string, language = 'en') => {
    const file = desk.path('veristamp.json')
    const before = readFileSync(file, 'utf8')
    expect(before).toContain(from)
    writeFileSync(file, before.replace(from, to))
    const { exit, err } = await desk.say('--lang', language, 'trust', 'build')
    writeFileSync(file, before)
    expect(exit).toBe(2)
    return err
  }

  it.each([
    ['"issuers":', '"isuers":', 'isuers; is it "issuers"?'],
    ['"threshold":', '"treshold":', 'roots.treshold; is it "threshold"?'],
    ['"keyId": 1', '"keyId": 1, "scop": []', 'issuers[0].scop; is it "scope"?'],
    [
      '"keyId": 1',
      '"keyId": 1, "scope": [{ "facility": 1, "prodcut": 2 }]',
      'issuers[0].scope[0].prodcut; is it "product"?',
    ],
    ['"trust":', '"trsut":', 'days.trsut; is it "trust"?'],
    ['"prefixes":', '"toString": 1, "prefixes":', 'toString'],
    ['"prefixes":', '"__proto__": {}, "prefixes":', '__proto__'],
    ['"prefixes":', '"a\\u001b[2J": 1, "prefixes":', 'a�[2J'],
  ])('has no field that is not known: %s as %s', async (from, to, field) => {
    await foundProject(desk)
    expect(await refused(from, to)).toContain(`there is no field ${field}\n`)
    expect(await refused(from, to, 'vi')).toContain(`không có trường ${field.replace('is it', 'có phải')}\n`)
  })

  it('has names on one line, of letters that can be seen', async () => {
    await foundProject(desk)
    const named = (name: string) => refused('"name": "quang-ninh.example"', `"name": ${JSON.stringify(name)}`)
    expect(await named('Sở\nNN')).toContain('issuers[0].name: A line break or tab stands at letter 3')
    expect(await named('Sở\u202eNN')).toContain('issuers[0].name: Letter 3 is U+202E')
    expect(await named('Sở\u200b')).toContain('issuers[0].name: invisible letters: U+200B')
  })
})
