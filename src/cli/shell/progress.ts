import type { Context } from './context.ts'

export interface ProgressOptions {
  /** True where a part was done before: the rate is then of what follows the first report. */
  readonly resumed?: boolean | undefined
}

/**
 * Shows how far a command is: a bar with rate and time left on a terminal, lines of JSON on standard error otherwise,
 * one a second at the most. Neither tells a rate before there is one.
 */
export function progressOf(
  { io, json, words }: Pick<Context, 'io' | 'json' | 'words'>,
  name: string,
  { resumed = false }: ProgressOptions = {},
): (done: number, count: number) => void {
  let start = resumed ? undefined : { time: io.now().getTime(), done: 0 }
  let told = Number.NEGATIVE_INFINITY
  return (done, count) => {
    if (told === Number.POSITIVE_INFINITY) return
    const now = io.now().getTime()
    start ??= { time: now, done }
    if (now - told < (io.isTerminal ? 100 : 1000) && done < count) return
    told = done < count ? now : Number.POSITIVE_INFINITY
    const rate = rateOf(done - start.done, (now - start.time) / 1000)
    const left = rate && Math.ceil((count - done) / rate)
    if (io.isTerminal && !json)
      io.err(bar(name, done, count, rate, left === undefined ? '' : words.left(clock(left))))
    else io.err(`${JSON.stringify({ progress: name, done, count, rate, left })}\n`)
  }
}

/** So many a second, whole from 1 on; undefined while nobody can tell. */
function rateOf(done: number, seconds: number): number | undefined {
  if (done <= 0 || seconds <= 0) return undefined
  const rate = done / seconds
  return Math.round(rate) || Number(rate.toPrecision(1))
}

const WIDTH = 24

function bar(name: string, done: number, count: number, rate: number | undefined, left: string): string {
  const filled = count === 0 ? WIDTH : Math.floor((WIDTH * done) / count)
  const drawn = '█'.repeat(filled) + '░'.repeat(WIDTH - filled)
  const speed = rate === undefined ? '' : `  ${rate}/s`
  const end = done >= count ? '\u001b[K\n' : `  ${left}\u001b[K`
  return `\r${name} ${drawn} ${done}/${count}${speed}${end}`
}

const clock = (seconds: number): string =>
  `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
