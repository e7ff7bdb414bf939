import { writeSync } from 'node:fs'
import { fileStore } from '../../src/node/stores/file-store.ts'

/**
 * A process of its own: writes sequences `first`, `first + step`, … to a store and prints each when it is
 * durable, until it has printed `count` of them or is killed.
 */
const [path, first, step, count] = process.argv.slice(2) as [string, string, string, string]
const store = fileStore(path)
for (let index = 0; index < Number(count); index++) {
  const sequence = Number(first) + index * Number(step)
  store.write('quang-ninh', 'trust', { epoch: 1, sequence, digest: new Uint8Array(32).fill(sequence % 256) })
  writeSync(1, `${sequence}\n`)
}
