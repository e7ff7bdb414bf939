import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createWedge, type KeyPress, type Reading, textsOf, type Wedge } from '../../src/core/wedge.ts'
import { AZERTY, type Layout, understood, usKey, VIETNAMESE } from '../support/scanner.ts'

const LETTERS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:'
const stampText = fc.string({ unit: fc.constantFrom(...LETTERS), minLength: 6, maxLength: 300 })

const ENTER = { key: 'Enter', code: 'Enter', shift: false }

const keysOf = (text: string, layout: Layout = {}): Omit<KeyPress, 'time'>[] => [
  ...[...text].map((letter) => ({ key: understood(letter, layout), ...usKey(letter) })),
  ENTER,
]

/** Types keys at a pace in milliseconds. @returns the reading that the last key ended */
function type(wedge: Wedge, keys: readonly Omit<KeyPress, 'time'>[], pace = 10): Reading | undefined {
  let pressed: ReturnType<Wedge['press']> = 'ignored'
  for (const [i, key] of keys.entries()) pressed = wedge.press({ ...key, time: 1_000 + i * pace })
  return typeof pressed === 'object' ? pressed.reading : undefined
}

describe('A hand scanner', () => {
  test.each<[string, Layout]>([
    ['US', {}],
    ['French', AZERTY],
    ['Vietnamese', VIETNAMESE],
  ])('is read by the places of its keys whatever the text, on a %s keyboard', (_name, layout) => {
    fc.assert(
      fc.property(stampText, (text) => {
        const reading = type(createWedge(), keysOf(text, layout))!
        expect(reading.byPlace).toBe(text)
        expect(textsOf(reading)).toContain(text)
      }),
    )
  })

  test('that is set to the layout of the computer is read by its letters', () => {
    // The keys of a French keyboard that type "AQ1": places say otherwise.
    const keys = [
      { key: 'A', code: 'KeyQ', shift: true },
      { key: 'Q', code: 'KeyA', shift: true },
      { key: '1', code: 'Digit1', shift: true },
    ]
    const reading = type(createWedge(), [...keys, ...keys, ENTER])!
    expect(textsOf(reading)).toEqual(['AQ1AQ1', 'QA!QA!'])
  })

  test('is not mistaken for a person, who types slowly', () => {
    expect(type(createWedge(), keysOf('HTTPS://TEM.EXAMPLE/'), 400)).toBeUndefined()
  })

  test('is told from what was typed before it', () => {
    const wedge = createWedge()
    wedge.press({ key: 'x', code: 'KeyX', shift: false, time: 0 })
    expect(type(wedge, keysOf('1234567'))!.byLetter).toBe('1234567')
  })

  test('takes its keys from the page after the first two, and Enter with them', () => {
    const wedge = createWedge()
    const pressed = keysOf('12345678').map((key, i) => wedge.press({ ...key, time: i * 10 }))
    expect(pressed.slice(0, 3)).toEqual(['ignored', 'ignored', 'taken'])
    expect(pressed.at(-1)).toHaveProperty('reading')
  })

  test('may end without Enter', () => {
    const wedge = createWedge()
    type(wedge, keysOf('12345678').slice(0, -1))
    expect(wedge.rest()?.byLetter).toBe('12345678')
    expect(wedge.rest()).toBeUndefined()
  })

  test('is noticed to be rewritten by an input method', () => {
    // Telex: the second A goes back over the first and types Â.
    const keys = [
      { key: 'A', code: 'KeyA', shift: true },
      { key: 'Backspace', code: 'Backspace', shift: false },
      { key: 'Â', code: '', shift: false },
      ...keysOf('12345'),
    ]
    expect(type(createWedge(), keys)).toMatchObject({ byLetter: 'Â12345', composed: true })
  })

  test('types no more than a bounded number of keys into memory', () => {
    const wedge = createWedge()
    const reading = type(wedge, keysOf('1'.repeat(2_500)))!
    expect(reading.byLetter.length).toBeLessThanOrEqual(1_000)
  })
})
