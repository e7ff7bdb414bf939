import { argumentRange, VeristampError } from '../../lib/errors.ts'
import type { Stock } from './stock.ts'

/** A rectangle on a page, in millimetres from its left and top edge. */
export interface Box {
  readonly left: number
  readonly top: number
  readonly width: number
  readonly height: number
}

/** Where the parts of one label are. */
export interface Cell {
  readonly label: Box
  /** The symbol with its quiet zone, four modules on every side. It begins at a whole dot of the printer. */
  readonly symbol: Box
  /** Room for text. */
  readonly text: Box
  /** At the bottom of the text, the symbol of a hidden code with its quiet zone, where it is printed as one. */
  readonly hidden: Box | undefined
}

export interface Layout {
  /** One for each label of a page, row by row. */
  readonly cells: readonly Cell[]
  /** Dots of the printer for a module: a whole number, so that every module comes out equally wide. */
  readonly dots: number
  /** Millimetres of a module. */
  readonly module: number
  /** Dots for a module of hidden codes' symbols, where there are any. */
  readonly hiddenDots: number | undefined
}

export interface LayoutOptions {
  /** The printer's resolution in dots an inch. */
  readonly dpi: number
  /** Modules a side of the symbols. */
  readonly size: number
  /** Modules a side of hidden codes' symbols, where they are printed as symbols. */
  readonly hiddenSize: number | undefined
  /** Wanted dots for a module. The most that fit by default. */
  readonly dots: number | undefined
  /** Millimetres by which everything is moved right and down. */
  readonly offset: { readonly right: number; readonly down: number }
  /** Factors for all lengths but the page's. Modules stay whole dots. */
  readonly scale: { readonly across: number; readonly down: number }
  readonly design: Design
}

/** The design of labels: 1 is drawn for runs that were printed with it. */
export type Design = 1 | 2

export const NEWEST_DESIGN: Design = 2

const QUIET = 4
/** Millimetres to the label's edge, which dies cut with tolerances: of dark modules, and of words. */
const EDGES: Readonly<Record<Design, { readonly modules: number; readonly words: number }>> = {
  1: { modules: 0, words: 0.8 },
  2: { modules: 1.5, words: 1.5 },
}
/** A label that is so much wider than high has its text beside the symbol, another below. */
const BESIDE = 1.3
const MAX_OF_WIDTH = 0.6
const MAX_OF_HEIGHT = 0.66
/** Of the text's room, for a hidden code's symbol. */
const MAX_OF_TEXT = 0.52
/** Millimetres of a hidden code's module: larger ones read no better. */
const ENOUGH = 0.3
/** Fewer dots a module than DENSO, who invented the QR code, asks for. */
export const FEWEST_DOTS = 4

/**
 * Where everything goes on a page.
 * @throws VeristampError `does_not_fit` when a symbol has no room; ArgumentRangeError when labels leave the page
 */
export function layOut(paper: Stock, options: LayoutOptions): Layout {
  const stock = stretched(paper, options)
  const beside = stock.labelWidth >= BESIDE * stock.labelHeight
  const room = beside
    ? Math.min(stock.labelHeight, MAX_OF_WIDTH * stock.labelWidth)
    : Math.min(stock.labelWidth, MAX_OF_HEIGHT * stock.labelHeight)
  const dots = dotsOf(room, options)
  const dot = 25.4 / options.dpi
  const module = dots * dot
  const side = (options.size + 2 * QUIET) * module
  const edges = EDGES[options.design]
  const places = { side, dot, beside, inset: Math.max(0, edges.modules - QUIET * module), edge: edges.words }
  const cells: Cell[] = []
  for (let row = 0; row < stock.rows; row++) {
    for (let column = 0; column < stock.columns; column++) {
      const label = labelBox(stock, row, column)
      checkOnPage(stock, label)
      cells.push(cellOf(label, places))
    }
  }
  const layout = { cells, dots, module, hiddenDots: undefined }
  return options.hiddenSize === undefined ? layout : withHidden(layout, options.hiddenSize, dot)
}

/** With room for the symbols of hidden codes: as many dots a module as the text can spare, within reason. */
function withHidden(layout: Layout, size: number, dot: number): Layout {
  const { width, height } = layout.cells[0]!.text
  // A dot less, so that the symbol can begin at a whole one.
  const room = Math.min(width, MAX_OF_TEXT * height) / dot - 1
  const enough = Math.max(FEWEST_DOTS, Math.floor(ENOUGH / dot))
  const hiddenDots = Math.min(Math.floor(room / (size + 2 * QUIET)), enough, layout.dots)
  if (hiddenDots < 1) {
    const message = `sheet: a hidden code's symbol needs more room for text than ${width.toFixed(1)} × ${height.toFixed(1)} mm`
    throw new VeristampError('does_not_fit', message, { what: 'hidden_symbol', width, height })
  }
  const side = (size + 2 * QUIET) * hiddenDots * dot
  const cells = layout.cells.map((cell) => ({ ...cell, hidden: hiddenBox(cell.text, side, dot) }))
  return { ...layout, cells, hiddenDots }
}

function hiddenBox(text: Box, side: number, dot: number): Box {
  const top = Math.floor((text.top + text.height - side) / dot + 1e-6) * dot
  return { left: nextDot(text.left, dot), top, width: side, height: side }
}

function stretched(stock: Stock, { offset, scale }: LayoutOptions): Stock {
  return {
    ...stock,
    labelWidth: stock.labelWidth * scale.across,
    gapAcross: stock.gapAcross * scale.across,
    left: stock.left * scale.across + offset.right,
    labelHeight: stock.labelHeight * scale.down,
    gapDown: stock.gapDown * scale.down,
    top: stock.top * scale.down + offset.down,
  }
}

function dotsOf(room: number, { dpi, size, dots, design }: LayoutOptions): number {
  // One dot less, so that the symbol can begin at a whole dot.
  const dotsOfRoom = (room * dpi) / 25.4 - 1
  const edges = (2 * EDGES[design].modules * dpi) / 25.4
  const max = Math.floor(Math.min(dotsOfRoom / (size + 2 * QUIET), (dotsOfRoom - edges) / size))
  if (max >= 1 && (dots ?? 1) <= max) return dots ?? max
  const asked = dots === undefined ? '' : ` with ${dots} dots a module`
  throw new VeristampError(
    'does_not_fit',
    `sheet: a symbol of ${size} modules${asked} needs a larger label than ${room.toFixed(1)} mm at ${dpi} dpi`,
    { what: 'label', modules: size, dots, room, dpi },
  )
}

function labelBox(stock: Stock, row: number, column: number): Box {
  const { labelWidth: width, labelHeight: height } = stock
  const left = stock.left + column * (width + stock.gapAcross)
  return { left, top: stock.top + row * (height + stock.gapDown), width, height }
}

function checkOnPage({ pageWidth, pageHeight }: Stock, { left, top, width, height }: Box): void {
  const hair = 1e-6
  const inside =
    left >= -hair && top >= -hair && left + width <= pageWidth + hair && top + height <= pageHeight + hair
  if (inside) return
  const place = `a label at ${left.toFixed(2)}, ${top.toFixed(2)} mm`
  throw argumentRange('offset and scale', 'labels that stay on the page', place)
}

interface Places {
  /** Of the symbol with its quiet zone. */
  readonly side: number
  readonly dot: number
  readonly beside: boolean
  /** From the label's edge to the quiet zone. */
  readonly inset: number
  /** From the label's edge to words. */
  readonly edge: number
}

function cellOf(label: Box, places: Places): Cell {
  const { side, dot, beside, inset } = places
  const across = nextDot(label.left + inset, dot)
  const down = nextDot(label.top + inset, dot)
  const left = beside ? across : nearestDot(label.left + (label.width - side) / 2, dot)
  const top = beside ? nearestDot(label.top + (label.height - side) / 2, dot) : down
  const symbol = { left, top, width: side, height: side }
  const text = beside ? textBeside(label, symbol, places) : textBelow(label, symbol, places)
  return { label, symbol, text, hidden: undefined }
}

/** With a tolerance for what already is a whole dot. */
const nextDot = (length: number, dot: number): number => Math.ceil(length / dot - 1e-6) * dot
/** In the middle there is half a dot's room on both sides. */
const nearestDot = (length: number, dot: number): number => Math.round(length / dot) * dot

// The dot by which a symbol may have been moved is left out, so that text has the same room on all labels.
function textBeside(label: Box, symbol: Box, { dot, inset, edge }: Places): Box {
  const width = label.width - inset - symbol.width - dot - edge
  return {
    left: symbol.left + symbol.width,
    top: label.top + edge,
    width,
    height: label.height - 2 * edge,
  }
}

function textBelow(label: Box, symbol: Box, { dot, inset, edge }: Places): Box {
  const height = label.height - inset - symbol.height - dot - edge
  return {
    left: label.left + edge,
    top: symbol.top + symbol.height,
    width: label.width - 2 * edge,
    height,
  }
}
