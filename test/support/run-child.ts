import fs, { readFileSync } from 'node:fs'
import { syncBuiltinESMExports } from 'node:module'
import { fileURLToPath } from 'node:url'
import { createWorkerPool } from '../../src/node/pool/worker-pool.ts'
import { readReservations } from '../../src/run/ledger/journal.ts'
import { resumeRun, startRun } from '../../src/run/run.ts'
import { JOB, PLAIN, REACH, RESERVED, SEALED, toolsOf } from './runs.ts'

/**
 * A process of its own: begins a run, or goes on with the one that the journal has, and kills itself right after
 * the flush to the disk that it is told.
 */
const [journal, kind, fonts, killAt, begin] = process.argv.slice(2) as [
  string,
  string,
  string,
  string,
  string,
]

let flushes = 0
const { fsyncSync } = fs
fs.fsyncSync = (descriptor) => {
  fsyncSync(descriptor)
  if (++flushes === Number(killAt)) process.kill(process.pid, 'SIGKILL')
}
syncBuiltinESMExports()

/** It lies in a folder of `node_modules`. */
const workerFile = fileURLToPath(new URL('../../dist/node-worker.cjs', import.meta.url))
const pool = kind === 'threads' ? createWorkerPool({ threads: 1, workerFile }) : undefined
const tools = toolsOf({ regular: readFileSync(fonts) }, { pool })
try {
  const [run] = begin === 'always' || !fs.existsSync(journal) ? [] : readReservations(journal)
  const job = kind === 'sealed' ? SEALED : Number(kind) > 0 ? { ...JOB, count: Number(kind) } : PLAIN
  fs.writeSync(1, 'begun\n')
  const { run: finished } = run
    ? await resumeRun(journal, run.id, tools)
    : await startRun(journal, job, REACH, { ...tools, now: RESERVED })
  console.log(JSON.stringify({ id: finished.id, first: finished.first, last: finished.last, flushes }))
} catch (error) {
  console.log(JSON.stringify({ code: (error as { code?: string }).code, message: String(error) }))
}
