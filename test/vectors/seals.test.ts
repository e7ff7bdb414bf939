import { createHash, createHmac } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { decodeText } from '../../src/stamp/carrier.ts'
import { splitCode } from '../../src/stamp/code.ts'
import { verifySeal, withoutSeal } from '../../src/stamp/seal.ts'
import { sealVectors } from './seals.generate.ts'

type Seal = Record<
  'name' | 'secret' | 'unsealed' | 'hiddenCode' | 'printed' | 'seal' | 'payload' | 'base45',
  string
>
interface Typed {
  name: string
  text: string
  typed: string
  reason?: string
}

const file = readFileSync(new URL('seals.json', import.meta.url), 'utf8')
const { seals, typed }: { seals: Seal[]; typed: Typed[] } = JSON.parse(file)
const hex = (text: string) => Buffer.from(text, 'hex')

describe('the file of seals', () => {
  it('is what the generator makes', async () => {
    expect(file).toBe(await sealVectors())
  })

  it('has typing mistakes that Crockford forgives, and every reason', () => {
    // Where nothing was replaced a row would prove nothing.
    const good = typed.filter(({ reason }) => reason === undefined).map((each) => each.typed)
    expect(new Set(good).size).toBe(good.length)
    expect([...new Set(typed.flatMap(({ reason }) => reason ?? []))].sort()).toEqual([
      'hidden_code_length',
      'hidden_code_letter',
      'hidden_code_wrong',
      'malformed',
      'unsealed',
    ])
  })
})

describe.each(seals)('the seal of $name', (vector) => {
  it('is what node:crypto computes', () => {
    const { secret, unsealed, hiddenCode, seal } = vector
    const code = createHmac('sha256', hex(secret)).update(hex(unsealed)).digest().subarray(0, 10)
    expect(code.toString('hex')).toBe(hiddenCode)
    const hash = createHash('sha256').update('veristamp:seals1').update(hex(unsealed)).update(code).digest()
    expect(hash.subarray(0, hex(seal).length).toString('hex')).toBe(seal)
  })

  it('is cut out of the payload that came', () => {
    const { payload } = splitCode(decodeText(vector.base45).code)
    expect(Buffer.from(payload)).toEqual(hex(vector.payload))
    expect(Buffer.from(withoutSeal(payload))).toEqual(hex(vector.unsealed))
  })

  it('holds for the hidden code as it is printed', () => {
    expect(verifySeal(vector.base45, vector.printed)).toEqual({ ok: true })
  })
})

describe('a hidden code that is typed', () => {
  it.each(typed)('$name', ({ text, typed, reason }) => {
    expect(verifySeal(text, typed)).toEqual(reason === undefined ? { ok: true } : { ok: false, reason })
  })
})
