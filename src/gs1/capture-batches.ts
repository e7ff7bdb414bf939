import { encodeUtf8 } from '../codec/utf8.ts'
import type { CaptureLimits } from './capture-answers.ts'
import { documentHead } from './document.ts'
import type { EpcisEvent } from './event.ts'

/** An event as it is sent. */
export interface Parcel {
  /** By which it is remembered. */
  readonly key: string
  readonly event: EpcisEvent
  readonly text: string
  readonly bytes: number
}

/** A declaration has the id of the event that it takes back, and is sent though that is there. */
export const keyOf = ({ eventID, errorDeclaration }: EpcisEvent): string =>
  errorDeclaration === undefined ? eventID : `${eventID} ${JSON.stringify(errorDeclaration)}`

export function parcelOf(event: EpcisEvent): Parcel {
  const text = JSON.stringify(event)
  return { key: keyOf(event), event, text, bytes: encodeUtf8(text).length }
}

const END = '\n]}}\n'
const BETWEEN = ',\n'

/** The document that holds these events. */
export const documentOf = (parcels: readonly Parcel[], created: Date): string =>
  `${documentHead(created)}\n${parcels.map(({ text }) => text).join(BETWEEN)}${END}`

/** How many bytes that takes: heads are ASCII, and all alike. */
export const documentLength = (parcels: readonly Parcel[]): number =>
  parcels.reduce((sum, { bytes }) => sum + bytes + BETWEEN.length, HEAD_LENGTH + END.length - BETWEEN.length)

const HEAD_LENGTH = documentHead(new Date(0)).length + 1

/**
 * Gathers what may be sent together; one that is too large by itself comes alone. Limits are asked for anew each time, because
 * a server may state others meanwhile.
 */
export async function* parcelBatches(
  parcels: AsyncIterable<Parcel>,
  limits: () => CaptureLimits,
): AsyncGenerator<Parcel[], void, undefined> {
  let open: Parcel[] = []
  let length = documentLength([])
  for await (const parcel of parcels) {
    const more = parcel.bytes + BETWEEN.length
    const { events, bytes } = limits()
    if (open.length > 0 && (open.length >= events || length + more > bytes)) {
      yield open
      open = []
      length = documentLength([])
    }
    open.push(parcel)
    length += more
  }
  if (open.length > 0) yield open
}
