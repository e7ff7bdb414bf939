import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { specPages } from './pages.ts'

const root = new URL('../../', import.meta.url)
const read = (path: string): string => readFileSync(new URL(path, root), 'utf8')

/** All of the program's files, each on one line: comments run on, without the stars between their lines. */
const files = ['src', 'bench', 'test', 'examples'].flatMap((folder) =>
  readdirSync(new URL(folder, root), { recursive: true, encoding: 'utf8' })
    .filter((path) => /^(?!.*(node_modules|[/\\]out[/\\]|references\.test)).*\.ts$/.test(path))
    .map((path) => `${folder}/${path}`)
    .map((path) => ({ path, text: read(path).replace(/\s*\n\s*(\/\/|\*(?!\/))?\s*/g, ' ') })),
)
/** The sections of the specification, by page and heading. */
const sections = new Map<string, string>(
  specPages.flatMap((page) =>
    read(page)
      .split(/^#{2,3} /m)
      .slice(1)
      .map((section) => [`${page} ${section.slice(0, section.indexOf('\n'))}`, section] as const),
  ),
)

/** Every place that speaks of a section: `SPEC.md, "Seals"`, `docs/spec/pins.md's "Pins"`, `… and "Payload"`, `… rule 8`. */
const references = files.flatMap(({ path, text }) =>
  [
    ...text.matchAll(
      /(SPEC\.md|docs\/spec\/[\w-]+\.md)(?:,|'s) "([^"]+)"(?:, (?:rule|step)s? (\d+)(?: to (\d+))?| and "([^"]+)")?/g,
    ),
  ].map(([whole, page, heading, first, last, other]) => ({
    path,
    whole,
    headings: [heading!, other ?? heading!].map((name) => `${page} ${name}`),
    first,
    last,
  })),
)

describe('what the code says of the specification', () => {
  it('names headings that are on the page', () => {
    expect(sections.size).toBeGreaterThan(20)
    expect(references.length).toBeGreaterThan(30)
    const stale = references.filter(({ headings }) => !headings.every((heading) => sections.has(heading)))
    expect(stale.map(({ path, whole }) => `${path}: ${whole}`)).toEqual([])
  })

  it('names rules and steps that are there', () => {
    const numbered = references.filter(({ first }) => first !== undefined)
    expect(numbered.length).toBeGreaterThan(1)
    for (const { path, whole, headings, first, last = first } of numbered) {
      for (const number of [first, last]) {
        expect(sections.get(headings[0]!), `${path}: ${whole}`).toMatch(new RegExp(`^${number}\\. `, 'm'))
      }
    }
  })

  it('names a heading wherever it points into the page', () => {
    const vague = files
      .filter(({ path }) => path.startsWith('src/'))
      .flatMap(({ path, text }) =>
        [...text.matchAll(/(SPEC\.md|docs\/spec\/[\w-]*), (?!").{0,30}/g)].map(
          ([whole]) => `${path}: ${whole}`,
        ),
      )
    expect(vague).toEqual([])
  })
})

describe('what comments say of types', () => {
  it('names members that are there', () => {
    const bodies = new Map(
      files
        .filter(({ path }) => path.startsWith('src/'))
        .flatMap(({ path }) => [...read(path).matchAll(/^export (?:interface|class) (\w+)[\s\S]*?^\}/gm)])
        .map(([body, name]) => [name!, body!]),
    )
    const named = files.flatMap(({ path, text }) =>
      [...text.matchAll(/`([A-Z]\w+)\.(\w+)/g)].map(([whole, type, member]) => ({
        place: `${path}: ${whole}`,
        body: bodies.get(type!),
        member: member!,
      })),
    )
    const stale = named.filter(
      ({ body, member }) => body !== undefined && !new RegExp(`\\b${member}\\b`).test(body),
    )
    expect(stale.map(({ place }) => place)).toEqual([])
  })
})
