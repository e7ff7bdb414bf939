import type { ScanStore } from './store.ts'

/** Brings chunks into a store, one after the other, while the log goes on. */
export interface ChunkWriter {
  write(chunk: Uint8Array): void
  /** Resolves when all are kept; tries again what failed before. @throws what the store throws */
  flush(): Promise<void>
}

export function createChunkWriter(store: ScanStore): ChunkWriter {
  const unsaved: Uint8Array[] = []
  let saving = Promise.resolve()

  async function saveAll(): Promise<void> {
    for (let next = unsaved[0]; next !== undefined; next = unsaved[0]) {
      await store.append(next)
      unsaved.shift()
    }
  }
  const flush = (): Promise<void> => {
    saving = saving.catch(() => undefined).then(saveAll)
    return saving
  }
  return {
    write(chunk) {
      unsaved.push(chunk)
      flush().catch(() => undefined) // it stays unsaved, so that the caller's flush meets the error too
    },
    flush,
  }
}
