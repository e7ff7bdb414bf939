import { h } from '../../../shared/dom.ts'

/** Gives a file to whoever sits here. */
export function saveFile(name: string, content: Uint8Array | string): void {
  const part = typeof content === 'string' ? content : Uint8Array.from(content)
  const link = h('a', { href: URL.createObjectURL(new Blob([part])), download: name })
  link.click()
  URL.revokeObjectURL(link.href)
}

/** A text as a part of a file's name on any system. */
export const inFileName = (text: string): string =>
  text.normalize('NFC').replace(/[^\p{L}\p{M}\p{N}.-]+/gu, '-')
