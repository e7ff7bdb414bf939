import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ArgumentRangeError, ArgumentTypeError } from '../../src/lib/errors.ts'
import type { Level } from '../../src/print/level.ts'
import { createPress } from '../../src/print/press/press.ts'
import { symbol } from '../../src/print/symbol.ts'
import { MAX_TEXT_LENGTH } from '../../src/stamp/carrier.ts'

const LEVELS: readonly Level[] = ['L', 'M', 'Q', 'H']
const LETTERS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:'
const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, i) => from + i)

/** Numbers from a fixed seed (Park and Miller). */
function* numbers(seed: number): Generator<number, never> {
  for (let state = seed; ; ) {
    state = (state * 48_271) % 2_147_483_647
    yield state
  }
}

/** `length` letters of an alphabet, from a fixed seed. */
function textOf(alphabet: string, length: number, seed: number): string {
  const random = numbers(seed)
  return Array.from({ length }, () => alphabet[random.next().value % alphabet.length]).join('')
}

const CARRIERS: Readonly<Record<string, (length: number, seed: number) => string>> = {
  // A first letter that no digit is, so that base45 is never taken for digits.
  base45: (length, seed) => `Z${textOf(LETTERS, length - 1, seed)}`,
  digits: (length, seed) => textOf('0123456789', length, seed),
  url: (length, seed) => `HTTPS://TEM.EXAMPLE/${textOf('0123456789', length - 20, seed)}`,
}

/** The longest text of a carrier that a version holds, found by trying. */
function mostThatFits(carrier: string, level: Level, version: number): number {
  const fits = (length: number) => {
    try {
      return symbol(CARRIERS[carrier]!(length, 1), { level }).version <= version
    } catch {
      return false
    }
  }
  let [min, max] = [21, carrier === 'base45' ? 527 : MAX_TEXT_LENGTH]
  while (min < max) {
    const middle = Math.ceil((min + max) / 2)
    if (fits(middle)) min = middle
    else max = middle - 1
  }
  return min
}

describe.each(LEVELS)('a press at level %s', (level) => {
  it.each(range(3, 12))('makes what qrcode makes in version %i, module for module', (version) => {
    const press = createPress({ level, version })
    const masks = new Set<number>()
    for (const carrier of Object.keys(CARRIERS)) {
      const max = mostThatFits(carrier, level, version)
      const lengths = [21, Math.ceil((max + 21) / 2), max - 2, max - 1, max].filter((each) => each > 20)
      for (const [seed, length] of lengths.entries()) {
        const text = CARRIERS[carrier]!(length, 1 + seed + 100 * version)
        const [pressed, expected] = [press.symbol(text), symbol(text, { level, version })]
        expect({ ...fieldsOf(pressed) }).toEqual(fieldsOf(expected))
        masks.add(pressed.mask)
      }
    }
    // Equality would say little if one mask were always the best.
    expect(masks.size).toBeGreaterThan(2)
  })
})

function fieldsOf({ text, level, version, mask, size, modules }: ReturnType<typeof symbol>) {
  return { text, level, version, mask, size, modules: Buffer.from(modules).toString('hex') }
}

describe('a press', () => {
  const press = createPress()

  it.each([1, 2, 13, 14, 20, 26, 27, 32, 33, 40])('makes what qrcode makes in version %i too', (version) => {
    for (const level of LEVELS) {
      const text = CARRIERS.digits!(
        Math.min(mostThatFits('digits', level, version), version === 1 ? 16 : 400),
        9,
      )
      const wanted = { level, version: symbol(text, { level }).version > version ? 40 : version }
      expect(fieldsOf(createPress(wanted).symbol(text))).toEqual(fieldsOf(symbol(text, wanted)))
    }
  })

  it('takes the smallest version that fits, as `symbol` does, whatever the text', () => {
    const text = fc.oneof(
      fc.string({ unit: fc.constantFrom(...LETTERS), minLength: 1, maxLength: 300 }),
      fc.string({ unit: fc.constantFrom(...'0123456789'), minLength: 1, maxLength: 463 }),
      fc
        .string({ unit: fc.constantFrom(...'0123456789'), maxLength: 300 })
        .map((each) => `HTTPS://A.B/${each}`),
    )
    fc.assert(
      fc.property(text, (each) => {
        expect(fieldsOf(press.symbol(each))).toEqual(fieldsOf(symbol(each)))
      }),
      { numRuns: 60, seed: 6 },
    )
  })

  it('makes the same symbol again after others', () => {
    const first = fieldsOf(press.symbol('12345678901234567890'))
    press.symbol('HTTPS://TEM.EXAMPLE/98765432109876543210987654321098765432109876543210')
    press.symbol('99999999999999999999')
    expect(fieldsOf(press.symbol('12345678901234567890'))).toEqual(first)
  })

  it('says which version would do when the wanted one is too small', () => {
    const tooSmall = () => createPress({ level: 'M', version: 4 }).symbol('9'.repeat(210))
    expect(tooSmall).toThrow(expect.objectContaining({ code: 'does_not_fit' }))
    expect(tooSmall).toThrow('symbol: too long for version 4-M; version 6 is the smallest that holds it')
    expect(createPress({ version: 6 }).symbol('9'.repeat(210)).version).toBe(6)
  })

  it('refuses texts and options as `symbol` does', () => {
    expect(() => press.symbol(7 as unknown as string)).toThrow(ArgumentTypeError)
    expect(() => press.symbol('')).toThrow(ArgumentRangeError)
    expect(() => press.symbol('abc')).toThrow(/^text: /)
    expect(() => press.symbol('9'.repeat(MAX_TEXT_LENGTH + 1))).toThrow(ArgumentRangeError)
    expect(() => createPress({ level: 'X' as Level })).toThrow(/^options\.level: /)
    expect(() => createPress({ version: 41 })).toThrow(/^options\.version: /)
  })
})
