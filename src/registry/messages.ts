import { aFunction } from '../lib/arguments.ts'
import { checkObject } from '../lib/checks.ts'
import { argumentRange } from '../lib/errors.ts'
import { type Language, languageOf } from '../lib/language.ts'
import type { RegistryFault, RegistryNote } from './fault.ts'
import { messageOf, type RegistryMessages } from './kinds.ts'
import { messagesEn } from './messages-en.ts'
import { messagesVi } from './messages-vi.ts'

const tables: Readonly<Record<Language, RegistryMessages>> = { en: messagesEn, vi: messagesVi }

/**
 * Says a fault or a note of a registry in a sentence or two, without the place.
 * @param language a BCP 47 tag of a language that is here: `vi`, `en`, `en-US`; or a table with a function for each
 * reason, which makes the sentence of its facts
 * @throws ArgumentTypeError or ArgumentRangeError for anything but a fault, for other languages, and for a table that
 * lacks a function, which it names
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
  language: Language | (string & {}) | RegistryMessages,
): string => messageOf(aFault(fault), messagesIn(language))

function messagesIn(language: string | RegistryMessages): RegistryMessages {
  if (typeof language !== 'object' || language === null) return tables[languageOf(language)]
  for (const reason of Object.keys(messagesEn))
    aFunction(`messages.${reason}`, language[reason as keyof RegistryMessages])
  return language
}

function aFault<T extends RegistryFault | RegistryNote>(fault: T): T {
  const { reason } = checkObject('fault', fault)
  if (!Object.hasOwn(messagesEn, reason)) throw argumentRange('fault.reason', 'that of a fault', reason)
  return fault
}
