import { aSource } from '../lib/arguments.ts'
import type { Source } from '../lib/chunks.ts'
import { aDate } from '../lib/dates.ts'
import { anEvent, EPCIS_CONTEXT, type EpcisEvent } from './event.ts'

/**
 * Writes events as one EPCIS document, piece by piece, an event a line. The same events and the same date are the same bytes.
 * @example
 * ```ts
 * import { epcisDocument } from 'veristamp/gs1'
 *
 * const pieces = []
 * for await (const piece of epcisDocument([event], new Date())) pieces.push(piece)
 * JSON.parse(pieces.join('')).epcisBody.eventList.length // → 1
 * ```
 */
export function epcisDocument(
  events: Source<EpcisEvent>,
  created: Date,
): AsyncGenerator<string, void, undefined> {
  aSource('events', events)
  return documentOf(events, documentHead(aDate('created', created)))
}

/** What stands before the first event. */
export function documentHead(created: Date): string {
  const creationDate = created.toISOString()
  const head = { '@context': EPCIS_CONTEXT, type: 'EPCISDocument', schemaVersion: '2.0', creationDate }
  return `${JSON.stringify(head).slice(0, -1)},"epcisBody":{"eventList":[`
}

async function* documentOf(
  events: Source<EpcisEvent>,
  head: string,
): AsyncGenerator<string, void, undefined> {
  let before = `${head}\n`
  for await (const event of events) {
    anEvent('event', event)
    yield before + JSON.stringify(event)
    before = ',\n'
  }
  yield before === ',\n' ? '\n]}}\n' : `${before}]}}\n`
}

/**
 * Writes events as lines of JSON, each with its `@context`, so that it can stand alone.
 * @example
 * ```ts
 * import { epcisLines } from 'veristamp/gs1'
 *
 * for await (const line of epcisLines([event])) console.log(line) // {"@context":[…],"type":"ObjectEvent",…
 * ```
 */
export function epcisLines(events: Source<EpcisEvent>): AsyncGenerator<string, void, undefined> {
  aSource('events', events)
  return linesOf(events)
}

async function* linesOf(events: Source<EpcisEvent>): AsyncGenerator<string, void, undefined> {
  for await (const event of events) {
    anEvent('event', event)
    yield `${JSON.stringify({ '@context': EPCIS_CONTEXT, ...event })}\n`
  }
}
