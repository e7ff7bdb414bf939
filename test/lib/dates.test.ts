import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { dateOf, dayOf, MAX_DAY, MAX_SECOND, secondOf, timeOf } from '../../src/lib/dates.ts'
import { ArgumentRangeError, ArgumentTypeError } from '../../src/lib/errors.ts'

const isLeap = (year: number) => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0

/** Every date from 1970 to 9999 in order, by the rules of the calendar alone. */
function* calendar(): Generator<string> {
  for (let year = 1970; year <= 9999; year++) {
    const months = [31, isLeap(year) ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    for (const [index, days] of months.entries()) {
      const month = String(index + 1).padStart(2, '0')
      for (let day = 1; day <= days; day++) yield `${year}-${month}-${String(day).padStart(2, '0')}`
    }
  }
}

describe('days', () => {
  it.each([
    ['1970-01-01', 0],
    ['2000-02-29', 11016],
    ['2026-12-31', 20818],
    ['9999-12-31', MAX_DAY],
  ])('count %s as %i since 1970', (date, day) => {
    expect(dayOf('made', date)).toBe(day)
    expect(dateOf(day)).toBe(date)
  })

  it('count every date of the calendar, to the end of 9999', () => {
    let day = 0
    const wrong: string[] = []
    for (const date of calendar()) {
      if (dateOf(day) !== date || (day % 7 === 0 && dayOf('made', date) !== day)) wrong.push(date)
      day++
    }
    expect(wrong).toEqual([])
    expect(day - 1).toBe(MAX_DAY)
  })

  it.each([
    '1969-12-31',
    '0000-01-01',
    '2026-02-29',
    '2026-02-31',
    '2100-02-29',
    '2026-04-31',
    '2026-13-01',
    '2026-00-10',
    '2026-01-00',
    '2026-1-1',
    '26-01-01',
    '10000-01-01',
    '+002026-01-01',
    '2026-01-01T00:00:00Z',
    '2026/01/01',
    ' 2026-01-01',
    '2026-01-01\n',
    '٢٠٢٦-01-01',
    '',
  ])('are not read from %j', (date) => {
    expect(() => dayOf('made', date)).toThrow(ArgumentRangeError)
    expect(() => dayOf('made', date)).toThrow(/^made: expected a date as YYYY-MM-DD from 1970-01-01, got "/)
  })

  it.each([[20_000], [new Date(0)], [null], [undefined]])(
    'are not read from %s, which is no text',
    (date) => {
      expect(() => dayOf('expires', date)).toThrow(ArgumentTypeError)
      expect(() => dayOf('expires', date)).toThrow(/^expires: /)
    },
  )
})

describe('seconds', () => {
  it('are read back whatever they are', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: MAX_SECOND }), (second) => {
        expect(secondOf('issued', timeOf(second))).toBe(second)
      }),
    )
    expect(timeOf(MAX_SECOND).toISOString()).toBe('9999-12-31T23:59:59.000Z')
  })

  it('are rounded down', () => {
    expect(secondOf('issued', new Date(1999))).toBe(1)
    expect(secondOf('issued', new Date('9999-12-31T23:59:59.999Z'))).toBe(MAX_SECOND)
  })

  it.each([[-1], [(MAX_SECOND + 1) * 1000], [Number.NaN]])('are not taken from %s ms', (ms) => {
    expect(() => secondOf('issued', new Date(ms))).toThrow(ArgumentRangeError)
    expect(() => secondOf('issued', new Date(ms))).toThrow(/^issued: expected a Date from 1970 to 9999, got/)
  })

  it.each([[0], ['2026-01-01'], [null], [{ getTime: () => 0 }]])(
    'are not taken from %s, which is no Date',
    (time) => {
      expect(() => secondOf('issued', time)).toThrow(ArgumentTypeError)
    },
  )
})
