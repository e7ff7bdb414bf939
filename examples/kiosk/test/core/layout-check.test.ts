import { describe, expect, test } from 'vitest'
import { checkLayout, TEST_TEXT } from '../../src/core/layout-check.ts'
import { AZERTY, type Layout, understood } from '../support/scanner.ts'

const asTyped = (layout: Layout): string =>
  [...TEST_TEXT].map((letter) => understood(letter, layout)).join('')
const reading = (byLetter: string, byPlace = byLetter, composed = false) => ({ byLetter, byPlace, composed })

describe('The scanner check', () => {
  test('has a test code with every letter that stamps have', () => {
    for (const letter of '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:') expect(TEST_TEXT).toContain(letter)
  })

  test('finds no fault where all letters come right', () => {
    expect(checkLayout(reading(TEST_TEXT))).toEqual({ fault: 'none', garbled: [] })
  })

  test('names the letters that another layout changes, and says that they are mended', () => {
    const { fault, garbled } = checkLayout(reading(asTyped(AZERTY), TEST_TEXT))
    expect(fault).toBe('mended')
    expect(garbled).toContainEqual({ expected: 'A', got: 'Q' })
    expect(garbled).toContainEqual({ expected: '1', got: '&' })
    expect(garbled.find(({ expected }) => expected === 'B')).toBeUndefined()
  })

  test('tells a scanner for another country from a layout that is mended', () => {
    const swapped = TEST_TEXT.replace(/[YZ]/g, (letter) => (letter === 'Y' ? 'Z' : 'Y'))
    expect(checkLayout(reading(swapped)).fault).toBe('layout')
  })

  test('knows Caps Lock by its small letters, mended or not', () => {
    expect(checkLayout(reading(TEST_TEXT.toLowerCase())).fault).toBe('caps_lock')
    expect(checkLayout(reading(TEST_TEXT.toLowerCase(), TEST_TEXT)).fault).toBe('caps_lock')
  })

  test('knows an input method by what it composes', () => {
    const telex = TEST_TEXT.replace('DE', 'ĐE')
    expect(checkLayout(reading(telex, '\uFFFD')).fault).toBe('input_method')
    expect(checkLayout(reading(TEST_TEXT.slice(3), '\uFFFD', true)).fault).toBe('input_method')
  })

  test('knows a scanner that is too fast by the letters that are lost', () => {
    expect(checkLayout(reading(TEST_TEXT.replace('HI', '').replace('7', ''))).fault).toBe('letters_lost')
  })

  test('takes another code for what it is', () => {
    expect(checkLayout(reading('8935049501503')).fault).toBe('other_code')
    expect(checkLayout(reading('')).fault).toBe('other_code')
  })
})
