import fc from 'fast-check'

/** A copy of the bytes with one bit turned over, counted from the first byte's lowest. */
export function withBitFlipped(bytes: Uint8Array, bit: number): Uint8Array {
  const copy = bytes.slice()
  copy[bit >> 3]! ^= 1 << (bit & 7)
  return copy
}

/** The text with the character at one place replaced. */
export const withCharacter = (text: string, at: number, character: string): string =>
  text.slice(0, at) + character + text.slice(at + 1)

/** A text with something done to it: characters replaced, put in, taken out or exchanged, or its half repeated. */
export const mutated = (text: fc.Arbitrary<string>): fc.Arbitrary<string> =>
  fc
    .tuple(text, fc.nat(1000), fc.nat(1000), fc.oneof(letters, fc.string({ unit: 'binary', maxLength: 3 })))
    .chain(([original, first, second, inserted]) => {
      const [from, to] = [first % original.length, second % original.length].sort((a, b) => a - b)
      return fc.constantFrom(
        original.slice(0, from) + inserted + original.slice(from! + 1),
        original.slice(0, from) + inserted + original.slice(from),
        original.slice(0, from) + original.slice(to),
        original.slice(from, to),
        original.slice(from) + original.slice(0, from),
        original + original.slice(from, to),
        original.toLowerCase(),
      )
    })

const letters = fc.constantFrom(...'0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:')
