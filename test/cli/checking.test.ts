import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { codesOf, type Desk, foundProject, openDesk } from './desk.ts'

/** What people give to `verify` and `inspect`. */

let desk: Desk & Disposable
beforeEach(async () => {
  desk = openDesk()
  await foundProject(desk)
})
afterEach(() => desk[Symbol.dispose]())

describe('a text on the command line', () => {
  it('is tidied before it is checked or explained', async () => {
    await desk.done('issue', '--product', '104', '--count', '2', '--no-sheets')
    await desk.done('list')
    const [code] = codesOf(desk, '12-104-1-1')
    for (const text of [`]Q1${code}`, `\ufeff${code} `, `"${code}"`]) {
      expect((await desk.say('verify', text)).out).toMatch(/^#1: valid 12-104-1 /)
      expect((await desk.say('inspect', text)).out).toMatch(/^base45: \d+ bytes\n.*array of 4\n/)
    }
    expect((await desk.say('inspect', `${code}\r\n`)).exit).toBe(0)
    expect(await desk.say('inspect', `]Q1${code!.slice(3)}`)).toMatchObject({ exit: 1 })
  })
})
