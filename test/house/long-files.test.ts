import { existsSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { LONG, leftOut, partOf } from '../support/long-files.ts'

describe('The long files of tests', () => {
  test.each(LONG)('have %s among them, which is there', (file) => {
    expect(existsSync(new URL(`../../${file}`, import.meta.url))).toBe(true)
  })

  test('run in fifths that together are all of them, each once', () => {
    const fifths = ['1', '2', '3', '4', '5'].map((part) =>
      LONG.filter((file) => !leftOut(part).includes(file)),
    )
    expect(fifths.flat().sort()).toEqual([...LONG].sort())
    for (const part of fifths) expect(Math.abs(part.length - LONG.length / 5)).toBeLessThan(1)
    expect(leftOut('all')).toEqual([])
  })

  test('run by a part that is drawn, but for those that are named or asked for', () => {
    const drawn = new Set(Array.from({ length: 200 }, () => partOf(['run', '--reporter=dot'], undefined)))
    expect([...drawn].sort()).toEqual(['1', '2', '3', '4', '5'])
    expect(partOf(['run', 'test/cli'], undefined)).toBe('all')
    expect(partOf(['run'], '2')).toBe('2')
    expect(() => partOf(['run'], '6')).toThrow('VERISTAMP_PART is 1 to 5 or all, not 6')
  })
})
