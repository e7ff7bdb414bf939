import { messageOf, type RegistryNoteReason, type RegistryNotes, type Remark, type Trouble } from './kinds.ts'
import { messagesEn } from './messages-en.ts'

/** The two files of a registry. */
export type RegistryFile = 'facilities' | 'products'

/** A column of a file: its name as the header has it, and its number, the first being 1. */
export interface RegistryColumn {
  readonly name: string
  readonly number: number
}

export interface RegistryPlace {
  readonly file: RegistryFile
  /**
   * Counted from 1 as an editor counts: a cell's own first line, also where quoted cells before it span lines;
   * a row's first line; 1 for the whole file.
   */
  readonly line: number
  /** Undefined when the whole row or file is meant. */
  readonly column: RegistryColumn | undefined
  /**
   * What stood there, cut to 1,000 characters. For `missing_column` the column's name, for
   * `wrong_field_count` the number of fields found; for `bad_quote`, `row_too_long`, `bad_delimiter`,
   * `missing_header` and `too_many_columns` the row's first line; empty for the other faults of a whole file.
   */
  readonly value: string
  /** An English sentence for people, or two. It doesn't repeat the place. `explainFault` has other languages. */
  readonly message: string
}

/**
 * One thing that is wrong with a registry, and where.
 * @useDeclaredType
 */
export type RegistryFault = RegistryPlace & Trouble

/**
 * One thing that deserves a look, and where.
 * @useDeclaredType
 */
export type RegistryNote = RegistryPlace & Trouble<RegistryNoteReason>

/** Reading a file stops after this many faults. */
export const MAX_FAULTS = 100_000

const MAX_VALUE_LENGTH = 1_000

/** The faults and notes of one file. */
export class FaultLog {
  readonly #file: RegistryFile
  readonly #faults: RegistryFault[] = []
  readonly #notes: RegistryNote[] = []
  #isTold = false

  constructor(file: RegistryFile) {
    this.#file = file
  }

  get full(): boolean {
    return this.#faults.length >= MAX_FAULTS
  }

  add(line: number, column: RegistryColumn | undefined, value: string, trouble: Trouble): void {
    this.#faults.push({ ...this.#place(line, column, value, trouble), ...trouble })
  }

  /** Of the whole file, and for the first of its rows that shows it. */
  addOnce(line: number, value: string, trouble: Trouble): void {
    if (!this.#isTold) this.add(line, undefined, value, trouble)
    this.#isTold = true
  }

  get hasOnce(): boolean {
    return this.#isTold
  }

  note<R extends RegistryNoteReason>(
    line: number,
    column: RegistryColumn,
    value: string,
    reason: R,
    facts: RegistryNotes[R],
  ): void {
    if (this.#notes.length >= MAX_FAULTS) return
    const note = { reason, facts } as unknown as Trouble<RegistryNoteReason>
    this.#notes.push({ ...this.#place(line, column, value, note), ...note })
  }

  #place(line: number, column: RegistryColumn | undefined, value: string, remark: Remark): RegistryPlace {
    return {
      file: this.#file,
      line,
      column: column && { name: column.name, number: column.number },
      value: value.slice(0, MAX_VALUE_LENGTH),
      message: messageOf(remark, messagesEn),
    }
  }

  /** By line, then from left to right; what is said of a whole row comes before its cells. */
  inFileOrder(): RegistryFault[] {
    return sorted(this.#faults)
  }

  notesInFileOrder(): RegistryNote[] {
    return sorted(this.#notes)
  }
}

const sorted = <T extends RegistryPlace>(all: readonly T[]): T[] =>
  [...all].sort((a, b) => a.line - b.line || (a.column?.number ?? 0) - (b.column?.number ?? 0))
