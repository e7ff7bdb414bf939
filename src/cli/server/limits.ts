/** What keeps one visitor from taking the place of all others. */

/** So many at once, and so many more each second. */
export interface Pace {
  readonly burst: number
  readonly perSecond: number
}

/** Paces by their names: forgets those that are full again. */
export class Paces {
  readonly #pace: Pace
  readonly #left = new Map<string, { readonly left: number; readonly at: number }>()

  constructor(pace: Pace) {
    this.#pace = pace
  }

  /** Takes `count`, and says how many seconds to wait where there are not so many: 0 for none. */
  take(name: string, now: number, count = 1): number {
    const { burst, perSecond } = this.#pace
    const left = this.#at(name, now)
    // Whoever asks for more than there ever is gets it from a full measure.
    if (left < Math.min(count, burst)) return Math.ceil((Math.min(count, burst) - left) / perSecond)
    this.#left.set(name, { left: left - count, at: now })
    if (this.#left.size > MAX_NAMES) this.#forget(now)
    return 0
  }

  /** How many there are, `now` in milliseconds. A clock that went back gives none. */
  #at(name: string, now: number): number {
    const { burst, perSecond } = this.#pace
    const known = this.#left.get(name)
    if (known === undefined) return burst
    return Math.min(burst, known.left + (Math.max(0, now - known.at) / 1000) * perSecond)
  }

  #forget(now: number): void {
    for (const name of this.#left.keys()) if (this.#at(name, now) >= this.#pace.burst) this.#left.delete(name)
  }
}

const MAX_NAMES = 10_000

/** So many at once; others are sent away, and come again. */
export class Gate {
  readonly #max: number
  #inside = 0

  constructor(max: number) {
    this.#max = max
  }

  /** What `work` gives; undefined where there is no room. */
  async pass<T>(work: () => Promise<T>): Promise<T | undefined> {
    if (this.#inside >= this.#max) return undefined
    this.#inside++
    try {
      return await work()
    } finally {
      this.#inside--
    }
  }
}

/** The bytes of a body; `too_long` as soon as there are more, `too_slow` where they did not come in time, or never. */
export async function readBody(
  { headers, body }: Pick<Request, 'headers' | 'body'>,
  { max, milliseconds }: { readonly max: number; readonly milliseconds: number },
): Promise<Uint8Array | 'too_long' | 'too_slow'> {
  if (Number(headers.get('content-length') ?? 0) > max) return 'too_long'
  if (body === null) return new Uint8Array()
  const reader = body.getReader()
  const parts: Uint8Array[] = []
  let length = 0
  let isLate = false
  const timer = setTimeout(() => {
    isLate = true
    reader.cancel().catch(() => {})
  }, milliseconds)
  try {
    for (;;) {
      const part = await reader.read().catch(() => undefined) // whoever sent it has hung up
      if (isLate || part === undefined) return 'too_slow'
      const { done, value } = part
      if (done) return Buffer.concat(parts)
      length += value.length
      if (length > max) {
        reader.cancel().catch(() => {})
        return 'too_long'
      }
      parts.push(value)
    }
  } finally {
    clearTimeout(timer)
  }
}
