/** The kind of a picture that browsers show, by its first bytes; undefined for anything else. */
export function kindOfPicture(bytes: Uint8Array): 'jpeg' | 'png' | 'webp' | undefined {
  const head = String.fromCharCode(...bytes.subarray(0, 12))
  if (head.startsWith('\xff\xd8\xff')) return 'jpeg'
  if (head.startsWith('\x89PNG\r\n\x1a\n')) return 'png'
  return /^RIFF....WEBP$/s.test(head) ? 'webp' : undefined
}
