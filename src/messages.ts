export { explain, explainWarning, type Language } from './verify/messages.ts'
export { type IndeterminateRule, type InvalidRule, REASONS } from './verify/reason-table.ts'
