import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/** The project's pages in Markdown, by their paths from its root. */

export const ROOT = fileURLToPath(new URL('../../', import.meta.url))

export const read = (path: string): string => readFileSync(`${ROOT}${path}`, 'utf8')

const pagesIn = (folder: string): string[] =>
  readdirSync(`${ROOT}${folder}`, { recursive: true, encoding: 'utf8' })
    .map((path) => `${folder}${path}`)
    .filter((path) => /^(?!.*(node_modules|\bout\b|dist)\/).*\.md$/.test(path))

export const pages: readonly string[] = [
  ...readdirSync(ROOT).filter((name) => name.endsWith('.md')),
  ...['docs/', 'bench/', 'examples/', 'test/'].flatMap(pagesIn),
]

/** The pages that the specification is made of. */
export const specPages: readonly string[] = pages.filter((page) => /^(SPEC\.md|docs\/spec\/.*)$/.test(page))

export interface Block {
  readonly language: string
  /** What stands behind the language: `run`, `file=page.js`, or nothing. */
  readonly mark: string
  readonly text: string
}

/** The fenced blocks of a page, those in lists too. */
export const blocksOf = (page: string): Block[] =>
  [...page.matchAll(/^( *)```(\w*) ?(.*)\n([\s\S]*?)^ *```$/gm)].map(([, indent, language, mark, text]) => ({
    language: language!,
    mark: mark!,
    text: text!.replaceAll(new RegExp(`^${indent}`, 'gm'), ''),
  }))

/** A page without its fenced blocks and inline code, which may hold anything. */
export const proseOf = (page: string): string =>
  page.replaceAll(/^ *```[\s\S]*?^ *```$/gm, '').replaceAll(/`[^`\n]*`/g, '`…`')

/** The anchors of a page: what GitHub and typedoc make of its headings. */
export const anchorsOf = (page: string): Set<string> =>
  new Set(
    [...page.replaceAll(/^ *```[\s\S]*?^ *```$/gm, '').matchAll(/^#{1,6} (.*)$/gm)].map(([, heading]) =>
      slugOf(heading!),
    ),
  )

const slugOf = (heading: string): string =>
  heading
    .toLowerCase()
    .replaceAll(/[^\p{Letter}\p{Number}\s_-]/gu, '')
    .trim()
    .replaceAll(/\s/g, '-')
