import { checkObject } from '../lib/checks.ts'
import { argumentRange } from '../lib/errors.ts'
import { type Language, languageOf } from '../lib/language.ts'
import type { RegistryFault, RegistryNote } from './fault.ts'
import { messageOf, type RegistryMessages } from './kinds.ts'
import { messagesEn } from './messages-en.ts'
import { messagesVi } from './messages-vi.ts'

const tables: Readonly<Record<Language, RegistryMessages>> = { en: messagesEn, vi: messagesVi }

/**
 * What a fault or a note of a registry says to people, in Vietnamese or English (a BCP 47 tag): a sentence or two, without the place.
 * @example
 * ```ts
 * import { explainFault, readRegistry } from 'veristamp/registry'
 *
 * const nothing = new Uint8Array()
 * const reading = readRegistry({ facilities: nothing, products: nothing })
 * const [fault] = reading.ok ? [] : reading.faults
 * fault?.reason // → 'empty_file'
 * fault && explainFault(fault, 'vi') // → 'Tệp trống: không có cả dòng tên cột.'
 * ```
 */
export const explainFault = (
  fault: RegistryFault | RegistryNote,
  language: Language | (string & {}),
): string => messageOf(aFault(fault), tables[languageOf(language)])

function aFault<T extends RegistryFault | RegistryNote>(fault: T): T {
  const { reason } = checkObject('fault', fault)
  if (!Object.hasOwn(messagesEn, reason)) throw argumentRange('fault.reason', 'that of a fault', reason)
  return fault
}
