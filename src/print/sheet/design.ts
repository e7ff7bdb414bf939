import type { Label } from './label.ts'
import type { Cell } from './layout.ts'

/** How labels look: what stands beside the symbol, and where a hidden code goes. */
export interface LabelDesign {
  /** What is printed with the stamp beside its symbol, as operators. */
  words(label: Label, cell: Cell): string[]
  /** A hidden code, on a layer of its own. */
  code(hiddenCode: string, cell: Cell): (string | Uint8Array)[]
}

/** Faces kept: more than a province has products. */
export const MAX_FACES = 5_000
