import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { faultsOf, roomOf } from './faults.ts'
import type { House } from './inspect.ts'
import { PACKAGE_DOORS, ROOMS } from './plan.ts'

function readHouse(folder: URL): House {
  const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => path.endsWith('.ts'))
  return new Map(paths.map((path) => [path, readFileSync(new URL(path, folder), 'utf8')]))
}

describe('the house', () => {
  const source = readHouse(new URL('../../src/', import.meta.url))

  it('is built to its plan', () => {
    expect(faultsOf(source)).toEqual([])
  })

  it('has one thing under a name', () => {
    const homes = new Map<string, string[]>()
    for (const [path, text] of source) {
      if (!path.includes('/') || path.includes('/kernel/')) continue
      const named = text.matchAll(
        /^export (?:async )?(?:const|let|function\*?|class|interface|type|enum) ([\w$]+)/gm,
      )
      for (const [, name] of named) homes.set(name!, [...new Set([...(homes.get(name!) ?? []), path])])
    }
    expect([...homes].filter(([, paths]) => paths.length > 1)).toEqual([])
  })

  it('is all read: every room and door, and each package through the door that the plan names', () => {
    const rooms = new Set([...source.keys()].map(roomOf).filter((room) => room !== undefined))
    expect([...rooms].filter((room) => room !== 'package').sort()).toEqual(Object.keys(ROOMS).sort())
    for (const [name, door] of Object.entries(PACKAGE_DOORS)) {
      const files = [...source].filter(([path]) => path.startsWith(door))
      expect(
        files.some(([, text]) => new RegExp(`(from |import\\()'${name}`).test(text)),
        name,
      ).toBe(true)
    }
  })
})

describe('the plan', () => {
  it('lets imports fall only: what a room may import is on a lower floor', () => {
    for (const [name, { floor, mayImport }] of Object.entries(ROOMS)) {
      for (const other of mayImport) expect(ROOMS[other]!.floor, `${name} → ${other}`).toBeLessThan(floor)
    }
  })

  it('keeps issue and verify apart', () => {
    expect(ROOMS.issue!.mayImport).not.toContain('verify')
    expect(ROOMS.verify!.mayImport).not.toContain('issue')
  })
})
