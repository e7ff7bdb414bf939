import { ableTo } from '../lib/arguments.ts'
import { copyBytes } from '../lib/checks.ts'

/**
 * Where a log is kept. It hands its store chunks of bytes, each a part of the log, and reads them all when it is
 * opened. Chunks may come back in any order, and may come back twice; those that were cut off must not come back.
 */
export interface ScanStore {
  /** Every chunk that is kept. @throws VeristampError `store_corrupt` */
  read(): Iterable<Uint8Array> | Promise<Iterable<Uint8Array>>
  /** Keeps one more chunk; returns, or resolves, once it is durable. */
  append(chunk: Uint8Array): void | Promise<void>
  /** Keeps these in place of all, or all as they were: never a mixture. */
  replace(chunks: Iterable<Uint8Array>): void | Promise<void>
}

/** An argument that keeps a log. */
export const aScanStore = ableTo('a ScanStore', 'read', 'append', 'replace')

/**
 * A store that lasts as long as the process.
 * @example
 * ```ts
 * import { memoryScanStore, openScanLog } from 'veristamp/scanlog'
 *
 * // For tests: what one log keeps, the next one knows.
 * const store = memoryScanStore()
 * const log = await openScanLog({ place: 'Ha Long market 1', store })
 * log.scan(scanned, verifier.verify(scanned))
 * await log.flush()
 * const again = await openScanLog({ place: 'Ha Long market 1', store })
 * again.size // → 1
 * ```
 */
export function memoryScanStore(): ScanStore {
  let kept: Uint8Array[] = []
  return {
    read: () => [...kept],
    append: (chunk) => void kept.push(copyBytes('chunk', chunk)),
    replace: (chunks) => {
      kept = Array.from(chunks, (chunk) => copyBytes('chunk', chunk))
    },
  }
}
