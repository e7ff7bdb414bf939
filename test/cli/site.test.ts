import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import jpeg from 'jpeg-js'
import { describe, expect, test } from 'vitest'
import { shrinkPicture } from '../../src/cli/input/shrink.ts'
import { siteApp } from '../../src/cli/server/site-app.ts'
import { checkSite, isAdvice } from '../../src/cli/site/check.ts'
import { placeOf } from '../../src/cli/site/place.ts'
import { type Desk, foundProject, NOW, openDesk } from './desk.ts'
import { openSiteProject } from './site-project.ts'

const PATH = 'HTTPS://TEM.EXAMPLE/QNI/'
const HASH = 'HTTPS://TEM.EXAMPLE/#'

const settingsIn = (html: string) =>
  JSON.parse(/id="site">(.*?)<\/script>/.exec(html)![1]!) as Record<string, unknown>

describe('veristamp site', () => {
  test('writes page, lists, kiosk, linksets, 404.html and samples below the path of the prefix', async () => {
    using desk = await openSiteProject([PATH, `${PATH}#`])
    const told = await desk.done('site', '-o', 'public')
    expect(told).toContain('public has the site for https://tem.example/QNI/')
    expect(told).toContain('samples for nginx and Caddy')
    const read = (name: string): string => readFileSync(desk.path('public', name), 'utf8')
    const page = read('QNI/index.html')
    expect(settingsIn(page)).toMatchObject({
      page: 'https://tem.example/QNI/',
      prefix: PATH,
      report: ['tel:113'],
    })
    expect(page).not.toContain('="./')
    expect(read('404.html')).toBe(page)
    expect(JSON.parse(read('QNI/lists/lists.json'))).toMatchObject({ kind: 'veristamp-lists' })
    expect(JSON.parse(read('QNI/linksets/09521012000068.json'))).toHaveProperty('linkset')
    expect(read('QNI/kiosk/index.html')).toContain('id="kiosk"')
    // What the service worker keeps is there, and the reader of codes is not among it.
    const build = /__BUILD__=(\{.*?\});/.exec(read('QNI/sw.js'))![1]!
    const { files } = JSON.parse(build) as { files: string[] }
    for (const file of files.filter((each) => each !== './'))
      expect(existsSync(desk.path('public/QNI', file))).toBe(true)
    expect(files.filter((file) => /wasm|worker/.test(file))).toEqual([])
    expect(read('samples/nginx.conf')).toContain("frame-ancestors 'none'")
    expect(read('samples/Caddyfile')).toContain('rewrite @stamp /QNI/index.html')
  })

  test('changes nothing when nothing changed, and leaves other files alone', async () => {
    using desk = await openSiteProject([HASH])
    await desk.done('site', '-o', 'public')
    writeFileSync(desk.path('public/robots.txt'), 'mine')
    const before = statSync(desk.path('public/index.html'), { bigint: true }).mtimeNs
    expect(await desk.done('site', '-o', 'public')).toContain('Any web server can show it')
    expect(statSync(desk.path('public/index.html'), { bigint: true }).mtimeNs).toBe(before)
    expect(readFileSync(desk.path('public/robots.txt'), 'utf8')).toBe('mine')
  })

  test('asks for an address, in the trust list too, and for a folder that is none of the project’s', async () => {
    using desk = openDesk()
    await foundProject(desk)
    await desk.done('list')
    expect(await desk.say('site', '-o', 'public')).toMatchObject({
      exit: 2,
      err: expect.stringContaining('no address yet'),
    })
    const file = desk.path('veristamp.json')
    const config = JSON.parse(readFileSync(file, 'utf8')) as object
    writeFileSync(file, JSON.stringify({ ...config, prefixes: [HASH] }))
    expect(await desk.say('site', '-o', 'public')).toMatchObject({
      exit: 2,
      err: expect.stringContaining('does not allow'),
    })
    for (const owned of [
      'lists',
      'keys',
      'runs/site',
      'registry',
      'state',
      'veristamp.json',
      '.',
      'public/..',
    ]) {
      const { exit, err } = await desk.say('--force', 'site', '-o', owned)
      expect([owned, exit]).toEqual([owned, 2])
      expect(err).toMatch(/belongs to the project|not a folder/)
    }
    expect(await desk.say('site')).toMatchObject({
      exit: 2,
      err: expect.stringContaining('veristamp site -o'),
    })
    writeFileSync(file, JSON.stringify({ ...config, report: ['javascript:alert(1)'] }))
    expect(await desk.say('site', '-o', 'public')).toMatchObject({
      exit: 2,
      err: expect.stringContaining('report'),
    })
  })

  test('scales pictures down, names them by what they hold, and says which it cannot show', async () => {
    using desk = openDesk()
    const products = readFileSync(desk.path('products.csv'), 'utf8')
      .replace('https://example.invalid/quang-ninh/104.jpg', 'pictures/tea.jpg')
      .replace('https://example.invalid/quang-ninh/1.jpg', 'pictures/missing.jpg')
      .replace('https://example.invalid/quang-ninh/2.jpg', 'pictures/no-picture.png')
    writeFileSync(desk.path('products.csv'), products)
    await foundProject(desk)
    mkdirSync(desk.path('registry/pictures'))
    writeFileSync(desk.path('registry/pictures/tea.jpg'), photograph(2400, 1600))
    writeFileSync(desk.path('registry/pictures/no-picture.png'), 'no picture')
    const file = desk.path('veristamp.json')
    writeFileSync(
      file,
      JSON.stringify({ ...(JSON.parse(readFileSync(file, 'utf8')) as object), prefixes: [HASH] }),
    )
    await desk.done('--yes', 'trust', 'build')
    await desk.done('list')
    const { err } = await desk.say('site', '-o', 'public')
    expect(err).toContain('there is no picture registry/pictures/missing.jpg')
    expect(err).toContain('registry/pictures/no-picture.png is no JPEG')
    expect(err).toMatch(/5\d pictures are on another server/)
    const index = JSON.parse(readFileSync(desk.path('public/pictures/index.json'), 'utf8')) as Record<
      string,
      string
    >
    expect(Object.keys(index)).toEqual(['104'])
    const { width, height } = jpeg.decode(readFileSync(desk.path('public/pictures', index[104]!)))
    expect([width, height]).toEqual([1280, 853])
  })
})

/** Red above, blue below. */
function photograph(width: number, height: number, held?: number): Uint8Array {
  const data = Buffer.alloc(width * height * 4, 255)
  for (let at = 0; at < data.length; at += 4) {
    const isAbove = at < data.length / 2
    data.set(isAbove ? [220, 20, 20] : [20, 20, 220], at)
  }
  const file = jpeg.encode({ width, height, data }, 90).data
  return held === undefined ? file : withExif(file, held)
}

/** A JPEG that says how the camera was held. */
function withExif(file: Buffer, held: number): Buffer {
  const exif = Buffer.from(`45786966000049492a0008000000010012010300010000000${held}00000000000000`, 'hex')
  const head = Buffer.from([0xff, 0xe1, 0, exif.length + 2])
  return Buffer.concat([file.subarray(0, 2), head, exif, file.subarray(2)])
}

describe('pictures for phones', () => {
  /** The colour of a place, from 0 to 1 each way. */
  const colourAt = (bytes: Uint8Array, x: number, y: number): 'red' | 'blue' => {
    const { width, height, data } = jpeg.decode(bytes)
    const at = (Math.floor(y * (height - 1)) * width + Math.floor(x * (width - 1))) * 4
    return data[at]! > data[at + 2]! ? 'red' : 'blue'
  }

  test.each([
    [1, 0.5, 0.1],
    [3, 0.5, 0.9],
    [6, 0.9, 0.5],
    [8, 0.1, 0.5],
  ])('are upright, however the camera was held: %i', (held, x, y) => {
    const shrunk = shrinkPicture(photograph(160, 80, held))!
    expect(colourAt(shrunk, x, y)).toBe('red')
    expect(colourAt(shrunk, 1 - x, 1 - y)).toBe('blue')
    const { width, height } = jpeg.decode(shrunk)
    expect([width, height]).toEqual(held > 4 ? [80, 160] : [160, 80])
  })

  test('are refused where they can not be read, however large they say they are', () => {
    const png = Buffer.from('89504e470d0a1a0a0000000d49484452ffffffffffffffff0806000000', 'hex')
    const huge = photograph(16, 16) as Buffer
    const at = huge.indexOf(Buffer.from([0xff, 0xc0]))
    huge.writeUInt32BE(0xffffffff, at + 5)
    for (const bytes of [
      png,
      huge,
      Buffer.from('GIF89a'),
      Buffer.alloc(0),
      photograph(16, 16).subarray(0, 40),
    ])
      expect(shrinkPicture(bytes)).toBeUndefined()
  })
})

describe('veristamp site --check', () => {
  /** A site behind its own app, and what the check finds wrong with it once its answers were changed. */
  async function faultsOf(
    desk: Desk,
    change: (path: string, answer: Response) => Response | Promise<Response>,
  ) {
    const app = siteApp(desk.path('public'), placeOf(PATH))
    const fetch = (async (input: URL | string) => {
      const request = new Request(input)
      return change(new URL(request.url).pathname.slice('/QNI/'.length), await app.fetch(request))
    }) as typeof globalThis.fetch
    return checkSite('https://tem.example/QNI/', fetch, NOW)
  }
  const without =
    (...names: string[]) =>
    (_: string, answer: Response): Response => {
      const copy = new Response(answer.body, answer)
      for (const name of names) copy.headers.delete(name)
      return copy
    }

  test('finds nothing wrong with what serve shows, and advises a host for the kiosk', async () => {
    using desk = await openSiteProject([PATH])
    await desk.done('site', '-o', 'public')
    const faults = await faultsOf(desk, (_, answer) => answer)
    expect(faults.map(({ fault }) => fault)).toEqual(['not_compressed', 'not_compressed', 'kiosk_beside'])
    expect(faults.every(isAdvice)).toBe(true)
  })

  test('names each thing that is wrong', async () => {
    using desk = await openSiteProject([PATH])
    await desk.done('site', '-o', 'public')
    const names = async (change: Parameters<typeof faultsOf>[1]) =>
      (await faultsOf(desk, change)).filter((each) => !isAdvice(each)).map(({ fault }) => fault)
    const instead =
      (wanted: RegExp, status: number, body = '') =>
      (path: string, answer: Response) =>
        wanted.test(path) ? new Response(body, { status, headers: answer.headers }) : answer
    expect(await names(without('content-security-policy'))).toEqual(['no_policy', 'framed'])
    expect(await names(without('x-content-type-options', 'referrer-policy'))).toEqual(['sniffed', 'referrer'])
    expect(await names(without('cache-control'))).toEqual(['page_cached', 'worker_cached'])
    expect(await names(instead(/^8333/, 404))).toEqual(['no_rewrite'])
    expect(await names(instead(/^01\//, 404))).toEqual(['no_rewrite'])
    expect(await names(instead(/^sw\.js/, 404))).toEqual(['worker_missing'])
    expect(await names(instead(/^assets\/index-.*css/, 404))).toEqual(['asset_missing'])
    expect(await names(instead(/^lists\/trust/, 200, 'other bytes'))).toContain('lists')
    expect(await names(instead(/^$/, 200, '<p>Welcome</p>'))).toEqual(['not_a_page'])
    expect(
      await names((path, answer) => {
        if (path === '') answer.headers.append('set-cookie', 'a=1')
        return answer
      }),
    ).toEqual(['cookie'])
  })

  test('knows a page that was made for another address, and one that nobody answers at', async () => {
    using desk = await openSiteProject([HASH])
    await desk.done('site', '-o', 'public')
    const app = siteApp(desk.path('public'), placeOf(HASH))
    const fetch = ((input: URL) => app.fetch(new Request(input))) as typeof globalThis.fetch
    const faults = await checkSite('https://www.other.example/', fetch, NOW)
    expect(faults.filter((each) => !isAdvice(each))).toEqual([
      { fault: 'other_address', at: 'https://tem.example/' },
    ])
    const nobody = (() => Promise.reject(new Error('down'))) as typeof globalThis.fetch
    expect((await checkSite('https://tem.example/', nobody, NOW)).map(({ fault }) => fault)).toEqual([
      'no_answer',
    ])
    expect((await checkSite('http://tem.example/', nobody, NOW)).map(({ fault }) => fault)).toEqual([
      'not_https',
      'no_answer',
    ])
    expect(await desk.say('site', '--check', 'tem.example')).toMatchObject({ exit: 2 })
  })
})

describe('veristamp serve', () => {
  test('shows the site on this machine until it is stopped', async () => {
    using desk = await openSiteProject([PATH])
    await desk.done('site', '-o', 'public')
    let address = ''
    let checked = ''
    desk.onOut = async (text) => {
      if (address !== '') return
      address = /http:\S+/.exec(text)![0]
      const page = await fetch(new URL(`8${'3'.repeat(100)}`, address))
      const typed = await fetch(new URL('/qni', address))
      const outside = await fetch(new URL('lists/..%2f..%2fveristamp.json', address))
      const missing = await fetch(new URL('lists/nothing.cbor', address))
      checked = [page.status, typed.url === address, outside.status, missing.status].join()
      desk.stop.abort()
    }
    expect((await desk.say('serve', 'public', '--port', '0')).exit).toBe(0)
    expect(address).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/QNI\/$/)
    expect(checked).toBe('200,true,404,404')
  })

  test('says what to make first', async () => {
    using desk = await openSiteProject([PATH])
    expect(await desk.say('serve', 'public')).toMatchObject({
      exit: 2,
      err: expect.stringContaining('veristamp site -o public'),
    })
  })
})
