import { describe, expect, it } from 'vitest'
import { freeKeyId, isHandyKeyId } from '../../src/cli/project/key-ids.ts'
import { encodeBase45 } from '../../src/codec/base45.ts'
import { encodeCbor } from '../../src/codec/cbor.ts'

describe('a handy key id', () => {
  it('is one whose codes begin with no sign of a shell or a spreadsheet, with claims or without', () => {
    const firstOf = (keyId: number, head: number) =>
      encodeBase45(Uint8Array.of(head, ...encodeCbor(keyId).subarray(0, 1)))[0]!
    for (let keyId = 0; keyId <= 65_535; keyId++) {
      const begins = [firstOf(keyId, 0x84), firstOf(keyId, 0x85)]
      expect([keyId, isHandyKeyId(keyId)]).toEqual([
        keyId,
        begins.every((letter) => !' $%*+-'.includes(letter)),
      ])
    }
  })

  it('is chosen in ascending order, past those that are taken', () => {
    const taken: number[] = [4, 9, 20]
    for (let i = 0; i < 12; i++) taken.push(freeKeyId(taken))
    expect(taken.slice(3)).toEqual([1, 2, 3, 5, 6, 7, 14, 15, 16, 17, 18, 19])
  })
})
