import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ArgumentRangeError } from '../../src/lib/errors.ts'
import { verifySeal } from '../../src/stamp/seal.ts'
import { createVerifier } from '../../src/verify/verifier.ts'
import { AUTHORITY, issue, NOW, PREFIX, stamp, trustListWith } from '../support/fixtures.ts'
import { runs } from '../support/laws.ts'
import { openLog } from './logs.ts'

/** Verifier, seal and scan log read a scanned text alike: what is no code to one is none to another. */

const trustLists = [await trustListWith()]
const verifier = createVerifier({ trustLists })
const log = await openLog()
const sealed = await issue({ ...stamp, seal: new Uint8Array(10) })
const texts = [sealed.toText(), sealed.toText('digits'), sealed.toUrl(PREFIX), (await issue(stamp)).toText()]

/** What each makes of a text: whether it is a code of this version. */
function readers(text: string): readonly boolean[] {
  const { reason = 'none' } = verifier.verify(text, { now: NOW }) as { reason?: string }
  const byVerifier = !['malformed', 'unsupported_version'].includes(reason)
  const seal = verifySeal(text, '0000-0000-0000-0000')
  const bySeal = seal.ok || seal.reason !== 'malformed'
  const verdict = { status: 'valid', checkedAt: NOW, authority: AUTHORITY, stamp } as const
  let byLog = true
  try {
    log.look(text, verdict)
  } catch (error) {
    expect(error).toBeInstanceOf(ArgumentRangeError)
    byLog = false
  }
  return [byVerifier, bySeal, byLog]
}

const ends = fc
  .array(fc.constantFrom('\n', '\r', '\t', ' '), { maxLength: 12 })
  .map((letters) => letters.join(''))
const letters = fc.string({ unit: fc.constantFrom(...'0189AZ $%*+-./:'), maxLength: 300 })
const anyText = fc.oneof(
  fc.tuple(ends, fc.constantFrom(...texts), ends).map((parts) => parts.join('')),
  fc
    .tuple(fc.constantFrom(...texts), fc.nat(), fc.constantFrom(...'0A:/ \n'))
    .map(
      ([text, at, letter]) => text.slice(0, at % text.length) + letter + text.slice((at % text.length) + 1),
    ),
  letters,
)

describe('a scanned text', () => {
  it('is a code to all, or to none', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const [byVerifier] = readers(text)
        expect(readers(text)).toEqual([byVerifier, byVerifier, byVerifier])
      }),
      { numRuns: runs(300) },
    )
  })

  it.each(texts)('is one with its ends to 585 units: %s', (text) => {
    for (const pad of ['padStart', 'padEnd'] as const) {
      expect(readers(text[pad](585, '\r\n'))).toEqual([true, true, true])
      for (const length of [586, 590, 592, 593, 1000]) {
        expect(readers(text[pad](length, '\r\n'))).toEqual([false, false, false])
      }
    }
  })
})
