import { type ArgumentTable, checkTable, ifGiven, wholeNumber } from '../lib/arguments.ts'
import { argumentRange } from '../lib/errors.ts'
import { isLinkPrefix } from '../stamp/prefix.ts'
import { MAX_ID } from '../stamp/stamp.ts'
import { aTrustList, type TrustList } from '../trust/trust-list.ts'
import { classOf, gtinFinder } from './keys.ts'

/** A linkset by GS1's schema, as a resolver answers with it (RFC 9264). */
export interface Linkset {
  readonly linkset: readonly LinksetEntry[]
}

export interface LinksetEntry {
  /** The product: `https://id.gs1.org/01/<GTIN>`. */
  readonly anchor: string
  readonly itemDescription: string
  readonly [relation: `https://${string}`]: readonly LinkTarget[]
}

export interface LinkTarget {
  readonly href: string
  readonly title: string
  readonly hreflang?: readonly string[]
  readonly type?: string
}

/** Addresses, where they are others than the published page. */
export interface LinksetOptions {
  /** The page that people get, by default the product's at the first of the trust list's prefixes. */
  readonly page?: string | undefined
  /** Where the product comes from, by default the page. */
  readonly traceability?: string | undefined
  /** Certificates. There is no such link by default: a trust list names none. */
  readonly certification?: string | undefined
}

/** GS1's web vocabulary, where link types have their names. */
const TYPES = 'https://ref.gs1.org/voc/'

const anAddress = (name: string, value: unknown): void => {
  if (typeof value === 'string' && /^https:\/\/[0-9A-Za-z][^\s"<>\\^`{|}]*$/.test(value)) return
  throw argumentRange(name, 'an address that begins https://', value)
}

const table: ArgumentTable<LinksetOptions> = {
  page: ifGiven(anAddress),
  traceability: ifGiven(anAddress),
  certification: ifGiven(anAddress),
}

/**
 * Lists the links of a product in a trust list's catalogue: the default link, where it comes from and, where an address is given,
 * its certificates.
 * @throws an argument error for a product without a GTIN, and for a trust list without prefixes where no page is given
 * @example
 * ```ts
 * import { linksetOf } from 'veristamp/gs1'
 *
 * const { linkset } = linksetOf(trustList, 104)
 * linkset[0]?.['https://ref.gs1.org/voc/defaultLink']?.[0]?.href // → 'https://tem.example/01/08935000000120'
 * ```
 */
export function linksetOf(trustList: TrustList, product: number, options: LinksetOptions = {}): Linkset {
  aTrustList('trustList', trustList)
  wholeNumber(0, MAX_ID)('product', product)
  const { page: given, traceability, certification } = checkTable('options', options, table)
  const gtin = gtinFinder(trustList.catalogue.products)('product', product)
  const { name } = trustList.product(product)!
  const page = given ?? pageOf(trustList.prefixes, gtin)
  const to = (href: string, title: string): LinkTarget[] => [
    { href, title, hreflang: ['vi'], type: 'text/html' },
  ]
  return {
    linkset: [
      {
        anchor: classOf(gtin),
        itemDescription: name,
        [`${TYPES}defaultLink`]: to(page, name),
        [`${TYPES}traceability`]: to(traceability ?? page, `Truy xuất nguồn gốc: ${name}`),
        ...(certification && {
          [`${TYPES}certificationInfo`]: to(certification, `Giấy chứng nhận: ${name}`),
        }),
      },
    ],
  }
}

/** The product's page, or that of all where the prefix is for no links of GS1. */
function pageOf(prefixes: readonly string[], gtin: string): string {
  const [prefix] = prefixes
  if (prefix === undefined)
    throw argumentRange('options.page', 'an address: the trust list has no prefix', prefix)
  const site = prefix.replace(/^HTTPS:\/\/[^/]+/, (host) => host.toLowerCase()).replace(/#$/, '')
  return isLinkPrefix(prefix) ? `${site}01/${gtin}` : site
}
