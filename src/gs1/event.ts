import { type ArgumentTable, checkTable, ifGiven, kindOf, listOf, oneOf, textOf } from '../lib/arguments.ts'
import { isPlain } from '../lib/brand.ts'
import { aDate } from '../lib/dates.ts'
import { eventHash } from './event-hash.ts'

/**
 * The `@context` that belongs with the events that we make. `cbvmda` is said though EPCIS says it too: programs that hash
 * events look for prefixes here alone.
 * @example
 * ```ts
 * import { EPCIS_CONTEXT, eventHash } from 'veristamp/gs1'
 *
 * eventHash(event, { context: EPCIS_CONTEXT }) === event.eventID // → true
 * ```
 */
export const EPCIS_CONTEXT = /* @__PURE__ */ Object.freeze([
  'https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld',
  /* @__PURE__ */ Object.freeze({ cbvmda: 'urn:epcglobal:cbv:mda:' }),
])

/** An EPCIS 2.0 event as JSON-LD, without its `@context`. */
export interface EpcisEvent {
  readonly type: 'ObjectEvent'
  /** Its hash: the same facts have the same id, so sending them twice changes nothing. */
  readonly eventID: string
  readonly eventTime: string
  readonly eventTimeZoneOffset: string
  readonly errorDeclaration?: ErrorDeclaration
  readonly epcList?: readonly string[]
  readonly quantityList?: readonly { readonly epcClass: string; readonly quantity: number }[]
  readonly action: 'ADD' | 'OBSERVE' | 'DELETE'
  readonly bizStep: string
  readonly disposition: string
  readonly readPoint?: { readonly id: string }
  readonly bizLocation?: { readonly id: string }
  readonly bizTransactionList?: readonly { readonly type: string; readonly bizTransaction: string }[]
  readonly sourceList?: readonly { readonly type: string; readonly source: string }[]
  readonly destinationList?: readonly { readonly type: string; readonly destination: string }[]
  readonly ilmd?: Readonly<Record<string, string>>
}

export interface ErrorDeclaration {
  readonly declarationTime: string
  readonly reason?: 'did_not_occur' | 'incorrect_data'
  readonly correctiveEventIDs?: readonly string[]
}

/** What says that an event was a mistake. */
export interface Mistake {
  /** When it was found. */
  readonly declared: Date
  readonly reason?: ErrorDeclaration['reason'] | undefined
  /** The ids of the events that stand in its place. */
  readonly correctedBy?: readonly string[] | undefined
}

/** The event with its hash for an id. */
export function named({ type, ...rest }: Omit<EpcisEvent, 'eventID'>): EpcisEvent {
  const event = { type, ...rest }
  return { type, eventID: eventHash(event, { context: EPCIS_CONTEXT }), ...rest }
}

export const anEvent = /* @__PURE__ */ kindOf(
  'an EPCIS event with its id',
  (value) => isPlain(value) && typeof Object(value).eventID === 'string',
)

export const mistakeTable: ArgumentTable<Mistake> = {
  declared: (name, value) => aDate(name, value),
  reason: ifGiven(oneOf('did_not_occur', 'incorrect_data')),
  correctedBy: ifGiven(listOf(textOf(500), 1)),
}

/**
 * The same event, taken back: EPCIS never deletes, so a mistake is sent again with a declaration that it was one. It keeps
 * its id, by which a server finds the event that it takes back.
 * @example
 * ```ts
 * import { declareMistake } from 'veristamp/gs1'
 *
 * const mistake = declareMistake(event, { declared: new Date(), reason: 'did_not_occur' })
 * mistake.eventID === event.eventID // → true
 * ```
 */
export function declareMistake(event: EpcisEvent, mistake: Mistake): EpcisEvent {
  anEvent('event', event)
  const { declared, reason, correctedBy } = checkTable('mistake', mistake, mistakeTable)
  const errorDeclaration: ErrorDeclaration = {
    declarationTime: declared.toISOString(),
    ...(reason && { reason }),
    ...(correctedBy && { correctiveEventIDs: [...correctedBy] }),
  }
  const { type, eventID, eventTime, eventTimeZoneOffset, ...rest } = event
  return { type, eventID, eventTime, eventTimeZoneOffset, ...rest, errorDeclaration }
}
