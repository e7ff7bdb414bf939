import { describe, expect, it } from 'vitest'
import type { CborValue } from '../../src/codec/cbor-value.ts'
import type { Signer } from '../../src/ed25519/signer.ts'
import { addSerials, revokeKey, setWatermark } from '../../src/revocation/draft.ts'
import type { RevocationList } from '../../src/revocation/revocation-list.ts'
import type { TrustList } from '../../src/trust/trust-list.ts'
import type { InvalidReason, Reason } from '../../src/verify/reasons.ts'
import { createVerifier, type Verifier } from '../../src/verify/verifier.ts'
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
  press,
  pressEntry,
  signerFrom,
  stamp,
  stranger,
  trustListWith,
} from '../support/fixtures.ts'
import { type Edit, revocationListWith, revokingTrustList } from '../support/revoking.ts'

/**
 * SPEC.md's table: every reason, under lists that are fresh, stale or missing, and under a clock that is good
 * or suspect.
 */

const LISTS = ['fresh', 'trust stale', 'revocation stale', 'revocation missing'] as const
const CLOCKS = ['good', 'suspect'] as const
type Lists = (typeof LISTS)[number]
type Clock = (typeof CLOCKS)[number]

/** A key that was stolen. */
const mill = signerFrom(0xc0)

/** The province, with a kiln whose validity is over and a garden whose validity has not begun. */
const province = (lists: Lists): Promise<TrustList> =>
  revokingTrustList({
    issuers: [
      pressEntry,
      { ...kilnEntry, keyId: 8, notAfter: plus(NOW, -1) },
      { ...gardenEntry, keyId: 9, notBefore: plus(NOW, 86_400) },
      { ...gardenEntry, keyId: 10, publicKey: mill.publicKey, scope: [{ facility: 12, product: 106 }] },
    ],
    expires: lists === 'trust stale' ? NOW : EXPIRES,
  })

/** What is revoked: a stamp, the stolen key, and serials above a watermark. */
async function revocationLists(trustList: TrustList, lists: Lists): Promise<RevocationList[]> {
  if (lists === 'revocation missing') return []
  const edit: Edit = (draft) => {
    const date = '2026-01-07'
    const lost = addSerials(draft, { facility: 12, product: 104, reason: 'lost', date, serials: [41_000] })
    const stolen = revokeKey(lost, { publicKey: mill.publicKey, reason: 'key-compromise', date })
    return setWatermark(stolen, { publicKey: press.publicKey, facility: 12, product: 104, serial: 95_000 })
  }
  return [await revocationListWith(trustList, edit, lists === 'revocation stale' ? { expires: NOW } : {})]
}

/** A neighbour whose list is of an hour later: no honest clock stands at NOW. */
const neighbour = trustListWith({
  ...content,
  authority: 'vn-haiphong',
  issuers: [],
  issued: plus(NOW, 3600),
  prefixes: [],
})

async function verifierFor(lists: Lists, clock: Clock): Promise<Verifier> {
  const own = await province(lists)
  const trustLists = clock === 'good' ? [own] : [own, await neighbour]
  return createVerifier({ trustLists, revocationLists: await revocationLists(own, lists) })
}
const verifiers = new Map<string, Verifier>()
for (const lists of LISTS) {
  for (const clock of CLOCKS) verifiers.set(`${lists} ${clock}`, await verifierFor(lists, clock))
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

/** A row of the table; under a suspect clock the lists make no difference. */
const row = (good: Record<Lists, string>, suspect: string) => [
  ...LISTS.map((lists) => `good, ${lists}: ${good[lists]}`),
  ...LISTS.map((lists) => `suspect, ${lists}: ${suspect}`),
]

const everywhere = (answer: string) =>
  row(
    {
      fresh: answer,
      'trust stale': answer,
      'revocation stale': answer,
      'revocation missing': answer,
    },
    answer,
  )

const liftedByNewerTrustList = (reason: InvalidReason) =>
  row(
    {
      fresh: `invalid ${reason}`,
      'trust stale': `indeterminate trust_list_stale, ${reason} pending`,
      'revocation stale': `invalid ${reason}`,
      'revocation missing': `invalid ${reason}`,
    },
    `indeterminate clock_suspect, ${reason} pending`,
  )

/** What only a revocation list can say: where it is missing, nothing speaks against the stamp. */
const permanent = (reason: InvalidReason) => {
  const said = everywhere(`invalid ${reason}`)
  return said.map((cell) => {
    if (!cell.includes('revocation missing')) return cell
    return cell.startsWith('good')
      ? 'good, revocation missing: indeterminate revocation_list_missing'
      : 'suspect, revocation missing: indeterminate clock_suspect'
  })
}

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
  key_revoked: { text: await text({ product: 106 }, mill, 10), expected: permanent('key_revoked') },
  revoked: { text: await text({ serial: 41_000 }), expected: permanent('revoked') },
  not_issued: {
    text: await text({ serial: 95_001 }),
    expected: [
      'good, fresh: invalid not_issued',
      'good, trust stale: invalid not_issued',
      'good, revocation stale: indeterminate revocation_list_stale, not_issued pending',
      'good, revocation missing: indeterminate revocation_list_missing',
      'suspect, fresh: indeterminate clock_suspect, not_issued pending',
      'suspect, trust stale: indeterminate clock_suspect, not_issued pending',
      'suspect, revocation stale: indeterminate clock_suspect, not_issued pending',
      'suspect, revocation missing: indeterminate clock_suspect',
    ],
  },
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
      row(
        {
          fresh: 'valid',
          'trust stale': 'indeterminate trust_list_stale',
          'revocation stale': 'indeterminate revocation_list_stale',
          'revocation missing': 'indeterminate revocation_list_missing',
        },
        'indeterminate clock_suspect',
      ),
    )
  })

  it('is told of a stale trust list before a missing revocation list', async () => {
    const trustList = await revokingTrustList({ expires: NOW })
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
    expect(answer(both, 'trust stale', 'good')).toBe('invalid expired')
    expect(answer(both, 'fresh', 'suspect')).toBe('invalid expired')
  })

  it('come to the first beside the doubt where both are pending', async () => {
    const both = await text({ facility: 12, product: 104 }, garden, 9)
    expect(answer(both, 'fresh', 'good')).toBe('invalid out_of_scope')
    expect(answer(both, 'trust stale', 'good')).toBe('indeterminate trust_list_stale, out_of_scope pending')
  })

  it('come to the final one rather than to a claim that is unknown', () => {
    const both = claiming(0, [5, 0])
    expect(answer(both, 'fresh', 'good')).toBe('invalid out_of_scope')
    expect(answer(both, 'trust stale', 'good')).toBe('indeterminate unsupported_claim, out_of_scope pending')
    expect(answer(both, 'fresh', 'suspect')).toBe('indeterminate unsupported_claim, out_of_scope pending')
    expect(answer(claiming(1, [3, 20_000], [5, 0]), 'trust stale', 'suspect')).toBe('invalid expired')
  })
})
