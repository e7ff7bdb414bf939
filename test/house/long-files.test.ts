import { existsSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { LONG, leftOut, PARTS, partOf } from '../support/long-files.ts'

describe('The long files of tests', () => {
  test.each(LONG)('have %s among them, which is there', (file) => {
    expect(existsSync(new URL(`../../${file}`, import.meta.url))).toBe(true)
  })

  test('run in eighths that together are all of them, each once', () => {
    const eighths = PARTS.map((part) => LONG.filter((file) => !leftOut(part).includes(file)))
    expect(eighths).toHaveLength(8)
    expect(eighths.flat().sort()).toEqual([...LONG].sort())
    for (const part of eighths) expect(Math.abs(part.length - LONG.length / 8)).toBeLessThan(1)
    expect(leftOut('all')).toEqual([])
  })

  test('run by a part that is drawn, but for those that are named or asked for', () => {
    const drawn = new Set(Array.from({ length: 200 }, () => partOf(['run', '--reporter=dot'], undefined)))
    expect([...drawn].sort()).toEqual(PARTS)
    expect(partOf(['run', 'test/cli'], undefined)).toBe('all')
    expect(partOf(['run'], '2')).toBe('2')
    expect(() => partOf(['run'], '9')).toThrow('VERISTAMP_PART is 1 to 8 or all, not 9')
  })
})
