import { checkAborted } from '../../lib/abort.ts'
import { chunksOf } from '../../lib/chunks.ts'
import type { VerifierOptions } from '../../verify/options.ts'
import type { Verdict } from '../../verify/verdict.ts'
import { linesIn } from '../files/file-text.ts'
import { answersInOrder } from './in-order.ts'
import type { LinesAsked, PartAnswer } from './lines-task.ts'
import { threadsOf } from './pool-threads.ts'
import { RowReader } from './verdict-rows.ts'
import { workerFailed } from './verify-over.ts'
import { type Work, workFor } from './work.ts'
import type { WorkerPool } from './worker-pool.ts'

/** What was found in some lines of a file. */
export interface LinesFound<Asked> {
  readonly asked: Asked
  /** How many stamps are valid and only counted. */
  readonly valid: number
  /** The verdicts on the other codes, with the numbers of their lines, from 1. */
  readonly told: Iterable<readonly [line: number, verdict: Verdict]>
}

/** How a file's lines are verified. */
export interface LinesFlow {
  readonly now: Date
  readonly signal?: AbortSignal | undefined
}

/**
 * Verifies the codes of a file over the cores, in order. Their threads find them in its lines: the calling one only cuts it.
 * @param source the file in blocks, of which no more are taken than keep the threads busy
 * @throws what `createVerifier` throws; (rejects with) what the source throws, and VeristampError `worker_failed`
 */
export function verifyLinesOver<Asked extends LinesAsked>(
  pool: WorkerPool,
  lists: VerifierOptions,
  source: AsyncIterable<Asked>,
  { now, signal }: LinesFlow,
): AsyncGenerator<LinesFound<Asked>, void, undefined> {
  return linesFound(pool, workFor(lists)(now), source, signal)
}

async function* linesFound<Asked extends LinesAsked>(
  pool: WorkerPool,
  work: Work,
  source: AsyncIterable<Asked>,
  signal: AbortSignal | undefined,
): AsyncGenerator<LinesFound<Asked>, void, undefined> {
  const { verifying } = threadsOf(pool)
  // What a failed task was about is known when its turn comes.
  const answer = async ([asked]: readonly Asked[]) => {
    try {
      return { asked: asked!, parts: await verifying.verifyLines(asked!, work) }
    } catch (cause) {
      return { asked: asked!, cause }
    }
  }
  let first = 1
  for await (const { asked, parts, cause } of answersInOrder(
    chunksOf(source, 1, signal),
    answer,
    verifying,
    signal,
  )) {
    if (parts === undefined) throw workerFailed('lines', first, linesIn(asked.block, 1).length, cause)
    const valid = parts.reduce((sum, part) => sum + part.valid, 0)
    yield { asked, valid, told: verdictsOf(parts, first, work, signal) }
    first += parts.reduce((sum, { lines }) => sum + lines, 0)
  }
}

function* verdictsOf(
  parts: readonly PartAnswer[],
  first: number,
  { setting }: Work,
  signal: AbortSignal | undefined,
): Generator<readonly [number, Verdict]> {
  for (const { lines, told } of parts) {
    if (told !== undefined) {
      const reader = new RowReader(told.rows, told.tables, setting)
      for (const [row, line] of told.places.entries()) {
        checkAborted(signal)
        yield [first + line, reader.read(row)!]
      }
    }
    first += lines
  }
}
