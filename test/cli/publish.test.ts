import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { decodeListsIndex } from '../../src/keeper/lists-index.ts'
import { type Desk, foundProject, openDesk } from './desk.ts'

let desk: Desk & Disposable
beforeEach(async () => {
  desk = openDesk()
  await foundProject(desk)
})
afterEach(() => desk[Symbol.dispose]())

const namesIn = (folder: string) =>
  readdirSync(desk.path(folder))
    .map((name) => name.replace(/-[0-9a-f]{8}\.cbor$/, ''))
    .sort()

describe('veristamp publish', () => {
  it('asks for a revocation list first', async () => {
    const { exit, err } = await desk.say('publish', 'public')
    expect([exit, err]).toEqual([2, 'Error: there is no revocation list yet\nNext: veristamp list\n'])
  })

  it('writes the newest lists, the deltas that lead to them, and the index', async () => {
    await desk.done('list')
    expect(await desk.done('publish', 'public/lists')).toBe(
      'public/lists has trust list 1 and revocation list 1.\n',
    )
    await desk.done('revoke', '--product', '104', '--serials', '5', '--reason', 'lost', '--yes')
    expect(await desk.done('--lang', 'vi', 'publish', 'public/lists')).toMatch(
      /^public\/lists có danh sách tin cậy 1 và danh sách thu hồi 2(, kèm \d tệp thay đổi)?\.\n$/,
    )
    const decoded = decodeListsIndex(readFileSync(desk.path('public/lists/lists.json'), 'utf8'))
    expect(decoded).toMatchObject({
      ok: true,
      index: { trust: { epoch: 1, sequence: 1 }, revocation: { epoch: 0, sequence: 2 } },
    })
    expect(namesIn('public/lists')).toEqual(
      expect.arrayContaining(['lists.json', 'revocation-1', 'revocation-2', 'trust-1']),
    )
    expect(await desk.done('publish', 'public/lists')).toContain('They were there already.\n')
    const { out } = await desk.say('--json', 'publish', 'public/lists')
    expect(JSON.parse(out)).toMatchObject({ trustList: 1, revocationList: 2, written: [], removed: [] })
  })

  it('writes into nothing that the project owns, and into no file', async () => {
    await desk.done('list')
    writeFileSync(desk.path('file'), '')
    symlinkSync('lists', desk.path('link'))
    for (const folder of ['lists', 'keys/public', 'link', 'LISTS'])
      expect(await desk.say('publish', folder)).toMatchObject({
        exit: 2,
        err: expect.stringMatching(/belongs to the project/),
      })
    expect(await desk.say('publish', 'file')).toMatchObject({ err: expect.stringMatching(/is not a folder/) })
    expect(namesIn('lists')).toEqual(['revocation-1.cbor', 'trust-1.cbor'])
  })

  it('does not take a project that was restored from a backup for the newest', async () => {
    await desk.done('list')
    for (const part of ['lists', 'state'])
      cpSync(desk.path(part), desk.path('backup', part), { recursive: true })
    await desk.done('list')
    await desk.done('publish', 'public')
    for (const part of ['lists', 'state']) {
      rmSync(desk.path(part), { recursive: true })
      cpSync(desk.path('backup', part), desk.path(part), { recursive: true })
    }
    const { exit, err } = await desk.say('publish', 'public')
    expect([exit, err]).toEqual([2, expect.stringMatching(/public has newer lists .*\nNext: .*backup/)])
    mkdirSync(desk.path('other'))
    writeFileSync(desk.path('other/lists.json'), '{}')
    expect(await desk.say('publish', 'other')).toMatchObject({
      err: expect.stringMatching(/not one of this authority/),
    })
  })
})
