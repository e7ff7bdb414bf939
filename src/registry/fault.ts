/** The two files of a registry. */
export type RegistryFile = 'facilities' | 'products'

/** What can be wrong. The codes are stable; the messages are not. */
export type RegistryFaultReason =
  // of a whole file
  | 'file_too_large'
  | 'bad_encoding'
  | 'empty_file'
  | 'bad_delimiter'
  | 'missing_column'
  | 'too_many_columns'
  | 'too_many_rows'
  | 'too_many_faults'
  // of a column
  | 'duplicate_column'
  | 'unnamed_column'
  // of a row
  | 'bad_quote'
  | 'row_too_long'
  | 'wrong_field_count'
  // of a cell (bad_encoding too)
  | 'field_too_long'
  | 'unsafe_text'
  | 'missing_value'
  | 'not_a_number'
  | 'leading_zero'
  | 'out_of_range'
  | 'bad_length'
  | 'bad_check_digit'
  | 'bad_stars'
  | 'duplicate_id'
  | 'unknown_facility'

/** A column of a file: its name as the header has it, and its number, the first being 1. */
export interface RegistryColumn {
  readonly name: string
  readonly number: number
}

/** One thing that is wrong with a registry, and where. */
export interface RegistryFault {
  readonly file: RegistryFile
  /**
   * Counted from 1 as an editor counts: a cell's own first line, also where quoted cells before it span lines;
   * a row's first line; 1 for the whole file.
   */
  readonly line: number
  /** Undefined when the whole row or file is meant. */
  readonly column: RegistryColumn | undefined
  readonly reason: RegistryFaultReason
  /**
   * What stood there, cut to 1,000 characters. For `missing_column` the column's name, for
   * `wrong_field_count` the number of fields found; for `bad_quote`, `row_too_long`, `bad_delimiter` and
   * `too_many_columns` the row's first line; empty for the other faults of a whole file.
   */
  readonly value: string
  /** An English sentence for people. It doesn't repeat the place. */
  readonly message: string
}

/** What is wrong with a text, before it is known where it stands. */
export interface Trouble {
  readonly reason: RegistryFaultReason
  readonly message: string
}

export const trouble = (reason: RegistryFaultReason, message: string): Trouble => ({ reason, message })

export const isTrouble = (read: number | string | Trouble): read is Trouble => typeof read === 'object'

/** After so many faults the rest of a file is not read. */
export const MAX_FAULTS = 100_000

const MAX_VALUE_LENGTH = 1_000

/** The faults of one file. */
export class FaultLog {
  readonly #file: RegistryFile
  readonly #faults: RegistryFault[] = []

  constructor(file: RegistryFile) {
    this.#file = file
  }

  get full(): boolean {
    return this.#faults.length >= MAX_FAULTS
  }

  add(line: number, column: RegistryColumn | undefined, value: string, { reason, message }: Trouble): void {
    const place = column && { name: column.name, number: column.number }
    const shown = value.slice(0, MAX_VALUE_LENGTH)
    this.#faults.push({ file: this.#file, line, column: place, reason, value: shown, message })
  }

  /** By line, then from left to right; what is said of a whole row comes before its cells. */
  inFileOrder(): RegistryFault[] {
    return [...this.#faults].sort(
      (a, b) => a.line - b.line || (a.column?.number ?? 0) - (b.column?.number ?? 0),
    )
  }
}
