/** Texts that no stamp has, without end and the same for the same seed: stamps with something done to them. */

/** A number below `below`, by xorshift: millions of draws are to take no time. */
export type Draw = (below: number) => number

export function drawsFrom(seed: number): Draw {
  let state = seed | 0 || 1
  return (below) => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    return (state >>> 0) % below
  }
}

/** A stamp, as each carrier has it. */
export interface Original {
  readonly code: Uint8Array
  readonly texts: readonly string[]
  /** Other codes in the same carriers. Throws for what is no code. */
  readonly spell: readonly ((code: Uint8Array) => string)[]
}

const LETTERS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:?&=abcxyz\u0131\u00e9\ud83c\0\n'

type Change = (text: string, draw: Draw, other: string) => string

const CHANGES: readonly Change[] = [
  (text, draw) => put(text, draw, LETTERS[draw(LETTERS.length)]!, 1),
  (text, draw) => put(text, draw, LETTERS[draw(LETTERS.length)]!, 0),
  (text, draw) => put(text, draw, '', 1 + draw(3)),
  (text, draw) => put(text, draw, '', text.length),
  (text, draw) => text + text.slice(draw(text.length)),
  (text, draw, other) => text.slice(0, draw(text.length)) + other.slice(draw(other.length)),
  (text, draw) => swap(text, draw(text.length), draw(text.length)),
  (text, draw) => (draw(2) === 0 ? text.toLowerCase() : ` ${text}`),
]

/** A text with letters put in a place of others. */
function put(text: string, draw: Draw, letters: string, length: number): string {
  const at = draw(text.length)
  return text.slice(0, at) + letters + text.slice(at + length)
}

function swap(text: string, one: number, two: number): string {
  const letters = [...text]
  ;[letters[one], letters[two]] = [letters[two] ?? '', letters[one] ?? '']
  return letters.join('')
}

/** A code with a bit turned, or a byte: most of these are stamps whose signature does not hold. */
function bent(code: Uint8Array, draw: Draw): Uint8Array {
  const copy = code.slice()
  const at = draw(4) === 0 ? draw(copy.length - 64) : copy.length - 64 + draw(64)
  copy[at]! ^= draw(2) === 0 ? 1 << draw(8) : 1 + draw(255)
  return copy
}

/** What readers strip: a stamp with it is still that stamp. */
const ENDS = /^[\r\n\t]+|[\r\n\t]+$/g

/** So many mutants. */
export function* mutants(originals: readonly Original[], count: number, seed: number): Generator<string> {
  const draw = drawsFrom(seed)
  const known = new Set(originals.flatMap(({ texts }) => texts))
  const any = (): Original => originals[draw(originals.length)]!
  const textOf = ({ texts }: Original): string => texts[draw(texts.length)]!
  const bentText = ({ spell, code }: Original): string => {
    try {
      return spell[draw(spell.length)]!(bent(code, draw))
    } catch {
      return 'no carrier has it'
    }
  }
  const changed = (original: Original): string => {
    let text = textOf(original)
    for (let i = draw(3); i >= 0 && text.length > 0; i--)
      text = CHANGES[draw(CHANGES.length)]!(text, draw, textOf(any()))
    return text
  }
  for (let made = 0; made < count; ) {
    const text = draw(2) === 0 ? bentText(any()) : changed(any())
    if (known.has(text.replace(ENDS, ''))) continue
    made++
    yield text
  }
}
