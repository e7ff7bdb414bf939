import { expect } from 'vitest'

/** What `// → value` becomes: equal, or a text that begins like one with `…` at its end. */
export function check(actual: unknown, expected: unknown): void {
  if (typeof expected === 'string' && expected.endsWith('…') && typeof actual === 'string')
    expect(`${actual.slice(0, expected.length - 1)}…`).toBe(expected)
  else expect(actual).toEqual(expected)
}
