/**
 * Speaks GS1: EPCIS 2.0 events of what happened to stamps, named by their hash, and the links of a product.
 * @module veristamp/gs1
 */

export type { CborValue } from './codec/cbor-value.ts'
export {
  type CaptureClient,
  type CaptureClientOptions,
  createCaptureClient,
  type SendOptions,
} from './gs1/capture-client.ts'
export type { CaptureProgress, CaptureResult, RefusedEvent } from './gs1/capture-delivery.ts'
export {
  type CaptureJob,
  type CaptureNote,
  type CaptureStore,
  memoryCaptureStore,
} from './gs1/capture-store.ts'
export { epcisDocument, epcisLines } from './gs1/document.ts'
export {
  declareMistake,
  EPCIS_CONTEXT,
  type EpcisEvent,
  type ErrorDeclaration,
  type Mistake,
} from './gs1/event.ts'
export { type EventHashOptions, eventHash } from './gs1/event-hash.ts'
export { createEventMaker, type EventMaker, type EventMakerOptions, MAX_EPCS } from './gs1/event-maker.ts'
export type {
  CommissionedRow,
  EndedRow,
  Happening,
  PrintedRun,
  ShippedDocument,
  ShippedRow,
  SomePieces,
  SomeSerials,
} from './gs1/facts.ts'
export {
  type Linkset,
  type LinksetEntry,
  type LinksetOptions,
  type LinkTarget,
  linksetOf,
} from './gs1/linkset.ts'
export {
  type MistakenEvent,
  type ProjectFacts,
  projectEvents,
} from './gs1/project-events.ts'
export type { TraceRow } from './gs1/trace-row.ts'
export { type TraceFacts, type TraceOptions, traceRows } from './gs1/trace-rows.ts'
export { traceCsv, traceLines } from './gs1/trace-texts.ts'
export type { Source } from './lib/chunks.ts'
export { ArgumentRangeError, ArgumentTypeError, type ErrorCode, VeristampError } from './lib/errors.ts'
export type { RevocationContent } from './revocation/content.ts'
export type { Catalogue, Facility, Product } from './trust/catalogue.ts'
export type { FacilityDetails, ProductDetails, RegistryDetails } from './trust/details.ts'
export type { TrustList } from './trust/trust-list.ts'
