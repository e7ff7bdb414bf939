import { describe, expect, it } from 'vitest'
import { checkBytes, checkInteger, checkText } from '../../src/lib/checks.ts'
import { ArgumentRangeError, ArgumentTypeError, VeristampError } from '../../src/lib/errors.ts'

/** Which of the two argument errors is thrown, and its message. */
function thrown(check: () => unknown): [string, string] | undefined {
  try {
    check()
    return undefined
  } catch (error) {
    if (error instanceof ArgumentTypeError) return [error.code, error.message]
    if (error instanceof ArgumentRangeError) return [error.code, error.message]
    throw error
  }
}

describe('checkInteger', () => {
  it.each([3, 4, 7])('returns %i, which is from 3 to 7', (value) => {
    expect(checkInteger('n', value, 3, 7)).toBe(value)
  })

  it.each([2, 8, 3.5, Number.NaN, Number.POSITIVE_INFINITY, -3])(
    'says that %s is outside its range',
    (value) => {
      const message = `n: expected a whole number from 3 to 7, got ${value}`
      expect(thrown(() => checkInteger('n', value, 3, 7))).toEqual(['argument_range', message])
    },
  )

  it('begins at 0 and takes safe integers only, even where more is allowed', () => {
    expect(checkInteger('n', 0, 0, 9)).toBe(0)
    expect(thrown(() => checkInteger('n', -1, 0, 9))?.[0]).toBe('argument_range')
    expect(checkInteger('n', 2 ** 53 - 1, 0, 2 ** 60)).toBe(2 ** 53 - 1)
    expect(thrown(() => checkInteger('n', 2 ** 53, 0, 2 ** 60))?.[0]).toBe('argument_range')
  })

  it.each([
    ['5', '"5"'],
    [5n, '5'],
    [null, 'null'],
    [undefined, 'undefined'],
    [{}, 'object'],
    [() => 5, 'function'],
    [Symbol('five'), 'Symbol(five)'],
  ])('says that %s is no number', (value, shown) => {
    const message = `n: expected a whole number from 0 to 9, got ${shown}`
    expect(thrown(() => checkInteger('n', value, 0, 9))).toEqual(['argument_type', message])
  })
})

describe('checkBytes', () => {
  it('returns bytes, of any length unless one is asked for', () => {
    const bytes = new Uint8Array(32)
    expect(checkBytes('key', bytes)).toBe(bytes)
    expect(checkBytes('key', bytes, 32)).toBe(bytes)
    expect(checkBytes('key', Buffer.alloc(32), 32)).toHaveLength(32)
    expect(checkBytes('key', new Uint8Array(), 0)).toHaveLength(0)
  })

  it.each([0, 31, 33])('says that %i bytes are not 32', (length) => {
    const message = `key: expected a Uint8Array of 32 bytes, got ${length} bytes`
    expect(thrown(() => checkBytes('key', new Uint8Array(length), 32))).toEqual(['argument_range', message])
  })

  it.each([[[1, 2]], [new ArrayBuffer(32)], [new Uint16Array(32)], ['00'], [null], [undefined]])(
    'says that %s is no Uint8Array',
    (value) => {
      expect(thrown(() => checkBytes('key', value))?.[0]).toBe('argument_type')
      expect(thrown(() => checkBytes('key', value))?.[1]).toMatch(/^key: expected a Uint8Array, got /)
    },
  )
})

describe('checkText', () => {
  it('returns texts within their bounds', () => {
    expect(checkText('name', 'a', 1, 3)).toBe('a')
    expect(checkText('name', 'abc', 1, 3)).toBe('abc')
    expect(checkText('name', '', 0, 3)).toBe('')
  })

  it('says that others are too short or too long, and shows no more than 40 characters of one', () => {
    expect(thrown(() => checkText('name', '', 1, 3))).toEqual([
      'argument_range',
      'name: expected a text of 1 to 3 characters, got ""',
    ])
    expect(thrown(() => checkText('name', 'x'.repeat(1000), 1, 3))).toEqual([
      'argument_range',
      `name: expected a text of 1 to 3 characters, got "${'x'.repeat(40)}…"`,
    ])
  })

  it.each([[5], [null], [undefined], [['a']], [new String('a')]])('says that %s is no text', (value) => {
    expect(thrown(() => checkText('name', value, 1, 3))?.[0]).toBe('argument_type')
  })
})

describe('the errors', () => {
  it('are the kinds of Error that JavaScript throws for the same fault', () => {
    expect(new ArgumentTypeError({ name: 'x', expected: 'a y' })).toBeInstanceOf(TypeError)
    expect(new ArgumentRangeError({ name: 'x', expected: 'a y' })).toBeInstanceOf(RangeError)
  })

  it('have their facts beside the message, which is made of them', () => {
    const caught = (fault: () => unknown) => {
      try {
        return fault()
      } catch (error) {
        return error as { details: unknown }
      }
    }
    expect(caught(() => checkText('options.name', 5, 1, 3))).toMatchObject({
      message: 'options.name: expected a text of 1 to 3 characters, got 5',
      details: { name: 'options.name', expected: 'a text of 1 to 3 characters', got: '5' },
    })
    expect(caught(() => checkBytes('key', Promise.resolve()))).toMatchObject({
      message: 'key: expected a Uint8Array, got Promise: await it',
      details: { name: 'key', expected: 'a Uint8Array', got: 'Promise', fix: 'await it' },
    })
    const { proxy, revoke } = Proxy.revocable({}, {})
    revoke()
    expect(caught(() => checkBytes('key', proxy))).toMatchObject({
      message: 'key: expected a Uint8Array',
      details: { name: 'key', expected: 'a Uint8Array', got: undefined },
    })
  })

  it('are told apart by their code, and then have the facts of that code', () => {
    const error: unknown = new VeristampError('run_void', 'run 1: was declared void', { run: '1' })
    if (!(error instanceof VeristampError)) throw new Error('it is one')
    // @ts-expect-error: not every code has a run
    expect(error.details.run).toBe('1')
    expect(error.code === 'run_void' && error.details.run).toBe('1')
    const owner: string | false = error.code === 'run_busy' && 'host' in error.details && error.details.host
    expect(owner).toBe(false)
  })

  it('carry a code and a cause', () => {
    const cause = new Error('why')
    const error = new VeristampError(
      'does_not_fit',
      'symbol: too long',
      { what: 'symbol', version: 1, level: 'M' },
      { cause },
    )
    expect([error.name, error.code, error.message, error.cause]).toEqual([
      'VeristampError',
      'does_not_fit',
      'symbol: too long',
      cause,
    ])
  })
})
