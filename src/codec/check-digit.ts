import { anyText } from '../lib/arguments.ts'
import { argumentRange } from '../lib/errors.ts'

/**
 * The check digit, 0 to 9, that belongs after these digits of a GS1 key (GLN, GTIN, SSCC…): GS1 General
 * Specifications §7.9.1. The digit beside the check digit weighs 3, the next 1, and so on leftwards, so zeros
 * in front change nothing. Throws an ArgumentRangeError unless `digits` is one or more of 0–9.
 * @example
 * ```ts
 * import { checkDigit } from 'veristamp/registry'
 *
 * checkDigit('893850597412') // → 5
 * ```
 */
export function checkDigit(digits: string): number {
  anyText('digits', digits)
  if (!/^[0-9]+$/.test(digits)) throw argumentRange('digits', 'one or more digits 0 to 9', digits)
  return (10 - weightedSum(`${digits}0`)) % 10
}

/** The digits weighed by 1 and 3 in turn from the right, without tens: 0 where the last one is the check digit of the others. */
export function weightedSum(digits: string): number {
  let sum = 0
  let weight = digits.length % 2 ? 1 : 3
  for (const digit of digits) {
    sum += weight * Number(digit)
    weight = 4 - weight
  }
  return sum % 10
}

/**
 * True when `digits` is two or more digits 0–9 and the last is the check digit of those before it.
 * @example
 * ```ts
 * import { hasValidCheckDigit } from 'veristamp/registry'
 *
 * hasValidCheckDigit('4006381333931') // → true
 * hasValidCheckDigit('4006381333932') // → false
 * ```
 */
export function hasValidCheckDigit(digits: string): boolean {
  anyText('digits', digits)
  return /^[0-9]{2,}$/.test(digits) && weightedSum(digits) === 0
}
