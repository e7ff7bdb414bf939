import { describe, expect, it } from 'vitest'
import { concatBytes } from '../../src/lib/bytes.ts'
import { joinChain } from '../../src/trust/join-chain.ts'
import { bodyOf, documentOf, keysOf, listOf, mustLoad, rootsOf } from '../support/trust-lists.ts'

const V1 = rootsOf(1, 1, 'a')
const V2 = rootsOf(2, 1, 'b')
const V3 = rootsOf(3, 1, 'c')

const one = listOf({ sequence: 1, roots: V1 }, 'a')
const two = listOf({ sequence: 2, roots: V1 }, 'a')
const rotation2 = listOf({ sequence: 3, roots: V2 }, 'a', 'b')
const four = listOf({ sequence: 4, roots: V2 }, 'b')
const rotation3 = listOf({ sequence: 5, roots: V3 }, 'b', 'c')
const six = listOf({ sequence: 6, roots: V3 }, 'c')

const refusal = (reason: string) =>
  expect.objectContaining({ code: 'bad_document', message: expect.stringContaining(`documents: ${reason} `) })

describe('joinChain', () => {
  it('puts the rotations and the last list one after another', () => {
    expect(joinChain(rotation2, rotation3, six)).toEqual(concatBytes(rotation2, rotation3, six))
    expect(joinChain(one)).toEqual(one)
  })

  it('leaves out the lists that no verifier needs', () => {
    expect(joinChain(one, two, rotation2, four, rotation3, six)).toEqual(
      concatBytes(one, rotation2, rotation3, six),
    )
  })

  it('adds lists to a chain, day after day, without end', () => {
    let chain = joinChain(rotation2)
    for (let day = 0; day < 70; day++)
      chain = joinChain(chain, listOf({ sequence: 10 + day, roots: V2 }, 'b'))
    expect(mustLoad(chain, { roots: V1 }).sequence).toBe(79)
    expect(chain).toEqual(concatBytes(rotation2, listOf({ sequence: 79, roots: V2 }, 'b')))
  })

  it('takes one list twice for once', () => {
    expect(joinChain(joinChain(rotation2, four), four)).toEqual(concatBytes(rotation2, four))
  })

  it.each([
    ['a rotation is missing', [one, rotation3], 'threshold'],
    ['they go back', [rotation2, one], 'threshold'],
    ['a sequence goes back', [two, one], 'rollback'],
    ['two say otherwise under one sequence', [one, listOf({ roots: V1, issuers: [] }, 'a')], 'equivocation'],
    ['a rotation lacks its new keys', [one, listOf({ sequence: 3, roots: V2 }, 'a')], 'threshold'],
    ['a rotation lacks its old keys', [one, listOf({ sequence: 3, roots: V2 }, 'b')], 'threshold'],
    ['a draft is among them', [listOf({ roots: V1 }), rotation2], 'threshold'],
    [
      'authorities differ',
      [one, listOf({ sequence: 3, roots: V2, authority: 'other' }, 'a', 'b')],
      'wrong_authority',
    ],
    [
      'one is of another type',
      [documentOf(bodyOf(), keysOf('root'), { context: 'veristamp:revoc1' })],
      'wrong_type',
    ],
    ['one is no document', [Uint8Array.of(1, 2, 3)], 'malformed'],
  ])('refuses lists where %s', (_, documents, reason) => {
    expect(() => joinChain(...documents)).toThrow(refusal(reason))
  })

  it('refuses more than 64 rotations', () => {
    const rotations = Array.from({ length: 65 }, (_, index) => {
      const [before, after] = [`root ${index}`, `root ${index + 1}`]
      return listOf({ sequence: index, roots: rootsOf(index + 1, 1, after) }, before, after)
    })
    expect(() => joinChain(...rotations)).toThrow(expect.objectContaining({ code: 'does_not_fit' }))
    expect(mustLoad(joinChain(...rotations.slice(1)), { roots: rootsOf(1, 1, 'root 1') }).sequence).toBe(64)
  })

  it('is misused without documents, or with something else', () => {
    expect(() => joinChain()).toThrow(RangeError)
    expect(() => joinChain('list' as never)).toThrow(TypeError)
  })
})
