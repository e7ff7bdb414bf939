/** Why a file can't be read as a picture, told before a browser tries. */
export type PictureFault = 'empty' | 'huge' | 'pdf' | 'heic' | 'not_picture'

/** Photographs of 50 million pixels are smaller. */
const MAX_BYTES = 50_000_000
const HEIC_BRANDS = new Set(['heic', 'heix', 'heim', 'heis', 'hevc', 'mif1', 'msf1'])

/** @returns undefined for a file that may be a picture */
export async function pictureFaultOf(file: Blob): Promise<PictureFault | undefined> {
  if (file.size === 0) return 'empty'
  if (file.size > MAX_BYTES) return 'huge'
  const head = new TextDecoder('latin1').decode(await file.slice(0, 16).arrayBuffer())
  if (head.startsWith('%PDF')) return 'pdf'
  return head.slice(4, 8) === 'ftyp' && HEIC_BRANDS.has(head.slice(8, 12)) ? 'heic' : undefined
}
