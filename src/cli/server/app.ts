import { type Context as Asked, Hono } from 'hono'
import { SHARDS_PATH } from '../../fleet/send-shard.ts'
import { ALWAYS } from '../site/headers.ts'
import { builtPages } from '../site/template.ts'
import { failedAnswer, jsonAnswer, refusal } from './answers.ts'
import { Metrics } from './metrics.ts'
import { officeData } from './office.ts'
import type { ServerParts } from './parts.ts'
import { resolve } from './resolver.ts'
import { scansAnswerer, scansPreflight } from './scans.ts'
import { shardsAnswerer } from './shards.ts'
import { siteApp } from './site-app.ts'
import { doorkeeperFor } from './token.ts'

/** `veristamp serve`, for web-standard requests. */
export function serverApp(parts: ServerParts): Hono {
  const { intake, lists, site, now } = parts
  const app = new Hono()
  const metrics = new Metrics()
  const doorkeeper = doorkeeperFor(parts.token)
  const takeScans = scansAnswerer({ intake, metrics, now, onFault: parts.onFault })
  const page = site && siteApp(site.folder, site.place)
  /** Lets the answer be asked for by those who have the token. */
  const closed = (path: string, answer: (c: Asked) => Promise<Response>): void => {
    app.get(path, async (c) => doorkeeper(c.req.raw, now()) ?? (await answer(c)))
  }
  app.onError((error) => {
    parts.onFault(error)
    return failedAnswer(error)
  })
  app.use((_, next) => {
    parts.refresh()
    return next()
  })
  app.post('/scans', (c) => takeScans(c.req.raw))
  app.options('/scans', scansPreflight)
  if (parts.fleet !== undefined) {
    const takeShard = shardsAnswerer(parts.fleet, metrics)
    app.put(
      `${SHARDS_PATH}:name`,
      async (c) => doorkeeper(c.req.raw, now()) ?? (await takeShard(c.req.param('name'), c.req.raw)),
    )
  }
  app.get('/health', () => health(parts))
  closed('/findings', async (c) => {
    const asked = portionOf(c)
    return asked === undefined
      ? refusal(400, 'portion')
      : jsonAnswer(200, { findings: await intake.findings(asked) })
  })
  closed('/runs', async () => jsonAnswer(200, { runs: await parts.runs() }))
  closed('/office/data', async () => jsonAnswer(200, await officeData(parts)))
  // The page itself holds nothing: it asks for the token.
  const office = siteApp(builtPages(), { path: '/office/' })
  for (const path of ['/office', '/office/*']) app.get(path, (c) => office.fetch(c.req.raw))
  closed('/metrics', async () => {
    const headers = {
      'Content-Type': 'text/plain; version=0.0.4; charset=utf-8',
      'Cache-Control': 'no-store',
    }
    return new Response(metrics.text(await gaugesOf(parts)), { headers })
  })
  const toResolve = { trustList: () => lists.current().trustList, hasSite: page !== undefined }
  app.all('*', async (c) => {
    const resolved = resolve(c.req.raw, toResolve)
    if (resolved instanceof Response) return resolved
    if (page === undefined || !['GET', 'HEAD'].includes(c.req.method))
      return c.json({ reason: 'not_found' }, 404, ALWAYS)
    const shown = await page.fetch(c.req.raw)
    for (const [name, value] of Object.entries(resolved?.headers ?? {})) shown.headers.set(name, value)
    return shown
  })
  return app
}

/** Which portion is asked for; undefined where that makes no sense. */
function portionOf(c: Asked): { readonly max: number; readonly skip: number } | undefined {
  const { max = '100', skip = '0' } = c.req.query()
  const isRight = /^\d{1,9}$/.test(max) && /^\d{1,9}$/.test(skip)
  return isRight ? { max: Math.min(Number(max), 1000), skip: Number(skip) } : undefined
}

const listedAs = ({ sequence, expires }: { readonly sequence: number; readonly expires: Date }) => ({
  sequence,
  expires: expires.toISOString(),
})

/** What anyone may know: the numbers of lists that are published anyway. */
function health({ lists, now }: ServerParts): Response {
  const { trustList, revocationList } = lists.current()
  const all = [trustList, ...(revocationList === undefined ? [] : [revocationList])]
  const ok = lists.fault() === undefined && all.every(({ expires }) => expires > now())
  return jsonAnswer(ok ? 200 : 503, {
    ok,
    authority: trustList.authority,
    trust: listedAs(trustList),
    ...(revocationList && { revocation: listedAs(revocationList) }),
  })
}

const DAY = 86_400

/** Figures of this moment. */
async function gaugesOf({ intake, lists, now }: ServerParts): Promise<Record<string, number>> {
  const { trustList, revocationList } = lists.current()
  const second = now().getTime() / 1000
  const scanners = (await intake.scanners()).filter(({ counts }) => counts)
  const taken = scanners.map((scanner) => scanner.taken ?? 0)
  return {
    veristamp_scanners: scanners.length,
    veristamp_scanners_silent: taken.filter((time) => second - time > DAY).length,
    veristamp_last_taken_timestamp_seconds: Math.max(0, ...taken),
    'veristamp_list_sequence{list="trust"}': trustList.sequence,
    'veristamp_list_expires_timestamp_seconds{list="trust"}': trustList.expires.getTime() / 1000,
    ...(revocationList && {
      'veristamp_list_sequence{list="revocation"}': revocationList.sequence,
      'veristamp_list_expires_timestamp_seconds{list="revocation"}': revocationList.expires.getTime() / 1000,
    }),
    veristamp_process_resident_memory_bytes: process.memoryUsage.rss(),
  }
}
