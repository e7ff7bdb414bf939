/** @throws RangeError for more bytes than that */
export async function readUpTo(response: Response, max: number): Promise<Uint8Array> {
  const parts: Uint8Array[] = []
  let length = 0
  const reader = response.body?.getReader()
  for (;;) {
    const next = await reader?.read()
    if (next === undefined || next.done) return joined(parts, length)
    length += next.value.length
    if (length > max) {
      await reader!.cancel()
      throw new RangeError('the file is too long')
    }
    parts.push(next.value)
  }
}

function joined(parts: readonly Uint8Array[], length: number): Uint8Array {
  const all = new Uint8Array(length)
  let at = 0
  for (const part of parts) {
    all.set(part, at)
    at += part.length
  }
  return all
}
