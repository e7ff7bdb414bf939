import { epcisDocument, epcisLines } from '../../gs1/document.ts'
import type { EpcisEvent } from '../../gs1/event.ts'
import type { Context } from '../shell/context.ts'
import { type EventOptions, type EventStanding, eventsAtHand } from './events-at-hand.ts'
import type { Exported } from './exported.ts'

/** EPCIS 2.0 events: one document, or an event a line. */
export function exportedEpcis(
  context: Context,
  ids: readonly string[],
  { lines = false, ...options }: EventOptions & { readonly lines?: boolean | undefined },
  standing: EventStanding,
): Exported {
  let count = 0
  const counted = async function* (events: AsyncIterable<EpcisEvent>) {
    for await (const event of events) {
      count++
      context.io.signal.throwIfAborted()
      yield event
    }
  }
  const events = counted(eventsAtHand(context, ids, options, standing).events())
  return {
    pieces: lines ? epcisLines(events) : epcisDocument(events, context.io.now()),
    told: () => ({ data: { events: count }, text: context.words.epcis.exported(count) }),
  }
}
