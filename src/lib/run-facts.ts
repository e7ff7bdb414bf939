/** What is wrong with the journal of print runs, or with a run’s files. */
export type RunFacts =
  | {
      readonly fault:
        | 'stranger'
        | 'not_plain'
        | 'damaged'
        | 'no_record'
        | 'missing'
        | 'other_manifest'
        | 'unlisted'
        | 'other_record'
        | 'no_number'
        | 'no_reason'
        | 'no_secret'
        | 'no_folder'
        | 'no_file'
        | 'taken'
        | 'foreign_signature'
        | 'other_run'
        | 'not_signed_for'
        | 'other_secret'
        | 'made_otherwise'
        | 'other_codes'
      readonly file: string
    }
  | { readonly fault: 'other_fonts'; readonly run: string }
  /** Another run that has serials of this one. */
  | {
      readonly fault: 'serials_twice'
      readonly run: string
      readonly other: string
      readonly first: number
      readonly last: number
    }
  | { readonly fault: 'no_row'; readonly line: string }

/**
 * Who has a folder of runs.
 * `working`: the process that has the folder runs. `maybe_working`: it does, or another program has its number by now.
 * `elsewhere`: it is on another machine or in another container, so nothing here can tell. `lost`: another process has
 * taken the folder over. `no_lock`: the lock is not a file of this program.
 */
export type LockFacts =
  | { readonly fault: 'lost'; readonly folder: string }
  | { readonly fault: 'no_lock'; readonly folder: string; readonly file: string }
  | {
      readonly fault: 'working' | 'maybe_working'
      readonly folder: string
      readonly file: string
      readonly pid: number
      readonly host: string
    }
  | {
      readonly fault: 'elsewhere'
      readonly folder: string
      readonly file: string
      readonly pid: number
      readonly host: string
      /** When it was last seen, by its clock, in ISO 8601; undefined for a moment ago. */
      readonly seen?: string | undefined
    }
