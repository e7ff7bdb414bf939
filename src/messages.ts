export type { Language } from './lib/language.ts'
export { explain, explainWarning } from './verify/messages.ts'
export { type IndeterminateRule, type InvalidRule, REASONS } from './verify/reason-table.ts'
