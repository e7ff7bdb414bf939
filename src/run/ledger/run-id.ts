import { MAX_ID } from '../../stamp/stamp.ts'

/**
 * Runs are named `<facility>-<product>-<key id>-<number>`, so that the runs of several printers can be gathered.
 * Earlier versions left the key id out; their names stay readable.
 * @inline
 */
export interface RunName {
  readonly facility: number
  readonly product: number
  readonly keyId?: number | undefined
  /** Counts up from 1. */
  readonly number: number
}

/** Numbers with more digits would not be read again. */
export const MAX_NUMBER = 999_999_999

const NAME = /^(0|[1-9]\d{0,15})-(0|[1-9]\d{0,15})-(?:(0|[1-9]\d{0,4})-)?([1-9]\d{0,8})$/

export const writeRunName = ({ facility, product, keyId, number }: Required<RunName>): string =>
  `${facility}-${product}-${keyId}-${number}`

/** Undefined for what names no run. */
export function readRunName(id: string): RunName | undefined {
  const [, facility, product, keyId, number] = NAME.exec(id) ?? []
  if (number === undefined || Math.max(Number(facility), Number(product)) > MAX_ID) return undefined
  return {
    facility: Number(facility),
    product: Number(product),
    ...(keyId !== undefined && { keyId: Number(keyId) }),
    number: Number(number),
  }
}

/** In the order of facilities, products and numbers; key by key where names say the key. */
export const compareRunNames = (a: RunName, b: RunName): number =>
  a.facility - b.facility || a.product - b.product || (a.keyId ?? -1) - (b.keyId ?? -1) || a.number - b.number
