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
export { ArgumentRangeError, ArgumentTypeError, type ErrorCode, VeristampError } from './lib/errors.ts'
export type { Catalogue, Facility, Product } from './trust/catalogue.ts'
export type { TrustList } from './trust/trust-list.ts'
