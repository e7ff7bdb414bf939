/** Enough to read a label by, and some 300 kB. */
const MAX_SIDE = 1_600
const QUALITY = 0.8

/** A photo as a JPEG of moderate size, without what cameras write beside it. @returns undefined for no picture */
export async function shrinkPhoto(file: Blob): Promise<Uint8Array | undefined> {
  const picture = await createImageBitmap(file).catch(() => undefined)
  if (picture === undefined) return undefined
  const scale = Math.min(1, MAX_SIDE / Math.max(picture.width, picture.height))
  const canvas = document.createElement('canvas')
  canvas.width = Math.max(1, Math.round(picture.width * scale))
  canvas.height = Math.max(1, Math.round(picture.height * scale))
  const context = canvas.getContext('2d')!
  context.fillStyle = '#fff'
  context.fillRect(0, 0, canvas.width, canvas.height)
  context.drawImage(picture, 0, 0, canvas.width, canvas.height)
  picture.close()
  const jpeg = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/jpeg', QUALITY))
  return jpeg === null ? undefined : new Uint8Array(await jpeg.arrayBuffer())
}
