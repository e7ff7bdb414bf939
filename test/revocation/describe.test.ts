import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { sha256 } from '../../src/ed25519/sha2.ts'
import { toHex } from '../../src/lib/bytes.ts'
import { ArgumentTypeError } from '../../src/lib/errors.ts'
import { draftRevocationList } from '../../src/revocation/begin.ts'
import { describeRevocationList } from '../../src/revocation/describe.ts'
import { addSerials, revokeKey, setWatermark } from '../../src/revocation/draft.ts'
import { encodeRevocationDraft, signRevocationList } from '../../src/revocation/sign.ts'
import { kiln, press, revoker, stranger } from '../support/fixtures.ts'
import { HEADER, revocationListWith, revokingTrustList } from '../support/revoking.ts'

const why = { reason: 'lost', date: '2026-01-07' } as const
const draft = revokeKey(
  setWatermark(
    addSerials(draftRevocationList(HEADER), {
      facility: 12,
      product: 104,
      ...why,
      serials: [5, { first: 7, last: 9 }],
    }),
    { publicKey: press.publicKey, facility: 12, product: 104, serial: 99 },
  ),
  { publicKey: kiln.publicKey, ...why, above: [{ facility: 13, product: 1, serial: 4 }] },
)
const list = await signRevocationList(draft, revoker)
const trustList = await revokingTrustList()

describe('describeRevocationList', () => {
  it('says what a list says, in plain JSON', async () => {
    const described = describeRevocationList(list, { trustList })
    expect(JSON.parse(JSON.stringify(described))).toEqual({
      ok: true,
      list: {
        authority: HEADER.authority,
        epoch: draft.epoch,
        sequence: draft.sequence,
        issued: HEADER.issued.toISOString(),
        next: HEADER.next.toISOString(),
        expires: HEADER.expires.toISOString(),
        digest: toHex((await revocationListWith(trustList, () => draft)).digest),
        signers: [{ publicKey: toHex(revoker.publicKey), signature: 'good' }],
        revoked: [{ facility: 12, product: 104, ...why, runs: 2, serials: 4 }],
        watermarks: [{ key: toHex(sha256(press.publicKey)), facility: 12, product: 104, serial: 99 }],
        revokedKeys: [
          { key: toHex(sha256(kiln.publicKey)), ...why, above: [{ facility: 13, product: 1, serial: 4 }] },
        ],
      },
      loads: { ok: true },
    })
  })

  it('takes a draft as it is', () => {
    expect(describeRevocationList(draft)).toEqual(describeRevocationList(encodeRevocationDraft(draft)))
  })

  it('tells drafts, wrong signers and bad signatures', async () => {
    const unsigned = encodeRevocationDraft(draft)
    expect(describeRevocationList(unsigned, { trustList })).toMatchObject({
      list: { signers: [] },
      loads: { reason: 'wrong_key' },
    })
    const other = await signRevocationList(draft, stranger)
    expect(describeRevocationList(other, { trustList })).toMatchObject({
      list: { signers: [{ publicKey: toHex(stranger.publicKey), signature: 'good' }] },
      loads: { reason: 'wrong_key' },
    })
    const forged = Uint8Array.from(list)
    forged[forged.length - 1]! ^= 1
    expect(describeRevocationList(forged)).toMatchObject({ list: { signers: [{ signature: 'bad' }] } })
    expect(describeRevocationList(forged)).not.toHaveProperty('loads')
  })

  it('names what is no revocation list, and never throws for bytes', () => {
    expect(describeRevocationList(new Uint8Array(9))).toMatchObject({ ok: false, reason: 'malformed' })
    fc.assert(
      fc.property(fc.nat(list.length - 1), fc.nat(255), (at, byte) => {
        const changed = Uint8Array.from(list)
        changed[at] = byte
        expect(typeof describeRevocationList(changed, { trustList }).ok).toBe('boolean')
      }),
    )
    expect(() => describeRevocationList('list' as never)).toThrow(ArgumentTypeError)
    expect(() => describeRevocationList(list, { trustList: {} as never })).toThrow(ArgumentTypeError)
  })
})
