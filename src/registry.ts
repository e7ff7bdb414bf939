/**
 * Reads and writes the registry, which says who makes what: two CSV files, as spreadsheets write them.
 * @module veristamp/registry
 */

export type { CborValue } from './codec/cbor-value.ts'
export { checkDigit, hasValidCheckDigit } from './codec/check-digit.ts'
export type { ArgumentDetails, ErrorDetails } from './lib/error-details.ts'
export { ArgumentRangeError, ArgumentTypeError, type ErrorCode, VeristampError } from './lib/errors.ts'
export type { Language } from './lib/language.ts'
export type {
  RegistryColumn,
  RegistryFault,
  RegistryFile,
  RegistryNote,
  RegistryPlace,
} from './registry/fault.ts'
export type {
  RegistryFacts,
  RegistryFaultReason,
  RegistryFaults,
  RegistryMessages,
  RegistryNoteReason,
  RegistryNotes,
} from './registry/kinds.ts'
export { explainFault } from './registry/messages.ts'
export {
  type RegistryFiles,
  type RegistryOptions,
  type RegistryReading,
  readRegistry,
  writeRegistry,
} from './registry/registry.ts'
export type { Catalogue, Facility, Product } from './trust/catalogue.ts'
export type { FacilityDetails, ProductDetails, RegistryDetails } from './trust/details.ts'
