import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { encodeCbor } from '../../src/codec/cbor.ts'
import { ArgumentTypeError } from '../../src/lib/errors.ts'
import { decodeText, encodeText } from '../../src/stamp/carrier.ts'
import { REASONS } from '../../src/verify/reason-table.ts'
import { createVerifier } from '../../src/verify/verifier.ts'
import { forge, issue, NOW, PREFIX, press, stamp, trustListWith } from '../support/fixtures.ts'
import { runs } from '../support/laws.ts'
import { mutated } from '../support/tamper.ts'

const verifier = createVerifier({ trustLists: [await trustListWith()] })
const code = await issue({ ...stamp, lot: 'L01' })
const TEXTS = [code.toText(), code.toText('digits'), code.toUrl(PREFIX)]

/** An answer is a verdict with a known reason that fits its status, whatever was scanned. */
function expectVerdict(scanned: unknown): void {
  const verdict = verifier.verify(scanned as string, { now: NOW })
  if (verdict.status === 'valid') expect(verdict.stamp).toMatchObject(stamp)
  else expect(REASONS[verdict.reason].status).toBe(verdict.status)
}

const units = fc.array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 600 })
const letters = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:'
const carrierText = fc.string({ unit: fc.constantFrom(...letters), maxLength: 300 })
const digits = fc.string({ unit: fc.constantFrom(...letters.slice(0, 10)), maxLength: 470 })

describe('a scan gets a verdict and never an exception', () => {
  it('whatever the text', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 600 }), expectVerdict))
  })

  it('whatever the UTF-16 units, lone surrogates among them', () => {
    expectVerdict('\ud800')
    expectVerdict(`\udc00${TEXTS[0]}\ud800`)
    fc.assert(fc.property(units, (list) => expectVerdict(String.fromCharCode(...list))))
  })

  it("whatever the carriers' letters say", () => {
    fc.assert(fc.property(carrierText, expectVerdict))
    fc.assert(fc.property(digits, expectVerdict))
    fc.assert(fc.property(carrierText, (rest) => expectVerdict(`HTTPS://${rest}`)))
    fc.assert(fc.property(digits, (rest) => expectVerdict(PREFIX + rest)))
  })

  it('whatever the bytes of the code', () => {
    const bytes = fc.uint8Array({ minLength: 60, maxLength: 200 })
    fc.assert(fc.property(bytes, (code) => expectVerdict(encodeText(code, 'base45'))))
    const ours = fc.tuple(fc.constantFrom(0x84, 0x85), bytes)
    fc.assert(
      fc.property(ours, ([first, rest]) =>
        expectVerdict(encodeText(Uint8Array.of(first, ...rest), 'digits')),
      ),
    )
  })

  it('whatever a trusted issuer signed', () => {
    const value = fc.oneof(
      fc.nat(30),
      fc.maxSafeNat(),
      fc.string({ maxLength: 8 }),
      fc.uint8Array({ maxLength: 17 }),
    )
    const claims = fc.array(fc.tuple(fc.nat(25), value), { maxLength: 4 }).map((entries) => new Map(entries))
    const head = fc.tuple(fc.constant(7), value, value, value)
    const law = fc.property(head, fc.oneof(claims, value), (ids, last) => {
      const payload = encodeCbor([...ids, last])
      if (payload.length <= 128) expectVerdict(forge(payload, press).base45)
    })
    fc.assert(law)
  })

  it('whatever was done to a real text', () => {
    fc.assert(fc.property(mutated(fc.constantFrom(...TEXTS)), expectVerdict), { numRuns: runs(300) })
  })

  it('but what is no text is a mistake of the caller, and accuses no product', () => {
    const hostile = new Proxy(
      {},
      {
        get: () => {
          throw new Error('touched')
        },
      },
    )
    const junk = [
      undefined,
      null,
      0,
      Number.NaN,
      1n,
      true,
      Symbol('x'),
      {},
      [],
      [TEXTS[0]],
      new String(TEXTS[0]),
    ]
    for (const each of [...junk, () => TEXTS[0], new Uint8Array(74), hostile]) {
      const verify = () => verifier.verify(each as string, { now: NOW })
      expect(verify).toThrow(expect.objectContaining({ code: 'argument_type' }))
      expect(verify).toThrow(/^text: expected a text/)
    }
    fc.assert(
      fc.property(fc.anything(), (each) => {
        if (typeof each === 'string') return expectVerdict(each)
        expect(() => verifier.verify(each as string)).toThrow(ArgumentTypeError)
      }),
    )
  })
})

describe('the texts of these tests', () => {
  it('are real ones', () => {
    for (const text of TEXTS) {
      expect(decodeText(text).code).toEqual(code.bytes)
      expect(verifier.verify(text, { now: NOW }).status).toBe('valid')
    }
  })
})
