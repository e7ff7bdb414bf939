import { describe, expect, it } from 'vitest'
import { type SigningContext, signedMessage } from '../../src/lib/contexts.ts'
import { hex } from '../support/bytes.ts'

const contexts: readonly SigningContext[] = [
  'veristamp:stamp1',
  'veristamp:trust1',
  'veristamp:revoc1',
  'veristamp:delta1',
  'veristamp:print1',
  'veristamp:scans1',
  'veristamp:check1',
  'veristamp:seals1',
  'veristamp:pins-1',
]

describe('what is signed', () => {
  it.each(contexts)('begins with the 16 ASCII bytes of %s, then the bytes', (context) => {
    const message = signedMessage(context, hex('84 07'))
    expect(message).toHaveLength(18)
    expect(Buffer.from(message.subarray(0, 16)).toString('latin1')).toBe(context)
    expect(message.subarray(16)).toEqual(hex('84 07'))
  })
})
