import { demoGtin, type Gtins, type NewId, readGtins, withGtinIds } from '../../registry/gtin-ids.ts'
import { CATALOGUE_IDS, writeId } from '../../registry/keys.ts'
import { type RegistryFiles, writeRegistry } from '../../registry/registry.ts'
import type { Catalogue, Product } from '../../trust/catalogue.ts'
import { confirm, warn } from '../shell/confirm.ts'
import type { Context } from '../shell/context.ts'
import { Failure } from '../shell/io.ts'
import { printable } from '../words/printable.ts'
import { readGiven } from './files.ts'
import { failOnFaults, type GoodRegistry } from './registry.ts'

/** How a registry with small ids becomes one whose products have their GTIN as their id. */

export interface GtinIdOptions {
  /** `gtin`: GTINs that the user has; `demo`: for products without one, GTINs that nobody has. */
  readonly ids?: 'gtin' | 'demo' | undefined
  /** A table with `id` and `gtin`, for products whose row in the registry has none. */
  readonly gtins?: string | undefined
}

/** So many products are told one by one. */
const MANY = 20

/** The registry as it was given, or with GTINs for ids where that is asked for. @throws Failure */
export async function withChosenIds(
  context: Context,
  registry: GoodRegistry,
  { ids, gtins: file }: GtinIdOptions,
): Promise<{ readonly files: RegistryFiles; readonly changed: readonly NewId[] }> {
  const { words } = context
  if (ids === undefined) {
    if (file !== undefined) throw new Failure('misuse', words.ids.gtinsAlone, words.ids.gtinsAloneHow)
    return { files: registry.files, changed: [] }
  }
  const given = file === undefined ? new Map<number, string>() : gtinsIn(context, file, registry.catalogue)
  const made = withGtinIds(registry, (product) => {
    const own = given.get(product.id) ?? product.gtin
    return own === undefined && ids === 'demo' ? demoGtin(product.id) : own
  })
  checkDistinct(context, made.catalogue)
  tellChanges(context, made.changed)
  if (ids === 'demo') warn(context, words.ids.demo)
  if (made.kept.length > 0) await confirm(context, words.ids.kept(made.kept.length, listed(made.kept)))
  // The facilities' file stays as it is, byte for byte.
  const { products } = writeRegistry(made.catalogue, made.details)
  return { files: { ...registry.files, products }, changed: made.changed }
}

/** @throws Failure `registry` for its faults; `argument_range` for products that are none, or have another GTIN */
function gtinsIn(context: Context, file: string, { products }: Catalogue): Gtins {
  const { words } = context
  const { gtins, faults } = readGtins(readGiven(context, file))
  failOnFaults(context, faults, file)
  const byId = new Map(products.map((product) => [product.id, product]))
  for (const [id, gtin] of gtins) {
    const product = byId.get(id)
    if (product === undefined)
      throw new Failure('argument_range', words.ids.noSuchId(file, id), words.ids.noSuchIdHow)
    const own = product.id < CATALOGUE_IDS ? product.gtin : writeId('GTIN', product.id)
    if (own !== undefined && Number(own) !== Number(gtin))
      throw new Failure(
        'argument_range',
        words.ids.otherGtin({ file, name: product.name, gtin, own }),
        words.ids.otherGtinHow,
      )
  }
  return gtins
}

/** @throws Failure `argument_range` for two products of one GTIN */
function checkDistinct({ words }: Context, { products }: Catalogue): void {
  const seen = new Map<number, Product>()
  for (const product of products) {
    const other = seen.get(product.id)
    if (other)
      throw new Failure(
        'argument_range',
        words.ids.sharedGtin(writeId('GTIN', product.id), other.name, product.name),
        words.ids.sharedGtinHow,
      )
    seen.set(product.id, product)
  }
}

/** What changes, for people: `104 → 8935000000120  Green tea`. */
function tellChanges(context: Context, changed: readonly NewId[]): void {
  if (context.json) return
  const told = changed
    .slice(0, MANY)
    .map(({ was, product }) => `  ${was} → ${writeId('GTIN', product.id)}  ${printable(product.name)}`)
  if (changed.length > MANY) told.push(`  ${context.words.moreNotes(changed.length - MANY)}`)
  context.report({}, [context.words.ids.changed(changed.length), ...told].join('\n'))
}

const listed = (products: readonly Product[]): string =>
  [
    ...products.slice(0, MANY).map(({ id, name }) => `${id} (${printable(name)})`),
    ...(products.length > MANY ? ['…'] : []),
  ].join(', ')
