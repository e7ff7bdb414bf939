import PDFDocument from 'pdfkit'
import { asciiBytes } from '../../lib/bytes.ts'
import { argumentRange } from '../../lib/errors.ts'
import { glyphsIn, hasMissing, SIMPLE } from './glyphs.ts'
import { type LineOutline, lineOutline, type OutlineFont } from './outline.ts'
import { Pieces } from './pieces.ts'

/** Points, 1/72 inch, in a millimetre. */
export const POINTS = 72 / 25.4

/** TrueType or OpenType files; what a document uses of them is embedded. */
export interface SheetFonts {
  readonly regular: Uint8Array
  /** For names of products; `regular` by default. */
  readonly bold?: Uint8Array | undefined
}

export type FontName = keyof SheetFonts

export interface DocumentOptions {
  /** Points. */
  readonly width: number
  readonly height: number
  readonly fonts: SheetFonts
  readonly title: string
  readonly created: Date
  /** What a press's workflow asks for. Absent: PDF 1.3 without it, as version 0.1 wrote. */
  readonly press?: PressMarks | undefined
}

export interface PressMarks {
  readonly language: string
  /** What is left once the paper is cut, and as far as colour may run over: left, bottom, right, top in points. */
  readonly trim: readonly number[]
  readonly bleed: readonly number[]
}

/** The operators around the letters of a line. */
export interface LinePlace {
  readonly font: FontName
  readonly before: string
  readonly after: string
}

const ANY = '0' // a letter that every font has

/** Bytes of a piece. */
const PIECE = 65_536

/** A pdfkit document whose bytes are taken where it pushes them to be streamed: at once, in every runtime alike. */
class PushedDocument extends PDFDocument {
  // Without an initialiser: the constructor above this one pushes already.
  declare pieces: Pieces

  override push(chunk: Uint8Array | null): boolean {
    this.pieces ??= new Pieces(PIECE)
    if (chunk !== null) this.pieces.add(chunk)
    return true
  }

  /** No second title and date in XML: pdfkit writes them without escaping. */
  override endMetadata(): void {}
}

/** What pdfkit keeps of a document, beside what its types tell. */
interface Inside {
  readonly _root: { readonly data: Record<string, unknown> }
  readonly _font: { readonly font: OutlineFont }
  readonly page: {
    readonly dictionary: { readonly data: Record<string, unknown> }
    readonly xobjects: object
  }
  ref(data: object): { end(content: Uint8Array | string): void }
}

/**
 * A PDF file with pages of one size, written page by page: the one door to pdfkit, which keeps its objects, embeds
 * its fonts and sets its text. Contents are given in operators (ISO 32000-1, annex A) in a system of points from
 * the top left corner.
 */
export class PdfDocument {
  readonly #pdf: PushedDocument
  readonly #letters = { regular: new Map<string, string>(), bold: new Map<string, string>() }
  readonly #lacks = { regular: new Map<string, boolean>(), bold: new Map<string, boolean>() }
  readonly #size: [number, number]
  readonly #press: PressMarks | undefined
  readonly #forms: Record<string, object> = {}
  #fonts: object | undefined

  constructor({ width, height, fonts, title, created, press }: DocumentOptions) {
    const info = { Title: title, CreationDate: created }
    // No font to begin with: all text is set in the fonts that are given.
    const modern = press && ({ pdfVersion: '1.7', lang: press.language, displayTitle: true } as const)
    this.#pdf = new PushedDocument({ autoFirstPage: false, info, font: '', ...modern })
    this.#size = [width, height]
    this.#press = press
    // Viewers would shrink a page to their printer's margins, and no module would be whole dots.
    if (press)
      Object.assign((this.#inside._root.data.ViewerPreferences as { data: object }).data, {
        PrintScaling: 'None',
      })
    this.#register('regular', fonts.regular)
    this.#register('bold', fonts.bold ?? fonts.regular)
  }

  get #inside(): Inside {
    return this.#pdf as unknown as Inside
  }

  #register(name: FontName, font: Uint8Array): void {
    try {
      this.#pdf.registerFont(name, font)
      this.#pdf.font(name)
    } catch {
      throw argumentRange(`fonts.${name}`, 'a TrueType or OpenType file', font)
    }
  }

  /** Begins a page; the one before is complete. */
  addPage(): void {
    const last: { dictionary: { data: object } } | null = this.#pdf.page
    this.#pdf.addPage({ size: this.#size, margin: 0 })
    // The list of all pages needs no more than the number of one that is written.
    if (last !== null) last.dictionary.data = {}
    // A page lists the fonts that text was set in on it, and not those of operators that were kept from another.
    const page: { fonts: object } = this.#pdf.page
    if (this.#fonts === undefined) {
      for (const name of ['regular', 'bold'] as const) this.text(ANY, name, 1, 0, 0)
      this.#fonts = page.fonts
    } else Object.assign(page.fonts, this.#fonts)
    if (this.#press === undefined) return
    const { dictionary, xobjects } = this.#inside.page
    Object.assign(dictionary.data, { TrimBox: this.#press.trim, BleedBox: this.#press.bleed })
    if (Object.keys(this.#forms).length > 0) Object.assign(xobjects, this.#forms)
  }

  /** A drawing that is kept once for all pages that begin from now on, by its name. Sides in points. */
  addForm(name: string, content: Uint8Array | string, width: number, height: number): void {
    const form = this.#inside.ref({
      Type: 'XObject',
      Subtype: 'Form',
      BBox: [0, 0, width, height],
      Resources: {},
    })
    form.end(typeof content === 'string' ? asciiBytes(content) : content)
    this.#forms[name] = form
  }

  write(content: string | Uint8Array): void {
    this.#pdf.addContent(content)
  }

  /** The width of a line in points. */
  widthOf(text: string, font: FontName, size: number): number {
    return this.#pdf.font(font).fontSize(size).widthOfString(text)
  }

  /** A line's outlines and its width, both in its size: from the baseline up, and from its first letter on. */
  outlineOf(text: string, font: FontName): LineOutline {
    this.#pdf.font(font)
    return lineOutline(this.#inside._font.font, text)
  }

  /** From a line's top to its baseline, in its size. */
  ascentOf(font: FontName): number {
    this.#pdf.font(font)
    const { ascent, unitsPerEm } = this.#inside._font.font
    return ascent / unitsPerEm
  }

  /**
   * The operators that set a line with its top left corner at a point. They hold for all pages.
   * @throws ArgumentRangeError for a letter that the font lacks
   */
  text(text: string, font: FontName, size: number, left: number, top: number): string {
    const lines = this.#setLine(text, font, size, left, top)
    this.#checkLetters(text, font, lines)
    return lines.join('\n')
  }

  #setLine(text: string, font: FontName, size: number, left: number, top: number): string[] {
    const pdf = this.#pdf
    const lines: string[] = []
    const { addContent } = pdf
    pdf.addContent = (content: string) => {
      lines.push(content)
      return pdf
    }
    try {
      pdf.font(font).fontSize(size).text(text, left, top, { lineBreak: false })
    } finally {
      pdf.addContent = addContent
    }
    return lines
  }

  /** @throws ArgumentRangeError for a letter that the font lacks: it would be printed as an empty box */
  #checkLetters(text: string, font: FontName, lines: readonly string[]): void {
    if (!hasMissing(lines)) return
    const letter = this.#lacking(text, font)[0] ?? text
    const number = letter.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')
    throw argumentRange(`fonts.${font}`, `a font that has ${JSON.stringify(letter)} (U+${number})`, text)
  }

  /** The letters of a line that the font lacks, each once. Set on a page that is open. */
  missingLetters(text: string, font: FontName): string[] {
    const lacking = this.#lacking(text, font)
    if (lacking.length === 0 && SIMPLE.test(text)) return []
    // Shapers put letters together and add some of their own: what counts is what they set.
    if (!hasMissing(this.#setLine(text, font, 1, 0, 0))) return []
    return lacking.length > 0 ? lacking : [text]
  }

  /** The letters that alone are set as the glyph of none. */
  #lacking(text: string, font: FontName): string[] {
    const known = this.#lacks[font]
    return [...new Set(text)].filter((letter) => {
      const lacks = known.get(letter) ?? hasMissing(this.#setLine(letter, font, 1, 0, 0))
      known.set(letter, lacks)
      return lacks
    })
  }

  /**
   * A place for lines that differ on every label. They are set letter by letter, without kerning: shaping would take
   * longer than all the rest of a label, and pdfkit keeps every line that it has shaped.
   */
  place(font: FontName, size: number, left: number, top: number): LinePlace {
    const [before, after] = this.text(ANY, font, size, left, top).split(`<${this.#glyphs(ANY, font)}>`)
    return { font, before: `${before}<`, after: `>${after}` }
  }

  /** The operators that set a line in its place. */
  line(text: string, { font, before, after }: LinePlace): string {
    let glyphs = ''
    for (const letter of text) glyphs += this.#glyphs(letter, font)
    return before + glyphs + after
  }

  /** A letter by its numbers in the font as it is embedded, in hexadecimal. */
  #glyphs(letter: string, font: FontName): string {
    const letters = this.#letters[font]
    const known = letters.get(letter)
    if (known !== undefined) return known
    const glyphs = glyphsIn(this.text(letter, font, 1, 0, 0)).join('')
    letters.set(letter, glyphs)
    return glyphs
  }

  /** The pieces of 64 kB that are complete since it was asked last. */
  take(): Uint8Array[] {
    return this.#pdf.pieces.take()
  }

  /** Completes the file. Returns its last pieces. */
  end(): Uint8Array[] {
    this.#pdf.end()
    return this.#pdf.pieces.finish()
  }
}
