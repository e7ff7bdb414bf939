import fs, { readFileSync } from 'node:fs'
import { syncBuiltinESMExports } from 'node:module'
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

const tools = toolsOf({ regular: readFileSync(fonts) })
try {
  const [run] = begin === 'always' || !fs.existsSync(journal) ? [] : readReservations(journal)
  const job = kind === 'sealed' ? SEALED : kind === 'plain' ? PLAIN : { ...JOB, count: Number(kind) }
  fs.writeSync(1, 'begun\n')
  const { run: finished } = run
    ? await resumeRun(journal, run.id, tools)
    : await startRun(journal, job, REACH, { ...tools, now: RESERVED })
  console.log(JSON.stringify({ id: finished.id, first: finished.first, last: finished.last, flushes }))
} catch (error) {
  console.log(JSON.stringify({ code: (error as { code?: string }).code, message: String(error) }))
}
