import { afterEach, describe, expect, test, vi } from 'vitest'
import { toCsv } from '../../src/core/csv.ts'
import { dayOf, daysOf, localTime, tableOf } from '../../src/core/report.ts'
import { en } from '../../src/core/words.ts'
import type { HistoryEntry } from '../../src/kiosk/history.ts'

const OPTIONS = { words: en, language: 'en', place: 'Gate 1', by: 'Lan' } as const
const NOON = Date.parse('2026-03-01T05:00:00Z')
const entry = (id: number, changes: Partial<HistoryEntry> = {}): HistoryEntry => ({
  ...{ id, time: NOON + id * 1000, tone: 'good', word: 'valid', product: 'Chè', serial: 7 },
  ...changes,
})

describe('A table of checks', () => {
  test('has a line for each, the oldest first, with what an inspector wrote', () => {
    const remark = { note: 'Hộp bị rách', spot: 'Sạp 14', position: '+20.95170+107.07480', hasPhoto: true }
    const checks = [entry(2, { remark, authority: 'quang-ninh.example' }), entry(1, { undone: true })]
    const [header, first, second, end] = tableOf(checks, OPTIONS).split('\r\n')
    expect(header).toBe(
      '\uFEFFTime,Answer,Why,Product,Stamp number,Authority,Remark,Kiosk,Stall,Position,Note,Photo,Inspector',
    )
    expect(first).toMatch(/^2026-03-01T[0-9:]{8}[+-]\d\d:\d\d,VALID,,Chè,7,,taken back,Gate 1,,,,,Lan$/)
    expect(second).toMatch(
      /,VALID,,Chè,7,quang-ninh\.example,,Gate 1,Sạp 14,'\+20\.95170\+107\.07480,Hộp bị rách,photo-2\.jpg,Lan$/,
    )
    expect(end).toBe('')
  })

  test.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1', '\n=1', '＝1', '＋1', '－1', '＠A'])(
    'lets no spreadsheet run %j, whoever wrote it',
    (text) => {
      const line = tableOf([entry(1, { remark: { note: text, spot: text }, product: text })], OPTIONS).split(
        'VALID',
      )[1]!
      expect(line.match(/(^|,)"?'/g)).toHaveLength(3)
    },
  )

  test('says why a stamp was refused', () => {
    const bad = { tone: 'bad', word: 'revoked', reason: 'revoked' } as const
    const checks = [entry(1, { ...bad, revocation: { reason: 'stolen', date: '2026-02-03' } })]
    expect(tableOf(checks, OPTIONS)).toContain(
      ',This stamp was revoked. The stamp was stolen. Revoked on 2026-02-03.,Chè',
    )
  })

  test('keeps commas, quotes and line ends within their cell', () => {
    expect(toCsv([['a,b', 'say "no"', 'two\r\nlines']])).toBe('\uFEFF"a,b","say ""no""","two\r\nlines"\r\n')
  })
})

describe('A day', () => {
  afterEach(() => vi.unstubAllEnvs())

  test('is that of this device’s clock', () => {
    vi.stubEnv('TZ', 'Asia/Ho_Chi_Minh')
    const late = new Date('2026-02-28T18:30:05Z')
    expect([localTime(late), dayOf(late)]).toEqual(['2026-03-01T01:30:05+07:00', '2026-03-01'])
    vi.stubEnv('TZ', 'America/St_Johns')
    expect(localTime(late)).toBe('2026-02-28T15:00:05-03:30')
  })

  test('is named once, the newest first', () => {
    vi.stubEnv('TZ', 'UTC')
    const times = [3, 2, 2, 1].map((day) => ({ time: Date.parse(`2026-03-0${day}T12:00:00Z`) }))
    expect(daysOf(times.map(({ time }, i) => entry(i, { time })))).toEqual([
      '2026-03-03',
      '2026-03-02',
      '2026-03-01',
    ])
  })
})
