import type { chunksOf as chunks } from '../../../src/lib/chunks.ts'
import type { applyDeltas as apply } from '../../../src/revocation/delta.ts'
import type { verifyStream as verify } from '../../../src/verify/verify-many.ts'

/** In the place of the library's own: what the first answer does not need comes when it is first wanted. */

/** A first visit has no list that a delta could lead on from. */
export const applyDeltas = async (...given: Parameters<typeof apply>): Promise<ReturnType<typeof apply>> =>
  (await import('../../../src/revocation/delta.ts')).applyDeltas(...given)

/** The page asks about one stamp at a time. */
export async function* verifyStream(...given: Parameters<typeof verify>): ReturnType<typeof verify> {
  yield* (await import('../../../src/verify/verify-many.ts')).verifyStream(...given)
}

export async function* chunksOf<T>(...given: Parameters<typeof chunks<T>>): ReturnType<typeof chunks<T>> {
  yield* (await import('../../../src/lib/chunks.ts')).chunksOf(...given)
}
