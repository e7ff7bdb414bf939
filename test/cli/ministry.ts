import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { keyOf } from '../support/trust-lists.ts'
import type { Desk } from './desk.ts'

/** A project of many facilities with a key each: enough issuers for lists in slices. */

export const FACILITIES = 80

/** Facility 100 has products 1000 and 1001, and so on. */
export const facilityOf = (place: number): number => 100 + place
export const productOf = (place: number): number => 1000 + 10 * place
/** Key ids between which writers cut: after 89, and after all of them. */
export const keyIdOf = (place: number): number => 47 + place
/** The key of a facility: that of facility 100 is here, the others are with their printers. */
export const keyNameOf = (place: number): string => `k${place}`

export interface MinistryOptions {
  /** Products a facility. */
  readonly products?: number
  /** Letters at the end of each product's name. */
  readonly filler?: string
  /** Changes of the project's file. */
  readonly config?: object
}

/** A project that is not signed yet. */
export async function foundMinistry(
  desk: Desk,
  { products = 2, filler = '', config = {} }: MinistryOptions = {},
): Promise<void> {
  const places = Array.from({ length: FACILITIES }, (_, place) => place)
  const facilities = places.map((place) => `${facilityOf(place)},Cơ sở ${place},,Thôn ${place}`)
  const rows = places.flatMap((place) =>
    Array.from(
      { length: products },
      (_, at) => `${productOf(place) + at},${facilityOf(place)},Chè xanh đồi ${place}-${at}${filler},,,`,
    ),
  )
  writeFileSync(desk.path('facilities.csv'), ['id,name,gln,address', ...facilities, ''].join('\n'))
  writeFileSync(desk.path('products.csv'), ['id,facility,name,gtin,stars,image', ...rows, ''].join('\n'))
  const registry = ['--facilities', 'facilities.csv', '--products', 'products.csv']
  await desk.done('--yes', 'init', 'quang-ninh.example', ...registry)
  await desk.done('keygen', 'root', 'revocation', keyNameOf(0), '--no-encrypt')
  for (const place of places.slice(1))
    writeFileSync(
      desk.path('keys', `${keyNameOf(place)}.pub`),
      `${Buffer.from(keyOf(keyNameOf(place)).publicKey).toString('hex')}\n`,
    )
  const issuers = places.map((place) => ({
    key: keyNameOf(place),
    keyId: keyIdOf(place),
    name: `Cơ sở ${place}`,
    scope: [{ facility: facilityOf(place) }],
  }))
  configure(desk, { issuers, prefixes: ['HTTPS://TEM.EXAMPLE/#'], ...config })
}

interface ProjectFile {
  readonly issuers: { scope: { facility: number; product?: number; last?: number; first?: number }[] }[]
  readonly slices?: boolean
}

export const configOf = (desk: Desk): ProjectFile =>
  JSON.parse(readFileSync(desk.path('veristamp.json'), 'utf8'))

export const configure = (desk: Desk, change: object): void =>
  writeFileSync(desk.path('veristamp.json'), JSON.stringify({ ...configOf(desk), ...change }))

/** The names of slices in a folder. */
export const slicesIn = (desk: Desk, folder = 'lists'): string[] =>
  readdirSync(desk.path(folder)).filter((name) => /^slice-[0-9a-f]{64}\.cbor$/.test(name))

/** Those that hold what they are called, all of them. */
export const soundSlices = (desk: Desk, folder = 'lists'): string[] =>
  slicesIn(desk, folder).filter(
    (name) =>
      name ===
      `slice-${createHash('sha256')
        .update(readFileSync(desk.path(folder, name)))
        .digest('hex')}.cbor`,
  )
