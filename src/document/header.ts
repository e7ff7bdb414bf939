import { text, time, uint } from '../codec/shape.ts'

/** What the body of every document says first. */
export interface Header {
  /** The id of the authority: 1 to 64 of `a-z 0-9 . -`, beginning with a letter or digit. Never changes. */
  readonly authority: string
  /** Counts this kind of document up; never goes back. */
  readonly sequence: number
  /** When it was made, to the second. */
  readonly issued: Date
  /** From when on it is stale, to the second; after `issued`. */
  readonly expires: Date
}

/** The id of an authority. */
export const authority = text(64, /^[a-z0-9][a-z0-9.-]*$/)

/** The fields of a header, beside those of each kind of document. */
export const headerFields = { authority, sequence: uint(), issued: time, expires: time }

/** The field of a header that is wrong, if one is. */
export const headerFault = ({ issued, expires }: Header): 'expires' | undefined =>
  expires > issued ? undefined : 'expires'
