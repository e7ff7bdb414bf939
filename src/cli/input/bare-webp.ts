import { asciiBytes, concatBytes } from '../../lib/bytes.ts'

/** Parts of a WebP file that make the picture. All else may say who took it, and where. */
const PICTURE = ['VP8X', 'VP8 ', 'VP8L', 'ALPH', 'ANIM', 'ANMF']
/** Of a frame, before its own parts. */
const FRAME_HEAD = 16
/** In the first byte of `VP8X`: a colour profile, Exif and XMP are there. */
const METADATA = 0b0010_1100

/**
 * A WebP picture without what a camera wrote into it (RFC 9649, section 2): no Exif, XMP or profile, and nothing unknown.
 * @returns undefined for a file that is cut off
 */
export function bareWebp(bytes: Uint8Array): Uint8Array | undefined {
  const end = 8 + sizeAt(bytes, 4)
  const body = end > bytes.length ? undefined : pictureParts(bytes.subarray(12, end))
  return body && concatBytes(asciiBytes('RIFF'), size(4 + body.length), asciiBytes('WEBP'), body)
}

function pictureParts(parts: Uint8Array): Uint8Array | undefined {
  const kept: Uint8Array[] = []
  for (let at = 0; at < parts.length; ) {
    if (at + 8 > parts.length) return undefined
    const name = String.fromCharCode(...parts.subarray(at, at + 4))
    const length = sizeAt(parts, at + 4)
    if (at + 8 + length > parts.length) return undefined
    const content = bare(name, parts.subarray(at + 8, at + 8 + length))
    if (content === undefined) return undefined
    const padding = new Uint8Array(content.length % 2)
    if (PICTURE.includes(name)) kept.push(asciiBytes(name), size(content.length), content, padding)
    at += 8 + length + (length % 2)
  }
  return kept.length > 0 ? concatBytes(...kept) : undefined
}

function bare(name: string, content: Uint8Array): Uint8Array | undefined {
  if (name === 'VP8X') return content.map((byte, i) => (i === 0 ? byte & ~METADATA : byte))
  if (name !== 'ANMF') return content
  const parts = pictureParts(content.subarray(FRAME_HEAD))
  return parts && concatBytes(content.subarray(0, FRAME_HEAD), parts)
}

const sizeAt = (bytes: Uint8Array, at: number): number =>
  new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getUint32(at, true)

function size(length: number): Uint8Array {
  const four = new Uint8Array(4)
  new DataView(four.buffer).setUint32(0, length, true)
  return four
}
