import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { lockFolder } from '../../src/run/ledger/lock.ts'
import { type Desk, foundProject, openDesk } from './desk.ts'

/** Commands that sign lists at the same time. */

let desk: Desk & Disposable
beforeEach(async () => {
  desk = openDesk()
  await foundProject(desk)
})
afterEach(() => desk[Symbol.dispose]())

const lists = () => readdirSync(desk.path('lists')).sort()

describe('four commands at a time', () => {
  it('that revoke: each list has its number once, and every revocation is kept', async () => {
    await desk.done('list')
    const serials = ['1', '2-3', '4', '5-9']
    await Promise.all(
      serials.map((some) =>
        desk.done('--yes', 'revoke', '--product', '104', '--serials', some, '--reason', 'lost'),
      ),
    )
    expect(lists().filter((name) => name.startsWith('revocation'))).toEqual(
      [1, 2, 3, 4, 5].map((number) => `revocation-${number}.cbor`),
    )
    const { says } = JSON.parse(await desk.done('inspect', 'lists/revocation-5.cbor'))
    expect(says.revoked).toMatchObject([{ facility: 12, product: 104, serials: 9 }])
    expect(await desk.done('list')).toContain('revocation list 6')
  })

  it('that build trust lists: each has its number once', async () => {
    const said = await Promise.all([1, 2, 3, 4].map(() => desk.say('--yes', 'trust', 'build')))
    expect(said.map(({ exit }) => exit)).toEqual([0, 0, 0, 0])
    expect(lists()).toEqual([1, 2, 3, 4, 5].map((number) => `trust-${number}.cbor`))
  })
})

describe('a command that finds another at work', () => {
  const busyState = () => {
    mkdirSync(desk.path('state'), { recursive: true })
    return lockFolder(desk.path('state'))
  }
  afterEach(() => void vi.useRealTimers())

  it('waits for it', async () => {
    const other = busyState()
    const waiting = desk.say('list')
    setTimeout(() => other.release(), 120)
    expect((await waiting).exit).toBe(0)
  })

  it.each([
    [['list']],
    [['trust', 'build']],
    [['trust', 'rotate', '--keys', 'root']],
    [['trust', 'sign', 'lists/trust-1.cbor', '--key', 'root']],
    [['revoke', '--product', '104', '--serials', '5', '--reason', 'lost']],
  ])('of %j says who that is when it stays', async (words) => {
    busyState()
    vi.useFakeTimers({ toFake: ['setTimeout'] })
    const waiting = desk.say('--yes', ...words)
    let isOver = false
    waiting.finally(() => {
      isOver = true
    })
    while (!isOver) {
      await vi.advanceTimersByTimeAsync(1000)
      await new Promise(setImmediate)
    }
    const { exit, err } = await waiting
    expect([exit, err]).toEqual([
      2,
      expect.stringMatching(
        new RegExp(
          `process ${process.pid} on .* is working on this project’s lists\nNext: .*state/lock\\.\\d`,
        ),
      ),
    ])
    expect(lists()).toEqual(['trust-1.cbor'])
  })

  it('ends its waiting at Ctrl-C', async () => {
    busyState()
    setTimeout(() => desk.stop.abort(new DOMException('interrupted', 'AbortError')), 100)
    expect(await desk.say('list')).toMatchObject({ exit: 3, err: expect.stringContaining('stopped') })
  })
})

describe('a signed list', () => {
  it('that was signed before and is lost is not signed again, forced or not', async () => {
    await desk.done('list')
    await desk.done('--yes', 'revoke', '--product', '104', '--serials', '5', '--reason', 'lost')
    rmSync(desk.path('state'), { recursive: true })
    rmSync(desk.path('lists/revocation-2.cbor'))
    const delta = readFileSync(desk.path('lists/delta-1-2.cbor'))
    for (const force of [[], ['--force']]) {
      const { exit, err } = await desk.say(...force, '--yes', 'list')
      expect([exit, err]).toEqual([
        2,
        expect.stringMatching(/delta-1-2.cbor is there already\nNext: signed lists are never replaced/),
      ])
    }
    expect(lists()).toEqual(['delta-1-2.cbor', 'revocation-1.cbor', 'trust-1.cbor'])
    expect(readFileSync(desk.path('lists/delta-1-2.cbor'))).toEqual(delta)
  })

  it('that appears while the next one is made stays as it is', async () => {
    await desk.done('list')
    const file = desk.path('lists/revocation-2.cbor')
    desk.isTerminal = true
    desk.typed = ['y']
    // While it is asked, somebody copies a list there.
    desk.onErr = (text) => text.includes('This revokes') && writeFileSync(file, 'theirs')
    const revoke = ['revoke', '--product', '104', '--serials', '5', '--reason', 'lost']
    expect((await desk.say('--force', ...revoke)).exit).toBe(2)
    expect(readFileSync(file, 'utf8')).toBe('theirs')
  })
})
