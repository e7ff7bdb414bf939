export { explain, explainWarning, type Language } from './verify/messages.ts'
