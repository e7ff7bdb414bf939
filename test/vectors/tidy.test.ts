import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { tidyScan } from '../../src/stamp/tidy.ts'
import { readScan } from '../../src/verify/scan.ts'
import { type TidyVector, tidyVectors } from './tidy.generate.ts'

const file = readFileSync(new URL('tidy.json', import.meta.url), 'utf8')
const { texts }: { texts: TidyVector[] } = JSON.parse(file)

const isCode = (text: string): boolean => {
  const scan = readScan(text)
  return !('reason' in scan) || scan.reason === 'unsupported_version'
}

describe('the file of texts to tidy', () => {
  it('is what the generator makes', async () => {
    expect(file).toBe(await tidyVectors())
  })

  it('has a name of its own for each', () => {
    expect(new Set(texts.map(({ name }) => name)).size).toBe(texts.length)
  })

  it('has texts that verify would call malformed, wherever one is changed', () => {
    const changed = texts.filter(({ text, tidied }) => text !== tidied)
    expect(changed.length).toBeGreaterThan(30)
    expect(changed.filter(({ text }) => isCode(text))).toEqual([])
  })
})

describe('tidying', () => {
  it.each(texts)('$name', ({ text, tidied, decodes }) => {
    expect(tidyScan(text)).toBe(tidied)
    expect(isCode(tidied)).toBe(decodes)
    expect(tidyScan(tidied)).toBe(tidied)
  })
})
