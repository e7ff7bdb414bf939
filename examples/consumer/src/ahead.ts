import { fileAt } from './place.ts'

/** What was asked for before the keeper was here, by address. */
const asked = new Map<string, Promise<Response>>()

/** Milliseconds: as long as the keeper waits for a list. */
const DEADLINE = 180_000

/** The answer to what was asked ahead. It is taken once: whoever asks again wants a newer one. */
export function takeAhead(address: string): Promise<Response> | undefined {
  const answer = asked.get(address)
  asked.delete(address)
  return answer
}

/**
 * Asks for the index, and where nothing is kept yet for the lists that it seems to name: they travel while the page's script
 * does, so that the first answer waits for one of both. The keeper reads all of it with its own eyes.
 */
export function askAhead(): void {
  const index = ask(fileAt('lists/lists.json'), {})
  if (navigator.serviceWorker?.controller) return
  const askLists = async (): Promise<void> => {
    const paths = (await beginningOf(index)).matchAll(/"path": "([\w~-][\w.~-]*)"/g)
    const [trust] = [...paths]
      .slice(0, 2)
      .map(([, path]) => ask(fileAt(`lists/${path}`), { credentials: 'omit', redirect: 'error' }))
    // A list in slices says so near its beginning: what loads them comes meanwhile.
    if (trust && (await beginningOf(trust)).includes('slices'))
      await import('../../../src/keeper/slice-shelf.ts')
  }
  askLists().catch(() => undefined)
}

/** The first bytes of an answer, which stays whole for whoever takes it. */
async function beginningOf(answer: Promise<Response>): Promise<string> {
  const reader = (await answer).clone().body!.getReader()
  const { value } = await reader.read()
  void reader.cancel()
  return new TextDecoder().decode(value)
}

/** @param init none for what the page's own file asks for: else that would be asked for twice */
function ask(address: URL, init: RequestInit): Promise<Response> {
  const answer = fetch(address, { ...init, signal: AbortSignal.timeout(DEADLINE) })
  // Whoever awaits it gets the error.
  answer.catch(() => undefined)
  asked.set(address.href, answer)
  return answer
}
