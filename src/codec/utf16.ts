/** Few enough to be passed as arguments. */
const PIECE = 4096

/**
 * The text that bytes of UTF-16 spell (RFC 2781), a byte order mark included; a byte that is left over, and a surrogate
 * without its other half, become U+FFFD. Our own, as UTF-8 is: not every runtime has TextDecoder.
 */
export function decodeUtf16(bytes: Uint8Array, bigEndian = false): string {
  const [high, low] = bigEndian ? [0, 1] : [1, 0]
  let text = ''
  for (let start = 0; start + 1 < bytes.length; start += 2 * PIECE) {
    const units: number[] = []
    const end = Math.min(start + 2 * PIECE, bytes.length - 1)
    for (let at = start; at < end; at += 2) units.push(bytes[at + high]! * 256 + bytes[at + low]!)
    text += String.fromCharCode(...units)
  }
  // With `u` only those without their other half are found.
  const sound = text.replace(/[\ud800-\udfff]/gu, '\ufffd')
  return bytes.length % 2 === 0 ? sound : `${sound}\ufffd`
}
