import { spawnSync } from 'node:child_process'
import { closeSync, existsSync, openSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { askedLanguage } from '../../src/cli/shell/context.ts'
import { openDesk } from './desk.ts'

/** What a system gives a command: variables without a value, and places where nothing can be written. */

const CLI = fileURLToPath(new URL('../../dist/cli.js', import.meta.url))

describe('an empty variable', () => {
  it('leaves the language to the next one', () => {
    expect(askedLanguage([], { VERISTAMP_LANG: '', LC_ALL: '', LANG: 'vi_VN.UTF-8' })).toBe('vi')
    expect(askedLanguage([], { LC_ALL: '', LC_MESSAGES: 'vi_VN', LANG: 'C' })).toBe('vi')
    expect(askedLanguage([], { LC_ALL: 'C', LANG: 'vi_VN' })).toBe('en')
  })

  it('is no passphrase', async () => {
    using desk = openDesk()
    await desk.done('init', 'a.example', '--facilities', 'facilities.csv', '--products', 'products.csv')
    desk.env.VERISTAMP_PASSPHRASE = ''
    const { exit, err } = await desk.say('keygen')
    expect([exit, err]).toEqual([2, expect.stringMatching(/passphrase/)])
    expect(err).not.toMatch(/1 to 1024/)
  })
})

describe.skipIf(!existsSync('/dev/full'))('a full disk behind standard error', () => {
  it('does not turn misuse into the exit code of an invalid stamp', () => {
    const full = openSync('/dev/full', 'w')
    const { status } = spawnSync(process.execPath, [CLI, 'bogus'], { stdio: ['ignore', 'pipe', full] })
    closeSync(full)
    expect(status).toBe(2)
  })
})
