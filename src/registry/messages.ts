import type { RegistryFault, RegistryNote } from './fault.ts'
import { messageOf, type RegistryMessages } from './kinds.ts'
import { messagesEn } from './messages-en.ts'
import { messagesVi } from './messages-vi.ts'

const tables: Readonly<Record<'en' | 'vi', RegistryMessages>> = { en: messagesEn, vi: messagesVi }

/** What a fault or a note of a registry says to people, in Vietnamese or English: a sentence or two, without the place. */
export const explainFault = (fault: RegistryFault | RegistryNote, language: 'en' | 'vi'): string =>
  messageOf(fault, tables[language])
