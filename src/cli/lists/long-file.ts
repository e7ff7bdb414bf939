import { statSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { createWorkerPool } from '../../node/pool/worker-pool.ts'
import { tidyScan } from '../../stamp/tidy.ts'
import type { VerifierOptions } from '../../verify/options.ts'
import type { Verdict } from '../../verify/verdict.ts'
import { batchesOf } from '../input/given.ts'
import type { Context } from '../shell/context.ts'
import { progressOf } from '../shell/progress.ts'

/** Files of so many codes that all cores are worth their start. */

/** Bytes: some 10,000 codes, a tenth of a second on one core. Compressed they are fewer. */
const LONG = 2 ** 20

/** True for such a file. */
export function isLong(context: Context, file: string | undefined): file is string {
  if (file === undefined || availableParallelism() < 2) return false
  const stat = statSync(context.path(file), { throwIfNoEntry: false })
  return stat?.isFile() === true && stat.size >= LONG
}

/** Checks a file's codes over the cores, in order, and shows how far it is. */
export async function verifyLong(
  context: Context,
  file: string,
  lists: VerifierOptions,
  now: Date,
  tell: (place: string, verdict: Verdict) => void,
): Promise<void> {
  const { signal } = context.io
  const size = statSync(context.path(file)).size
  const progress = progressOf(context, 'verify')
  const places = new Queue<string>()
  let [read, sent, checked] = [0, 0, 0]
  async function* texts(): AsyncGenerator<string> {
    const onRead = (bytes: number) => {
      read += bytes
    }
    for await (const batch of batchesOf(context, [], file, onRead)) {
      for (const { text, place } of batch) {
        places.push(place)
        sent++
        yield tidyScan(text)
      }
    }
  }
  /** As many codes as the file would have if all were as long as those so far. */
  const all = () => (read < size ? Math.max(sent, Math.round((sent * size) / read)) : sent)
  const pool = createWorkerPool()
  try {
    const verdicts = pool.verifier(lists).verifyMany(texts(), {
      ...{ now, signal },
      onProgress: (done) => {
        checked = done
        if (read < size) progress(done, all())
      },
    })
    for await (const verdict of verdicts) tell(places.shift()!, verdict)
    progress(checked, checked)
  } finally {
    await pool.close()
  }
}

/** First in, first out, both in constant time. */
class Queue<T> {
  #items: T[] = []
  #next = 0

  push(item: T): void {
    this.#items.push(item)
  }

  shift(): T | undefined {
    const item = this.#items[this.#next++]
    if (this.#next > 4096) {
      this.#items = this.#items.slice(this.#next)
      this.#next = 0
    }
    return item
  }
}
