import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { encodeText, encodeUrl } from '../../src/stamp/carrier.ts'
import { createVerifier } from '../../src/verify/verifier.ts'
import { issue, NOW, PREFIX, stamp, trustListWith } from '../support/fixtures.ts'
import { runs, share } from '../support/laws.ts'
import { mutated, withBitFlipped, withCharacter } from '../support/tamper.ts'

/** What must never be `valid`: anything that differs from what the issuer made. */

const verifier = createVerifier({ trustLists: [await trustListWith()] })
const statusOf = (text: string) => verifier.verify(text, { now: NOW }).status

const code = await issue({ ...stamp, lot: 'L01', expires: '2026-12-31' })
const TEXTS = { base45: code.toText(), digits: code.toText('digits'), url: code.toUrl(PREFIX) }
const CARRIERS = Object.entries(TEXTS)

const ENCODERS: Record<string, (code: Uint8Array) => string> = {
  base45: (code) => encodeText(code, 'base45'),
  digits: (code) => encodeText(code, 'digits'),
  url: (code) => encodeUrl(code, PREFIX),
}

/** Neighbours in the alphabets, what keyboards and eyes confuse, what is stripped, and what no carrier has. */
const REPLACEMENTS = ['0', '1', '9', 'O', 'A', ' ', ':', '/', '\n', '\t', 'a', '٣', '\u0000']

describe.each(CARRIERS)('a code as %s', (carrier, text) => {
  it('is valid as it was made', () => {
    expect(statusOf(text)).toBe('valid')
  })

  it('is not valid with any bit flipped', () => {
    const bits = share(
      Array.from({ length: 8 * code.bytes.length }, (_, bit) => bit),
      5,
    )
    const textOf = (bit: number) => ENCODERS[carrier]!(withBitFlipped(code.bytes, bit))
    expect(bits.filter((bit) => statusOf(textOf(bit)) === 'valid')).toEqual([])
  })

  it('is not valid with any character replaced', () => {
    const changed = [...text].flatMap((original, at) =>
      REPLACEMENTS.filter((replacement) => replacement !== original).map((replacement) =>
        withCharacter(text, at, replacement),
      ),
    )
    expect(share(changed, 7).filter((each) => statusOf(each) === 'valid')).toEqual([])
  })

  it('is not valid with any character left out, doubled or exchanged with the next', () => {
    const changed = [...text].flatMap((character, at) => [
      withCharacter(text, at, ''),
      withCharacter(text, at, character + character),
      text.slice(0, at) + (text[at + 1] ?? '') + character + text.slice(at + 2),
    ])
    const valid = share(changed, 5).filter((each) => each !== text && statusOf(each) === 'valid')
    expect(valid).toEqual([])
  })

  it('is not valid in any way that random changes find', () => {
    const law = fc.property(mutated(fc.constant(text)), (changed) => {
      const same = changed.replace(/^[\r\n\t]+|[\r\n\t]+$/g, '') === text
      expect(statusOf(changed) === 'valid').toBe(same)
    })
    fc.assert(law, { numRuns: runs(300) })
  })
})

describe('parts of two codes', () => {
  it('are not valid together', async () => {
    const other = await issue({ ...stamp, serial: 90_002, lot: 'L01', expires: '2026-12-31' })
    const [mine, theirs] = [code.bytes, other.bytes]
    for (const at of [-64, -32]) {
      const joined = Uint8Array.from([...mine.subarray(0, at), ...theirs.subarray(at)])
      expect(verifier.verify(encodeText(joined, 'base45'), { now: NOW })).toMatchObject({
        status: 'invalid',
        reason: 'bad_signature',
      })
    }
  })
})
