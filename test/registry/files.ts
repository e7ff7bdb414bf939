import type { RegistryFault, RegistryNote } from '../../src/registry/fault.ts'
import { type RegistryOptions, readRegistry } from '../../src/registry/registry.ts'
import type { Catalogue } from '../../src/trust/catalogue.ts'

export const FACILITIES = 'id,name,gln,address\n1,Bến Gió,9521005000006,Vân Đồn\n2,Lửa Đất,,\n'
export const PRODUCTS =
  'id,facility,name,gtin,stars,image\n1,1,Nước mắm nhĩ,9521005000020,5,\n2,2,Bình hoa,,,https://example.invalid/2.jpg\n'

export const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)

export const reading = (
  facilities: string | Uint8Array = FACILITIES,
  products: string | Uint8Array = PRODUCTS,
  missingLetters?: RegistryOptions['missingLetters'],
): ReturnType<typeof readRegistry> =>
  readRegistry(
    {
      facilities: typeof facilities === 'string' ? bytes(facilities) : facilities,
      products: typeof products === 'string' ? bytes(products) : products,
    },
    { ...(missingLetters && { missingLetters }) },
  )

export function catalogueOf(facilities?: string | Uint8Array, products?: string | Uint8Array): Catalogue {
  const read = reading(facilities, products)
  if (!read.ok) throw new Error(`unexpected faults: ${JSON.stringify(read.faults.slice(0, 3))}`)
  return read.catalogue
}

export function notesOf(
  facilities?: string | Uint8Array,
  products?: string | Uint8Array,
): readonly RegistryNote[] {
  const read = reading(facilities, products)
  if (!read.ok) throw new Error(`unexpected faults: ${JSON.stringify(read.faults.slice(0, 3))}`)
  return read.notes
}

export function faultsOf(
  facilities?: string | Uint8Array,
  products?: string | Uint8Array,
  missingLetters?: RegistryOptions['missingLetters'],
): readonly RegistryFault[] {
  const read = reading(facilities, products, missingLetters)
  return read.ok ? [] : read.faults
}

/** `products 3:4 gtin bad_length "123"`: a fault or note without its message; `-` where no column is meant. */
export function briefly({ file, line, column, reason, value }: RegistryFault | RegistryNote): string {
  const place = column ? `${line}:${column.number} ${column.name}` : `${line} -`
  return `${file} ${place} ${reason} ${JSON.stringify(value)}`
}
