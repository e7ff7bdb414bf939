import { aSource } from '../lib/arguments.ts'
import type { Source } from '../lib/chunks.ts'
import { aDate } from '../lib/dates.ts'
import { anEvent, EPCIS_CONTEXT, type EpcisEvent } from './event.ts'

/** Events as one EPCIS document, piece by piece, an event a line. The same events and the same date are the same bytes. */
export function epcisDocument(
  events: Source<EpcisEvent>,
  created: Date,
): AsyncGenerator<string, void, undefined> {
  aSource('events', events)
  const creationDate = aDate('created', created).toISOString()
  const head = { '@context': EPCIS_CONTEXT, type: 'EPCISDocument', schemaVersion: '2.0', creationDate }
  return documentOf(events, `${JSON.stringify(head).slice(0, -1)},"epcisBody":{"eventList":[`)
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

/** Events as lines, each a whole document of one event: with its `@context`. */
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
