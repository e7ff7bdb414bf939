import type { Context } from '../shell/context.ts'
import { Failure } from '../shell/io.ts'

/** What a file is, by its first bytes and whatever its name says. */

/** So many bytes tell it. */
export const HEAD = 32

const READ = {
  png: /^\x89PNG/,
  jpeg: /^\xff\xd8\xff/,
  gif: /^GIF8/,
  bmp: /^BM.{4}\0{4}/s,
}

/** Pictures that are told from text, so that people are told what to do. */
const OTHER_PICTURES = {
  webp: /^RIFF.{4}WEBP/s,
  pdf: /^%PDF-/,
  heic: /^.{4}ftyp(?:hei|hev|mif|msf)/s,
  avif: /^.{4}ftypavi[fs]/s,
  tiff: /^(?:II\*\0|MM\0\*|II\+\0|MM\0\+)/,
  jxl: /^(?:\xff\n|\0{3}.JXL )/s,
  psd: /^8BPS\0/,
  ico: /^\0\0[^\0]\0/,
  svg: /^(?:\xef\xbb\xbf)?\s*<(?!!doctype html|html)(?:svg|.*<svg)[\s>]/is,
}

/** Files of which no line is a code. */
const OTHER_FILES = {
  zip: 'PK\x03\x04',
  gzip: '\x1f\x8b',
  ole: '\xd0\xcf\x11\xe0',
  rtf: /^\{\\rtf/,
  html: /^(?:\xef\xbb\xbf)?\s*</,
  list: /^\x83[\x60-\x77]veristamp:/,
}

const KINDS = { ...READ, ...OTHER_PICTURES, ...OTHER_FILES }

export type PictureKind = keyof typeof READ
export type OtherPicture = keyof typeof OTHER_PICTURES
export type OtherFile = keyof typeof OTHER_FILES
export type FileKind = keyof typeof KINDS

/** So much is looked at of markup, in which a picture may begin late. */
const MARKUP = 4096

/** The kind that a file's first bytes tell; undefined for text. No code begins like one. */
export function fileKind(bytes: Uint8Array): FileKind | undefined {
  const head = Buffer.from(bytes.subarray(0, MARKUP)).toString('latin1')
  return (Object.keys(KINDS) as FileKind[]).find((kind) => {
    const sign: RegExp | string = KINDS[kind]
    return typeof sign === 'string' ? head.startsWith(sign) : sign.test(head)
  })
}

/** @throws Failure `picture_kind` or `file_kind`, once for the whole file, with what to do */
export function checkReadable({ words }: Context, name: string, kind: FileKind): asserts kind is PictureKind {
  if (kind in OTHER_PICTURES) {
    const other = kind as OtherPicture
    throw new Failure('picture_kind', words.otherPicture(name, other), words.otherPictureHow(name, other))
  }
  if (kind in OTHER_FILES) {
    const other = kind as OtherFile
    throw new Failure('file_kind', words.otherFile(name, other), words.otherFileHow(name, other))
  }
}
