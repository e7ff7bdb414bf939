import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import { fileURLToPath } from 'node:url'
import { batchesOf } from '../src/cli/input/given.ts'
import { verifyLong } from '../src/cli/lists/long-file.ts'
import { Tally } from '../src/cli/lists/tally.ts'
import { verifyGiven } from '../src/cli/lists/verify-given.ts'
import { type Context, contextOf } from '../src/cli/shell/context.ts'
import type { Io } from '../src/cli/shell/io.ts'
import { createWorkerPool } from '../src/node.ts'
import { loadEngine } from '../src/wasm.ts'
import { interleave } from './lib/interleave.ts'
import { type Measurement, summary } from './lib/results.ts'
import { stampRun } from './lib/stamp-run.ts'

/** Stamps of a run, and how often the file has each: some seconds' work, beside which the threads' start is little. */
const [STAMPS, TIMES] = [90_000, 3] as const
const ROUNDS = 5
const WORKER = fileURLToPath(new URL('../dist/node-worker.cjs', import.meta.url))

/**
 * What `veristamp verify --file FILE --summary` does with a delivery in which all is well, a table of 270,000 rows: on one
 * core, on all, and what of it only the calling thread can do. It needs a build.
 */
export async function run(): Promise<Measurement[]> {
  const { now, stamps, listsFor } = await stampRun(STAMPS)
  const engine = await loadEngine()
  const lists = { ...listsFor(engine), engine }
  const valid = stamps.filter(({ valid }) => valid)
  const folder = mkdtempSync(join(tmpdir(), 'veristamp-bench-'))
  const file = join(folder, 'codes.csv')
  const rows = valid.map(({ text }, i) => `"${i}","${text}"\r\n`).join('')
  writeFileSync(file, `"serial","code"\r\n${rows.repeat(TIMES)}`)
  const count = TIMES * valid.length

  const checking = (check: (context: Context, tally: Tally) => Promise<void>) => async () => {
    const context = silent(folder)
    const tally = new Tally(context, true)
    await check(context, tally)
    if (tally.counts.valid !== count || tally.count !== count) throw new Error('a wrong count')
  }
  const over = (threads: number) =>
    checking((context, tally) =>
      verifyLong(context, file, lists, now, tally, () => createWorkerPool({ threads, workerFile: WORKER })),
    )
  const one = checking((context, tally) =>
    verifyGiven(context, batchesOf(context, [], file), lists, now, tally),
  )
  const threads = availableParallelism()
  const timings = await interleave({ one, all: over(threads) }, { rounds: ROUNDS, items: count })
  const serial = await busyTime(over(1), count)
  rmSync(folder, { recursive: true })

  const peer = 'verify --file, one core'
  const beside = (subject: string, { median, spread }: ReturnType<typeof summary>): Measurement => ({
    ...{ subject, peer, ratio: timings.one!.median / median, medianMicroseconds: median, spread },
  })
  return [
    { ...beside(peer, timings.one!), peer: null, ratio: null },
    beside(`verify --file, ${threads} threads of a pool`, timings.all!),
    beside('verify --file, what the calling thread does', serial),
  ]
}

/** How long the calling thread is busy where a worker does all that it can. */
async function busyTime(call: () => Promise<void>, count: number): Promise<ReturnType<typeof summary>> {
  const busy: number[] = []
  for (let round = 0; round <= ROUNDS; round++) {
    const before = performance.eventLoopUtilization()
    await call()
    const { active } = performance.eventLoopUtilization(before)
    if (round > 0) busy.push((active * 1000) / count)
  }
  return summary(busy)
}

/** A command line whose words nobody reads. */
function silent(cwd: string): Context {
  const io: Partial<Io> = {
    ...{ cwd, env: {}, isTerminal: false, canAsk: false, signal: new AbortController().signal },
    ...{ now: () => new Date(), out: () => {}, err: () => {} },
  }
  return contextOf(io as Io, 'en', {})
}
