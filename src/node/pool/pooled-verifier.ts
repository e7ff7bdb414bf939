import { type ArgumentTable, aFunction, checkTable, ifGiven } from '../../lib/arguments.ts'
import type { Source } from '../../lib/chunks.ts'
import { checkStream, type VerifierOptions, verifyManyFields } from '../../verify/options.ts'
import type { Verifier } from '../../verify/verifier.ts'
import { type CountManyOptions, countOver, type VerdictCounts, verifyStreamOver } from './verify-over.ts'
import { workFor } from './work.ts'
import type { Workers } from './workers.ts'

/** A verifier over the cores. */
export interface PooledVerifier extends Pick<Verifier, 'verifyMany'> {
  /**
   * Counts the verdicts on a stream of texts, for who checks a delivery: only those that are not valid are told. Takes
   * the calling thread about half of the time that `verifyMany` takes it (`npm run bench -- verify-many`).
   * @throws as `verifyMany` does; rejects with what `onOther` throws
   */
  countMany(texts: Source<string>, options?: CountManyOptions): Promise<VerdictCounts>
}

const countFields: ArgumentTable<CountManyOptions> = { ...verifyManyFields, onOther: ifGiven(aFunction) }

/** What gives a thread some 20 ms to do: a worker has two chunks at a time, and each wakes the calling thread. */
const CHUNK = 2048
/** Deliveries are long. */
const COUNTED = 4096

/** @throws what `createVerifier` throws */
export function pooledVerifier(workers: Workers, options: VerifierOptions): PooledVerifier {
  const workAt = workFor(options)
  return {
    verifyMany(texts, options) {
      const { now = new Date(), chunk = CHUNK, ...flow } = checkStream(texts, options)
      return verifyStreamOver(workers, texts, workAt(now), { ...flow, chunk })
    },
    async countMany(texts, options = {}) {
      checkTable('options', options, countFields)
      const { onOther, ...others } = options
      const { now = new Date(), chunk = COUNTED, ...flow } = checkStream(texts, others)
      return countOver(workers, texts, workAt(now), { ...flow, chunk }, onOther)
    },
  }
}
