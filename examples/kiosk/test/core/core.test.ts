import { readFileSync } from 'node:fs'
import type { Verdict } from 'veristamp/verify'
import { REASONS } from 'veristamp/verify'
import { describe, expect, test } from 'vitest'
import { answerTo, daysBetween } from '../../../shared/answer.ts'
import { byKind, kindOf } from '../../src/core/file-kind.ts'
import { createRepeatGuard } from '../../src/core/repeat.ts'
import { readSetup } from '../../src/core/setup.ts'
import { en } from '../../src/core/words.ts'
import { vi } from '../../src/core/words-vi.ts'
import { type HistoryEntry, openHistory } from '../../src/kiosk/history.ts'

const verdict = (status: string, reason?: string) => ({ status, reason }) as unknown as Verdict

describe('The large answer', () => {
  test('is that of the verdict for every reason there is', () => {
    for (const [reason, { status }] of Object.entries(REASONS)) {
      for (const suspicious of [false, true]) {
        const { tone } = answerTo(verdict(status, reason), suspicious)
        expect(tone).toBe(status === 'invalid' ? 'bad' : 'unsure')
      }
    }
    expect(answerTo(verdict('valid'), false)).toEqual({ tone: 'good', word: 'valid' })
  })

  test('warns of a copy where the scan log holds something against a valid stamp', () => {
    expect(answerTo(verdict('valid'), true)).toEqual({ tone: 'copy', word: 'copy' })
  })
})

describe('The age of a list', () => {
  test('is in whole days, and below 0 under a clock that is behind', () => {
    const day = (text: string) => new Date(text)
    expect(daysBetween(day('2026-11-01T12:00Z'), day('2026-11-24T11:00Z'))).toBe(22)
    expect(daysBetween(day('2026-11-02T00:00Z'), day('2026-11-01T23:00Z'))).toBe(-1)
  })
})

describe('A code in sight of the camera', () => {
  test('counts once, until it was out of sight for a while', () => {
    const guard = createRepeatGuard(3_000)
    const seen = [0, 100, 2_900, 5_800, 9_000].map((time) => guard.isNew('A', time))
    expect(seen).toEqual([true, false, false, false, true])
  })

  test('does not hide another one', () => {
    const guard = createRepeatGuard(3_000)
    expect([guard.isNew('A', 0), guard.isNew('B', 1), guard.isNew('A', 2)]).toEqual([true, true, false])
  })
})

describe('A set-up file', () => {
  test.each([
    '',
    '[]',
    'null',
    '{"kind":"veristamp-kiosk-setup"}',
    JSON.stringify({
      kind: 'other',
      authority: 'a',
      roots: { version: 1, threshold: 1, keys: ['00'.repeat(32)] },
    }),
    JSON.stringify({
      kind: 'veristamp-kiosk-setup',
      authority: 'a',
      roots: { version: 1, threshold: 2, keys: ['00'.repeat(32)] },
    }),
    JSON.stringify({
      kind: 'veristamp-kiosk-setup',
      authority: 'a',
      roots: { version: 1, threshold: 1, keys: ['00'] },
    }),
    JSON.stringify({
      kind: 'veristamp-kiosk-setup',
      authority: '',
      roots: { version: 1, threshold: 1, keys: ['00'.repeat(32)] },
    }),
  ])('is none where anything is missing: %s', (text) => {
    expect(readSetup(Buffer.from(text))).toBeUndefined()
  })

  const sound = {
    kind: 'veristamp-kiosk-setup',
    authority: 'vn-quangninh',
    place: 'Chợ Hạ Long 1',
    roots: { version: 1, threshold: 1, keys: ['00'.repeat(32)] },
  }
  const read = (changes: object) => readSetup(Buffer.from(JSON.stringify({ ...sound, ...changes })))

  test('names a place of 1 to 200 units, as trust lists do', () => {
    for (const place of ['x', 'x'.repeat(200)]) expect(read({ place })?.place).toBe(place)
    for (const place of ['', 'x'.repeat(201), 5, null]) expect(read({ place })).toBeUndefined()
    expect(read({ place: undefined })?.place).toBe('kiosk')
  })

  test('is none where a verifier could not have its pins', () => {
    expect(read({})).toBeDefined()
    const roots = (changes: object) => ({ roots: { ...sound.roots, ...changes } })
    const keys = (count: number) => Array.from({ length: count }, (_, i) => i.toString(16).padStart(64, '0'))
    expect(read(roots({ keys: keys(16) }))).toBeDefined()
    for (const wrong of [
      { authority: 'VN' },
      roots({ keys: keys(17) }),
      roots({ keys: [...keys(2), ...keys(2)] }),
      roots({ threshold: 0 }),
      roots({ version: 1.5 }),
      roots({ keys: [] }),
    ]) {
      expect(read(wrong)).toBeUndefined()
    }
  })
})

const document = (context: string) => Uint8Array.of(0x83, 0x70, ...Buffer.from(context))

describe('A file', () => {
  test('is known by its first bytes', () => {
    expect(kindOf(document('veristamp:trust1'))).toBe('trust')
    expect(kindOf(document('veristamp:revoc1'))).toBe('revocation')
    expect(kindOf(document('veristamp:delta1'))).toBe('delta')
    expect(kindOf(document('veristamp:scans1'))).toBe('scans')
    expect(kindOf(Buffer.from('{"kind":"veristamp-pins"}'))).toBe('setup')
    expect(kindOf(Buffer.from('{"kind":"veristamp-kiosk-setup"}'))).toBe('setup')
    expect(kindOf(Uint8Array.of(0xa3, 0x67))).toBe('slice')
    const long = new Uint8Array(2 ** 18 + 1).fill(0xa2)
    expect([kindOf(long), kindOf(long.subarray(1))]).toEqual(['unknown', 'slice'])
    for (const other of ['', '{', '%PDF', '\x83\x70', '\x83\x70veristamp:stamp1']) {
      expect(kindOf(Buffer.from(other, 'latin1'))).toBe('unknown')
    }
  })

  test('is loaded after those that it needs', () => {
    const files = ['scans1', 'delta1', 'revoc1', 'trust1'].map((each) => document(`veristamp:${each}`))
    const slice = Uint8Array.of(0xa2, 0x67, ...Buffer.from('issuers'))
    const sorted = byKind([slice, ...files, slice])
    expect(sorted.map(([kind]) => kind)).toEqual(['trust', 'revocation', 'delta', 'slice', 'scans'])
    expect(sorted.find(([kind]) => kind === 'slice')![1]).toEqual([slice, slice])
  })
})

describe('The history', () => {
  test('keeps the last 2,000 scans, the newest first', async () => {
    const kept = new Map<number, HistoryEntry>()
    const keep = {
      history: async () => [...kept.values()],
      putEntry: async (entry: HistoryEntry) => void kept.set(entry.id, entry),
      dropEntry: async (id: number) => void kept.delete(id),
    }
    const history = await openHistory(keep)
    for (let time = 1; time <= 2_005; time++) await history.add({ time, tone: 'good', word: 'valid' }).saved
    await history.undo(2_004)
    for (const each of [history, await openHistory(keep)]) {
      expect(each.entries().map(({ time }) => time)).toEqual(
        Array.from({ length: 2_000 }, (_, i) => 2_005 - i),
      )
      expect(each.entries().filter(({ undone }) => undone)).toHaveLength(1)
    }
  })
})

describe('The words', () => {
  test('are other ones in each language, and none is empty', () => {
    const [ours, theirs] = [flat(vi), flat(en)]
    expect(ours.size).toBe(theirs.size)
    for (const [name, word] of ours) {
      expect(word.trim(), name).not.toBe('')
      expect(word, name).not.toBe(theirs.get(name))
    }
  })
})

describe('The operator’s part of the README', () => {
  const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8')
  const [, part] = /## Dành cho người trông máy\n([\s\S]*?)\n## /.exec(readme)!

  test('calls everything on the screen as the screen does', () => {
    const shown = [...flat(vi).values()]
    const named = [...part!.matchAll(/(?<!\*)\*([^*]+)\*(?!\*)/g)].map(([, each]) =>
      each!.replace(/\s+/g, ' '),
    )
    expect(named.length).toBeGreaterThan(20)
    expect(named.filter((each) => !shown.some((word) => word.includes(each)))).toEqual([])
  })

  test('says what to do at each answer', () => {
    const { no_stamp: _, ...answers } = vi.answers
    for (const word of Object.values(answers)) expect(part).toContain(`**${word}**`)
  })
})

/** All words by their names; those with gaps are left to the compiler. */
function flat(words: object, path = ''): Map<string, string> {
  const entries = Object.entries(words).flatMap(([name, value]): [string, string][] => {
    if (typeof value === 'string') return [[`${path}${name}`, value]]
    return typeof value === 'object' ? [...flat(value, `${path}${name}.`)] : []
  })
  return new Map(entries)
}
