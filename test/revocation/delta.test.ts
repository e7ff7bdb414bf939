import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { seededRandom } from '../../bench/lib/serial-patterns.ts'
import { decodeCbor, encodeCbor } from '../../src/codec/cbor.ts'
import type { CborValue } from '../../src/codec/cbor-value.ts'
import { decodeEnvelope } from '../../src/document/envelope.ts'
import { encodeEnvelope, signDocument } from '../../src/document/sign.ts'
import { memoryStore } from '../../src/document/store.ts'
import { ArgumentRangeError, ArgumentTypeError, type VeristampError } from '../../src/lib/errors.ts'
import { draftRevocationList, type RevocationDraftHeader } from '../../src/revocation/begin.ts'
import { applyDeltas } from '../../src/revocation/delta.ts'
import { addSerials } from '../../src/revocation/draft.ts'
import { loadRevocationList } from '../../src/revocation/load.ts'
import { makeDelta } from '../../src/revocation/make-delta.ts'
import { MAX_RUNS } from '../../src/revocation/serial-set.ts'
import { serialSetOf } from '../../src/revocation/serial-set-algebra.ts'
import { encodeSerialSet } from '../../src/revocation/serial-set-writer.ts'
import { encodeRevocationDraft, signRevocationList } from '../../src/revocation/sign.ts'
import { flipBit } from '../support/bytes.ts'
import { runs } from '../support/laws.ts'
import { draftAfter } from '../support/next-draft.ts'
import { edits } from './edits.ts'
import { HEADER, KEY, NEXT_KEY, NEXT_TRUST, STRANGER, sampleDraft, TRUST } from './lists.ts'

/** A list after another, with one serial more and what else the header says. */
async function following(
  previous: Uint8Array | undefined,
  serial: number,
  header: Partial<RevocationDraftHeader> = {},
  signer = KEY,
): Promise<Uint8Array<ArrayBuffer>> {
  const draft = draftAfter(previous, { ...HEADER, ...header })
  const entry = { facility: 12, product: 104, reason: 'lost', date: '2026-10-30' } as const
  return signRevocationList(addSerials(draft, { ...entry, serials: [serial] }), signer)
}

/** Four lists in a row, and the deltas between neighbours. */
const chain = (async () => {
  const lists = [await signRevocationList(sampleDraft(), KEY)]
  for (const serial of [1, 3, 5]) lists.push(await following(lists.at(-1), serial))
  const deltas = lists.slice(1).map((to, i) => makeDelta(lists[i]!, to))
  return { lists, deltas }
})()

const reasonOf = (base: Uint8Array, deltas: readonly Uint8Array[], options = { trustList: TRUST }) => {
  const applied = applyDeltas(base, deltas, options)
  return applied.ok ? undefined : applied.reason
}

/** The delta with fields of its body replaced. */
function altered(delta: Uint8Array, fields: Record<string, CborValue>): Uint8Array {
  const envelope = decodeEnvelope(delta)
  const map = new Map([...(decodeCbor(envelope.body) as Map<string, CborValue>), ...Object.entries(fields)])
  return encodeEnvelope({ ...envelope, body: encodeCbor(map) })
}

describe('a delta', () => {
  it('gives the next list byte for byte, whatever changed', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(edits(false), { minLength: 2, maxLength: 5 }), async (history) => {
        const lists: Uint8Array[] = []
        for (const made of history) {
          const draft = made.reduce((now, edit) => edit.draft(now), draftAfter(lists.at(-1), HEADER))
          // An edit of a key that is revoked already would change a signed revocation: it is left out.
          const revokedKeys = draft.previous?.revokedKeys ?? []
          const names = new Set(revokedKeys.map(({ key }) => `${key}`))
          const added = draft.revokedKeys.filter(({ key }) => !names.has(`${key}`))
          lists.push(await signRevocationList({ ...draft, revokedKeys: [...revokedKeys, ...added] }, KEY))
        }
        const deltas = lists.slice(1).map((to, i) => makeDelta(lists[i]!, to))
        const applied = applyDeltas(lists[0]!, deltas, { trustList: TRUST })
        expect(applied.ok && applied.document).toEqual(lists.at(-1))
        const leap = applyDeltas(lists[0]!, [makeDelta(lists[0]!, lists.at(-1)!)], { trustList: TRUST })
        expect(leap.ok && leap.document).toEqual(lists.at(-1))
      }),
      { numRuns: runs(40) },
    )
  })

  it('gives a loaded list that answers as the whole one does', async () => {
    const { lists, deltas } = await chain
    const applied = applyDeltas(lists[0]!, deltas, { trustList: TRUST })
    const whole = loadRevocationList(lists[3]!, { trustList: TRUST })
    if (!applied.ok || !whole.ok) return expect.fail('refused')
    expect(applied.revocationList.digest).toEqual(whole.revocationList.digest)
    for (const serial of [0, 1, 2, 3, 5, 7, 41_500]) {
      expect(applied.revocationList.findSerial(12, 104, serial)).toEqual(
        whole.revocationList.findSerial(12, 104, serial),
      )
    }
  })

  it('is small where little changed', async () => {
    let draft = draftRevocationList(HEADER)
    const random = seededRandom(1)
    const serials = Array.from({ length: 20_000 }, () => Math.floor(2_000_000 * random()))
    const entry = { facility: 12, product: 104, reason: 'recalled', date: '2026-10-01' } as const
    draft = addSerials(draft, { ...entry, serials })
    const from = await signRevocationList(draft, KEY)
    const delta = makeDelta(from, await following(from, 50))
    expect(from.length).toBeGreaterThan(15_000)
    expect(delta.length).toBeLessThan(400)
  })

  it('leads a list of none over none: the list is loaded', async () => {
    const { lists } = await chain
    const applied = applyDeltas(lists[2]!, [], { trustList: TRUST })
    expect(applied.ok && applied.document).toEqual(lists[2])
  })

  it('writes only the last of a chain to the store', async () => {
    const { lists, deltas } = await chain
    const store = memoryStore()
    const write = store.write
    const written: number[] = []
    const counting = {
      ...store,
      write(...args: Parameters<typeof write>) {
        written.push(args[2].sequence)
        write(...args)
      },
    }
    expect(applyDeltas(lists[0]!, deltas, { trustList: TRUST, store: counting }).ok).toBe(true)
    expect(written).toEqual([4])
    const again = applyDeltas(lists[0]!, deltas.slice(0, 2), { trustList: TRUST, store: counting })
    expect(again).toMatchObject({ ok: false, reason: 'rollback' })
  })

  it('leads into a new epoch, under the new key alone', async () => {
    const { lists } = await chain
    const rotated = await following(lists[3], 11, { epoch: 1, sequence: 1 }, NEXT_KEY)
    const delta = makeDelta(lists[3]!, rotated)
    const applied = applyDeltas(lists[3]!, [delta], { trustList: NEXT_TRUST })
    expect(applied.ok && applied.document).toEqual(rotated)
    expect(reasonOf(lists[3]!, [delta])).toBe('wrong_key')
  })
})

describe('a delta that is refused', () => {
  it('is for another base', async () => {
    const { lists, deltas } = await chain
    const other = await following(lists[0], 2)
    expect(reasonOf(other, [deltas[1]!])).toBe('delta_base')
    const leap = makeDelta(lists[0]!, lists[3]!)
    expect(reasonOf(lists[1]!, [leap])).toBe('delta_base')
  })

  it('comes after one that is missing', async () => {
    const { lists, deltas } = await chain
    expect(reasonOf(lists[0]!, [deltas[1]!])).toBe('delta_gap')
    expect(reasonOf(lists[0]!, [deltas[0]!, deltas[2]!])).toBe('delta_gap')
  })

  it('leads to a lower sequence, or to the one that is there', async () => {
    const { lists, deltas } = await chain
    expect(reasonOf(lists[2]!, [deltas[0]!])).toBe('rollback')
    expect(reasonOf(lists[2]!, [deltas[1]!])).toBe('rollback')
    expect(reasonOf(lists[0]!, [deltas[0]!, deltas[0]!])).toBe('rollback')
    expect(reasonOf(lists[0]!, [altered(deltas[0]!, { sequence: 1 })])).toBe('rollback')
    expect(reasonOf(lists[0]!, [altered(deltas[0]!, { sequence: 0 })])).toBe('rollback')
  })

  it('says otherwise than what was signed, in any field', async () => {
    const { lists, deltas } = await chain
    const set = encodeSerialSet(serialSetOf([1, 2]))
    for (const fields of [
      { sequence: 3 },
      { issued: HEADER.issued.getTime() / 1000 + 1 },
      { next: HEADER.next.getTime() / 1000 + 1 },
      { expires: HEADER.expires.getTime() / 1000 + 1 },
      { revoked: [] },
      { revoked: [[12, 104, 1, 20_756, set] as const] },
      { watermarks: [[new Uint8Array(32), [[1, 2, 3]]] as const] },
      { revokedKeys: [[new Uint8Array(32), 0, 0, []] as const] },
    ] as Record<string, CborValue>[]) {
      expect(reasonOf(lists[0]!, [altered(deltas[0]!, fields)])).toBe('wrong_key')
    }
    expect(reasonOf(lists[0]!, [altered(deltas[0]!, {})])).toBeUndefined()
  })

  it('has a bit flipped, unless it is one of no meaning: then the list is the same', async () => {
    const { lists, deltas } = await chain
    for (let bit = 0; bit < 8 * deltas[0]!.length; bit++) {
      const applied = applyDeltas(lists[0]!, [flipBit(deltas[0]!, bit)], { trustList: TRUST })
      if (applied.ok) expect(applied.document).toEqual(lists[1])
    }
  })

  it('bears no signature of the right key, though every list before was good', async () => {
    const { lists, deltas } = await chain
    const forged = await following(lists[3], 13, {}, STRANGER)
    expect(reasonOf(lists[0]!, [...deltas, makeDelta(lists[3]!, forged)])).toBe('wrong_key')
    const [base, middle] = [lists[3]!, forged]
    const back = await following(middle, 15)
    const hidden = [makeDelta(base, middle), makeDelta(middle, back)]
    expect(reasonOf(base, hidden)).toBe('wrong_key')
  })

  it('is another document, or begins at one', async () => {
    const { lists, deltas } = await chain
    expect(reasonOf(lists[0]!, [lists[1]!])).toBe('wrong_type')
    expect(reasonOf(deltas[0]!, [deltas[0]!])).toBe('wrong_type')
    expect(reasonOf(lists[0]!, [new Uint8Array(9)])).toBe('malformed')
    expect(reasonOf(new Uint8Array(9), [deltas[0]!])).toBe('malformed')
    expect(reasonOf(lists[0]!, [altered(deltas[0]!, { base: 1 })])).toBe('malformed')
  })

  it('would make a set of more runs than a list may have', async () => {
    const firsts = Float64Array.from({ length: 3 * (MAX_RUNS / 4) }, (_, i) => 2 * i)
    const set = { firsts, lasts: firsts }
    const further = {
      firsts: firsts.map((first) => first + 2 * MAX_RUNS),
      lasts: firsts.map((last) => last + 2 * MAX_RUNS),
    }
    const entry = { facility: 12, product: 104, reason: 'lost', date: '2026-10-30' } as const
    const large = await signRevocationList(
      { ...draftRevocationList(HEADER), revoked: [{ ...entry, serials: set }] },
      KEY,
    )
    const next = await following(large, 6 * MAX_RUNS)
    const day = Date.parse(entry.date) / 86_400_000
    const bomb = altered(makeDelta(large, next), { revoked: [[12, 104, 1, day, encodeSerialSet(further)]] })
    expect(applyDeltas(large, [bomb], { trustList: TRUST })).toMatchObject({
      ok: false,
      reason: 'malformed',
      detail: 'delta_result',
    })
  })

  it('is one of too many, or no bytes', async () => {
    const { lists, deltas } = await chain
    expect(() => applyDeltas(lists[0]!, new Array(65).fill(deltas[0]), { trustList: TRUST })).toThrow(
      ArgumentRangeError,
    )
    expect(() => applyDeltas(lists[0]!, ['delta' as never], { trustList: TRUST })).toThrow(ArgumentTypeError)
    expect(() => applyDeltas('list' as never, [], { trustList: TRUST })).toThrow(ArgumentTypeError)
  })
})

describe('making a delta', () => {
  const codeOf = (from: Uint8Array, to: Uint8Array): string | undefined => {
    try {
      makeDelta(from, to)
      return undefined
    } catch (error) {
      return (error as VeristampError).code
    }
  }

  it('needs a later list of the same authority that drops nothing', async () => {
    const { lists } = await chain
    expect(codeOf(lists[1]!, lists[0]!)).toBe('bad_document')
    expect(codeOf(lists[1]!, lists[1]!)).toBe('bad_document')
    const empty = await signRevocationList(draftRevocationList({ ...HEADER, sequence: 9 }), KEY)
    expect(codeOf(lists[0]!, empty)).toBe('revocation_permanent')
    const foreign = await signRevocationList(
      draftRevocationList({ ...HEADER, authority: 'other.example' }),
      KEY,
    )
    expect(codeOf(foreign, lists[1]!)).toBe('bad_document')
  })

  it('needs a signed list that this version can write whole', async () => {
    const { lists } = await chain
    const draft = encodeRevocationDraft(draftAfter(lists[0], { ...HEADER, sequence: 9 }))
    expect(codeOf(lists[0]!, draft)).toBe('bad_document')
    const envelope = decodeEnvelope(draft)
    const map = new Map([...(decodeCbor(envelope.body) as Map<string, CborValue>), ['later', 1] as const])
    const later = await signDocument(encodeEnvelope({ ...envelope, body: encodeCbor(map) }), KEY)
    expect(loadRevocationList(later, { trustList: TRUST }).ok).toBe(true)
    expect(codeOf(lists[0]!, later)).toBe('bad_document')
    expect(codeOf(lists[0]!, await signDocument(draft, KEY))).toBeUndefined()
    expect(codeOf(new Uint8Array(3), lists[0]!)).toBe('bad_document')
  })
})
