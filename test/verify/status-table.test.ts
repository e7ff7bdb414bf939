import { describe, expect, it } from 'vitest'
import type { CborValue } from '../../src/codec/cbor-value.ts'
import type { Signer } from '../../src/ed25519/signer.ts'
import type { TrustList } from '../../src/trust/trust-list.ts'
import type { InvalidReason, Reason } from '../../src/verify/reasons.ts'
import { createVerifier } from '../../src/verify/verifier.ts'
import {
  content,
  EXPIRES,
  forge,
  garden,
  gardenEntry,
  issue,
  kiln,
  kilnEntry,
  NOW,
  plus,
  pressEntry,
  revoker,
  stamp,
  stranger,
  trustListWith,
} from '../support/fixtures.ts'

/**
 * SPEC.md's table: every reason, under lists that are fresh, stale or missing, and under a clock that is good
 * or suspect.
 */

const LISTS = ['fresh', 'stale', 'missing'] as const
const CLOCKS = ['good', 'suspect'] as const
type Lists = (typeof LISTS)[number]
type Clock = (typeof CLOCKS)[number]

/** The province, with a kiln whose validity is over and a garden whose validity has not begun. */
const province = (lists: Lists): Promise<TrustList> =>
  trustListWith({
    issuers: [
      pressEntry,
      { ...kilnEntry, keyId: 8, notAfter: plus(NOW, -1) },
      { ...gardenEntry, keyId: 9, notBefore: plus(NOW, 86_400) },
    ],
    expires: lists === 'stale' ? NOW : EXPIRES,
    ...(lists === 'missing' && { revocationKey: revoker.publicKey }),
  })

/** A neighbour whose list is of an hour later: no honest clock stands at NOW. */
const neighbour = trustListWith({
  ...content,
  authority: 'vn-haiphong',
  issuers: [],
  issued: plus(NOW, 3600),
  prefixes: [],
})

const verifiers = new Map<string, Awaited<ReturnType<typeof makeVerifier>>>()
const makeVerifier = async (lists: Lists, clock: Clock) =>
  createVerifier({
    trustLists: clock === 'good' ? [await province(lists)] : [await province(lists), await neighbour],
  })
for (const lists of LISTS) {
  for (const clock of CLOCKS) verifiers.set(`${lists} ${clock}`, await makeVerifier(lists, clock))
}

/** `reason`, or `reason?` for one that is only pending beside the reason that is given. */
function answer(text: string, lists: Lists, clock: Clock): string {
  const verdict = verifiers.get(`${lists} ${clock}`)!.verify(text, { now: NOW })
  if (verdict.status === 'valid') return 'valid'
  const finding = verdict.status === 'indeterminate' && verdict.finding
  return `${verdict.status} ${verdict.reason}${finding ? `, ${finding} pending` : ''}`
}

const answers = (text: string) =>
  CLOCKS.flatMap((clock) => LISTS.map((lists) => `${clock}, ${lists}: ${answer(text, lists, clock)}`))

const table = (row: Record<`${Clock}, ${Lists}`, string>) =>
  CLOCKS.flatMap((clock) => LISTS.map((lists) => `${clock}, ${lists}: ${row[`${clock}, ${lists}`]}`))

const everywhere = (answer: string) =>
  table({
    'good, fresh': answer,
    'good, stale': answer,
    'good, missing': answer,
    'suspect, fresh': answer,
    'suspect, stale': answer,
    'suspect, missing': answer,
  })

const liftedByNewerTrustList = (reason: InvalidReason) =>
  table({
    'good, fresh': `invalid ${reason}`,
    'good, stale': `indeterminate trust_list_stale, ${reason} pending`,
    'good, missing': `invalid ${reason}`,
    'suspect, fresh': `indeterminate clock_suspect, ${reason} pending`,
    'suspect, stale': `indeterminate clock_suspect, ${reason} pending`,
    'suspect, missing': `indeterminate clock_suspect, ${reason} pending`,
  })

const good = await issue(stamp)
const text = (changes: object, signer?: Signer, keyId?: number) =>
  issue({ ...stamp, ...changes }, signer, keyId).then((code) => code.toText())
const claiming = (serial: number, ...claims: [number, CborValue][]) =>
  forge([7, 12, 104, serial, new Map(claims)]).base45

const ROWS: Partial<Record<Reason, { text: string; expected: string[] }>> = {
  malformed: { text: 'HELLO', expected: everywhere('invalid malformed') },
  unsupported_version: {
    text: forge(Uint8Array.of(0x86, 0, 0, 0, 0)).base45,
    expected: everywhere('indeterminate unsupported_version'),
  },
  url_prefix: {
    text: good.toUrl('HTTPS://TEM.EXAMPLE/'),
    expected: liftedByNewerTrustList('url_prefix'),
  },
  unknown_key: { text: await text({}, stranger, 3), expected: liftedByNewerTrustList('unknown_key') },
  bad_signature: { text: await text({}, stranger), expected: liftedByNewerTrustList('bad_signature') },
  out_of_scope: { text: await text({ serial: 0 }), expected: liftedByNewerTrustList('out_of_scope') },
  issuer_not_yet_valid: {
    text: await text({ product: 105 }, garden, 9),
    expected: liftedByNewerTrustList('issuer_not_yet_valid'),
  },
  issuer_expired: {
    text: await text({ facility: 13, product: 201 }, kiln, 8),
    expected: liftedByNewerTrustList('issuer_expired'),
  },
  expired: { text: await text({ expires: '2026-01-09' }), expected: everywhere('invalid expired') },
  unsupported_claim: {
    text: claiming(1, [5, 0]),
    expected: everywhere('indeterminate unsupported_claim'),
  },
}

describe('a reason', () => {
  it.each(Object.entries(ROWS))('%s is answered as the table has it', (_, { text, expected }) => {
    expect(answers(text)).toEqual(expected)
  })
})

describe('a stamp that nothing speaks against', () => {
  it('is valid only where the lists are fresh and the clock is good', () => {
    expect(answers(good.toText())).toEqual(
      table({
        'good, fresh': 'valid',
        'good, stale': 'indeterminate trust_list_stale',
        'good, missing': 'indeterminate revocation_list_missing',
        'suspect, fresh': 'indeterminate clock_suspect',
        'suspect, stale': 'indeterminate clock_suspect',
        'suspect, missing': 'indeterminate clock_suspect',
      }),
    )
  })

  it('is told of a stale trust list before a missing revocation list', async () => {
    const trustList = await trustListWith({ revocationKey: revoker.publicKey, expires: NOW })
    expect(createVerifier({ trustLists: [trustList] }).verify(good.toText(), { now: NOW })).toMatchObject({
      reason: 'trust_list_stale',
    })
  })
})

describe('two reasons', () => {
  it('come to the first where both are final', async () => {
    const both = await text({ serial: 0, expires: '2026-01-09' })
    expect(answer(both, 'fresh', 'good')).toBe('invalid out_of_scope')
  })

  it('come to the final one where the first is only pending', async () => {
    const both = await text({ serial: 0, expires: '2026-01-09' })
    expect(answer(both, 'stale', 'good')).toBe('invalid expired')
    expect(answer(both, 'fresh', 'suspect')).toBe('invalid expired')
  })

  it('come to the first beside the doubt where both are pending', async () => {
    const both = await text({ facility: 12, product: 104 }, garden, 9)
    expect(answer(both, 'fresh', 'good')).toBe('invalid out_of_scope')
    expect(answer(both, 'stale', 'good')).toBe('indeterminate trust_list_stale, out_of_scope pending')
  })

  it('come to the final one rather than to a claim that is unknown', () => {
    const both = claiming(0, [5, 0])
    expect(answer(both, 'fresh', 'good')).toBe('invalid out_of_scope')
    expect(answer(both, 'stale', 'good')).toBe('indeterminate unsupported_claim, out_of_scope pending')
    expect(answer(both, 'fresh', 'suspect')).toBe('indeterminate unsupported_claim, out_of_scope pending')
    expect(answer(claiming(1, [3, 20_000], [5, 0]), 'stale', 'suspect')).toBe('invalid expired')
  })
})
