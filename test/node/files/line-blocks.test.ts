import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Encoding, LINE_END, linesIn } from '../../../src/node/files/file-text.ts'
import { lineBlocks } from '../../../src/node/files/line-blocks.ts'
import { runs } from '../../support/laws.ts'
import { drain } from '../../support/streams.ts'

const ENDS = ['\n', '\r', '\r\n', '\n\r', '\u0085', '\u2028', '\u2029']
/** Letters whose bytes are parts of line ends, and those that end none. */
const LETTERS = [
  'a',
  ' ',
  ',',
  'ệ',
  '\u2020',
  '\u0a0d',
  '\u8585',
  '\u0dff',
  '\ud83d\udd16',
  '\ud800',
  '\ufeff',
]

const text = fc.string({ unit: fc.constantFrom(...ENDS, ...LETTERS), maxLength: 60 })

const bytesOf: Record<Encoding, (text: string) => Uint8Array> = {
  'utf-8': (text) => Buffer.from(text),
  'utf-16le': (text) => Buffer.from(text, 'utf16le'),
  'utf-16be': (text) => Buffer.from(text, 'utf16le').swap16(),
}
const encoding = fc.constantFrom<Encoding>('utf-8', 'utf-16le', 'utf-16be')

/** The bytes in chunks of these lengths, over and over. The first tells the encoding. */
async function* cut(bytes: Uint8Array, lengths: readonly number[]): AsyncGenerator<Uint8Array> {
  yield bytes.subarray(0, 4)
  for (let at = 4, i = 0; at < bytes.length; i++) {
    const length = lengths[i % lengths.length]!
    yield bytes.subarray(at, at + length)
    at += length
  }
}

/** As a reader does that has all of it. */
function linesOfWhole(bytes: Uint8Array, encoding: Encoding, max: number): string[] {
  const lines = new TextDecoder(encoding).decode(bytes).split(LINE_END)
  if (lines.at(-1) === '') lines.pop()
  return lines.map((line) => line.slice(0, max))
}

const lengths = fc.array(fc.integer({ min: 1, max: 20 }), { minLength: 1, maxLength: 5 })

describe('the lines of a file', () => {
  it('are those of the whole text, wherever its bytes are cut and however long its lines are', () =>
    fc.assert(
      fc.asyncProperty(
        text,
        encoding,
        fc.boolean(),
        lengths,
        fc.integer({ min: 1, max: 6 }),
        async (text, encoding, isMarked, lengths, max) => {
          const bytes = bytesOf[encoding](
            `${isMarked ? '\ufeff' : ''}${encoding === 'utf-8' ? '' : 'xx'}${text}`,
          )
          const { items } = await drain(lineBlocks(cut(bytes, lengths), max))
          expect(items.flatMap((block) => linesIn(block, max))).toEqual(linesOfWhole(bytes, encoding, max))
        },
      ),
      { numRuns: runs(20_000) },
    ))

  it('are those of the whole text where the bytes are no text', () => {
    const parts = [
      [0xe2],
      [0x80],
      [0xa8],
      [0xa9],
      [0xc2],
      [0x85],
      [0x0d],
      [0x0a],
      [0],
      [0x20],
      [0xf0],
      [0xff],
    ]
    const garbage = fc.array(fc.constantFrom(...parts), { minLength: 4, maxLength: 80 })
    return fc.assert(
      fc.asyncProperty(garbage, lengths, fc.integer({ min: 1, max: 6 }), async (parts, lengths, max) => {
        const bytes = Uint8Array.from(parts.flat())
        const { items } = await drain(lineBlocks(cut(bytes, lengths), max))
        const { encoding } = items[0] ?? { encoding: 'utf-8' as const }
        expect(items.flatMap((block) => linesIn(block, max))).toEqual(linesOfWhole(bytes, encoding, max))
      }),
      { numRuns: runs(20_000) },
    )
  })

  it('come as soon as a chunk ends one', async () => {
    const blocks = lineBlocks(cut(Buffer.from('one.\ntwo.\nthree'), [1]), 100)
    const next = async () => linesIn((await blocks.next()).value!, 100)
    expect([await next(), await next(), await next()]).toEqual([['one.'], ['two.'], ['three']])
  })

  it('are not held whole where one has no end', async () => {
    const chunk = Buffer.alloc(65_536, 'A')
    async function* endless() {
      for (let i = 0; i < 1000; i++) yield chunk
      yield Buffer.from('\nB\n')
    }
    const [block, ...others] = (await drain(lineBlocks(endless(), 8192))).items
    expect(others).toEqual([])
    expect(block!.pieces.reduce((sum, { length }) => sum + length, 0)).toBeLessThan(40_000)
    expect(linesIn(block!, 8192)).toEqual(['A'.repeat(8192), 'B'])
  })
})
