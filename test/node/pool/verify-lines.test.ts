import { fileURLToPath } from 'node:url'
import fc from 'fast-check'
import { afterAll, describe, expect, it } from 'vitest'
import { VeristampError } from '../../../src/lib/errors.ts'
import type { Encoding } from '../../../src/node/files/file-text.ts'
import { lineBlocks } from '../../../src/node/files/line-blocks.ts'
import type { LinesAsked } from '../../../src/node/pool/lines-task.ts'
import { verifyLinesOver } from '../../../src/node/pool/verify-lines.ts'
import { createWorkerPool } from '../../../src/node/pool/worker-pool.ts'
import { codeIn, type LineLayout } from '../../../src/stamp/code-lines.ts'
import { tidyScan } from '../../../src/stamp/tidy.ts'
import type { Verdict } from '../../../src/verify/verdict.ts'
import { createVerifier } from '../../../src/verify/verifier.ts'
import { issue, NOW, PREFIX, stamp, stranger, trustListWith } from '../../support/fixtures.ts'
import { runs } from '../../support/laws.ts'
import { drain, forever, sourceOf } from '../../support/streams.ts'

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url))
/** The worker as it was built; `npm test` builds first. */
const workerFile = at('../../../dist/node-worker.cjs')
const pools = [1, 2, 4].map((threads) => createWorkerPool({ threads, workerFile }))
afterAll(() => Promise.all(pools.map((pool) => pool.close())))

const lists = { trustLists: [await trustListWith()] }
const single = createVerifier(lists)
const code = await issue(stamp)
const TEXTS = [
  code.toText(),
  code.toText('digits'),
  code.toUrl(PREFIX),
  `]Q1${code.toText()}`,
  (await issue(stamp, stranger)).toText(),
  'no stamp',
  'ệ',
  ' ',
  '',
  'A'.repeat(5000),
]
const MAX = 8192

/** A file of these texts, in chunks of these lengths. */
interface Given {
  readonly texts: readonly string[]
  readonly layout: LineLayout
  readonly end: string
  readonly encoding: Encoding
  readonly lengths: readonly number[]
  readonly countsValid: boolean
}

/** Verdicts are one thread's own, made once. */
const verdicts = new Map<string, Verdict>()
function verdictOn(text: string): Verdict {
  const verdict = verdicts.get(text) ?? single.verify(tidyScan(text), { now: NOW })
  verdicts.set(text, verdict)
  return verdict
}

const rowOf = (text: string, { kind }: LineLayout): string =>
  kind === 'line' ? text : kind === 'field' ? JSON.stringify({ code: text }) : `"1";"${text}";x`

const bytesOf = (text: string, encoding: Encoding): Uint8Array => {
  if (encoding === 'utf-8') return Buffer.from(text)
  const bytes = Buffer.from(`\ufeff${text}`, 'utf16le')
  return encoding === 'utf-16be' ? bytes.swap16() : bytes
}

async function* cut(bytes: Uint8Array, lengths: readonly number[]): AsyncGenerator<Uint8Array> {
  for (let at = 0, i = 0; at < bytes.length; i++) {
    const length = lengths[i % lengths.length]!
    yield bytes.subarray(at, at + length)
    at += length
  }
}

async function* askedOf({
  texts,
  layout,
  end,
  encoding,
  lengths,
  countsValid,
}: Given): AsyncGenerator<LinesAsked> {
  const text = texts.map((each) => rowOf(each, layout) + end).join('')
  let headings = 1
  for await (const block of lineBlocks(cut(bytesOf(`heading${end}${text}`, encoding), lengths), MAX)) {
    yield { block, layout, max: MAX, headings, countsValid }
    headings = 0
  }
}

/** What one thread finds: how many are only counted, and the others with the numbers of their lines. */
function expected({ texts, layout, countsValid }: Given): { valid: number; told: [number, Verdict][] } {
  const all = texts.flatMap((text, i): [number, Verdict][] => {
    const found = codeIn(rowOf(text, layout), layout)
    return found === undefined ? [] : [[i + 2, verdictOn(found)]]
  })
  const told = countsValid ? all.filter(([, { status }]) => status !== 'valid') : all
  return { valid: all.length - told.length, told }
}

async function found(asked: AsyncIterable<LinesAsked>, pool = pools[1]!) {
  const told: (readonly [number, Verdict])[] = []
  let valid = 0
  const { error } = await drain(
    (async function* () {
      for await (const some of verifyLinesOver(pool, lists, asked, { now: NOW })) {
        valid += some.valid
        for (const one of some.told) told.push(one)
        yield some
      }
    })(),
  )
  return { valid, told, ...(error !== undefined && { error }) }
}

const given: fc.Arbitrary<Given> = fc.record({
  texts: fc.array(fc.constantFrom(...TEXTS), { minLength: 1, maxLength: 400, size: 'max' }),
  layout: fc.constantFrom<LineLayout>(
    { kind: 'line' },
    { kind: 'field' },
    { kind: 'cell', separator: ';', column: 1 },
  ),
  end: fc.constantFrom('\n', '\r\n', '\r', '\u2028'),
  encoding: fc.constantFrom<Encoding>('utf-8', 'utf-16le', 'utf-16be'),
  lengths: fc.array(fc.oneof(fc.integer({ min: 2, max: 400 }), fc.integer({ min: 2, max: 200_000 })), {
    minLength: 1,
    maxLength: 5,
  }),
  countsValid: fc.boolean(),
})

/** Some ten parts. */
const LONG: Given = {
  texts: Array.from({ length: 1500 }, (_, i) => TEXTS[(i * i) % TEXTS.length]!),
  layout: { kind: 'cell', separator: ';', column: 1 },
  end: '\r\n',
  encoding: 'utf-8',
  lengths: [65_536],
  countsValid: false,
}

describe('the lines of a file, verified over the cores', () => {
  it(
    'have the verdicts of one thread, in order, however many threads there are and wherever the file is cut',
    () =>
      fc.assert(
        fc.asyncProperty(given, fc.constantFrom(...pools), async (given, pool) => {
          expect(await found(askedOf(given), pool)).toEqual(expected(given))
        }),
        { numRuns: runs(200, 50) },
      ),
    120_000,
  )

  it.each([0, 1, 2])('are taken part by part by all threads of a pool: number %d', async (pool) => {
    expect(await found(askedOf(LONG), pools[pool])).toEqual(expected(LONG))
  })

  it('are verified by the calling thread while that waits', async () => {
    const alone = createWorkerPool({ threads: 2, workerFile: at('idle-worker.mjs') })
    expect(await found(askedOf(LONG), alone)).toEqual(expected(LONG))
    await alone.close()
  })

  it('are told as far as a file that breaks off was whole', async () => {
    const asked = sourceOf((await drain(askedOf(LONG))).items, () => Promise.reject(new Error('torn')))
    const { error, ...rest } = await found(asked)
    expect(error).toMatchObject({ message: 'torn' })
    expect(rest).toEqual(expected(LONG))
  })

  it('are left at once when cancelled, even where the source is stuck', async () => {
    const controller = new AbortController()
    const source = sourceOf((await drain(askedOf(LONG))).items.slice(0, 1), forever)
    setTimeout(() => controller.abort(new Error('enough')), 20)
    const stream = verifyLinesOver(pools[1]!, lists, source, { now: NOW, signal: controller.signal })
    expect(await drain(stream)).toMatchObject({ error: { message: 'enough' } })
  })

  it('are read ahead by two blocks a worker and no more, and a source that is left is closed', async () => {
    const block = { pieces: [Buffer.from('no stamp\n')], encoding: 'utf-8' as const }
    const source = sourceOf(
      (function* () {
        for (;;) yield { block, layout: { kind: 'line' } as const, max: MAX, headings: 0, countsValid: false }
      })(),
    )
    const stream = verifyLinesOver(pools[1]!, lists, source, { now: NOW })
    await stream.next()
    expect(source.asked).toBe(2)
    await stream.return()
    expect(source.closed).toBe(true)
  })

  it.each([1, 2, 3, 4, 5, 7])(
    'that a worker dies of in way %d are named; those before are told',
    async (how) => {
      const mortal = createWorkerPool({ threads: 1, memory: 32, workerFile: at('dying-worker.mjs') })
      const texts = Array.from({ length: 50 }, (_, i) => (i === 33 ? `DIE${how}` : TEXTS[0]!))
      const deadly = { ...LONG, texts, lengths: [130] }
      const { told, error } = await found(askedOf(deadly), mortal)
      expect(error).toBeInstanceOf(VeristampError)
      const { code, message, details } = error as VeristampError
      expect([code, details]).toEqual(['worker_failed', expect.objectContaining({ work: 'lines' })])
      const { first, last } = details as { first: number; last: number }
      expect(message).toBe(`lines ${first} to ${last}: their worker failed`)
      expect(told.map(([line]) => line)).toEqual(told.map((_, i) => i + 2))
      expect(first).toBe(told.at(-1)![0] + 1)
      // Two blocks are under way at the most: the deadly one, and another that its worker had.
      expect(first).toBeLessThanOrEqual(35)
      expect(first).toBeGreaterThan(30)
      expect((await found(askedOf(LONG), mortal)).told).toHaveLength(expected(LONG).told.length)
      await mortal.close()
    },
  )
})
