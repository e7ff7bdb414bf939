import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { writeHiddenCode } from '../../src/issue/seal.ts'
import { ArgumentRangeError } from '../../src/lib/errors.ts'
import { hiddenSymbol } from '../../src/print/hidden-symbol.ts'

describe("a hidden code's symbol", () => {
  it('is the smallest there is, whatever the code', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 10, maxLength: 10 }), (bytes) => {
        const code = writeHiddenCode(bytes)
        const { text, size, version, level } = hiddenSymbol(code)
        expect({ text, size, version, level }).toEqual({
          ...{ text: code.replaceAll('-', ''), size: 21 },
          ...{ version: 1, level: 'Q' },
        })
      }),
    )
  })

  it.each(['', '0000000000000000', '0000-0000-0000-000', '0000-0000-0000-000U', 7 as never])(
    'is not made of %j, and the error repeats nothing',
    (code) => {
      expect(() => hiddenSymbol(code)).toThrow(ArgumentRangeError)
      expect(() => hiddenSymbol(code)).toThrow(/^hiddenCode: .*, got "something else"$/)
    },
  )
})
