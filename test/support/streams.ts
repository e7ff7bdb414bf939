/** Sources that tell what became of them. */
export interface Told<T> extends AsyncIterable<T> {
  /** How many items were asked for. */
  readonly asked: number
  readonly closed: boolean
}

/** The items, each after a turn of the event loop's microtasks; then whatever `end` does. */
export function sourceOf<T>(items: Iterable<T>, end: () => Promise<void> = async () => {}): Told<T> {
  const told = { asked: 0, closed: false }
  async function* give(): AsyncGenerator<T> {
    try {
      for (const item of items) {
        told.asked++
        yield item
      }
      await end()
    } finally {
      told.closed = true
    }
  }
  return Object.defineProperties(give() as AsyncGenerator<T> & Told<T>, {
    asked: { get: () => told.asked },
    closed: { get: () => told.closed },
  })
}

/** Never settles. */
export const forever = (): Promise<never> => new Promise(() => {})

/** All that a stream gives, and how it ended. */
export async function drain<T>(stream: AsyncIterable<T>): Promise<{ items: T[]; error?: unknown }> {
  const items: T[] = []
  try {
    for await (const item of stream) items.push(item)
    return { items }
  } catch (error) {
    return { items, error }
  }
}
