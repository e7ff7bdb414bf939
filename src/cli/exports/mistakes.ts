import type { MistakenEvent } from '../../gs1/project-events.ts'
import type { Context } from '../shell/context.ts'
import { timeIn } from './cells.ts'
import { type TableColumns, tableRows } from './table.ts'

/** Tables of events that were mistakes: the event's id, when it was found, and what stands in its place. */

type Column = 'event' | 'declared' | 'reason' | 'correctedBy'

const COLUMNS: TableColumns<Column> = {
  event: ['su kien', 'event id', 'ma su kien'],
  declared: ['thoi gian', 'ngay', 'khai bao', 'time', 'date'],
  reason: ['ly do'],
  correctedBy: ['thay bang'],
}

const ID = /^[a-z][a-z0-9+.-]*:[\x21-\x7e]{1,480}$/i
const REASONS: readonly string[] = ['did_not_occur', 'incorrect_data'] satisfies MistakenEvent['reason'][]
type Reason = MistakenEvent['reason']

/** @param offset of times that name no other. @throws Failure `bad_row`, `no_file` or `too_long` */
export function readMistakes(context: Context, file: string, offset: string): MistakenEvent[] {
  const { epcis, registry } = context.words
  return [...tableRows(context, file, COLUMNS, ['event', 'declared'])].map((row) => {
    const event = row.read('event', (text) => (ID.test(text) ? text : undefined), epcis.anEvent)
    const declared = row.read('declared', timeIn(offset), epcis.aTime)
    const reason = row.read(
      'reason',
      (text) => (REASONS.includes(text) ? text : undefined),
      REASONS.join(', '),
    )
    const correctedBy = row.read(
      'correctedBy',
      (text) => {
        const ids = text.split(/\s+/)
        return ids.every((id) => ID.test(id)) ? ids : undefined
      },
      epcis.anEvent,
    )
    if (event === undefined) throw row.fault(registry.missing_value({ name: 'event' }), 'event')
    if (declared === undefined) throw row.fault(registry.missing_value({ name: 'declared' }), 'declared')
    return { event, declared, reason: reason as Reason, correctedBy }
  })
}
