import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { FinishedRun } from '../../src/run/folder.ts'
import { readReservations, reserveRun } from '../../src/run/ledger/journal.ts'
import { resumeRun, startRun } from '../../src/run/run.ts'
import { verifyRun } from '../../src/run/verify-run.ts'
import { fonts } from '../support/labels.ts'
import { share } from '../support/laws.ts'
import { outputsOf, PLAIN, REACH, RESERVED, SEALED, toolsOf } from '../support/runs.ts'
import { buildChildren, type Children, type Kind } from './children.ts'

const FONTS = { regular: fonts.regular }

const KILLS = 60

let children: Children
let folder: string
/** The flushes of an undisturbed run, and its files. */
let flushes: number
let whole: Map<string, Buffer>

beforeAll(async () => {
  children = buildChildren()
  folder = mkdtempSync(join(tmpdir(), 'veristamp-kill-'))
  const { said } = await children.run(join(folder, 'whole'), 'plain')
  flushes = said.flushes!
  whole = outputsOf(join(folder, 'whole', said.id!))
}, 300_000)
afterAll(() => {
  children.remove()
  rmSync(folder, { recursive: true })
})

/** Finishes whatever the killed process left: the run that it began, or a new one where it had begun none. */
async function finish(journal: string, kind: Kind): Promise<FinishedRun> {
  const [begun] = existsSync(journal) ? readReservations(journal) : []
  const tools = toolsOf(FONTS)
  if (begun) return resumeRun(journal, begun.id, tools)
  return startRun(journal, kind === 'sealed' ? SEALED : PLAIN, REACH, { ...tools, now: RESERVED })
}

/** The same reservation and the same secret, printed without a disturbance. */
async function undisturbed(finished: FinishedRun, journal: string): Promise<Map<string, Buffer>> {
  const { id } = finished.run
  mkdirSync(join(journal, id), { recursive: true })
  copyFileSync(join(finished.folder, '..', `${id}.json`), join(journal, `${id}.json`))
  copyFileSync(join(finished.folder, 'secret.json'), join(journal, id, 'secret.json'))
  return outputsOf((await resumeRun(journal, id, toolsOf(FONTS))).folder)
}

async function expectWhole(journal: string, kind: Kind): Promise<void> {
  const codes = join(journal, '12-104-7-1', 'codes.csv')
  const before = existsSync(codes) ? readFileSync(codes) : Buffer.alloc(0)
  const finished = await finish(journal, kind)
  // What was on the disk is what is there now, so no serial was signed with another hidden code.
  const kept = before.subarray(0, before.lastIndexOf('\n') + 1)
  expect(readFileSync(codes).subarray(0, kept.length)).toEqual(kept)
  const outputs = outputsOf(finished.folder)
  expect([...outputs.keys()]).toEqual(['codes.csv', 'manifest.cbor', 'sheets.pdf'])
  expect(outputs).toEqual(kind === 'sealed' ? await undisturbed(finished, `${journal}-again`) : whole)
  const publicKeys = [toolsOf(FONTS).signer.publicKey]
  expect(await verifyRun(finished, { publicKeys })).toMatchObject({ ok: true })
  expect(readReservations(journal).map(({ first, last }) => [first, last])).toEqual([[1, 40]])
}

/** Two at a time: processes take longer to start than to print. */
async function each<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  const left = [...items]
  const worker = async () => {
    for (let item = left.shift(); item !== undefined; item = left.shift()) await work(item)
  }
  await Promise.all([worker(), worker()])
}

const upTo = (count: number) => Array.from({ length: count }, (_, index) => index + 1)
/** Where a sealed run keeps its secret and writes its first codes. */
const SECRET_FLUSHES = [5, 6, 7, 8, 9, 10, 11, 12]

/** Of the moments to be killed, `npm test` takes others each time. */
describe('a run that is killed', { timeout: 600_000 }, () => {
  it('right after any flush to the disk is finished by the next process, as if nothing had been', async () => {
    expect(flushes).toBeGreaterThan(18)
    await each(share(upTo(flushes), 2), async (killAt) => {
      const journal = join(folder, `flush-${killAt}`)
      expect((await children.run(journal, 'plain', { killAt })).signal, `flush ${killAt}`).toBe('SIGKILL')
      await expectWhole(journal, 'plain')
    })
  })

  it('and whose sheets a thread lays out is finished by the next process too', async () => {
    await each(share(upTo(flushes), 6), async (killAt) => {
      const journal = join(folder, `threads-${killAt}`)
      expect((await children.run(journal, 'threads', { killAt })).signal, `flush ${killAt}`).toBe('SIGKILL')
      await expectWhole(journal, 'threads')
    })
  })

  it('while it keeps its secret and begins to sign has one secret all the same', async () => {
    await each(share(SECRET_FLUSHES, 2), async (killAt) => {
      const journal = join(folder, `secret-${killAt}`)
      expect((await children.run(journal, 'sealed', { killAt })).signal, `flush ${killAt}`).toBe('SIGKILL')
      await expectWhole(journal, 'sealed')
    })
  })

  it('at any moment is finished by the next process, as if nothing had been', async () => {
    const left = KILLS - flushes - SECRET_FLUSHES.length
    await each(share(upTo(left), 4), async (trial) => {
      const journal = join(folder, `moment-${trial}`)
      await children.run(journal, 'plain', { killAfter: (trial * 13) % 97 })
      await expectWhole(journal, 'plain')
    })
  })

  it('over and over comes to its end, flush by flush', async () => {
    const journal = join(folder, 'stubborn')
    let deaths = 0
    while ((await children.run(journal, 'plain', { killAt: 8 })).signal === 'SIGKILL') {
      expect(++deaths).toBeLessThan(30)
    }
    expect(deaths).toBeGreaterThan(2)
    await expectWhole(journal, 'plain')
  })

  it('leaves its serials to itself: the next run gets others', async () => {
    const journal = join(folder, 'next')
    await children.run(journal, 'plain', { killAt: 9 })
    const options = { now: RESERVED }
    const next = reserveRun(
      journal,
      { facility: 12, product: 104, count: 5 },
      { ...REACH, publicKey: toolsOf(FONTS).signer.publicKey },
      options,
    )
    expect([next.id, next.first, next.last]).toEqual(['12-104-7-2', 41, 45])
  })
})
