import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, describe, expect, it } from 'vitest'
import { siteApp } from '../../src/cli/server/site-app.ts'
import { checkSite } from '../../src/cli/site/check.ts'
import { ALWAYS, KIOSK_POLICY, POLICY } from '../../src/cli/site/headers.ts'

/** What a page's own policy allows: browsers hold to it and to the server's, whichever is stricter. */
function policyIn(page: string): readonly string[] {
  const html = readFileSync(new URL(`../../examples/${page}/index.html`, import.meta.url), 'utf8')
  return /http-equiv="Content-Security-Policy"\s+content="([^"]+)"/.exec(html)![1]!.split('; ')
}

describe('a site’s headers', () => {
  it.each([
    ['kiosk', KIOSK_POLICY],
    ['consumer', POLICY],
  ])('let the %s page do what its own policy lets it do', (page, policy) => {
    expect(policy.split('; ')).toEqual(expect.arrayContaining([...policyIn(page)]))
  })

  it('let inspectors add where they are', () => {
    expect(ALWAYS['Permissions-Policy']).toContain('geolocation=(self)')
  })
})

describe('a kiosk on a host of its own', () => {
  const folder = mkdtempSync(join(tmpdir(), 'veristamp-kiosk-host-'))
  const kiosk = fileURLToPath(new URL('../../examples/kiosk/', import.meta.url))
  cpSync(join(kiosk, 'index.html'), join(folder, 'index.html'))
  cpSync(join(kiosk, 'public/manifest.webmanifest'), join(folder, 'manifest.webmanifest'))
  afterAll(() => rmSync(folder, { recursive: true }))
  const app = siteApp(folder, { path: '/' })
  const address = 'https://kiosk.tem.example/'
  const faultsOf = async (fetch: typeof globalThis.fetch) =>
    (await checkSite(address, fetch, new Date())).map(({ fault }) => fault)

  it('is served with its own policy, its manifest too', async () => {
    for (const path of ['', 'manifest.webmanifest']) {
      const { headers } = await app.request(`${address}${path}`)
      expect(headers.get('content-security-policy')).toBe(KIOSK_POLICY)
    }
  })

  it('can be checked, and its policy is asked for', async () => {
    const serve = async (url: unknown) => app.request(String(url))
    const faults = await faultsOf(serve)
    expect(faults).not.toContain('not_a_page')
    expect(faults).not.toContain('no_policy')
    const asPage = async (url: unknown) => {
      const answer = await serve(url)
      answer.headers.set('content-security-policy', POLICY)
      return answer
    }
    expect(await faultsOf(asPage)).toContain('no_policy')
  })
})
