import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'

const here = new URL('./', import.meta.url)
const read = (name: string): string => readFileSync(new URL(name, here), 'utf8')
const readme = read('README.md')
const spec = read('../../SPEC.md')
const files = readdirSync(here).filter((name) => name.endsWith('.json'))

/** Fields whose own fields are names of keys and lists. */
const NAMED = ['seedsBeginAt', 'trustLists', 'revocationLists', 'sliceFiles']

function fieldsOf(value: unknown, parent = ''): string[] {
  if (Array.isArray(value)) return value.flatMap((item) => fieldsOf(item, parent))
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([field, inner]) => [
    ...(NAMED.includes(parent) ? [] : [field]),
    ...fieldsOf(inner, NAMED.includes(parent) ? '' : field),
  ])
}

describe('the README of the vectors', () => {
  it('speaks of every file, as SPEC.md does of all but that of RFC 8032', () => {
    expect(files.length).toBeGreaterThan(10)
    for (const name of files) {
      expect(readme).toContain(name)
      if (!name.startsWith('rfc')) expect(spec).toContain(`\`${name}\``)
    }
  })

  it.each(files)('defines every word of %s', (name) => {
    const words = new Set(fieldsOf(JSON.parse(read(name))))
    expect(words.size).toBeGreaterThan(2)
    expect([...words].filter((word) => !readme.includes(`\`${word}\``))).toEqual([])
  })
})
