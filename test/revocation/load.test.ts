import { describe, expect, it } from 'vitest'
import { decodeCbor, encodeCbor } from '../../src/codec/cbor.ts'
import type { CborValue } from '../../src/codec/cbor-value.ts'
import { decodeEnvelope } from '../../src/document/envelope.ts'
import { mergeSignatures, signDocument } from '../../src/document/sign.ts'
import { sha256 } from '../../src/ed25519/sha2.ts'
import { ArgumentTypeError } from '../../src/lib/errors.ts'
import { readRevocationList } from '../../src/revocation/content.ts'
import { type LoadedRevocationList, loadRevocationList } from '../../src/revocation/load.ts'
import { MAX_RUNS } from '../../src/revocation/serial-set.ts'
import { serialSetOf } from '../../src/revocation/serial-set-algebra.ts'
import { encodeSerialSet } from '../../src/revocation/serial-set-writer.ts'
import { encodeRevocationDraft, signRevocationList } from '../../src/revocation/sign.ts'
import { signTrustList } from '../../src/trust/sign.ts'
import { flipBit } from '../support/bytes.ts'
import {
  AUTHORITY,
  accepted,
  HEADER,
  ISSUER,
  KEY,
  NEXT_TRUST,
  OTHER_ISSUER,
  STRANGER,
  sampleDraft,
  TRUST,
  trusting,
} from './lists.ts'

const reasonOf = (loaded: LoadedRevocationList) => (loaded.ok ? undefined : loaded.reason)
const detailOf = (loaded: LoadedRevocationList) => (loaded.ok ? undefined : loaded.detail)
const signed = signRevocationList(sampleDraft(), KEY)

/** The sample list with fields of its body replaced, signed by the right key. */
async function altered(fields: Record<string, CborValue>): Promise<Uint8Array> {
  const { body } = decodeEnvelope(encodeRevocationDraft(sampleDraft()))
  const map = new Map([...(decodeCbor(body) as Map<string, CborValue>), ...Object.entries(fields)])
  return signDocument(encodeCbor(['veristamp:revoc1', encodeCbor(map), []]), KEY)
}
const loadAltered = async (fields: Record<string, CborValue>) =>
  loadRevocationList(await altered(fields), { trustList: TRUST })

describe('a revocation list that is loaded', () => {
  it('says what its header says, and whether a store stands against older ones', async () => {
    const list = accepted(loadRevocationList(await signed, { trustList: TRUST }))
    const { authority, issued, next, expires } = HEADER
    expect(list).toMatchObject({ authority, issued, next, expires, sequence: 1, epoch: 0 })
    expect(list.digest).toEqual(sha256(decodeEnvelope(await signed).body))
    expect(list.rollbackProtected).toBe(false)
  })

  it('finds revoked serials with their reason and date, and no others', async () => {
    const list = accepted(loadRevocationList(await signed, { trustList: TRUST }))
    const lost = { reason: 'lost', date: '2026-10-30' }
    const recalled = { reason: 'recalled', date: '2026-10-31' }
    for (const serial of [41_000, 41_500, 41_999, 90_001]) {
      expect(list.findSerial(12, 104, serial)).toEqual(lost)
    }
    for (const serial of [7, 9, 42_000]) expect(list.findSerial(12, 104, serial)).toEqual(recalled)
    for (const serial of [0, 6, 8, 10, 40_999, 42_001, 90_000, 90_002, Number.MAX_SAFE_INTEGER]) {
      expect(list.findSerial(12, 104, serial)).toBeUndefined()
    }
    expect(list.findSerial(8_938_500_000_017, 70_000, 0)).toEqual(recalled)
    expect(list.findSerial(8_938_500_000_017, 70_000, 1)).toBeUndefined()
    expect(list.findSerial(104, 12, 7)).toBeUndefined()
    expect(list.findSerial(12, 70_000, 0)).toBeUndefined()
  })

  it('keeps products apart whose ids would run together', async () => {
    const entry = (facility: number, product: number, serial: number) =>
      [facility, product, 0, 1, encodeSerialSet(serialSetOf([serial]))] as const
    const revoked = [entry(0, 65_535, 1), entry(0, 65_536, 2), entry(1, 0, 3), entry(1, 65_535, 4)]
    const list = accepted(await loadAltered({ revoked }))
    const found = [1, 2, 3, 4].map((serial) =>
      [
        [0, 65_535],
        [0, 65_536],
        [1, 0],
        [1, 65_535],
      ].map(([facility, product]) => list.findSerial(facility!, product!, serial) !== undefined),
    )
    expect(found).toEqual([
      [true, false, false, false],
      [false, true, false, false],
      [false, false, true, false],
      [false, false, false, true],
    ])
  })

  it('tells the watermark of a key and a product, where it sets one', async () => {
    const list = accepted(loadRevocationList(await signed, { trustList: TRUST }))
    expect(list.ofKey(ISSUER).watermark(12, 104)).toBe(135_000)
    expect(list.ofKey(ISSUER).watermark(13, 70_001)).toBe(0)
    expect(list.ofKey(ISSUER).watermark(13, 104)).toBeUndefined()
    expect(list.ofKey(OTHER_ISSUER).watermark(12, 104)).toBe(500)
    expect(list.ofKey(OTHER_ISSUER).watermark(13, 70_001)).toBeUndefined()
    expect(list.ofKey(STRANGER.publicKey).watermark(12, 104)).toBeUndefined()
  })

  it('revokes a key above the marks that it names, and wholly elsewhere', async () => {
    const list = accepted(loadRevocationList(await signed, { trustList: TRUST }))
    const compromise = { reason: 'key-compromise', date: '2026-10-29' }
    expect(list.ofKey(OTHER_ISSUER).revocation(12, 104, 400)).toBeUndefined()
    expect(list.ofKey(OTHER_ISSUER).revocation(12, 104, 401)).toEqual(compromise)
    expect(list.ofKey(OTHER_ISSUER).revocation(12, 105, 0)).toEqual(compromise)
    expect(list.ofKey(ISSUER).revocation(12, 104, 401)).toBeUndefined()
  })

  it('answers for the bytes of a key, though its array is used again for another', async () => {
    const list = accepted(loadRevocationList(await signed, { trustList: TRUST }))
    for (const key of [ISSUER.slice(), Buffer.from(ISSUER)]) {
      expect(list.ofKey(key).watermark(12, 104)).toBe(135_000)
      key.set(OTHER_ISSUER)
      expect(list.ofKey(key).watermark(12, 104)).toBe(500)
      // Two keys that begin alike.
      key.set(ISSUER.subarray(0, 3))
      expect(list.ofKey(key).watermark(12, 104)).toBeUndefined()
      key.set(ISSUER)
      expect(list.ofKey(key).watermark(12, 104)).toBe(135_000)
    }
  })

  it('may hold fields of later versions, which are passed over', async () => {
    expect(reasonOf(await loadAltered({ later: 'yes' }))).toBeUndefined()
  })

  it('may be signed by others besides', async () => {
    const both = await signDocument(await signed, STRANGER)
    expect(reasonOf(loadRevocationList(both, { trustList: TRUST }))).toBeUndefined()
    expect(mergeSignatures(await signed, both)).toEqual(both)
  })
})

describe('a revocation list that is refused', () => {
  it('is another kind of document, or none', async () => {
    const root = STRANGER
    const { issued, expires } = HEADER
    const roots = { threshold: 1, keys: [root.publicKey] }
    const content = { authority: AUTHORITY, sequence: 1, issued, expires, roots, issuers: [] }
    const trustList = await signTrustList(content, [root])
    expect(reasonOf(loadRevocationList(trustList, { trustList: TRUST }))).toBe('wrong_type')
    expect(reasonOf(loadRevocationList(new Uint8Array(5), { trustList: TRUST }))).toBe('malformed')
    expect(() => loadRevocationList('list' as never, { trustList: TRUST })).toThrow(ArgumentTypeError)
  })

  it('is signed by nobody, by a stranger, or under a trust list that names no key', async () => {
    const draft = encodeRevocationDraft(sampleDraft())
    expect(reasonOf(loadRevocationList(draft, { trustList: TRUST }))).toBe('wrong_key')
    const strange = await signRevocationList(sampleDraft(), STRANGER)
    expect(reasonOf(loadRevocationList(strange, { trustList: TRUST }))).toBe('wrong_key')
    expect(reasonOf(loadRevocationList(await signed, { trustList: trusting(undefined) }))).toBe('wrong_key')
  })

  it('has any bit flipped', async () => {
    const document = await signed
    for (let bit = 0; bit < 8 * document.length; bit++) {
      const loaded = loadRevocationList(flipBit(document, bit), { trustList: TRUST })
      if (loaded.ok) expect.fail(`accepted with bit ${bit} flipped`)
    }
  })

  it('is not read before its signature holds', async () => {
    const document = encodeCbor(['veristamp:revoc1', Uint8Array.of(255), []])
    const strange = await signDocument(document, STRANGER)
    expect(reasonOf(loadRevocationList(strange, { trustList: TRUST }))).toBe('wrong_key')
    const own = await signDocument(document, KEY)
    expect(reasonOf(loadRevocationList(own, { trustList: TRUST }))).toBe('malformed')
  })

  it('is of another authority or another epoch', async () => {
    expect(reasonOf(await loadAltered({ authority: 'other.example' }))).toBe('wrong_authority')
    expect(reasonOf(await loadAltered({ epoch: 1 }))).toBe('wrong_epoch')
    const later = { ...NEXT_TRUST, revocationKey: TRUST.revocationKey }
    expect(reasonOf(loadRevocationList(await signed, { trustList: later }))).toBe('wrong_epoch')
  })

  it('has dates that are out of order', async () => {
    const second = (date: Date) => date.getTime() / 1000
    const [issued, expires] = [second(HEADER.issued), second(HEADER.expires)]
    for (const next of [issued, expires + 1]) {
      expect(detailOf(await loadAltered({ next }))).toBe('field:next')
    }
    expect(detailOf(await loadAltered({ expires: issued }))).toBe('field:expires')
    expect(detailOf(await loadAltered({ next: expires }))).toBeUndefined()
  })

  it('has entries out of order, or twice', async () => {
    const set = (serial: number) => encodeSerialSet(serialSetOf([serial]))
    const entries = [
      [1, 2, 0, 5, set(1)],
      [1, 2, 0, 6, set(2)],
      [1, 2, 1, 5, set(3)],
      [1, 3, 0, 5, set(4)],
      [2, 1, 0, 5, set(5)],
    ] as const
    expect(reasonOf(await loadAltered({ revoked: entries }))).toBeUndefined()
    for (let i = 1; i < entries.length; i++) {
      expect(detailOf(await loadAltered({ revoked: [entries[i]!, entries[i - 1]!] }))).toBe('field:revoked')
    }
    const again = [entries[0], [1, 2, 0, 5, set(9)] as const]
    expect(detailOf(await loadAltered({ revoked: again }))).toBe('field:revoked')

    const [low, high] = [new Uint8Array(32).fill(1), new Uint8Array(32).fill(2)]
    const marks = [[1, 2, 3] as const, [1, 3, 0] as const, [2, 0, 0] as const]
    expect(
      reasonOf(
        await loadAltered({
          watermarks: [
            [low, marks],
            [high, marks],
          ],
        }),
      ),
    ).toBeUndefined()
    for (const watermarks of [
      [
        [high, marks],
        [low, marks],
      ],
      [
        [low, marks],
        [low, []],
      ],
      [[low, [...marks].reverse()]],
      [
        [
          low,
          [
            [1, 2, 3],
            [1, 2, 4],
          ],
        ],
      ],
    ] as const) {
      expect(detailOf(await loadAltered({ watermarks }))).toBe('field:watermarks')
    }
    expect(
      reasonOf(
        await loadAltered({
          revokedKeys: [
            [low, 0, 0, marks],
            [high, 0, 0, []],
          ],
        }),
      ),
    ).toBeUndefined()
    for (const revokedKeys of [
      [
        [high, 0, 0, []],
        [low, 0, 0, []],
      ],
      [
        [low, 0, 0, []],
        [low, 1, 0, []],
      ],
      [[low, 0, 0, [...marks].reverse()]],
    ] as const) {
      expect(detailOf(await loadAltered({ revokedKeys }))).toBe('field:revokedKeys')
    }
  })

  it('has a reason that nobody knows, a date after 9999, or a set that is none', async () => {
    const set = encodeSerialSet(serialSetOf([1]))
    expect(detailOf(await loadAltered({ revoked: [[1, 2, 6, 2_932_896, set]] }))).toBeUndefined()
    expect(detailOf(await loadAltered({ revoked: [[1, 2, 7, 5, set]] }))).toBe('field:revoked[0][2]')
    expect(detailOf(await loadAltered({ revoked: [[1, 2, 0, 2_932_897, set]] }))).toBe('field:revoked[0][3]')
    expect(detailOf(await loadAltered({ revoked: [[1, 2, 0, 5, Uint8Array.of(0)]] }))).toBe(
      'serial_set_spelling',
    )
  })

  it('revokes a serial twice', async () => {
    const set = (...serials: number[]) => encodeSerialSet(serialSetOf(serials))
    const two = (a: Uint8Array, b: Uint8Array) =>
      loadAltered({
        revoked: [
          [1, 2, 0, 5, a],
          [1, 2, 0, 6, b],
        ],
      })
    expect(reasonOf(await two(set(1, 2, 9), set(4, 9)))).toBe('serials_overlap')
    const long = encodeSerialSet(serialSetOf([{ first: 3, last: 20 }]))
    expect(reasonOf(await two(long, set(1, 2, 7)))).toBe('serials_overlap')
    expect(reasonOf(await two(long, set(1, 2, 21)))).toBeUndefined()
    const apart = await loadAltered({
      revoked: [
        [1, 2, 0, 5, set(9)],
        [1, 3, 0, 5, set(9)],
      ],
    })
    expect(reasonOf(apart)).toBeUndefined()
  })

  it('holds more runs than a list may, though no set does', async () => {
    const firsts = Float64Array.from({ length: MAX_RUNS / 2 }, (_, i) => 2 * i)
    const half = encodeSerialSet({ firsts, lasts: firsts })
    const revoked = [1, 2, 3].map((product) => [1, product, 0, 5, half] as const)
    expect(reasonOf(await loadAltered({ revoked: revoked.slice(0, 2) }))).toBeUndefined()
    expect(detailOf(await loadAltered({ revoked }))).toBe('serial_set_runs')
    const document = await altered({ revoked })
    expect(() => readRevocationList(document)).toThrow(/serial_set_runs/)
  })
})
