import { spawnSync } from 'node:child_process'
import fs, {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { syncBuiltinESMExports } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { encodeChecked } from '../../src/node/files/checked-text.ts'
import { makeFolderDurably } from '../../src/node/files/durable.ts'
import type { RunJob } from '../../src/run/job.ts'
import { readReservations, reserveRun } from '../../src/run/ledger/journal.ts'
import type { Reach } from '../../src/run/ledger/reach.ts'
import { readReservation } from '../../src/run/ledger/record.ts'
import { surveyJournal } from '../../src/run/ledger/survey.ts'
import { runs } from '../support/laws.ts'
import { keySigner, PRESS_SEED, REACH, RESERVED } from '../support/runs.ts'
import { buildChildren, type Children } from './children.ts'

const { publicKey } = keySigner(PRESS_SEED)
const TEA = { facility: 12, product: 104 }
const coded = (code: string) => expect.objectContaining({ code })

let journal: string
beforeEach(() => {
  journal = mkdtempSync(join(tmpdir(), 'veristamp-journal-'))
  return () => rmSync(journal, { recursive: true })
})

const reserve = (job: Partial<RunJob> & { count: number }, reach: Partial<Reach> = {}) =>
  reserveRun(journal, { ...TEA, ...job }, { ...REACH, publicKey, ...reach }, { now: RESERVED })
const rangeOf = (job: Partial<RunJob> & { count: number }, reach?: Partial<Reach>) => {
  const { first, last } = reserve(job, reach)
  return [first, last]
}

describe('a reservation', () => {
  it('takes the serials after those that are taken, product by product', () => {
    expect(rangeOf({ count: 100 })).toEqual([1, 100])
    expect(rangeOf({ count: 1 })).toEqual([101, 101])
    expect(rangeOf({ facility: 13, product: 7, count: 5 })).toEqual([1, 5])
    expect(rangeOf({ count: 9 })).toEqual([102, 110])
    expect(readReservations(journal).map(({ id }) => id)).toEqual([
      '12-104-7-1',
      '12-104-7-2',
      '12-104-7-3',
      '13-7-7-1',
    ])
    expect(readReservations(journal, TEA)).toHaveLength(3)
  })

  it('is read back as it was given', () => {
    const sheet = { stock: 'a4-65', product: 'Trà', offset: { right: 0.5 } } as const
    const run = reserve({ count: 3, carrier: 'url', prefix: 'HTTPS://T.VN/', lot: 'A', sealed: true, sheet })
    expect(readReservation(journal, run.id)).toEqual(run)
  })

  it('goes on in the scope’s next range where one is full', () => {
    expect(rangeOf({ count: 9_000 })).toEqual([1, 9_000])
    expect(rangeOf({ count: 1_000 })).toEqual([20_000, 20_999])
    expect(() => reserve({ count: 9_001 })).toThrow(coded('out_of_scope'))
    expect(rangeOf({ count: 9_000 })).toEqual([21_000, 29_999])
    expect(() => reserve({ count: 1 })).toThrow(coded('out_of_scope'))
    // The rest of the first range is there for who asks for it.
    expect(rangeOf({ first: 9_001, count: 999 })).toEqual([9_001, 9_999])
  })

  it('takes the serials that it asks for, unless another has one of them', () => {
    expect(rangeOf({ first: 500, count: 100 })).toEqual([500, 599])
    for (const [first, count] of [
      [500, 1],
      [599, 10],
      [1, 500],
      [400, 300],
    ] as const) {
      expect(() => reserve({ first, count })).toThrow(coded('serials_taken'))
    }
    expect(rangeOf({ first: 1, count: 499 })).toEqual([1, 499])
    expect(rangeOf({ count: 2 })).toEqual([600, 601])
    expect(() => reserve({ first: 9_999, count: 2 })).toThrow(coded('out_of_scope'))
  })

  it.each([
    ['a product of nobody', { facility: 12, product: 105 }],
    ['a facility of nobody', { facility: 14, product: 104 }],
  ])('is refused for %s', (_, product) => {
    expect(() => reserve({ ...product, count: 1 })).toThrow(coded('out_of_scope'))
    expect(readdirSync(journal)).toEqual([])
  })

  it('ends at the published watermark', () => {
    const asked: unknown[] = []
    const watermark = (...args: readonly unknown[]) => {
      asked.push(args)
      return 150
    }
    expect(rangeOf({ count: 100 }, { watermark })).toEqual([1, 100])
    expect(() => reserve({ count: 51 }, { watermark })).toThrow(coded('above_watermark'))
    expect(rangeOf({ count: 50 }, { watermark })).toEqual([101, 150])
    expect(asked[0]).toEqual([publicKey, 12, 104])
    expect(rangeOf({ count: 50 }, { watermark: () => undefined })).toEqual([151, 200])
  })

  it('that its check refuses leaves nothing behind', () => {
    const check = () => {
      throw new Error('does not fit')
    }
    expect(() =>
      reserveRun(journal, { ...TEA, count: 1 }, { ...REACH, publicKey }, { now: RESERVED, check }),
    ).toThrow('does not fit')
    expect(readdirSync(journal)).toEqual([])
  })

  it.each([
    ['no stamps', { count: 0 }],
    ['too many', { count: 10_000_001 }],
    ['a serial beyond all', { first: Number.MAX_SAFE_INTEGER, count: 2 }],
    ['a lot of other letters', { count: 1, lot: 'lô 1' }],
    ['a url without a prefix', { count: 1, carrier: 'url' as const }],
    ['a prefix without a url', { count: 1, prefix: 'HTTPS://T.VN/' }],
    ['a misspelt claim', { count: 1, expirs: '2026-12-31' } as never],
    ['a carrier of its own', { count: 1, carrier: 'aztec' as never }],
  ])('is refused for a job of %s', (_, job) => {
    expect(() => reserve(job)).toThrow(/^[a-z]+: expected/)
  })

  it('never shares a serial with another, whatever is asked for', () => {
    const job = fc.record({
      first: fc.option(fc.integer({ min: 1, max: 60 }), { nil: undefined }),
      count: fc.integer({ min: 1, max: 12 }),
    })
    const law = fc.property(fc.array(job, { maxLength: 12 }), (jobs) => {
      const folder = mkdtempSync(join(tmpdir(), 'veristamp-law-'))
      const taken = new Set<number>()
      for (const { first, count } of jobs) {
        try {
          const run = reserveRun(
            folder,
            { ...TEA, count, ...(first !== undefined && { first }) },
            { ...REACH, publicKey },
            { now: RESERVED },
          )
          for (let serial = run.first; serial <= run.last; serial++) {
            expect(taken.has(serial)).toBe(false)
            taken.add(serial)
          }
        } catch (error) {
          expect(error).toEqual(coded('serials_taken'))
        }
      }
      rmSync(folder, { recursive: true })
    })
    fc.assert(law, { numRuns: runs(25) })
  })
})

describe('a journal', () => {
  it('says so when any bit of it changed, and gives no serials away', () => {
    const { id } = reserve({ count: 10 })
    const file = join(journal, `${id}.json`)
    const sound = readFileSync(file)
    for (let bit = 0; bit < 8 * sound.length; bit += 37) {
      const changed = Buffer.from(sound)
      changed[bit >> 3]! ^= 1 << (bit & 7)
      writeFileSync(file, changed)
      expect(() => reserve({ count: 1 }), `bit ${bit}`).toThrow(coded('run_corrupt'))
    }
    for (const content of ['', 'junk', Buffer.alloc(100_000, 32), sound.subarray(0, -1)]) {
      writeFileSync(file, content)
      expect(() => reserve({ count: 1 })).toThrow(coded('run_corrupt'))
    }
    writeFileSync(file, sound)
    expect(rangeOf({ count: 1 })).toEqual([11, 11])
  })

  it('takes no file for another’s', () => {
    const { id } = reserve({ count: 10 })
    writeFileSync(join(journal, '12-104-7-2.json'), readFileSync(join(journal, `${id}.json`)))
    expect(() => reserve({ count: 1 })).toThrow(coded('run_corrupt'))
  })

  it('gives no number that would not be read again', () => {
    const run = { ...reserve({ count: 10 }), id: '12-104-7-999999999' }
    writeFileSync(join(journal, `${run.id}.json`), encodeChecked('veristamp-run-1', run))
    expect(() => reserve({ count: 1 })).toThrow(coded('run_corrupt'))
  })

  it('is on the disk with all the folders that it lies in', () => {
    const opened: string[] = []
    const { openSync } = fs
    fs.openSync = (path, ...rest) => {
      opened.push(String(path))
      return openSync(path, ...rest)
    }
    syncBuiltinESMExports()
    try {
      makeFolderDurably(join(journal, 'a', 'b', 'c'))
      expect(opened).toEqual([join(journal, 'a', 'b'), join(journal, 'a'), journal])
      opened.length = 0
      makeFolderDurably(join(journal, 'a', 'b', 'c'))
      expect(opened).toEqual([])
    } finally {
      fs.openSync = openSync
      syncBuiltinESMExports()
    }
  })

  it.each([
    '12-104-7-1-DESKTOP-AB12.json',
    '12-104-7-1 (1).json',
    '12-104-7-1.JSON',
    '12-104-7-1.json.bak',
    'Copy of 12-104-7-1.json',
    '012-104-7-1.json',
    '12-104-7-0.json',
    '.12-104-7-1.json',
    'desktop.ini',
    'notes.txt',
  ])('gives no serials away while a record lies there as %s', (name) => {
    const { id } = reserve({ count: 5 })
    renameSync(join(journal, `${id}.json`), join(journal, name))
    expect(() => reserve({ count: 5 })).toThrow(
      expect.objectContaining({ code: 'run_corrupt', message: expect.stringContaining(join(journal, name)) }),
    )
    renameSync(join(journal, name), join(journal, `${id}.json`))
    expect(rangeOf({ count: 5 })).toEqual([6, 10])
  })

  it('gives no serials away while a record has another product’s name', () => {
    reserve({ count: 5 })
    renameSync(join(journal, '12-104-7-1.json'), join(journal, '13-7-7-1.json'))
    expect(() => reserve({ count: 5 })).toThrow(coded('run_corrupt'))
    expect(() => reserve({ facility: 13, product: 7, count: 5 })).toThrow(coded('run_corrupt'))
  })

  it.each(['12-104-7-1', '12-104-7-1.void', '12-104-1'])('misses the record of what is named %s', (name) => {
    if (name.endsWith('.void')) writeFileSync(join(journal, name), '{}')
    else mkdirSync(join(journal, name))
    expect(() => reserve({ count: 5 })).toThrow(
      expect.objectContaining({ code: 'run_corrupt', message: expect.stringContaining(name) }),
    )
    expect(rangeOf({ facility: 13, product: 7, count: 5 })).toEqual([1, 5])
  })

  it('misses a record before others', () => {
    for (let i = 0; i < 3; i++) reserve({ count: 5 })
    rmSync(join(journal, '12-104-7-2.json'))
    expect(() => reserve({ count: 5 })).toThrow(/12-104-7-2\.json: missing/)
    const accepted = new Set(['12-104-7-2.json'])
    const options = { now: RESERVED, accepted, taken: [{ ...TEA, id: '12-104-7-4', first: 16, last: 30 }] }
    const next = reserveRun(journal, { ...TEA, count: 5 }, { ...REACH, publicKey }, options)
    expect([next.id, next.first]).toEqual(['12-104-7-5', 31])
    const again = () => reserveRun(journal, { ...TEA, count: 5, first: 20 }, { ...REACH, publicKey }, options)
    expect(again).toThrow(coded('serials_taken'))
  })

  it.each(['file', 'folder'])(
    'names a link, a pipe and a folder in the place of a %s, and waits for none',
    (kind) => {
      const name = kind === 'file' ? '12-104-7-1.json' : '12-104-7-1'
      const put: (() => unknown)[] = [
        () => spawnSync('mkfifo', [join(journal, name)]),
        () => symlinkSync(kind === 'file' ? '/etc/hostname' : tmpdir(), join(journal, name)),
        () => (kind === 'file' ? mkdirSync(join(journal, name)) : writeFileSync(join(journal, name), '')),
      ]
      for (const each of put) {
        each()
        const [fault] = surveyJournal(journal).faults
        expect(fault).toMatchObject({ name, kind: expect.stringMatching(/^(link|not_plain)$/) })
        expect(() => reserve({ count: 1 })).toThrow(coded(fault!.kind === 'link' ? 'is_link' : 'run_corrupt'))
        rmSync(join(journal, name), { recursive: true })
      }
    },
  )

  it('is not disturbed by what systems put into every folder, and by what a kill has left', () => {
    for (const name of [
      '.DS_Store',
      '._12-104-7-1.json',
      'Thumbs.db',
      'desktop.ini',
      '.gitattributes',
      '12-104-7-1.json.01234567-89ab-cdef-0123-456789abcdef.tmp',
    ]) {
      writeFileSync(join(journal, name), 'junk')
    }
    expect(rangeOf({ count: 3 })).toEqual([1, 3])
  })

  it('reads the runs that earlier versions named, and goes on from their numbers', () => {
    const run = { ...reserve({ count: 10 }), id: '12-104-1' }
    rmSync(join(journal, '12-104-7-1.json'))
    writeFileSync(join(journal, '12-104-1.json'), encodeChecked('veristamp-run-1', run))
    expect(readReservation(journal, '12-104-1')).toEqual(run)
    const next = reserve({ count: 1 })
    expect([next.id, next.first]).toEqual(['12-104-7-2', 11])
    // Another printer's runs of this product, gathered here.
    const other = { ...reserve({ first: 20_000, count: 1 }), id: '12-104-9-2', keyId: 9 }
    rmSync(join(journal, '12-104-7-3.json'))
    writeFileSync(join(journal, '12-104-9-2.json'), encodeChecked('veristamp-run-1', other))
    expect(readReservations(journal).map(({ id }) => id)).toEqual(['12-104-1', '12-104-7-2', '12-104-9-2'])
    expect(reserve({ count: 1 }).id).toBe('12-104-7-3')
  })

  it('takes line ends of git and editors for no damage', () => {
    const run = reserve({ count: 10 })
    const file = join(journal, `${run.id}.json`)
    writeFileSync(file, readFileSync(file, 'utf8').replaceAll('\n', '\r\n'))
    expect(readReservation(journal, run.id)).toEqual(run)
  })

  it.each(['../12-104-7-1', '12-104', 'x', ''])('reads no run called %j', (id) => {
    expect(() => readReservation(journal, id)).toThrow(/^id: expected/)
  })
})

describe('processes that begin runs of one product at the same moment', () => {
  let children: Children
  beforeAll(() => {
    children = buildChildren()
  })
  afterAll(() => children.remove())

  it('share no serial', async () => {
    const runs = await Promise.all(
      [30, 20, 10, 5].map((count) => children.run(journal, count, { begin: 'always' })),
    )
    const ranges = runs.map(({ said }) => [said.first!, said.last!] as const).sort((a, b) => a[0] - b[0])
    expect(ranges.map(([first, last]) => last - first + 1).sort((a, b) => a - b)).toEqual([5, 10, 20, 30])
    expect(ranges.map(([first]) => first)).toEqual([1, ...ranges.slice(0, 3).map(([, last]) => last + 1)])
    expect(new Set(runs.map(({ said }) => said.id)).size).toBe(4)
  })
})
