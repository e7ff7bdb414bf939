import { afterEach, describe, expect, it, vi } from 'vitest'
import { decodeCbor, encodeCbor } from '../../src/codec/cbor.ts'
import { decodeEnvelope } from '../../src/document/envelope.ts'
import { encodeEnvelope, signDocument } from '../../src/document/sign.ts'
import { draftRevocationList } from '../../src/revocation/begin.ts'
import { applyDeltas } from '../../src/revocation/delta.ts'
import { loadRevocationList } from '../../src/revocation/load.ts'
import { makeDelta } from '../../src/revocation/make-delta.ts'
import { NumberModel } from '../../src/revocation/number-model.ts'
import { RangeEncoder } from '../../src/revocation/range-encoder.ts'
import { MAX_RUNS } from '../../src/revocation/serial-set.ts'
import { serialSetOf } from '../../src/revocation/serial-set-algebra.ts'
import { decodeSerialSet } from '../../src/revocation/serial-set-reader.ts'
import { encodeSerialSet } from '../../src/revocation/serial-set-writer.ts'
import { encodeRevocationDraft, signRevocationList } from '../../src/revocation/sign.ts'
import { withValue } from '../support/bodies.ts'
import { malformedDetail } from '../support/bytes.ts'
import { draftAfter } from '../support/next-draft.ts'
import { accepted, HEADER, KEY, sampleDraft, TRUST } from './lists.ts'

/** A few bytes that claim much: what is taken for them is counted, in numbers of memory and in decisions. */

const RealFloat64Array = Float64Array

/** How many numbers the act takes memory for, as runs. */
function allocatedBy(act: () => void): number {
  let taken = 0
  class Counting extends RealFloat64Array {
    constructor(size: number) {
      super(size)
      taken += size
    }
  }
  vi.stubGlobal('Float64Array', Counting)
  try {
    act()
  } finally {
    vi.unstubAllGlobals()
  }
  return taken
}

/** How many binary decisions the act makes. */
function decisionsBy(act: () => void): number {
  const learn = vi.spyOn(NumberModel.prototype, 'learn')
  act()
  return learn.mock.calls.length
}
afterEach(() => {
  vi.restoreAllMocks()
})

/** The coded bytes of a number of runs, and of what comes after: gap, length, gap, … */
function claiming(runCount: number, ...numbers: number[]): Uint8Array {
  const encoder = new RangeEncoder()
  encoder.number(new NumberModel(), runCount)
  const models = [new NumberModel(), new NumberModel()]
  for (const [i, number] of numbers.entries()) encoder.number(models[i % 2]!, number)
  return encoder.finish()
}

/** A run costs 8/1024 bits at the least, and a decision not much less: the bytes bound both. */
const MAX_A_BYTE = 1024

const BOMBS: [name: string, bytes: Uint8Array][] = [
  ...[2 ** 53 - 1, 2 ** 40, MAX_RUNS + 1, MAX_RUNS, 10_000, 1000].map((count): [string, Uint8Array] => [
    `${count} runs`,
    claiming(count),
  ]),
  ['2^22 runs, of which many are there', claiming(MAX_RUNS, ...new Array(2000).fill(0))],
  ['as many runs as the bytes may claim', claiming(7 * MAX_A_BYTE, 0, 0, 0, 0)],
  ['bytes of zeros', new Uint8Array(2000)],
  ['bytes of ones', new Uint8Array(2000).fill(255)],
]

describe('a serial set of a few bytes that claims', () => {
  it.each(BOMBS)('%s is refused, and takes no more than its bytes allow', (_, bytes) => {
    const refuse = () => expect(malformedDetail(() => decodeSerialSet(bytes))).toMatch(/^serial_set_/)
    expect(allocatedBy(refuse)).toBeLessThanOrEqual(2 * MAX_A_BYTE * bytes.length)
    expect(decisionsBy(refuse)).toBeLessThan(2 * MAX_A_BYTE * (bytes.length + 4))
  })

  it('2^53 serials is held in one run, and asked like any other', async () => {
    const all = encodeSerialSet(serialSetOf([{ first: 0, last: Number.MAX_SAFE_INTEGER }]))
    const document = await withSets(all)
    let list = accepted(loadRevocationList(document, { trustList: TRUST }))
    const runs = allocatedBy(() => {
      list = accepted(loadRevocationList(document, { trustList: TRUST }))
    })
    expect(runs).toBe(2)
    for (const serial of [0, 2 ** 40, Number.MAX_SAFE_INTEGER]) {
      expect(list.findSerial(12, 104, serial)).toMatchObject({ reason: 'lost' })
    }
  })
})

/** A signed list that holds these sets, each of another product. */
async function withSets(...sets: readonly Uint8Array[]): Promise<Uint8Array> {
  const envelope = decodeEnvelope(encodeRevocationDraft(draftRevocationList(HEADER)))
  const revoked = sets.map((set, i) => [12, 104 + i, 1, 20_756, set] as const)
  const body = encodeCbor(withValue(decodeCbor(envelope.body), 'revoked', revoked))
  return signDocument(encodeEnvelope({ ...envelope, body }), KEY)
}

describe('a signed list that holds such a set', () => {
  it('is refused, and takes no more than its bytes allow', async () => {
    for (const [, bomb] of BOMBS) {
      const document = await withSets(bomb)
      const taken = allocatedBy(() => {
        expect(loadRevocationList(document, { trustList: TRUST })).toMatchObject({
          ok: false,
          reason: 'malformed',
          detail: expect.stringMatching(/^serial_set_/),
        })
      })
      expect(taken).toBeLessThanOrEqual(2 * MAX_A_BYTE * bomb.length)
    }
  })

  it('takes memory for as many runs as a list may have, however many of its sets are full', async () => {
    const firsts = Float64Array.from({ length: MAX_RUNS / 4 }, (_, i) => 2 * i)
    const quarter = encodeSerialSet({ firsts, lasts: firsts })
    const document = await withSets(...new Array(40).fill(quarter))
    const taken = allocatedBy(() => {
      expect(loadRevocationList(document, { trustList: TRUST })).toMatchObject({ detail: 'serial_set_runs' })
    })
    expect(taken).toBe(2 * MAX_RUNS)
    expect(document.length).toBeLessThan(100_000)
  })
})

describe('a delta that holds such a set', () => {
  it('is refused, and takes no more than its bytes and the list allow', async () => {
    const base = await signRevocationList(sampleDraft(), KEY)
    const delta = makeDelta(base, await signRevocationList(draftAfter(base, HEADER), KEY))
    const plain = allocatedBy(() => applyDeltas(base, [delta], { trustList: TRUST }))
    for (const [, bomb] of BOMBS) {
      const envelope = decodeEnvelope(delta)
      const body = encodeCbor(withValue(decodeCbor(envelope.body), 'revoked', [[12, 104, 1, 20_756, bomb]]))
      const taken = allocatedBy(() => {
        const bombed = encodeEnvelope({ ...envelope, body })
        expect(applyDeltas(base, [bombed], { trustList: TRUST })).toMatchObject({ reason: 'malformed' })
      })
      expect(taken).toBeLessThanOrEqual(plain + 2 * MAX_A_BYTE * bomb.length)
    }
  })
})
