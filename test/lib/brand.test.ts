import { runInNewContext, runInThisContext } from 'node:vm'
import { describe, expect, it } from 'vitest'
import { isBytes, isDate, isMap } from '../../src/lib/brand.ts'

const realms = [
  ['this realm', (code: string): unknown => runInThisContext(code)],
  ['another realm', (code: string): unknown => runInNewContext(code)],
] as const

describe.each(realms)('values of %s', (_, made) => {
  it('are told by what they hold inside', () => {
    const bytes = [
      'new Uint8Array(2)',
      '(new (class extends Uint8Array {})(2))',
      'Uint8Array.of(1).subarray(1)',
    ]
    const date = ['new Date()', 'new Date(NaN)', '(new (class extends Date {})())']
    const map = ['new Map()', '(new (class extends Map {})())']
    const none = [
      '[1]',
      '({ length: 1 })',
      'new ArrayBuffer(1)',
      'new DataView(new ArrayBuffer(1))',
      'new Uint8ClampedArray(1)',
      'new Int8Array(1)',
      'Object.create(Uint8Array.prototype)',
      'Object.create(Date.prototype)',
      'Object.create(Map.prototype)',
      "({ [Symbol.toStringTag]: 'Uint8Array' })",
      "({ [Symbol.toStringTag]: 'Date', getTime: () => 0 })",
      'new Set()',
      'new WeakMap()',
      'Date.now()',
      "'2026-01-01'",
      'null',
      'undefined',
    ]
    const told = (codes: readonly string[]) =>
      codes.map((code) => [isBytes, isDate, isMap].map((is) => is(made(code))).join())
    expect(told(bytes)).toEqual(bytes.map(() => 'true,false,false'))
    expect(told(date)).toEqual(date.map(() => 'false,true,false'))
    expect(told(map)).toEqual(map.map(() => 'false,false,true'))
    expect(told(none)).toEqual(none.map(() => 'false,false,false'))
  })
})
