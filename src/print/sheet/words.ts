import { num } from './content.ts'

/** What a label says beside its symbol. */
export interface LabelWords {
  readonly product?: string | undefined
  readonly facility?: string | undefined
  /** OCOP stars, 1 to 5. */
  readonly stars?: number | undefined
}

export type SheetLanguage = 'vi' | 'en'

/** How much labels say, and whether the authority's logo stands above it. */
export type LabelTemplate = 'classic' | 'minimal' | 'logo'

export interface SheetWords {
  readonly serial: string
  readonly hidden: string
  /** Where there is no room for the longer one. */
  readonly shortHidden: string
  readonly lot: string
  readonly made: string
  readonly expires: string
  /** What stands on a label that is no stamp: it begins a roll, so that a press can be set up with it. */
  readonly testLabel: string
  readonly notAStamp: string
  readonly roll: (number: number, of: number) => string
  readonly page: (number: number, of: number) => string
  readonly serials: (first: string, last: string) => string
  readonly hiddenLayer: string
}

/** The few words that a sheet adds. */
export const SHEET_WORDS: Readonly<Record<SheetLanguage, SheetWords>> = {
  vi: {
    serial: 'Số',
    hidden: 'Cào lớp phủ để xem mã',
    shortHidden: 'Cào để xem mã',
    lot: 'Lô',
    made: 'NSX',
    expires: 'HSD',
    testLabel: 'NHÃN THỬ, ĐÃ HỦY',
    notAStamp: 'Không phải tem',
    roll: (number, of) => `Cuộn ${number}/${of}`,
    page: (number, of) => `trang ${number}/${of}`,
    serials: (first, last) => `số ${first} đến ${last}`,
    hiddenLayer: 'lớp mã ẩn',
  },
  en: {
    serial: 'No.',
    hidden: 'Scratch to see the code',
    shortHidden: 'Scratch for code',
    lot: 'Lot',
    made: 'Mfg.',
    expires: 'Exp.',
    testLabel: 'TEST LABEL, VOID',
    notAStamp: 'Not a stamp',
    roll: (number, of) => `Roll ${number} of ${of}`,
    page: (number, of) => `page ${number} of ${of}`,
    serials: (first, last) => `serials ${first} to ${last}`,
    hiddenLayer: 'hidden codes',
  },
}

/** What stands before stars, and what ends a name that is cut. */
export const STARS_WORD = 'OCOP'
export const ELLIPSIS = '…'

/** A name's words as they are set: letters and their marks in one, as fonts have them for Vietnamese. */
export const printedWords = (name: string): string[] =>
  name
    .normalize('NFC')
    .split(/\s+/)
    .filter((each) => each !== '')

/** Words to lines, each as full as the width allows. */
export function breakWords(
  words: readonly string[],
  widths: readonly number[],
  space: number,
  width: number,
): string[] {
  const lines: string[] = []
  let used = 0
  for (const [i, word] of words.entries()) {
    if (lines.length > 0 && used + space + widths[i]! <= width) {
      lines[lines.length - 1] += ` ${word}`
      used += space + widths[i]!
    } else {
      lines.push(word)
      used = widths[i]!
    }
  }
  return lines
}

/** Operators moved right and down. */
export const moved = (content: string, right: number, down: number): string =>
  `q 1 0 0 1 ${num(right)} ${num(down)} cm\n${content}\nQ`
