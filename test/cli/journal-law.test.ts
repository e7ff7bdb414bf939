import { cpSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { runs, tally } from '../support/laws.ts'
import { type Desk, foundProject, openDesk } from './desk.ts'

let desk: Desk & Disposable
beforeEach(async () => {
  desk = openDesk()
  await foundProject(desk)
})
afterEach(() => desk[Symbol.dispose]())

type Step =
  | { readonly do: 'issue'; readonly count: number; readonly first?: number; readonly lot: string }
  | { readonly do: 'delete'; readonly which: number; readonly to: string }
  | { readonly do: 'rename'; readonly which: number; readonly to: string }
  | { readonly do: 'copy'; readonly which: number; readonly to: string }
  | { readonly do: 'plant'; readonly to: string }
  | { readonly do: 'backup' }
  | { readonly do: 'restore' }
  | { readonly do: 'list' }

const PLACES = [
  ...['12-104-1-1', '12-104-1-2', '12-104-1-3', '12-104-1', '12-105-1-1', '12-104-2-1'].flatMap((id) => [
    id,
    `${id}.json`,
    `${id}.void`,
    `${id}-DESKTOP-AB12.json`,
  ]),
  'desktop.ini',
  'notes.txt',
]
const place = fc.constantFrom(...PLACES)
const which = fc.nat(5)
const lot = fc.constantFrom('A', 'B')
const count = fc.integer({ min: 1, max: 4 })
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ do: fc.constant('issue' as const), count, lot }) },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('issue' as const),
      count,
      lot,
      first: fc.integer({ min: 1, max: 20 }),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.oneof(
      ...(['delete', 'rename', 'copy'] as const).map((name) =>
        fc.record({ do: fc.constant(name), which, to: place }),
      ),
    ),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('plant' as const), to: place }) },
  {
    weight: 2,
    arbitrary: fc.constantFrom<Step>({ do: 'backup' }, { do: 'restore' }, { do: 'list' }),
  },
)

/** Does to runs/ what people, cloud folders and backups do. */
function meddle(each: Exclude<Step, { do: 'issue' | 'list' }>): void {
  const runs = (name = '') => desk.path('runs', name)
  const backup = desk.path('backup-of-runs')
  if (each.do === 'backup') {
    if (!existsSync(runs())) return
    rmSync(backup, { recursive: true, force: true })
    cpSync(runs(), backup, { recursive: true })
  } else if (each.do === 'restore') {
    if (!existsSync(backup)) return
    rmSync(runs(), { recursive: true, force: true })
    cpSync(backup, runs(), { recursive: true })
  } else if (each.do === 'plant') {
    if (existsSync(runs(each.to))) return
    mkdirSync(runs(), { recursive: true })
    if (/^\d+(-\d+)+$/.test(each.to)) mkdirSync(runs(each.to))
    else writeFileSync(runs(each.to), 'x')
  } else {
    const names = existsSync(runs()) ? readdirSync(runs()).sort() : []
    const name = names[each.which % (names.length || 1)]
    if (name === undefined || (each.do !== 'delete' && existsSync(runs(each.to)))) return
    if (each.do === 'delete') rmSync(runs(name), { recursive: true })
    else if (each.do === 'rename') renameSync(runs(name), runs(each.to))
    else cpSync(runs(name), runs(each.to), { recursive: true })
  }
}

describe('whatever is renamed, deleted, copied, restored or planted in runs/', () => {
  it('no serial is issued twice: issue stops, or gives serials that nobody had', {
    timeout: 120_000,
  }, async () => {
    let [printed, stopped] = [0, 0]
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 12 }), async (steps) => {
        for (const name of ['runs', 'backup-of-runs', 'state'])
          rmSync(desk.path(name), { recursive: true, force: true })
        for (const name of readdirSync(desk.path('lists')))
          if (!name.startsWith('trust')) rmSync(desk.path('lists', name))
        const taken = new Set<number>()
        for (const each of steps) {
          if (each.do === 'list') await desk.say('--yes', 'list', '--raise', '12:104:900')
          else if (each.do !== 'issue') meddle(each)
          else {
            const words = [
              'issue',
              '--product',
              '104',
              '--no-sheets',
              '--count',
              `${each.count}`,
              '--lot',
              each.lot,
            ]
            const chosen = each.first === undefined ? [] : ['--first', `${each.first}`]
            const { exit, out } = await desk.say('--yes', ...words, ...chosen)
            const [, first, last] = /serials (\d+) to (\d+)/.exec(out) ?? []
            expect([exit, first === undefined]).toEqual(exit === 0 ? [0, false] : [2, true])
            if (exit !== 0) stopped++
            for (let serial = Number(first); serial <= Number(last); serial++) {
              expect(taken.has(serial), `serial ${serial} again`).toBe(false)
              taken.add(serial)
              printed++
            }
          }
        }
      }),
      { numRuns: runs(25, 8) },
    )
    expect(printed).toBeGreaterThan(tally(20))
    expect(stopped).toBeGreaterThan(tally(5))
  })
})
