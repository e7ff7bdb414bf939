import { encodePins } from 'veristamp/authority'
import type { Verdict } from 'veristamp/verify'
import { describe, expect, test } from 'vitest'
import { isStamp } from '../../../shared/is-stamp.ts'
import { visibleCut } from '../../../shared/scan/visible.ts'
import { tell } from '../../src/core/answer.ts'
import { toCsv } from '../../src/core/csv.ts'
import { ageOf } from '../../src/core/list-age.ts'
import { noticeOf, readKeys, stampsAmong } from '../../src/core/reading.ts'
import { pictureFaultOf } from '../../src/scan/picture-file.ts'

const verdict = (status: string, reason?: string) => ({ status, reason }) as unknown as Verdict
const MALFORMED = verdict('invalid', 'malformed')

/** A verifier that knows some texts. */
const knowing =
  (known: Readonly<Record<string, Verdict>>) =>
  (text: string): Verdict =>
    known[text] ?? MALFORMED
const typed = (byLetter: string, byPlace = byLetter, composed = false) => ({ byLetter, byPlace, composed })

const CODE = '8'.repeat(190)
const LINK = `HTTPS://TEM.EXAMPLE/${CODE}`

describe('A text', () => {
  test('is a stamp whatever it is worth, but not where it is another code', () => {
    for (const reason of ['bad_signature', 'url_prefix', 'revoked']) {
      expect(isStamp(CODE, verdict('invalid', reason))).toBe(true)
    }
    expect(isStamp(CODE, verdict('valid'))).toBe(true)
    expect(isStamp(CODE, MALFORMED)).toBe(false)
    // Many short numbers begin as a stamp of a later version would.
    expect(isStamp(CODE, verdict('indeterminate', 'unsupported_version'))).toBe(true)
    expect(isStamp('8935049501503', verdict('indeterminate', 'unsupported_version'))).toBe(false)
  })

  test('among others is found, each stamp once and the nearest first', () => {
    const verify = knowing({ A: verdict('valid'), B: verdict('invalid', 'revoked') })
    expect(stampsAmong(['x', 'B', 'A', 'B', 'y'], verify)).toEqual(['B', 'A'])
  })
})

describe('What scanners and browsers did to a text is undone', () => {
  const changed = `https://tem.example/${CODE}\u001d\r\n`
  const verify = knowing({ [LINK]: verdict('valid') })

  test('in what was typed', () => {
    expect(readKeys(typed(changed), verify)).toEqual({ stamp: LINK })
  })

  test('in what a picture has', () => {
    expect(stampsAmong([changed], verify)).toEqual([LINK])
    expect(stampsAmong([changed, LINK], verify)).toEqual([LINK])
  })
})

describe('What a hand scanner typed', () => {
  test('is another code at once where it is whole as something else', () => {
    const bank =
      '00020101021138570010A00000072701270006970403011200110123456780208QRIBFTTA53037045802VN63049E6F'
    const link = `https://example.com/${'tra-cuu/'.repeat(8)}`
    const verify = knowing({})
    for (const text of [bank, link])
      expect(readKeys(typed(text), verify)).toMatchObject({ notice: 'foreign' })
    // One letter that was lost: not whole.
    expect(readKeys(typed(bank.slice(0, -1)), verify)).toMatchObject({ notice: 'again' })
    expect(readKeys(typed(`${LINK.slice(0, 90)}`), verify)).toMatchObject({ notice: 'again' })
  })

  test('is a set-up code, where it is one', () => {
    const setup = encodePins({
      authority: 'a.example',
      roots: { version: 1, threshold: 1, keys: [new Uint8Array(32).fill(7)] },
    })
    expect(noticeOf([setup])).toBe('setup')
    expect(noticeOf(['hello'])).toBe('foreign')
  })

  test('is the reading that verifies, of the two that there are', () => {
    const verify = knowing({ AAAAAA: verdict('invalid', 'bad_signature'), BBBBBB: verdict('valid') })
    expect(readKeys(typed('AAAAAA', 'BBBBBB'), verify)).toEqual({ stamp: 'BBBBBB' })
  })

  test.each(['bad_signature', 'unknown_key'])(
    'is asked for once more where it fails by %s alone',
    (reason) => {
      const verify = knowing({ [LINK]: verdict('invalid', reason) })
      const first = readKeys(typed(LINK), verify)
      expect(first).toEqual({ notice: 'again', text: LINK })
      expect(readKeys(typed(LINK), verify, 'another')).toEqual(first)
      expect(readKeys(typed(LINK), verify, LINK)).toEqual({ stamp: LINK })
    },
  )

  test('is rescued by its digits where an input method changed letters', () => {
    const verify = knowing({ [CODE]: verdict('valid') })
    expect(readKeys(typed(`HTTPS://TÊM.ÊXAMPLE/${CODE}`, '?', true), verify)).toEqual({ stamp: CODE })
    expect(readKeys(typed('HTTPS://TÊM.ÊXAMPLE/ABC'), verify)).toMatchObject({ notice: 'input_method' })
  })

  test('is asked for once more where it is broken or doubled, and is another code when it comes the same again', () => {
    const verify = knowing({ [LINK]: verdict('valid') })
    const doubled = LINK + LINK
    expect(readKeys(typed(doubled), verify)).toMatchObject({ notice: 'again' })
    expect(readKeys(typed(doubled), verify, doubled)).toMatchObject({ notice: 'foreign' })
  })

  test('is nothing to answer where it is short, or a hidden code', () => {
    expect(readKeys(typed('HELLO WORLD'), knowing({}))).toMatchObject({ notice: 'foreign' })
    expect(readKeys(typed('0123456789ABCDEF'), knowing({}))).toMatchObject({ notice: 'hidden_first' })
  })
})

describe('A hidden code that was wrong twice', () => {
  test('turns the answer of a valid stamp, and of no other', () => {
    const against = { suspicious: true, wrongCode: true }
    expect(tell(verdict('valid'), against)).toEqual({ tone: 'bad', word: 'wrong_code' })
    expect(tell(verdict('indeterminate', 'clock_suspect'), against).word).toBe('unsure')
  })
})

describe('The age of the data', () => {
  const at = (text: string) => new Date(`${text}T00:00Z`)
  const list = (issued: string, more = {}) => ({
    ...{ issued: at(issued), expires: at('2027-01-01'), rollbackProtected: true },
    ...more,
  })
  const lists = { trustList: list('2026-06-01'), revocationList: list('2026-06-03') }

  test('is that of the oldest list', () => {
    expect(ageOf(lists, at('2026-06-11'))).toEqual({ days: 10, faults: [] })
  })

  test('is not known under a clock that is behind any of them', () => {
    expect(ageOf(lists, at('2026-06-02'))).toEqual({ days: undefined, faults: ['clock'] })
  })

  test('comes with all that is amiss', () => {
    const trustList = list('2026-06-01', { rollbackProtected: false, revocationKey: {} })
    expect(ageOf({ trustList, revocationList: undefined }, at('2028-01-01')).faults).toEqual([
      'stale',
      'no_revocation',
      'unprotected',
    ])
  })
})

describe('What is seen of a frame', () => {
  test('is its middle where the box cuts it off, and all of it where it is shown whole', () => {
    const [frame, box] = [
      { width: 1280, height: 720 },
      { width: 360, height: 720 },
    ]
    expect(visibleCut(frame, box, false)).toEqual({ left: 460, top: 0, width: 360, height: 720 })
    expect(visibleCut(frame, box, true)).toEqual({ left: 0, top: 0, width: 1280, height: 720 })
  })
})

describe('A file that may be a picture', () => {
  test.each([
    ['', 'empty'],
    ['%PDF-1.7', 'pdf'],
    ['\0\0\0\x18ftypheic', 'heic'],
    ['\x89PNG\r\n\x1a\n', undefined],
  ])('is known by its first bytes: %j', async (head, fault) => {
    expect(await pictureFaultOf(new Blob([Buffer.from(head, 'latin1')]))).toBe(fault)
  })
})

describe('A table', () => {
  test('has no cell that a spreadsheet would run, or read as two', () => {
    expect(toCsv([['=1+1', 'a "b", c', 'chè']])).toBe('\uFEFF\'=1+1,"a ""b"", c",chè\r\n')
  })
})
