import type { Decoder } from './decoder.ts'

/** Photographs are larger than any symbol needs. */
const MAX_PIXELS_A_SIDE = 2_400
/** A page at 600 dpi has 35 million. */
const MAX_PIXELS = 60_000_000

/** The texts of the codes in a picture file. @returns an empty list for a file that is no picture */
export async function readPicture(file: Blob, decoder: Decoder): Promise<readonly string[]> {
  const picture = await createImageBitmap(file).catch(() => undefined)
  if (picture === undefined || picture.width * picture.height > MAX_PIXELS) return []
  const scale = Math.min(1, MAX_PIXELS_A_SIDE / Math.max(picture.width, picture.height))
  const [width, height] = [Math.round(picture.width * scale), Math.round(picture.height * scale)]
  const canvas = document.createElement('canvas')
  canvas.width = width
  canvas.height = height
  const context = canvas.getContext('2d')!
  // Pictures may have holes: what shines through is paper.
  context.fillStyle = '#fff'
  context.fillRect(0, 0, width, height)
  context.drawImage(picture, 0, 0, width, height)
  picture.close()
  return decoder.decode(context.getImageData(0, 0, width, height), true)
}
