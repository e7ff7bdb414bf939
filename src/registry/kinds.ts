/** A GS1 key that names a facility or a product. @inline */
export type KeyName = 'GLN' | 'GTIN'

/** @inline */
type None = Readonly<Record<string, never>>

/** What can be wrong, and the facts that messages tell of each. The codes are stable; the messages are not. */
export interface RegistryFaults {
  // of a whole file
  file_too_large: { readonly bytes: number; readonly max: number }
  bad_encoding: None
  empty_file: None
  bad_delimiter: None
  missing_header: { readonly columns: readonly string[] }
  /** `like`: a column of another name that may be meant. */
  missing_column: { readonly name: string; readonly like?: string | undefined }
  too_many_columns: { readonly count: number; readonly max: number }
  too_many_rows: { readonly max: number }
  too_many_faults: None
  // of a column; `name` is the library's
  duplicate_column: { readonly name: string }
  unnamed_column: None
  // of a row
  bad_quote: None
  row_too_long: { readonly max: number }
  wrong_field_count: { readonly header: number; readonly row: number }
  // of a cell (bad_encoding too)
  field_too_long: { readonly length: number; readonly max: number }
  /** `letter`: as in `U+202E`; `at`: its number among the cell's letters, from 1. */
  unsafe_text: { readonly letter: string; readonly at: number }
  line_break: { readonly letter: string; readonly at: number }
  /** As in `U+1F375`. */
  letters_not_in_font: { readonly letters: readonly string[] }
  /** `or`: the column whose value would do as well. */
  missing_value: { readonly name: string; readonly or?: string | undefined }
  not_a_number: None
  rounded_number: { readonly key: KeyName }
  /** `whole`: the number with its zeros. */
  lost_zeros: { readonly key: KeyName; readonly whole: string }
  leading_zero: { readonly key: KeyName }
  out_of_range: { readonly key: KeyName; readonly below: number }
  key_too_small: { readonly key: KeyName; readonly number: number; readonly below: number }
  bad_length: { readonly key: KeyName; readonly length: number }
  bad_check_digit: { readonly right: number }
  /** `whole`: the code with the zero that a spreadsheet dropped; `right`: the check digit that would fit. */
  bad_tax_code: { readonly whole?: string | undefined; readonly right?: number | undefined }
  bad_stars: None
  bad_image: None
  /** `line`: where it stands already. */
  duplicate_id: { readonly line: number }
  duplicate_gtin: { readonly line: number }
  /** `id`: the facility whose GLN this is. */
  unknown_facility: { readonly id?: number | undefined }
}

/** What deserves a look and is no fault. */
export interface RegistryNotes {
  /** Letters that show nothing were left out. */
  removed_letters: { readonly letters: readonly string[] }
  /** The row's id is another key: `whole`, which is what its stamps say. */
  other_key: { readonly key: KeyName; readonly whole: string }
  /** `id`, `other`: the facilities; `line`: where the other stands. */
  shared_gln: { readonly id: number; readonly other: number; readonly line: number }
}

export type RegistryFaultReason = keyof RegistryFaults
export type RegistryNoteReason = keyof RegistryNotes
/** The facts of every fault and note, by its reason. */
export type RegistryFacts = RegistryFaults & RegistryNotes

/** What is wrong with a text, before it is known where it stands. @inline */
export type Trouble<R extends keyof RegistryFacts = RegistryFaultReason> = {
  [K in R]: { readonly reason: K; readonly facts: RegistryFacts[K] }
}[R]

/** What is said of a registry. */
export type Remark = Trouble<keyof RegistryFacts>

export const trouble = <R extends RegistryFaultReason>(reason: R, facts: RegistryFaults[R]): Trouble =>
  ({ reason, facts }) as unknown as Trouble

export const isTrouble = (read: number | string | object): read is Trouble =>
  typeof read === 'object' && 'reason' in read

/** A table of messages: a sentence or two for each reason. */
export type RegistryMessages = { readonly [R in keyof RegistryFacts]: (facts: RegistryFacts[R]) => string }

export const messageOf = ({ reason, facts }: Remark, messages: RegistryMessages): string =>
  (messages[reason] as (facts: Remark['facts']) => string)(facts)
