import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { signDocument } from '../../src/document/sign.ts'
import { ArgumentRangeError, ArgumentTypeError, VeristampError } from '../../src/lib/errors.ts'
import { draftRevocationList } from '../../src/revocation/begin.ts'
import { REVOCATION_REASONS } from '../../src/revocation/body.ts'
import { readRevocationList } from '../../src/revocation/content.ts'
import {
  addSerials,
  type RevocationDraft,
  removeSerials,
  restoreKey,
  revokeKey,
  setWatermark,
} from '../../src/revocation/draft.ts'
import { loadRevocationList } from '../../src/revocation/load.ts'
import { serialSetOf } from '../../src/revocation/serial-set-algebra.ts'
import { encodeRevocationDraft, signRevocationList } from '../../src/revocation/sign.ts'
import { runs } from '../support/laws.ts'
import { draftAfter } from '../support/next-draft.ts'
import { type Edit, edits, emptyModel, MODEL_KEYS, type Model, PRODUCTS, SERIALS } from './edits.ts'
import { accepted, HEADER, ISSUER, KEY, OTHER_ISSUER, sampleDraft, TRUST } from './lists.ts'

const codeOf = (act: () => unknown): string | undefined => {
  try {
    act()
    return undefined
  } catch (error) {
    if (error instanceof VeristampError) return error.code
    throw error
  }
}

/** Holds a signed list to the model, at every serial, key and product there is. */
function expectModel(document: Uint8Array, model: Model): void {
  const list = accepted(loadRevocationList(document, { trustList: TRUST }))
  for (const [facility, product] of PRODUCTS) {
    for (let serial = 0; serial < SERIALS; serial++) {
      expect(list.findSerial(facility, product, serial)).toEqual(model.serial(facility, product, serial))
    }
    for (const key of MODEL_KEYS) {
      expect(list.ofKey(key).watermark(facility, product)).toBe(model.watermark(key, facility, product))
      for (let serial = 0; serial < SERIALS; serial += 7) {
        const expected = model.key(key, facility, product, serial)
        expect(list.ofKey(key).revocation(facility, product, serial)).toEqual(expected)
      }
    }
  }
}

const applyAll = (draft: RevocationDraft, made: readonly Edit[], model: Model): RevocationDraft =>
  made.reduce((now, edit) => {
    edit.model(model)
    return edit.draft(now)
  }, draft)

describe('drafting a revocation list', () => {
  it('comes, after any edits, signing and loading, to what plain maps say', async () => {
    await fc.assert(
      fc.asyncProperty(edits(true), async (made) => {
        const model = emptyModel()
        const draft = applyAll(draftRevocationList(HEADER), made, model)
        expectModel(await signRevocationList(draft, KEY), model)
      }),
      { numRuns: runs(60) },
    )
  })

  it('goes on from the list before, over several lists', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(edits(false), { minLength: 1, maxLength: 4 }), async (lists) => {
        const model = emptyModel()
        let previous: Uint8Array | undefined
        for (const made of lists) {
          const draft = applyAll(draftAfter(previous, HEADER), made, model)
          previous = await signRevocationList(draft, KEY)
        }
        expectModel(previous!, model)
        expect(readRevocationList(previous!).sequence).toBe(lists.length)
      }),
      { numRuns: runs(30) },
    )
  })

  it('comes to the same document in whatever order the entries came', async () => {
    const draft = sampleDraft()
    const turned = {
      ...draft,
      revoked: [...draft.revoked].reverse(),
      watermarks: [...draft.watermarks].reverse(),
      revokedKeys: [...draft.revokedKeys].reverse(),
    }
    expect(encodeRevocationDraft(turned)).toEqual(encodeRevocationDraft(draft))
  })

  it('reads back what it wrote', () => {
    const again = readRevocationList(encodeRevocationDraft(sampleDraft()))
    expect(encodeRevocationDraft(again)).toEqual(encodeRevocationDraft(sampleDraft()))
  })

  it('leaves the draft as it was that a change is made to', () => {
    const draft = sampleDraft()
    const before = encodeRevocationDraft(draft)
    addSerials(draft, { facility: 12, product: 104, reason: 'lost', date: '2026-10-30', serials: [1] })
    removeSerials(draft, { facility: 12, product: 104, serials: [7] })
    setWatermark(draft, { publicKey: ISSUER, facility: 12, product: 104, serial: 1 })
    revokeKey(draft, { publicKey: ISSUER, reason: 'lost', date: '2026-10-30' })
    restoreKey(draft, OTHER_ISSUER)
    expect(encodeRevocationDraft(draft)).toEqual(before)
  })

  it('takes serials one by one and in runs, for every reason', () => {
    for (const reason of REVOCATION_REASONS) {
      const entry = { facility: 1, product: 2, reason, date: '2026-10-30' }
      const draft = addSerials(draftRevocationList(HEADER), {
        ...entry,
        serials: [3, { first: 5, last: 9 }, 4],
      })
      expect(readRevocationList(encodeRevocationDraft(draft)).revoked).toEqual([
        { ...entry, serials: serialSetOf([{ first: 3, last: 9 }]) },
      ])
    }
  })

  it('counts on from the list before, unless told otherwise', async () => {
    const previous = await signRevocationList(draftRevocationList({ ...HEADER, epoch: 3, sequence: 8 }), KEY)
    expect(draftRevocationList(HEADER)).toMatchObject({ epoch: 0, sequence: 1 })
    expect(draftAfter(previous, HEADER)).toMatchObject({ epoch: 3, sequence: 9 })
    expect(draftAfter(previous, { ...HEADER, epoch: 4, sequence: 1 })).toMatchObject({
      epoch: 4,
      sequence: 1,
    })
  })

  it('can be signed on another machine', async () => {
    const draft = encodeRevocationDraft(sampleDraft())
    expect(await signDocument(draft, KEY)).toEqual(await signRevocationList(sampleDraft(), KEY))
  })
})

describe('a draft that is refused', () => {
  const entry = { facility: 1, product: 2, reason: 'lost', date: '2026-10-30', serials: [1] } as const

  it('has arguments that can not be', () => {
    const draft = draftRevocationList(HEADER)
    const encoded = (changed: object) => () =>
      encodeRevocationDraft(addSerials(draft, { ...entry, ...changed } as never))
    expect(encoded({ reason: 'bored' })).toThrow(ArgumentRangeError)
    expect(encoded({ date: '2026-02-30' })).toThrow(ArgumentRangeError)
    expect(encoded({ date: 5 })).toThrow(ArgumentTypeError)
    expect(encoded({ facility: -1 })).toThrow(ArgumentRangeError)
    expect(encoded({ serials: [-1] })).toThrow(ArgumentRangeError)
    expect(encoded({})).not.toThrow()
    const mark = { publicKey: ISSUER, facility: 1, product: 2, serial: 2 ** 53 }
    expect(() => setWatermark(draft, mark)).toThrow(ArgumentRangeError)
    expect(() => setWatermark(draft, { ...mark, publicKey: new Uint8Array(31) })).toThrow(ArgumentRangeError)
    const twice = [1, 1].map((serial) => ({ facility: 1, product: 2, serial }))
    const revoked = revokeKey(draft, { publicKey: ISSUER, reason: 'lost', date: '2026-10-30', above: twice })
    expect(() => encodeRevocationDraft(revoked)).toThrow(ArgumentRangeError)
    const late = { ...draft, next: new Date('2027-01-01') }
    expect(() => encodeRevocationDraft(late)).toThrow(ArgumentRangeError)
  })

  it('has sets, put in by hand, that share a serial', () => {
    const [one, two] = [serialSetOf([1, 2]), serialSetOf([2, 3])]
    const revoked = [
      { ...entry, serials: one },
      { ...entry, date: '2026-10-31', serials: two },
    ]
    expect(codeOf(() => encodeRevocationDraft({ ...draftRevocationList(HEADER), revoked }))).toBe(
      'bad_document',
    )
  })

  it('follows what is no list, or an unsigned one', () => {
    expect(codeOf(() => draftAfter(new Uint8Array(3), HEADER))).toBe('bad_document')
    expect(codeOf(() => draftAfter(encodeRevocationDraft(sampleDraft()), HEADER))).toBe('bad_document')
  })
})

describe('what a signed list revoked', () => {
  const signed = signRevocationList(sampleDraft(), KEY)
  const next = async (): Promise<RevocationDraft> => draftAfter(await signed, HEADER)
  const encodes = (draft: RevocationDraft) => codeOf(() => encodeRevocationDraft(draft))

  it('is not removed again, while what the draft added is', async () => {
    const draft = await next()
    const product = { facility: 12, product: 104 }
    for (const serials of [[7], [1, 2, 90_001], [{ first: 0, last: 50_000 }], [41_500]]) {
      expect(codeOf(() => removeSerials(draft, { ...product, serials }))).toBe('revocation_permanent')
    }
    const added = addSerials(draft, {
      ...product,
      reason: 'lost',
      date: '2026-10-30',
      serials: [1, 2, 42_001],
    })
    const removed = removeSerials(added, { ...product, serials: [0, 1, 2, 42_001] })
    expect(encodeRevocationDraft(removed)).toEqual(encodeRevocationDraft(draft))
  })

  it('keeps its reason and date when it is revoked once more', async () => {
    const again = { facility: 12, product: 104, reason: 'stolen', date: '2026-11-02' } as const
    const draft = addSerials(await next(), { ...again, serials: [{ first: 6, last: 10 }] })
    expect(encodes(draft)).toBeUndefined()
    const list = accepted(
      loadRevocationList(await signDocument(encodeRevocationDraft(draft), KEY), { trustList: TRUST }),
    )
    expect([6, 7, 8, 9, 10].map((serial) => list.findSerial(12, 104, serial)?.reason)).toEqual([
      'stolen',
      'recalled',
      'stolen',
      'recalled',
      'stolen',
    ])
  })

  it('can not be left out by hand, nor its reason or date be changed', async () => {
    const draft = await next()
    const [first, ...others] = draft.revoked
    expect(encodes({ ...draft, revoked: others })).toBe('revocation_permanent')
    for (const change of [
      { reason: 'other' },
      { date: '2026-10-01' },
      { serials: serialSetOf([41_000]) },
    ] as const) {
      expect(encodes({ ...draft, revoked: [{ ...first!, ...change }, ...others] })).toBe(
        'revocation_permanent',
      )
    }
    expect(encodes({ ...draft, revoked: [...others, first!] })).toBeUndefined()
  })

  it('holds for keys: they stay revoked, at most as high as they were', async () => {
    const draft = await next()
    expect(codeOf(() => restoreKey(draft, OTHER_ISSUER))).toBe('revocation_permanent')
    expect(encodes({ ...draft, revokedKeys: [] })).toBe('revocation_permanent')
    const key = { publicKey: OTHER_ISSUER, reason: 'key-compromise', date: '2026-10-29' } as const
    const with_ = (above: number[][]) =>
      revokeKey(draft, {
        ...key,
        above: above.map(([facility, product, serial]) => ({
          facility: facility!,
          product: product!,
          serial: serial!,
        })),
      })
    expect(encodes(with_([[12, 104, 401]]))).toBe('revocation_permanent')
    expect(
      encodes(
        with_([
          [12, 104, 400],
          [12, 105, 0],
        ]),
      ),
    ).toBe('revocation_permanent')
    expect(encodes(revokeKey(draft, { ...key, reason: 'lost' }))).toBe('revocation_permanent')
    expect(encodes(revokeKey(draft, { ...key, date: '2026-10-28' }))).toBe('revocation_permanent')
    for (const lower of [[[12, 104, 400]], [[12, 104, 399]], []])
      expect(encodes(with_(lower))).toBeUndefined()
    const own = revokeKey(draft, { publicKey: ISSUER, reason: 'other', date: '2026-11-02' })
    expect(encodes(restoreKey(own, ISSUER))).toBeUndefined()
  })

  it('does not hold watermarks, which go up and down', async () => {
    const draft = await next()
    for (const serial of [0, 135_000, 200_000]) {
      expect(
        encodes(setWatermark(draft, { publicKey: ISSUER, facility: 12, product: 104, serial })),
      ).toBeUndefined()
    }
    expect(encodes({ ...draft, watermarks: [] })).toBeUndefined()
  })

  it('is followed by later lists of the same authority only', async () => {
    const draft = await next()
    expect(encodes({ ...draft, sequence: 1 })).toBe('bad_document')
    expect(encodes({ ...draft, sequence: 0 })).toBe('bad_document')
    expect(encodes({ ...draft, sequence: 0, epoch: 1 })).toBeUndefined()
    expect(encodes({ ...draft, authority: 'other.example' })).toBe('bad_document')
  })
})
