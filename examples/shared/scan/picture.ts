import type { Decoder, SeenCode } from './decoder.ts'

/** Photographs are larger than any symbol needs: this is enough for a page of 65 labels. */
const MAX_PIXELS_A_SIDE = 3_600
/** A page at 600 dpi has 35 million. */
const MAX_PIXELS = 60_000_000

/**
 * The codes in a picture file.
 * @param isEnough false where more is worth looking for: any code is enough by default
 * @returns undefined for a file that this browser can't open as a picture
 */
export async function readPicture(
  file: Blob,
  decoder: Decoder,
  isEnough = (codes: readonly SeenCode[]): boolean => codes.length > 0,
): Promise<readonly SeenCode[] | undefined> {
  const pixels = await openPixels(file)
  if (pixels === undefined) return undefined
  const codes = await decoder.decode(pixels(), 'picture')
  return isEnough(codes) ? codes : decoder.decode(pixels(), 'thorough')
}

/** @returns what copies the pixels of a picture, no more of them than any symbol needs */
async function openPixels(file: Blob): Promise<(() => ImageData) | undefined> {
  const picture = await createImageBitmap(file).catch(() => undefined)
  if (picture === undefined || picture.width * picture.height > MAX_PIXELS) return undefined
  const scale = Math.min(1, MAX_PIXELS_A_SIDE / Math.max(picture.width, picture.height))
  const [width, height] = [Math.round(picture.width * scale), Math.round(picture.height * scale)]
  const canvas = document.createElement('canvas')
  canvas.width = width
  canvas.height = height
  const context = canvas.getContext('2d', { willReadFrequently: true })!
  // Pictures may have holes: what shines through is paper.
  context.fillStyle = '#fff'
  context.fillRect(0, 0, width, height)
  context.drawImage(picture, 0, 0, width, height)
  picture.close()
  return () => context.getImageData(0, 0, width, height)
}
