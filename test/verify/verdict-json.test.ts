import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ArgumentTypeError } from '../../src/lib/errors.ts'
import { REVOCATION_REASONS } from '../../src/revocation/body.ts'
import { REASONS } from '../../src/verify/reason-table.ts'
import { DEPENDS_ON, type InvalidReason, type Reason } from '../../src/verify/reasons.ts'
import type { Verdict } from '../../src/verify/verdict.ts'
import { verdictFromJson, verdictToJson } from '../../src/verify/verdict-json.ts'
import { createVerifier } from '../../src/verify/verifier.ts'
import { cborValue, stamp as someStamp, uint } from '../support/arbitraries.ts'
import { forge, issue, NOW, plus, stamp, stranger } from '../support/fixtures.ts'
import { fits } from '../support/json-schema.ts'
import { runs } from '../support/laws.ts'
import { revocationListWith, revokingTrustList } from '../support/revoking.ts'

const schema = JSON.parse(
  readFileSync(new URL('../../schemas/verdict-1.schema.json', import.meta.url), 'utf8'),
)

const UNSIGNED = [
  'malformed',
  'unsupported_version',
  'url_prefix',
  'slice_missing',
  'unknown_key',
  'bad_signature',
]
const invalid = Object.keys(DEPENDS_ON) as InvalidReason[]
const moment = fc.date({ min: new Date(0), max: new Date('9999-12-31T23:59:59Z'), noInvalidDate: true })
const words = fc.string({ minLength: 1, maxLength: 40 })
const others = fc.dictionary(fc.string({ minLength: 1, maxLength: 8, unit: 'grapheme' }), cborValue(3), {
  maxKeys: 2,
})
const date = moment.map((time) => time.toISOString().slice(0, 10))

/** How a verdict ends, and whether its signature held. */
const outcome = fc.oneof(
  fc.constant({ status: 'valid' }),
  fc.constantFrom(...invalid).chain((reason) =>
    fc.record(
      {
        status: fc.constant('invalid'),
        reason: fc.constant(reason),
        detail: words,
        ...(reason.endsWith('revoked') && {
          revocation: fc.record({ reason: fc.constantFrom(...REVOCATION_REASONS), date }),
        }),
      },
      { requiredKeys: ['status', 'reason', ...(reason.endsWith('revoked') ? ['revocation' as const] : [])] },
    ),
  ),
  fc
    .constantFrom(
      ...(Object.keys(REASONS) as Reason[]).filter((each) => REASONS[each].status === 'indeterminate'),
    )
    .chain((reason) =>
      fc.record(
        {
          status: fc.constant('indeterminate'),
          reason: fc.constant(reason),
          detail: words,
          ...(reason === 'slice_missing' && { keyId: fc.nat(65_535) }),
          ...(reason !== 'unsupported_version' &&
            reason !== 'slice_missing' && {
              finding: fc.constantFrom(...invalid.filter((each) => DEPENDS_ON[each] !== 'nothing')),
            }),
        },
        { requiredKeys: ['status', 'reason', ...(reason === 'slice_missing' ? ['keyId' as never] : [])] },
      ),
    ),
)

const listAt = (checkedAt: Date) =>
  fc.record({ sequence: uint(), issued: moment, expires: moment }).map((list) => ({
    ...list,
    ageSeconds: Math.floor((+checkedAt - +list.issued) / 1000),
  }))

const signedAt = (checkedAt: Date) =>
  someStamp.chain((stamp) =>
    fc.record(
      {
        stamp: fc.constant(stamp),
        carrier: fc.constantFrom('base45', 'digits', 'url', 'gs1'),
        authority: fc.stringMatching(/^[a-z0-9][a-z0-9.-]{0,63}$/),
        issuer: fc.record({
          keyId: fc.nat(65_535),
          name: words,
          publicKey: fc.uint8Array({ minLength: 32, maxLength: 32 }),
        }),
        trustList: listAt(checkedAt),
        revocationList: fc.tuple(listAt(checkedAt), moment).map(([list, next]) => ({ ...list, next })),
        facility: fc.tuple(others, words).map(([more, name]) => ({ ...more, id: stamp.facility, name })),
        product: fc
          .tuple(others, words, uint())
          .map(([more, name, facility]) => ({ ...more, id: stamp.product, facility, name, stars: 4 })),
      },
      { requiredKeys: ['stamp', 'carrier', 'authority', 'issuer', 'trustList'] },
    ),
  )

const someVerdict: fc.Arbitrary<Verdict> = fc.tuple(outcome, moment).chain(([ending, checkedAt]) => {
  const { reason, finding } = ending as { reason?: string; finding?: string }
  const warnings = fc.subarray(['revocation_unchecked', 'rollback_unprotected'])
  const signed = UNSIGNED.includes(finding ?? reason ?? '') ? fc.constant({}) : signedAt(checkedAt)
  return fc
    .tuple(signed, warnings)
    .map(([rest, warnings]) => ({ ...ending, checkedAt, warnings, ...rest }) as unknown as Verdict)
})

/** Through the text of a web request. */
const sent = (verdict: Verdict): unknown => JSON.parse(JSON.stringify(verdictToJson(verdict)))

describe('a verdict as JSON', () => {
  it('is read as it was, whatever it says, and fits the schema', () => {
    fc.assert(
      fc.property(someVerdict, (verdict) => {
        const json = sent(verdict)
        expect(verdictFromJson(json)).toEqual({ ok: true, verdict })
        expect(fits(json, schema)).toBe(true)
      }),
      { numRuns: runs(100) },
    )
  })

  it('is read as it was of what a verifier says', async () => {
    const trustList = await revokingTrustList()
    const lists = [[], [await revocationListWith(trustList, (draft) => draft)]]
    const texts = [
      ...(await Promise.all([
        issue(stamp),
        issue({ ...stamp, lot: 'L-1', made: '2026-01-01', expires: '2026-01-02' }),
        issue({
          ...stamp,
          serial: 90_002,
          seal: new Uint8Array(10),
          extensions: new Map([[16, Uint8Array.of(7)]]),
        }),
        issue({ ...stamp, facility: 99 }),
        issue(stamp, stranger),
        issue(stamp, stranger, 9),
      ]).then((codes) => codes.flatMap((code) => [code.toText(), code.toUrl('HTTPS://OTHER.EXAMPLE/')]))),
      forge([7, 12, 104, 1, new Map([[5, 1]])]).base45,
      'HELLO',
      '9'.repeat(180),
    ]
    const reasons = new Set<string>()
    for (const revocationLists of lists) {
      const verifier = createVerifier({ trustLists: [trustList], revocationLists })
      for (const now of [NOW, plus(NOW, -90 * 86_400), plus(NOW, 900 * 86_400)]) {
        for (const text of texts) {
          const verdict = verifier.verify(text, { now })
          reasons.add(verdict.status === 'valid' ? 'valid' : verdict.reason)
          expect(verdictFromJson(sent(verdict))).toEqual({ ok: true, verdict })
          expect(fits(sent(verdict), schema)).toBe(true)
        }
      }
    }
    expect(reasons.size).toBeGreaterThan(8)
  })

  it('is never another verdict: what is changed is refused, or reads as what it says', () => {
    const places = fc.tuple(
      someVerdict,
      fc.nat(),
      fc.oneof(
        fc.constant(undefined),
        fc.jsonValue({ maxDepth: 2 }),
        fc.constantFrom(
          'valid',
          'invalid',
          'indeterminate',
          'revoked',
          'expired',
          'bad_signature',
          '2026-01-01',
        ),
      ),
    )
    fc.assert(
      fc.property(places, ([verdict, at, value]) => {
        const json = change(sent(verdict), at, value)
        const read = verdictFromJson(json)
        if (!fits(json, schema)) expect(read.ok).toBe(false)
        if (read.ok) expect(sent(read.verdict)).toEqual(json)
      }),
      { numRuns: runs(500) },
    )
  })

  it('is refused with the field that is wrong', async () => {
    const trustList = await revokingTrustList()
    const verifier = createVerifier({
      trustLists: [trustList],
      revocationLists: [await revocationListWith(trustList, (draft) => draft)],
    })
    const text = (await issue({ ...stamp, made: '2026-01-01', expires: '2027-01-01' })).toText()
    const good = sent(verifier.verify(text, { now: NOW })) as Record<string, Record<string, unknown>>
    expect(verdictFromJson(good)).toMatchObject({ ok: true, verdict: { status: 'valid' } })
    const wrong: Record<string, object> = {
      reason: { status: 'invalid' },
      format: { format: 'veristamp-verdict-2' },
      status: { status: 'genuine' },
      stamp: { stamp: { ...good.stamp, made: '2027-02-02' } },
      'stamp.seriel': { stamp: { ...good.stamp, seriel: 1 } },
      'stamp.serial': { stamp: { ...good.stamp, serial: 1.5 } },
      issuer: { issuer: undefined },
      'issuer.publicKey': { issuer: { ...good.issuer, publicKey: '00' } },
      checkedAt: { checkedAt: '2026-01-10' },
      'trustList.ageSeconds': { trustList: { ...good.trustList, ageSeconds: 5 } },
      'facility.id': { facility: { ...good.facility, id: 13 } },
      'product.id': { product: { ...good.product, id: 105 } },
      revocation: { revocation: { reason: 'lost', date: '2026-01-01' } },
      finding: { finding: 'not_issued' },
      detail: { detail: 'x' },
      genuine: { genuine: true },
    }
    for (const [detail, changes] of Object.entries(wrong)) {
      expect(verdictFromJson({ ...good, ...changes })).toEqual({ ok: false, reason: 'malformed', detail })
    }
  })

  it('is none of what JSON can say else, and never throws for it', () => {
    fc.assert(
      fc.property(fc.oneof(fc.jsonValue(), fc.anything()), (json) => {
        expect(verdictFromJson(json)).toMatchObject({ ok: false, reason: 'malformed' })
      }),
    )
    const deep = JSON.parse(`${'{"map":[[1,'.repeat(3000)}1${']]}'.repeat(3000)}`)
    expect(
      verdictFromJson({ format: 'veristamp-verdict-1', facility: { id: 1, name: 'x', more: deep } }).ok,
    ).toBe(false)
    for (const none of [undefined, null, 5, 'valid', {}, { status: 'valid' }, new Map()]) {
      expect(() => verdictToJson(none as never)).toThrow(ArgumentTypeError)
    }
  })
})

/** The JSON with the value at one of its places put in, or taken away. */
function change(json: unknown, at: number, value: unknown): unknown {
  const places: [object: Record<string, unknown>, field: string][] = []
  const walk = (inner: unknown): void => {
    if (typeof inner !== 'object' || inner === null) return
    for (const field of Object.keys(inner)) {
      places.push([inner as Record<string, unknown>, field])
      walk((inner as Record<string, unknown>)[field])
    }
  }
  walk(json)
  const [object, field] = places[at % places.length]!
  if (value === undefined && !Array.isArray(object)) delete object[field]
  else object[field] = value ?? null
  return JSON.parse(JSON.stringify(json))
}
