import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodeListsIndex, encodeIndex, type ListsIndex } from '../../src/keeper/lists-index.ts'
import { blocksOf, read } from '../docs/pages.ts'
import { fits } from '../support/json-schema.ts'
import { runs } from '../support/laws.ts'

const schema = JSON.parse(
  readFileSync(new URL('../../schemas/lists-index-1.schema.json', import.meta.url), 'utf8'),
)

const hash = fc.stringMatching(/^[0-9a-f]{64}$/)
const path = fc.stringMatching(/^([\w~-][\w.~-]{0,9}\/){0,2}[\w~-][\w.~-]{0,30}$/)
const list = { epoch: fc.maxSafeNat(), sequence: fc.maxSafeNat(), path, sha256: hash }
const deltas = fc.array(fc.record({ from: hash, path, sha256: hash }), { maxLength: 64, size: 'max' })
/** An index names no patches where there are none. */
const patches = deltas.filter(({ length }) => length > 0)
const required: (keyof ListsIndex['trust'])[] = ['epoch', 'sequence', 'path', 'sha256']
const indexes: fc.Arbitrary<ListsIndex> = fc.record(
  {
    authority: fc.stringMatching(/^[a-z0-9][a-z0-9.-]{0,63}$/),
    trust: fc.record({ ...list, patches }, { requiredKeys: required }),
    revocation: fc.record({ ...list, patches, deltas }, { requiredKeys: [...required, 'deltas'] }),
  },
  { requiredKeys: ['authority', 'trust'] },
)

describe('an index', () => {
  it('that is written is read again, fits the schema, and is short enough', () => {
    fc.assert(
      fc.property(indexes, (index) => {
        const text = encodeIndex(index)
        expect(decodeListsIndex(text)).toEqual({ ok: true, index })
        expect(decodeListsIndex(`\ufeff${JSON.stringify(JSON.parse(text))}`)).toEqual({ ok: true, index })
        expect(fits(JSON.parse(text), schema)).toBe(true)
        expect(text.length).toBeLessThanOrEqual(65_536)
      }),
      { numRuns: runs(200, 20) },
    )
  })

  it('is read where it fits the schema, and only there', () => {
    const value = fc.oneof(
      fc.constantFrom(undefined, null, '', 'x', '../x', -1, 1.5, 2 ** 53, '\ud800'),
      fc.jsonValue(),
    )
    const place = fc.constantFrom(
      'kind',
      'authority',
      'trust',
      'revocation',
      'trust.path',
      'trust.epoch',
      'trust.more',
      'more',
      'revocation.deltas',
      'revocation.sha256',
      'revocation.deltas.0',
      'trust.patches',
      'revocation.patches.0',
    )
    fc.assert(
      fc.property(indexes, place, value, (index, where, wrong) => {
        const spoilt = JSON.parse(encodeIndex(index))
        const names = where.split('.')
        const last = names.pop()!
        // biome-ignore lint/suspicious/noExplicitAny: whatever stands there
        const inner = names.reduce((each: any, name) => each?.[name], spoilt)
        if (typeof inner !== 'object' || inner === null) return
        inner[last] = wrong
        const text = JSON.stringify(spoilt)
        expect(decodeListsIndex(text).ok, text.slice(0, 300)).toBe(fits(JSON.parse(text), schema))
      }),
      { numRuns: runs(1000, 100) },
    )
  })

  it('never makes the reader throw', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (text) => typeof decodeListsIndex(text).ok === 'boolean'),
    )
  })

  it('is not written where no reader would take it', () => {
    const file = { epoch: 1, sequence: 1, path: 'trust.cbor', sha256: '0'.repeat(64) }
    for (const wrong of [{ path: '../x' }, { sha256: 'A'.repeat(64) }, { sequence: -1 }])
      expect(() => encodeIndex({ authority: 'a.example', trust: { ...file, ...wrong } })).toThrow(
        /index\.trust/,
      )
  })

  it('of the specification is one', () => {
    const [block] = blocksOf(read('docs/spec/lists-index.md')).filter(({ language }) => language === 'json')
    expect(decodeListsIndex(block!.text)).toMatchObject({ ok: true, index: { authority: 'vn-quangninh' } })
  })
})
