const FILES = {
  zip: 'a zip file, as .xlsx and .docx are',
  gzip: 'compressed twice',
  ole: 'an old Office file',
  rtf: 'a file of a word processor',
  html: 'a web page',
  list: 'a signed document of veristamp',
}

/** Words about files and pictures that are given to be checked, in English. */
export const givenEn = {
  noSymbol: (file: string) => `no QR code was found in ${file}`,
  noSymbolHow:
    'take it again: sharp, from straight above, in even light, with the whole code and its white margin',
  badPicture: (file: string) => `${file} is damaged, or not a picture that can be read`,
  badPictureHow: 'save it again, as PNG or JPEG',
  otherPicture: (file: string, kind: string) =>
    `${file} is ${kind.toUpperCase()}, which veristamp can’t read`,
  otherPictureHow: (file: string, kind: string) =>
    kind === 'pdf'
      ? `make pictures of its pages: pdftoppm -r 300 -png ${file} page`
      : 'save it as PNG or JPEG',
  otherFile: (file: string, kind: keyof typeof FILES) => `${file} is ${FILES[kind]}, not a list of codes`,
  otherFileHow: (file: string, kind: keyof typeof FILES) => {
    if (kind === 'list') return `veristamp inspect ${file}`
    return kind === 'gzip' ? `unpack it: gunzip ${file}` : 'save it as CSV or as plain text'
  },
  badGzip: (file: string) => `${file} is damaged or incomplete: it can’t be unpacked`,
  badGzipHow: 'copy it again from where it came from',
  formulaLot: (lot: string) =>
    `a spreadsheet takes the lot ${lot} for a formula: choose one that begins with a letter or a digit`,
  noCodes: (file: string) => `no column of ${file} holds codes`,
  noCodesHow: 'give a file with one code on each line, or a table with a column named “code”',
  bigPicture: (file: string) =>
    `${file} is too large: a picture may have at most 32 MB and 64 million pixels`,
  bigPictureHow: 'make it smaller, or cut the codes out of it',
  passphraseNoText: (file: string) => `${file} is not plain text`,
  passphraseNoTextHow: 'save the passphrase in a text file, on its first line',
  passphraseBlank: (file: string) =>
    `the passphrase in ${file} begins or ends with a space, which is part of it`,
}
