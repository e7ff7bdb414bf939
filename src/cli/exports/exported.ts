/** What a format of `export` gives: the file, and what to tell once it is written. */
export interface Exported {
  readonly pieces: AsyncIterable<string>
  told(): { readonly data: object; readonly text: string }
}

const PIECE = 65_536

/** The same text in pieces that are worth a write each. */
export async function* inPieces(texts: AsyncIterable<string>): AsyncGenerator<Uint8Array> {
  let held = ''
  for await (const text of texts) {
    held += text
    if (held.length < PIECE) continue
    yield Buffer.from(held)
    held = ''
  }
  if (held !== '') yield Buffer.from(held)
}
