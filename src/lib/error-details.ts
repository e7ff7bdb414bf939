import type { DocumentReason } from './document-reason.ts'
import type { LockFacts, RunFacts } from './run-facts.ts'

/**
 * The facts of every error that is thrown on purpose, by its `code`: what a program needs to tell people in their own
 * words. Messages are for developers, and may change; codes and facts stay.
 */
export interface ErrorDetails {
  readonly argument_type: ArgumentDetails
  readonly argument_range: ArgumentDetails
  /** Serials that a key may not stamp; without `first` wherever they begin. */
  readonly out_of_scope: ProductFacts & { readonly first?: number | undefined; readonly count: number }
  readonly signing_failed: SigningFacts
  readonly does_not_fit: FitFacts
  readonly bad_document: DocumentFacts
  readonly store_corrupt: {
    /** `lost`: nothing is there. `unreadable`: something else is. */
    readonly fault: 'lost' | 'unreadable'
    readonly file?: string | undefined
    /** The byte of the file at which it begins. */
    readonly at?: number | undefined
    /** The entry of a database. */
    readonly key?: string | undefined
    readonly detail?: string | undefined
  }
  /** A public key, in hex, that two authorities trust. */
  readonly key_shared: { readonly publicKey: string; readonly authorities: readonly [string, string] }
  /** `texts` are numbered from 0 as the source gave them, `lines` of a file from 1, `signatures` counted. */
  readonly worker_failed:
    | { readonly work: 'texts' | 'lines'; readonly first: number; readonly last: number }
    | { readonly work: 'signatures'; readonly count: number }
    | { readonly work: 'sheets' | 'codes'; readonly run: string }
  /** A serial, or the fingerprint of a key in hex. */
  readonly revocation_permanent:
    | (Partial<ProductFacts> & { readonly serial: number })
    | { readonly key: string; readonly serial?: undefined }
  readonly bad_key_file: {
    readonly file: string
    /** `costly`: its passphrase would take too long to check. */
    readonly fault: 'too_long' | 'not_pem' | 'costly' | 'no_private_key' | 'other_kind'
    /** For `other_kind`. */
    readonly kind?: string | undefined
  }
  readonly passphrase: { readonly file: string; readonly fault: 'missing' | 'wrong' }
  readonly is_link: { readonly file: string }
  readonly run_corrupt: RunFacts
  readonly run_busy: LockFacts
  readonly run_void: { readonly run: string }
  /** The serials that another run has. */
  readonly serials_taken: { readonly run: string; readonly first: number; readonly last: number }
  /** `highest` is the published watermark. */
  readonly above_watermark: ProductFacts & { readonly serial: number; readonly highest: number }
  /** `each_time`: two signatures of one stamp differ. `since`: today's differs from one of an earlier day. */
  readonly not_deterministic: { readonly fault: 'each_time' | 'since' }
  readonly capture_failed: CaptureFacts
  readonly no_hard_links: { readonly folder: string }
  readonly fleet_failed: FleetFacts
  readonly send_failed: SendFacts
  readonly letter_missing: {
    readonly field: string
    readonly font: string
    /** A letter as people see it, and its code points: `U+1EA1`. */
    readonly letter: string
    readonly numbers: readonly string[]
  }
}

/** Why a capture server could not be given events. @inline */
export interface CaptureFacts {
  /**
   * `unreachable`: no connection. `timeout`: no whole answer in time. `redirected`: it names another address, which is never
   * followed. `unauthorized`: it wants another token or certificate. `no_capture`: nothing captures events there. `busy`: it
   * asks to come back later. `job_open`: it still works on the events. `strange_answer`: not what the standard says.
   */
  readonly fault:
    | 'unreachable'
    | 'timeout'
    | 'redirected'
    | 'unauthorized'
    | 'no_capture'
    | 'busy'
    | 'job_open'
    | 'strange_answer'
  /** The server's address. */
  readonly server: string
  /** Of HTTP. */
  readonly status?: number | undefined
  /** What the server says itself. */
  readonly detail?: string | undefined
  /** When to come back, ISO 8601. */
  readonly until?: string | undefined
}

/** Why PostgreSQL could not do what a fleet asked. @inline */
export type FleetFacts =
  /**
   * `no_driver`: the package `pg` is not installed. `not_ready`: `fleet init` has not been here, and `older`: not for long.
   * `newer`: a later version has. `unsafe`: the server runs with fsync off.
   */
  | { readonly fault: 'no_driver' | 'not_ready' | 'newer' | 'older' | 'unsafe' }
  /** `unreachable`: no connection. `refused`: no right to connect, or to do this. `detail` is what the server says. */
  | { readonly fault: 'unreachable' | 'refused'; readonly detail?: string | undefined }
  /** Anything else, with its SQLSTATE. */
  | { readonly fault: 'failed'; readonly detail: string; readonly state: string }

/** Why a server did not take the files of a shard. @inline */
export interface SendFacts {
  /**
   * `unreachable`: no connection, or it broke. `busy`: it asks to come back later, or can't do it for now. `unauthorized`: it wants
   * another token. `full`: its disk is. `refused`: anything else, above all of servers that take no shards.
   */
  readonly fault: 'unreachable' | 'busy' | 'unauthorized' | 'full' | 'refused'
  /** The server's address. */
  readonly server: string
  /** Of HTTP. */
  readonly status?: number | undefined
  /** What the server says itself, in a word. */
  readonly reason?: string | undefined
}

/** What an argument error says, fact by fact. Values are shown shortened, and bytes by their number alone. */
export interface ArgumentDetails {
  /** Where it stands: `options.trustLists[0]`. */
  readonly name: string
  readonly expected: string
  readonly got?: string | undefined
  /** A likely remedy: `await it`. */
  readonly fix?: string | undefined
}

/** A product and its facility. */
export interface ProductFacts {
  readonly facility: number
  readonly product: number
}

/** Why there is no signature. */
export type SigningFacts =
  /** A stamp that was not signed: `cause` says why. */
  | { readonly fault: 'not_signed'; readonly serial: number }
  /** A signature that does not verify, of a program or of a stamp. */
  | {
      readonly fault: 'wrong_signature'
      readonly program?: string | undefined
      readonly serial?: number | undefined
    }
  | {
      readonly fault: 'wrong_length'
      readonly program?: string | undefined
      readonly length: number
      readonly complaint?: string | undefined
    }
  /** A program's exit code or signal, and the last line that it said on standard error. */
  | {
      readonly fault: 'ended'
      readonly program: string
      readonly exit: number | string
      readonly complaint: string
    }
  | {
      readonly fault: 'no_answer'
      readonly program: string
      readonly timeout: number
      readonly complaint: string
    }
  /** The system's code: `ENOENT`. */
  | { readonly fault: 'not_started'; readonly program: string; readonly system: string }
  | { readonly fault: 'other_key'; readonly run: string; readonly publicKey: string }
  | { readonly fault: 'unsound_key'; readonly run: string; readonly reason: string }
  | { readonly fault: 'no_webcrypto' }

/** What is too large, and for what. */
export type FitFacts =
  | { readonly what: 'payload' | 'document'; readonly length: number; readonly max: number }
  | { readonly what: 'signatures' | 'scans'; readonly count: number; readonly max: number }
  | {
      readonly what: 'chain'
      readonly count: number
      readonly max: number
      readonly length: number
      readonly maxLength: number
    }
  /** `enough` is the smallest version that holds it, where one does and that is known. */
  | {
      readonly what: 'symbol'
      readonly version: number
      readonly level: string
      readonly enough?: number | undefined
    }
  /** A label's room for its symbol, in millimetres. */
  | {
      readonly what: 'label'
      readonly modules: number
      readonly dots?: number | undefined
      readonly room: number
      readonly dpi: number
    }
  /** A label's room for text and a hidden code's symbol, in millimetres. */
  | { readonly what: 'words'; readonly width: number; readonly height: number }
  | { readonly what: 'hidden_symbol'; readonly width: number; readonly height: number }

/** What is wrong with a list. */
export type DocumentFacts =
  /** No verifier would take it. */
  | {
      readonly fault: 'refused'
      readonly document: 'trust_list' | 'revocation_list' | 'document'
      readonly reason: DocumentReason
      readonly detail?: string | undefined
    }
  /** `not_later`: no later list of the same authority. `later_fields`: of later versions. `slices_missing`: not all are there. */
  | { readonly fault: 'not_later' | 'not_signed' | 'later_fields' | 'other_body' | 'slices_missing' }
  | { readonly fault: 'other_context'; readonly context: string }
  /** What revokes stamps of the key id, or the key where no product is named, is not in its slice. */
  | ({ readonly fault: 'revocation_hidden'; readonly keyId: number } & Partial<ProductFacts>)
