import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { CborValue } from '../../src/codec/cbor-value.ts'
import { addSerials, revokeKey, setWatermark } from '../../src/revocation/draft.ts'
import type { TrustListContent } from '../../src/trust/content.ts'
import { REASONS } from '../../src/verify/reason-table.ts'
import type { Reason } from '../../src/verify/reasons.ts'
import { createVerifier, type Verifier } from '../../src/verify/verifier.ts'
import {
  EXPIRES,
  forge,
  garden,
  gardenEntry,
  ISSUED,
  issue,
  kiln,
  NOW,
  PREFIX,
  plus,
  press,
  pressEntry,
  revoker,
  stamp,
  stranger,
  trustListWith,
} from '../support/fixtures.ts'
import { type Edit, revocationListWith, revokingTrustList } from '../support/revoking.ts'
import { withBitFlipped } from '../support/tamper.ts'

interface Case {
  readonly reason: Reason
  readonly because: string
  readonly text: string
  readonly detail?: string
  readonly now?: Date
  readonly list?: Partial<TrustListContent>
  /** What the revocation list says; without it there is none. */
  readonly revoke?: Edit
  /** The revocation, where the verdict tells one. */
  readonly revocation?: object
}

const TEA = { facility: 12, product: 104 }
const LOST = { reason: 'lost', date: '2026-01-06' } as const
const STOLEN = { reason: 'key-compromise', date: '2026-01-07' } as const

const good = await issue(stamp)
const expiring = await issue({ ...stamp, expires: '2026-01-20' })
const digits = good.toText('digits')

const textOf = (changes: object, signer?: typeof garden, keyId?: number) =>
  issue({ ...stamp, ...changes }, signer, keyId).then((code) => code.toText())
const claiming = (...claims: [number, CborValue][]) => forge([7, 12, 104, 90_001, new Map(claims)]).base45

const CASES: Case[] = [
  { reason: 'malformed', because: 'it is empty', text: '', detail: 'text_empty' },
  { reason: 'malformed', because: 'it is 537 units long', text: ' '.repeat(537), detail: 'text_length' },
  { reason: 'malformed', because: 'it is 464 digits long', text: '9'.repeat(464), detail: 'text_length' },
  { reason: 'malformed', because: 'a letter is none of base45', text: 'a', detail: 'base45_length' },
  { reason: 'malformed', because: 'it is a link in lower case', text: 'https://x', detail: 'base45_letter' },
  { reason: 'malformed', because: 'it is a plain link', text: 'HTTPS://TEM.VN/', detail: 'digits_letter' },
  { reason: 'malformed', because: 'it is short', text: '12345', detail: 'code_length' },
  {
    reason: 'malformed',
    because: "it is another system's number",
    text: asDigits(Uint8Array.of(0x4f, ...good.bytes.subarray(1))),
    detail: 'code_version',
  },
  {
    reason: 'malformed',
    because: 'it begins like a link',
    text: `HTT${'0'.repeat(108)}`,
    detail: 'code_version',
  },
  {
    reason: 'malformed',
    because: 'the payload is not canonical',
    text: forge(Uint8Array.of(0x84, 0x07, 0x0c, 0x18, 0x68, 0x18, 0x01)).base45,
    detail: 'cbor_not_shortest',
  },
  { reason: 'malformed', because: 'a claim has no meaning', text: claiming([24, 0]), detail: 'claim_key' },
  {
    reason: 'unsupported_version',
    because: 'the first byte is a later one',
    text: forge(Uint8Array.of(0x86, 0x07, 0x0c, 0x18, 0x68)).base45,
    detail: 'first byte 0x86',
  },
  {
    reason: 'url_prefix',
    because: "the address is another's",
    text: good.toUrl('HTTPS://TEM.EXAMPLE/'),
  },
  {
    reason: 'url_prefix',
    because: 'the address only begins like ours',
    text: good.toUrl(`${PREFIX}X/`),
  },
  { reason: 'unknown_key', because: 'no key bears the id', text: await textOf({}, stranger, 8) },
  { reason: 'bad_signature', because: 'no list trusts the key', text: await textOf({}, stranger, 7) },
  { reason: 'bad_signature', because: 'the key has another id', text: await textOf({}, garden, 7) },
  {
    reason: 'bad_signature',
    because: 'it was made for a trust list',
    text: forge(good.bytes.subarray(0, -64), undefined, 'veristamp:trust1').base45,
  },
  {
    reason: 'bad_signature',
    because: 'a bit of the serial is flipped',
    text: asDigits(withBitFlipped(good.bytes, 8 * 9)),
  },
  {
    reason: 'out_of_scope',
    because: 'the facility is not its own',
    text: await textOf({ facility: 13, product: 201 }),
    detail: 'facility',
  },
  {
    reason: 'out_of_scope',
    because: 'the product is not its own',
    text: await textOf({ product: 105 }),
    detail: 'product',
  },
  {
    reason: 'out_of_scope',
    because: 'the serial is above its range',
    text: await textOf({ serial: 100_000 }),
    detail: 'serial',
  },
  {
    reason: 'out_of_scope',
    because: 'the serial is below its range',
    text: await textOf({ serial: 0 }),
    detail: 'serial',
  },
  {
    reason: 'out_of_scope',
    because: 'the catalogue does not give the product to the facility whose products are all in scope',
    text: await textOf({ facility: 13, product: 104 }, kiln),
    detail: 'product',
  },
  {
    reason: 'issuer_not_yet_valid',
    because: 'its validity begins tomorrow',
    text: good.toText(),
    list: { issuers: [{ ...pressEntry, notBefore: new Date('2026-01-11T00:00:00Z') }] },
    detail: '2026-01-11T00:00:00.000Z',
  },
  {
    reason: 'issuer_expired',
    because: 'its validity ended yesterday',
    text: good.toText(),
    list: { issuers: [{ ...pressEntry, notAfter: new Date('2026-01-09T00:00:00Z') }] },
    detail: '2026-01-09T00:00:00.000Z',
  },
  {
    reason: 'expired',
    because: 'the last good day was yesterday',
    text: expiring.toText(),
    now: new Date('2026-01-21T12:00:00Z'),
    detail: '2026-01-20',
  },
  {
    reason: 'unsupported_claim',
    because: 'critical claims are unknown',
    text: claiming([5, 1], [15, 'x']),
    detail: 'claim 5, 15',
  },
  {
    reason: 'clock_suspect',
    because: 'the list is of tomorrow',
    text: good.toText(),
    now: plus(ISSUED, -86_400),
  },
  { reason: 'trust_list_stale', because: 'the list has expired', text: good.toText(), now: EXPIRES },
  {
    reason: 'revocation_list_missing',
    because: 'the authority revokes, and no list of it is loaded',
    text: digits,
    list: { revocationKey: revoker.publicKey },
  },
  {
    reason: 'key_revoked',
    because: 'the list names the key',
    text: good.toText(),
    revoke: (draft) => revokeKey(draft, { ...STOLEN, publicKey: press.publicKey }),
    revocation: { reason: 'key-compromise', date: '2026-01-07' },
  },
  {
    reason: 'key_revoked',
    because: 'the serial is above the one up to which the key stays good',
    text: good.toText(),
    revoke: (draft) =>
      revokeKey(draft, { ...STOLEN, publicKey: press.publicKey, above: [{ ...TEA, serial: 90_000 }] }),
    revocation: { reason: 'key-compromise', date: '2026-01-07' },
  },
  {
    reason: 'revoked',
    because: 'the list names the serial',
    text: good.toText(),
    revoke: (draft) => addSerials(draft, { ...TEA, ...LOST, serials: [90_001] }),
    revocation: { reason: 'lost', date: '2026-01-06' },
  },
  {
    reason: 'revoked',
    because: 'it is in the middle of a lost roll',
    text: digits,
    revoke: (draft) => addSerials(draft, { ...TEA, ...LOST, serials: [{ first: 90_000, last: 90_999 }] }),
    revocation: { reason: 'lost', date: '2026-01-06' },
  },
  {
    reason: 'not_issued',
    because: "the serial is above its key's watermark",
    text: good.toText(),
    revoke: (draft) => setWatermark(draft, { ...TEA, publicKey: press.publicKey, serial: 90_000 }),
    detail: 'above 90000',
  },
  {
    reason: 'revocation_list_stale',
    because: 'the revocation list has expired',
    text: good.toText(),
    now: EXPIRES,
    list: { expires: plus(EXPIRES, 1) },
    revoke: (draft) => draft,
  },
]

async function verifierFor({ list = {}, revoke }: Pick<Case, 'list' | 'revoke'>): Promise<Verifier> {
  if (revoke === undefined) return createVerifier({ trustLists: [await trustListWith(list)] })
  const trustList = await revokingTrustList(list)
  const revocationLists = [await revocationListWith(trustList, revoke)]
  return createVerifier({ trustLists: [trustList], revocationLists })
}

function asDigits(code: Uint8Array): string {
  return BigInt(`0x${Buffer.from(code).toString('hex')}`).toString()
}

describe('a scan', () => {
  it.each(CASES)('is $reason because $because', async ({ reason, text, now = NOW, ...given }) => {
    const verdict = (await verifierFor(given)).verify(text, { now })
    expect(verdict).toMatchObject({ status: REASONS[reason].status, reason })
    expect('detail' in verdict ? verdict.detail : undefined).toBe(given.detail)
    expect('revocation' in verdict ? verdict.revocation : undefined).toEqual(given.revocation)
    expect(verdict).not.toHaveProperty('finding')
  })

  it('can fail for every reason', () => {
    // A verifier has trust lists; a keeper may not have all of its own yet: test/keeper has that.
    // Lists in slices are in slices.test.ts.
    const reached = new Set<Reason>([
      ...CASES.map(({ reason }) => reason),
      'trust_list_missing',
      'slice_missing',
    ])
    expect((Object.keys(REASONS) as Reason[]).filter((reason) => !reached.has(reason))).toEqual([])
  })

  it('is valid in every carrier when nothing speaks against it', async () => {
    const trustLists = [await trustListWith({ issuers: [pressEntry, gardenEntry] })]
    const verifier = createVerifier({ trustLists })
    for (const text of [good.toText(), digits, good.toUrl(PREFIX), expiring.toText()])
      expect(verifier.verify(text, { now: NOW })).toMatchObject({ status: 'valid' })
  })
})

describe('the section of a reason', () => {
  const stepOf = (reason: Reason) =>
    Number(/^SPEC\.md § Verification, step (\d+)$/.exec(REASONS[reason].section)?.[1])

  it('is a step of Verification, the reasons being in the order of the steps', () => {
    const steps = (Object.keys(REASONS) as Reason[]).map(stepOf)
    expect(steps).toEqual([...steps].sort((a, b) => a - b))
    expect([steps[0], steps.at(-1)]).toEqual([1, 16])
  })

  const spec = new URL('../../SPEC.md', import.meta.url)
  it('is the step of SPEC.md that names the reason', () => {
    const [, section] = /^## Verification\n([\s\S]*?)(?=^## )/m.exec(readFileSync(spec, 'utf8'))!
    const steps = section!.split(/^(?=\d+\. )/m).slice(1)
    expect(steps.map((step) => Number.parseInt(step, 10))).toEqual(Array.from(steps, (_, index) => index + 1))
    for (const reason of Object.keys(REASONS) as Reason[])
      expect(steps[stepOf(reason) - 1]).toContain(`\`${reason}\``)
  })
})
