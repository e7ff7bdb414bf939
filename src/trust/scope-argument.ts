import { writeShape } from '../codec/shape-writer.ts'
import { listOf } from '../lib/arguments.ts'
import { type ScopeRange, scopeRange } from './scope.ts'

/** An argument that says what a key may stamp. */
export const aScope = /* @__PURE__ */ listOf((place, value) =>
  writeShape(scopeRange, value as ScopeRange, place),
)
