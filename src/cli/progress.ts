import type { Context } from './context.ts'

/**
 * Shows how far a command is: a bar with rate and time left on a terminal, lines of JSON on standard error otherwise,
 * one a second at the most.
 */
export function progressOf(
  { io, json, words }: Context,
  name: string,
): (done: number, count: number) => void {
  const began = io.now().getTime()
  let from: number | undefined
  let told = Number.NEGATIVE_INFINITY
  return (done, count) => {
    if (told === Number.POSITIVE_INFINITY) return
    from ??= done
    const now = io.now().getTime()
    if (now - told < (io.isTerminal ? 100 : 1000) && done < count) return
    told = done < count ? now : Number.POSITIVE_INFINITY
    const seconds = (now - began) / 1000
    const rate = seconds > 0 ? Math.round((done - from) / seconds) : 0
    const left = rate > 0 ? Math.ceil((count - done) / rate) : undefined
    if (io.isTerminal && !json)
      io.err(bar(name, done, count, rate, left === undefined ? '' : words.left(clock(left))))
    else
      io.err(
        `${JSON.stringify({ progress: name, done, count, rate, ...(left !== undefined && { left }) })}\n`,
      )
  }
}

const WIDTH = 24

function bar(name: string, done: number, count: number, rate: number, left: string): string {
  const filled = count === 0 ? WIDTH : Math.floor((WIDTH * done) / count)
  const drawn = '█'.repeat(filled) + '░'.repeat(WIDTH - filled)
  const end = done >= count ? '\n' : ''
  return `\r${name} ${drawn} ${done}/${count}  ${rate}/s  ${done >= count ? '' : left}\u001b[K${end}`
}

const clock = (seconds: number): string =>
  `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
