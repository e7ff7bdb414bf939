/** Sends this kiosk's log to the authority's server, where there is one: `POST`, in pieces that each stand alone. */

export type UploadState =
  /** Nothing was tried yet. */
  | 'new'
  | 'sent'
  /** The server takes no logs: there is a site without one, which is fine. */
  | 'none'
  /** The server does not take this kiosk's log: most often the trust list does not name its key yet. */
  | 'refused'
  /** There is no network, or the server is in trouble. */
  | 'unreachable'

export interface UploadOptions {
  readonly address: string
  /** This kiosk's log from a moment on: signed documents, one after another. */
  log(since: Date | undefined): Promise<Uint8Array>
  /** When the log was last sent as a whole; it outlives the page. */
  readonly sent: { get(): Promise<Date | undefined>; set(when: Date): Promise<void> }
  readonly fetch?: typeof fetch
  readonly now?: () => Date
  /** 0 to 1: five hundred kiosks must not ask at the same second. */
  readonly random?: () => number
  onState?(): void
}

export interface Upload {
  readonly state: UploadState
  readonly lastSent: Date | undefined
  /** Something was scanned or taken back: it is sent after a while, with what comes meanwhile. */
  changed(): void
  /** Sends what is new, now. @returns milliseconds until it is worth trying again; undefined where all is sent */
  send(): Promise<number | undefined>
  stop(): void
}

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
const WEEK = 7 * DAY
/** Scans come one after another. */
const GATHERS = MINUTE
/** Clocks are set back, and a scan may be written while its log is sent: what is sent twice counts once. */
const OVERLAP = HOUR
const DEADLINE = MINUTE

export function createUpload(options: UploadOptions): Upload {
  const { address, log, sent, now = () => new Date(), random = Math.random, onState } = options
  const post = options.fetch ?? fetch
  let state: UploadState = 'new'
  let lastSent: Date | undefined
  let failures = 0
  let timer: ReturnType<typeof setTimeout> | undefined
  let dueAt = Number.POSITIVE_INFINITY
  let sending: Promise<number | undefined> | undefined
  let isStopped = false
  /** Something came while the log was on its way. */
  let isBehind = false

  async function sendAll(): Promise<number | undefined> {
    const start = now()
    isBehind = false
    lastSent ??= await sent.get()
    for (const document of documentsOf(await log(sinceOf(lastSent, start)))) {
      const answer = await postOne(post, address, document)
      if (answer.state !== 'sent') {
        failures = answer.state === 'unreachable' ? failures + 1 : 0
        return end(answer.state, answer.wait ?? backOff(answer.state, failures, random()))
      }
    }
    failures = 0
    lastSent = start
    await sent.set(start)
    return end('sent', isBehind ? GATHERS : undefined)
  }
  function end(next: UploadState, wait: number | undefined): number | undefined {
    state = next
    onState?.()
    return wait
  }
  function schedule(wait: number): void {
    const at = now().getTime() + wait
    if (isStopped || at >= dueAt) return
    clearTimeout(timer)
    dueAt = at
    timer = setTimeout(() => {
      dueAt = Number.POSITIVE_INFINITY
      void send()
    }, wait)
  }
  function send(): Promise<number | undefined> {
    sending ??= sendAll()
      // Scanning goes on, even if the log can't be made or noted.
      .catch(() => end('unreachable', backOff('unreachable', ++failures, random())))
      .then((wait) => {
        sending = undefined
        if (wait !== undefined) schedule(wait)
        return wait
      })
    return sending
  }
  return {
    get state() {
      return state
    },
    get lastSent() {
      return lastSent
    },
    changed() {
      isBehind = true
      // While the server is not to be asked, its own time stands.
      if (state === 'new' || state === 'sent') schedule(GATHERS)
    },
    send,
    stop() {
      isStopped = true
      clearTimeout(timer)
    },
  }
}

/** Once a week all is sent again, for scans that came late; and under a clock that was ahead then. */
function sinceOf(last: Date | undefined, now: Date): Date | undefined {
  const week = (time: Date): number => Math.floor(time.getTime() / WEEK)
  if (last === undefined || last > now || week(last) !== week(now)) return undefined
  return new Date(last.getTime() - OVERLAP)
}

interface Answer {
  readonly state: Exclude<UploadState, 'new'>
  /** Milliseconds that the server asks for. */
  readonly wait?: number
}

async function postOne(post: typeof fetch, address: string, body: Uint8Array): Promise<Answer> {
  const response = await post(address, {
    method: 'POST',
    headers: { 'content-type': 'application/cbor' },
    body: Uint8Array.from(body),
    // The log goes to this address alone, and tells nothing but itself.
    redirect: 'error',
    credentials: 'omit',
    referrerPolicy: 'no-referrer',
    cache: 'no-store',
    signal: AbortSignal.timeout(DEADLINE),
  }).catch(() => undefined)
  if (response === undefined) return { state: 'unreachable' }
  // Nothing that it says is read: a status is enough.
  await response.body?.cancel().catch(() => undefined)
  const { status } = response
  if (status >= 200 && status < 300) return { state: 'sent' }
  if (status === 404 || status === 405 || status === 501) return { state: 'none' }
  if (status < 500 && status !== 408 && status !== 425 && status !== 429) return { state: 'refused' }
  const seconds = Number(response.headers.get('retry-after') ?? Number.NaN)
  const isAsked = Number.isFinite(seconds) && seconds >= 0
  return { state: 'unreachable', ...(isAsked && { wait: clamp(seconds * 1000) }) }
}

const clamp = (wait: number): number => Math.min(DAY, Math.max(MINUTE, wait))

/** A minute, then twice as long each time up to an hour; and not all kiosks at once. */
function backOff(state: UploadState, failures: number, random: number): number {
  const wait = { none: DAY, refused: HOUR }[state as string] ?? Math.min(HOUR, MINUTE * 2 ** (failures - 1))
  return Math.round(wait * (0.8 + 0.4 * random))
}

/** A document is an array of three: a context of 16 letters, a byte string, and one signature. */
const [HEAD, SIGNATURE] = [18, 102]

/** The documents of a log that this kiosk has signed: each is sent by itself, so none is too long for a server. */
export function* documentsOf(file: Uint8Array): Generator<Uint8Array> {
  for (let at = 0; at < file.length; ) {
    const end = at + HEAD + stringLength(file, at + HEAD) + SIGNATURE
    yield file.subarray(at, end)
    at = end
  }
}

/** The bytes of a byte string with its head (RFC 8949, 3). */
function stringLength(bytes: Uint8Array, at: number): number {
  const short = bytes[at]! & 31
  if (short < 24) return 1 + short
  const size = 2 ** (short - 24)
  let length = 0
  for (let i = 1; i <= size; i++) length = length * 256 + bytes[at + i]!
  return 1 + size + length
}
