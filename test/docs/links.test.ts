import { existsSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { describe, expect, it } from 'vitest'
import { anchorsOf, pages, proseOf, ROOT, read } from './pages.ts'

const scripts = Object.keys(JSON.parse(read('package.json')).scripts)

interface Link {
  readonly page: string
  readonly to: string
}

const links = pages.flatMap((page): Link[] =>
  [...proseOf(read(page)).matchAll(/\]\(([^)\s]+)\)/g)]
    .map(([, to]) => ({ page, to: to! }))
    .filter(({ to }) => !/^[a-z]+:/.test(to)),
)

/** What is wrong with a link, in words. */
function faultOf({ page, to }: Link): string | undefined {
  const [path, anchor] = to.split('#') as [string, string?]
  const target = path === '' ? page : relative(ROOT, join(ROOT, dirname(page), path))
  if (target.startsWith('..') || !existsSync(join(ROOT, target))) return `${page}: nothing at ${to}`
  if (anchor !== undefined && !anchorsOf(read(target)).has(anchor)) return `${page}: no heading for ${to}`
  return undefined
}

describe('the pages', () => {
  it('link to files and headings that are there', () => {
    expect(links.length).toBeGreaterThan(50)
    expect(links.flatMap((link) => faultOf(link) ?? [])).toEqual([])
  })

  it('can all be reached from the README', () => {
    const reached = new Set<string>()
    const follow = (page: string): void => {
      if (reached.has(page)) return
      reached.add(page)
      for (const { to } of links.filter((link) => link.page === page)) {
        const target = relative(ROOT, join(ROOT, dirname(page), to.split('#')[0]!))
        if (pages.includes(target)) follow(target)
      }
    }
    follow('README.md')
    expect(pages.filter((page) => !reached.has(page))).toEqual([])
  })

  it('name commands of npm that are there', () => {
    const named = pages
      .filter((page) => page !== 'CHANGELOG.md')
      .flatMap((page) => [...read(page).matchAll(/npm run ([\w:]+)/g)].map(([, name]) => ({ page, name })))
    expect(named.length).toBeGreaterThan(10)
    expect(named.filter(({ name }) => !scripts.includes(name!))).toEqual([])
  })
})
