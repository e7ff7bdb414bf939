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

/** Why a body was read no further. */
export class BodyFault extends Error {
  readonly fault: 'too_long' | 'too_slow'
  constructor(fault: 'too_long' | 'too_slow') {
    super(fault)
    this.fault = fault
  }
}

type Body = Pick<Request, 'headers' | 'body'>

export interface BodyLimits {
  readonly max: number
  readonly milliseconds: number
  /** True where the milliseconds are for each piece, not for the whole. */
  readonly each?: boolean | undefined
}

/** The pieces of a body. @throws BodyFault as soon as there are more bytes, or they do not come in time, or never */
export async function* bodyPieces(
  { headers, body }: Body,
  { max, milliseconds, each = false }: BodyLimits,
): AsyncGenerator<Uint8Array, void> {
  if (Number(headers.get('content-length') ?? 0) > max) throw new BodyFault('too_long')
  if (body === null) return
  const reader = body.getReader()
  let isLate = false
  const startTimer = () =>
    setTimeout(() => {
      isLate = true
      reader.cancel().catch(() => {})
    }, milliseconds)
  let timer = startTimer()
  try {
    for (let length = 0; ; ) {
      const part = await reader.read().catch(() => undefined) // whoever sent it has hung up
      if (isLate || part === undefined) throw new BodyFault('too_slow')
      if (part.done) return
      length += part.value.length
      if (length > max) throw new BodyFault('too_long')
      if (each) clearTimeout(timer) // what is done with the piece is no fault of the sender
      yield part.value
      if (each) timer = startTimer()
    }
  } finally {
    clearTimeout(timer)
    reader.cancel().catch(() => {})
  }
}

/** The bytes of a body; or why there are none. */
export async function readBody(request: Body, limits: BodyLimits): Promise<Uint8Array | BodyFault['fault']> {
  const parts: Uint8Array[] = []
  try {
    for await (const part of bodyPieces(request, limits)) parts.push(part)
  } catch (error) {
    if (error instanceof BodyFault) return error.fault
    throw error
  }
  return Buffer.concat(parts)
}
