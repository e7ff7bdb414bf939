import { describe, expect, it } from 'vitest'
import type { Io } from '../../src/cli/shell/io.ts'
import { type ProgressOptions, progressOf } from '../../src/cli/shell/progress.ts'
import { wordsOf } from '../../src/cli/words/words.ts'

/** What is told of reports that come after so many seconds each. */
function told(
  reports: readonly (readonly [seconds: number, done: number])[],
  { isTerminal = false, json = false, ...options }: Partial<Io> & { json?: boolean } & ProgressOptions = {},
): string[] {
  const said: string[] = []
  let now = 0
  const io = { isTerminal, now: () => new Date(now), err: (text: string) => said.push(text) }
  const show = progressOf({ io: io as unknown as Io, json, words: wordsOf('en') }, 'issue', options)
  for (const [seconds, done] of reports) {
    now = seconds * 1000
    show(done, 1000)
  }
  return said
}

describe('progress', () => {
  it('is told in lines of JSON, one a second, with the rate so far', () => {
    const lines = told([
      [0.5, 100],
      [0.9, 200],
      [2, 400],
      [4, 1000],
      [5, 1000],
    ])
    expect(lines.map((line) => JSON.parse(line))).toEqual([
      { progress: 'issue', done: 100, count: 1000, rate: 200, left: 5 },
      { progress: 'issue', done: 400, count: 1000, rate: 200, left: 3 },
      { progress: 'issue', done: 1000, count: 1000, rate: 250, left: 0 },
    ])
  })

  it('of a run that goes on counts what is done now, and tells no rate before there is one', () => {
    const reports = [
      [3, 500],
      [5, 600],
      [30, 601],
    ] as const
    expect(told(reports, { resumed: true }).map((line) => JSON.parse(line))).toEqual([
      { progress: 'issue', done: 500, count: 1000 },
      { progress: 'issue', done: 600, count: 1000, rate: 50, left: 8 },
      { progress: 'issue', done: 601, count: 1000, rate: 4, left: 100 },
    ])
    expect(JSON.parse(told([[10, 2]])[0]!)).toMatchObject({ rate: 0.2 })
  })

  it('is a bar on a terminal, unless JSON is asked for', () => {
    const reports = [
      [1, 250],
      [4, 1000],
    ] as const
    const clear = '\u001b[K'
    expect(told(reports, { isTerminal: true })).toEqual([
      `\rissue ${'█'.repeat(6)}${'░'.repeat(18)} 250/1000  250/s  0:03 left${clear}`,
      `\rissue ${'█'.repeat(24)} 1000/1000  250/s${clear}\n`,
    ])
    expect(JSON.parse(told(reports, { isTerminal: true, json: true })[0]!)).toMatchObject({ rate: 250 })
  })
})
