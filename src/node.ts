export type { Engine, ImportedKey, KeyFault, VerifyKey } from './ed25519/engine.ts'
export { nativeEngine } from './node/native-engine.ts'
