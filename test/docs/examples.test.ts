import { spawnSync } from 'node:child_process'
import { copyFileSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { build, type PreviewServer, preview } from 'vite'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { type Installed, installPacked } from '../package/packed.ts'
import { launchBrowser, noBrowser, whyNot } from '../support/browser.ts'
import { type Block, blocksOf, pages, ROOT, read } from './pages.ts'

/**
 * The examples, run by the package as it is published, in the folder that the README's recipe leaves behind. All
 * blocks of a page that are marked `js run` make one program, from top to bottom, so that a page need not begin anew
 * with each of them. What it prints has every `// prints …`, in their order.
 */

const FONT = 'node_modules/@expo-google-fonts/be-vietnam-pro/400Regular/BeVietnamPro_400Regular.ttf'

let app: Installed
const inApp = (path: string): string => join(app.folder, path)

beforeAll(async () => {
  app = await installPacked()
  copyFileSync(join(ROOT, FONT), inApp('BeVietnamPro_400Regular.ttf'))
  const readme = blocksOf(read('README.md'))
  const [facilities, products] = readme.filter(({ language }) => language === 'csv')
  writeFileSync(inApp('facilities.csv'), facilities!.text)
  writeFileSync(inApp('products.csv'), products!.text)
  run(shell(readme, 'npx veristamp init'))
})
afterAll(() => app.remove())

const shell = (blocks: readonly Block[], begin: string): string =>
  blocks.find(({ language, text }) => language === 'sh' && text.startsWith(begin))!.text

/** Runs commands in a shell, with this package's command line in the place of `npx veristamp`. @returns what they print */
function run(commands: string): string {
  const node = `"${process.execPath}"`
  const { status, stdout, stderr } = spawnSync(
    'sh',
    [
      '-ec',
      commands
        .replaceAll('npx veristamp', `${node} node_modules/veristamp/dist/cli.js`)
        .replace(/^node /, `${node} `),
    ],
    {
      cwd: app.folder,
      env: { ...process.env, LANG: 'C', VERISTAMP_PASSPHRASE: 'green tea of the misty hills' },
      encoding: 'utf8',
    },
  )
  expect([status, status === 0 ? '' : stderr], commands).toEqual([0, ''])
  return stdout
}

describe('the recipe of the README', () => {
  it('prints a run by its commands, from its two files', () => {
    expect(readFileSync(inApp('runs/12-104-1-1/sheets.pdf'), 'latin1')).toMatch(/^%PDF/)
  })
})

describe('the keeper of the README', () => {
  const block = blocksOf(read('README.md')).find(({ mark }) => mark === 'file=fresh.mjs')!

  it('takes at most 12 lines', () => {
    expect(
      block.text
        .trim()
        .split('\n')
        .filter((line) => line !== '').length,
    ).toBeLessThanOrEqual(12)
  })

  it('verifies with published lists, and without a network afterwards', () => {
    run(shell(blocksOf(read('README.md')), 'npx veristamp publish'))
    writeFileSync(inApp('fresh.mjs'), block.text)
    writeFileSync(
      inApp('web.mjs'),
      `import { readFileSync } from 'node:fs'
globalThis.fetch = async (address) => {
  if (process.env.OFFLINE) throw new TypeError('fetch failed')
  const [, path] = /^https:\\/\\/tem\\.example\\/(lists\\/.*)$/.exec(address)
  return new Response(readFileSync('site/' + path))
}`,
    )
    const [, code] = readFileSync(inApp('runs/12-104-1-1/codes.csv'), 'utf8').match(/^"1","(.*)"/m)!
    const ask = `node --import ./web.mjs fresh.mjs '${code}'`
    expect(run(`OFFLINE=1 ${ask}`)).toMatch(/^indeterminate No trust list/)
    expect(run(ask)).toMatch(/^valid /)
    expect(run(`OFFLINE=1 ${ask}`)).toMatch(/^valid /)
  })
})

describe.each(pages)('the examples of %s', (page) => {
  const blocks = blocksOf(read(page)).filter(({ mark }) => mark === 'run')
  // What is kept about people is told in words.
  const needed = /^(docs\/(?!spec|people)|README)/.test(page)

  it.skipIf(blocks.length === 0 && !needed)('run, and print what they say', () => {
    const program = blocks.map(({ text }) => text).join('\n')
    const expected = [...program.matchAll(/\/\/ prints (.+)$/gm)].map(([, printed]) => printed!)
    expect(expected.length).toBeGreaterThan(0)
    writeFileSync(inApp('example.mjs'), program)
    let rest = run('node example.mjs')
    for (const printed of expected) {
      expect(rest).toContain(printed)
      rest = rest.slice(rest.indexOf(printed) + printed.length)
    }
  })
})

describe('blocks of code', () => {
  it('are marked to be run, as a file, or not at all', () => {
    const marks = pages.flatMap((page) => blocksOf(read(page)).map(({ mark }) => mark))
    expect(marks.filter((mark) => !/^(run|file=[a-z.]+)?$/.test(mark))).toEqual([])
  })
})

describe(`the page of docs/apps.md${whyNot}`, () => {
  let server: PreviewServer | undefined
  let browser: Browser | undefined
  afterAll(() => browser?.close())
  afterEach(() => server?.close())

  /** By the files and the commands of the chapter. */
  async function open(commands: string, script: string): Promise<Page> {
    const chapter = blocksOf(read('docs/apps.md'))
    run(shell(chapter, commands).replace(/^npm install.*$/m, ''))
    for (const { mark, text } of chapter) {
      const [, name] = /^file=(.+)$/.exec(mark) ?? []
      if (name !== undefined) writeFileSync(inApp(name), text)
    }
    copyFileSync(inApp(script), inApp('page.js'))
    await build({ root: app.folder, configFile: false, logLevel: 'warn' })
    server = await preview({ root: app.folder, configFile: false, preview: { port: 4199 } })
    browser ??= await launchBrowser()
    return browser.newPage({ baseURL: server.resolvedUrls!.local[0]! })
  }

  async function ask(page: Page, text: string): Promise<(string | null)[]> {
    await page.goto('/')
    await page.locator('#status', { hasText: 'ready' }).waitFor()
    await page.fill('input', text)
    await page.click('button')
    return [await page.locator('#status').textContent(), await page.locator('#facts').textContent()]
  }

  const codeOf = (serial: number): string =>
    new RegExp(`^"${serial}","(.*)"`, 'm').exec(readFileSync(inApp('runs/12-104-1-1/codes.csv'), 'utf8'))![1]!

  it.skipIf(noBrowser)('answers of a stamp, of an altered one and of a revoked one', async () => {
    const page = await open('npm install', 'page.js')
    const code = codeOf(1)
    expect(await ask(page, code)).toEqual(['valid', expect.stringContaining('Green tea')])
    const altered = `${code.slice(0, 50)}${code[50] === 'A' ? 'B' : 'A'}${code.slice(51)}`
    expect(await ask(page, altered)).toEqual(['invalid', '{}'])
    run('npx veristamp revoke --product 104 --serials 1 --reason lost --yes')
    copyFileSync(inApp('lists/revocation-2.cbor'), inApp('dist/revocation.cbor'))
    expect(await ask(page, code)).toEqual(['invalid', expect.stringContaining('Green tea')])
  })

  it.skipIf(noBrowser)('keeps its lists fresh', async () => {
    const page = await open('npx veristamp publish', 'fresh.js')
    const code = codeOf(2)
    expect((await ask(page, code))[0]).toBe('valid')
    run('npx veristamp revoke --product 104 --serials 2 --reason lost --yes')
    run('npx veristamp publish dist/lists')
    // The page answers with the lists that it remembers, until the new ones have come.
    await expect.poll(async () => (await ask(page, code))[0], { timeout: 10_000 }).toBe('invalid')
  })
})
