import { createKeeper, type Keeper } from '../../keeper/keeper.ts'
import { isLoopback } from '../../lib/server-address.ts'
import { nativeEngine } from '../../node/native-engine.ts'
import { decodePins } from '../../trust/pins.ts'
import { FOREVER, isKioskPage } from './headers.ts'

/** What a running site lacks: words for each are in `site-words`. */
export type SiteFault =
  | 'no_answer'
  | 'not_a_page'
  | 'other_address'
  | 'not_https'
  | 'no_rewrite'
  | 'no_policy'
  | 'framed'
  | 'sniffed'
  | 'referrer'
  | 'cookie'
  | 'page_cached'
  | 'worker_missing'
  | 'worker_cached'
  | 'asset_missing'
  | 'asset_type'
  | 'asset_not_kept'
  | 'not_compressed'
  | 'lists'
  | 'kiosk_beside'

export interface FoundFault {
  readonly fault: SiteFault
  /** The file or the address that it was seen at, or the keeper's reason. */
  readonly at: string
}

/** True for what a site works without. */
export const isAdvice = ({ fault }: FoundFault): boolean =>
  ['kiosk_beside', 'not_compressed', 'asset_not_kept'].includes(fault)

type Fetch = typeof globalThis.fetch

/** Asks a running site for all that a phone will ask for. @param address of the page, without a stamp */
export async function checkSite(address: string, fetch: Fetch, now: Date): Promise<FoundFault[]> {
  const base = new URL(address)
  const faults: FoundFault[] = []
  const note = (fault: SiteFault, at: string): void => void faults.push({ fault, at })
  const ask = (path: string): Promise<Response | undefined> =>
    fetch(new URL(path, base), { redirect: 'manual', signal: AbortSignal.timeout(30_000) }).catch(
      () => undefined,
    )

  if (base.protocol !== 'https:' && !isLoopback(base.hostname)) note('not_https', address)
  const page = await ask('')
  if (page === undefined) return [...faults, { fault: 'no_answer', at: address }]
  const html = page.status === 200 ? await page.text() : ''
  const settings = settingsIn(html)
  if (settings === undefined && isKioskPage(html)) {
    // On a host of its own: lists and addresses are those of the set-up, which is not here.
    checkPageHeaders(page.headers, address, note, KIOSK_NEEDS)
    await checkWorker(ask, note)
    await checkAssets(ask, html, note)
    return faults
  }
  if (settings === undefined) return [...faults, { fault: 'not_a_page', at: `${page.status} ${address}` }]
  if (!isLoopback(base.hostname) && settings.page !== base.href) note('other_address', settings.page)
  checkPageHeaders(page.headers, address, note)
  // What stands behind `#` never reaches a server.
  if (!settings.prefix.endsWith('#')) await checkRewrite(ask, html, base, note)
  await checkWorker(ask, note)
  await checkAssets(ask, html, note)
  await checkLists(settings.pins, new URL('lists/', base).href, fetch, now, note)
  if ((await ask('kiosk/index.html'))?.status === 200) note('kiosk_beside', new URL('kiosk/', base).href)
  return faults
}

type Ask = (path: string) => Promise<Response | undefined>
type Note = (fault: SiteFault, at: string) => void

interface Settings {
  readonly page: string
  readonly prefix: string
  readonly pins: object
}

function settingsIn(html: string): Settings | undefined {
  const [, json] = /<script type="application\/json" id="site">(.*?)<\/script>/s.exec(html) ?? []
  try {
    return json === undefined ? undefined : (JSON.parse(json) as Settings)
  } catch {
    return undefined
  }
}

const PAGE_NEEDS = [/default-src 'none'/, /script-src 'self'(;|$)/] as const
const KIOSK_NEEDS = [
  ...[/default-src 'none'/, /script-src 'self' 'wasm-unsafe-eval'(;|$)/],
  ...[/manifest-src 'self'/, /img-src 'self' blob:/],
] as const

function checkPageHeaders(
  headers: Headers,
  at: string,
  note: Note,
  needs: readonly RegExp[] = PAGE_NEEDS,
): void {
  const policy = headers.get('content-security-policy') ?? ''
  if (!needs.every((each) => each.test(policy))) note('no_policy', at)
  if (!/frame-ancestors 'none'/.test(policy) && headers.get('x-frame-options') !== 'DENY') note('framed', at)
  if (headers.get('x-content-type-options') !== 'nosniff') note('sniffed', at)
  if (headers.get('referrer-policy') !== 'no-referrer') note('referrer', at)
  if (headers.has('set-cookie')) note('cookie', at)
  if (!asksAnew(headers)) note('page_cached', at)
}

/** True where a cache asks again before it answers. */
const asksAnew = (headers: Headers): boolean =>
  /no-cache|no-store|max-age=0\b/.test(headers.get('cache-control') ?? '')

/** Stamps whose digits stand in the path need the page there too. */
async function checkRewrite(ask: Ask, html: string, base: URL, note: Note): Promise<void> {
  for (const path of [`8${'3'.repeat(180)}`, '01/00000000000000/21/1?v=1']) {
    const answer = await ask(path)
    if (answer === undefined || (await answer.text()) !== html)
      note('no_rewrite', new URL(path, base).pathname.slice(0, 40))
    // A page that a server shows for what it has not works, but for caches and for those who count errors.
    else if (answer.status !== 200) note('no_rewrite', `${answer.status} ${path.slice(0, 20)}`)
  }
}

async function checkWorker(ask: Ask, note: Note): Promise<void> {
  const worker = await ask('sw.js')
  if (worker?.status !== 200 || !/javascript/.test(worker.headers.get('content-type') ?? ''))
    return note('worker_missing', 'sw.js')
  if (!asksAnew(worker.headers)) note('worker_cached', 'sw.js')
}

async function checkAssets(ask: Ask, html: string, note: Note): Promise<void> {
  const named = [...html.matchAll(/(?:src|href)="([^"]+\.(?:js|css|svg))"/g)].map(([, path]) => path!)
  for (const path of named) {
    const answer = await ask(path)
    if (answer?.status !== 200) {
      note('asset_missing', path)
      continue
    }
    const type = answer.headers.get('content-type') ?? ''
    const wanted = { js: /javascript/, css: /text\/css/, svg: /image\/svg/ }[path.split('.').at(-1)!]!
    if (!wanted.test(type)) note('asset_type', `${path}: ${type}`)
    if (path.includes('/assets/') && answer.headers.get('cache-control') !== FOREVER)
      note('asset_not_kept', path)
    if (path.endsWith('.js') && !answer.headers.has('content-encoding')) note('not_compressed', path)
  }
}

/** A keeper as phones have it finds and verifies the lists, or says why not. */
async function checkLists(pins: object, address: string, fetch: Fetch, now: Date, note: Note): Promise<void> {
  const decoded = decodePins(JSON.stringify(pins))
  if (!decoded.ok) return note('not_a_page', `pins: ${decoded.reason}`)
  const { authority } = decoded.pins
  const keeper: Keeper = createKeeper({
    pins: decoded.pins,
    addresses: { [authority]: address },
    engine: nativeEngine,
    fetch: (url, init) => fetch(url, init as RequestInit),
  })
  const [state] = (await keeper.refresh({ now })).authorities
  const { lastFailure, trustList, alarms } = state!
  if (lastFailure)
    note('lists', `${lastFailure.reason}${lastFailure.detail ? ` (${lastFailure.detail})` : ''}`)
  else if (trustList === undefined) note('lists', address)
  for (const alarm of alarms) note('lists', alarm)
}
