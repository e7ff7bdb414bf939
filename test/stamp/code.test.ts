import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { encodeCbor } from '../../src/codec/cbor.ts'
import {
  joinCode,
  MAX_CODE_LENGTH,
  MAX_PAYLOAD_LENGTH,
  MIN_CODE_LENGTH,
  splitCode,
  versionOf,
} from '../../src/stamp/code.ts'
import { payloadToValue } from '../../src/stamp/payload.ts'
import { stamp, uint } from '../support/arbitraries.ts'
import { malformedDetail } from '../support/bytes.ts'
import { signedCode } from '../support/codes.ts'

describe('codes', () => {
  it('come apart into the payload and the signature that they were made of', () => {
    const payloads = fc.uint8Array({ minLength: 5, maxLength: MAX_PAYLOAD_LENGTH })
    fc.assert(
      fc.property(payloads, fc.uint8Array({ minLength: 64, maxLength: 64 }), (payload, signature) => {
        const code = joinCode({ payload, signature })
        expect(code).toHaveLength(payload.length + 64)
        expect(splitCode(code)).toEqual({ payload, signature })
      }),
    )
  })

  it('are 69 to 192 bytes long', () => {
    expect([MIN_CODE_LENGTH, MAX_CODE_LENGTH]).toEqual([69, 192])
    const detail = (length: number) => malformedDetail(() => splitCode(new Uint8Array(length)))
    expect([0, 64, 68, 69, 192, 193].map(detail)).toEqual([
      'code_length',
      'code_length',
      'code_length',
      undefined,
      undefined,
      'code_length',
    ])
  })

  it.each([
    ['catalogue ids and a small key id', 7, { facility: 12, product: 104, serial: 90_001 }, 74],
    ['three ids below 256', 200, { facility: 201, product: 202, serial: 2 ** 16 }, 76],
    [
      'the same with the last serial of 4 bytes',
      200,
      { facility: 201, product: 202, serial: 2 ** 32 - 1 },
      76,
    ],
    ['the same with the first serial of 8 bytes', 200, { facility: 201, product: 202, serial: 2 ** 32 }, 80],
    ['nothing but zeros', 0, { facility: 0, product: 0, serial: 0 }, MIN_CODE_LENGTH],
  ])('signed for %s are short', (_what, keyId, stamp, length) => {
    expect(signedCode(keyId, stamp)).toHaveLength(length)
  })
})

describe('the first byte of a code', () => {
  it('is a version 1 whatever the stamp', () => {
    fc.assert(
      fc.property(uint(65535), stamp, (keyId, stamp) => {
        expect(versionOf(encodeCbor(payloadToValue(keyId, stamp)))).toBe('v1')
      }),
    )
  })

  it('tells this version, a later one, or nothing of ours', () => {
    const of = (kind: string) =>
      Array.from({ length: 256 }, (_, first) => first).filter(
        (first) => versionOf(Uint8Array.of(first)) === kind,
      )
    expect(of('v1')).toEqual([0x84, 0x85])
    // 0x82 and 0x83 are what a link of GS1 has in place of a payload's head.
    expect(of('none')).toEqual([...Array.from({ length: 0x50 }, (_, first) => first), 0x82, 0x83, 0xea])
    expect(of('later')).toHaveLength(256 - 2 - 0x50 - 3)
    expect(versionOf(new Uint8Array())).toBe('none')
  })
})
