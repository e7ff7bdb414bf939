import { encodeCbor } from '../codec/cbor.ts'
import { list, record } from '../codec/shape.ts'
import { writeShape } from '../codec/shape-writer.ts'
import {
  cutSlices,
  groupIssuers,
  type IssuerGroup,
  type SlicedDocument,
  slicesOfCuts,
} from '../document/cut.ts'
import { decodeEnvelope } from '../document/envelope.ts'
import { orRefused } from '../document/refusal.ts'
import { draftDocument } from '../document/sign.ts'
import { anEngine, type Engine } from '../ed25519/engine.ts'
import { nobleEngine } from '../ed25519/noble/engine.ts'
import { sha256 } from '../ed25519/sha2.ts'
import { checkTable, ifGiven } from '../lib/arguments.ts'
import { checkObject } from '../lib/checks.ts'
import { groupBy } from '../lib/group-by.ts'
import { type Catalogue, type Facility, facilityShape, type Product, productShape } from './catalogue.ts'
import {
  readTrustList,
  type TrustBody,
  type TrustListContent,
  trustBody,
  trustListContent,
  trustSlice,
} from './content.ts'
import { growTrustList } from './grow.ts'
import { type IssuerEntry, issuerEntry } from './issuer-entry.ts'
import { readyKeys, readyRoots } from './roots.ts'
import { asEntries, refusedDraft } from './sign.ts'
import { indexTrustList } from './trust-list.ts'

/**
 * The draft as an unsigned document and its slices, for lists that are too large for a phone (docs/spec/slices.md). Each
 * slice has some issuers, at least 32 where there are as many, and their part of the catalogue; the document names its
 * length and hash. Facilities and products that no issuer may stamp stay in the document.
 * @param draft all that the list says, as for `encodeTrustDraft`; it may hold more issuers, facilities and products
 * @param options `engine` checks the issuers' keys, noble by default: with another one, many keys take less time
 * @returns the same slices for the same draft; after an edit few of them differ
 * @throws an argument error naming the field; VeristampError `bad_document` for a list that no verifier would load,
 * `does_not_fit` for a document above 4 MiB
 * @example
 * ```ts
 * import { draftTrustList, encodeSlicedTrustDraft, signDocument } from 'veristamp/authority'
 *
 * const draft = draftTrustList({ authority, sequence: 1, issued, expires, roots, issuers })
 * const { document, slices } = encodeSlicedTrustDraft(draft)
 * slices.length // → 1
 * const file = await signDocument(document, rootSigner)
 * ```
 */
export function encodeSlicedTrustDraft(
  draft: TrustListContent,
  options: { readonly engine?: Engine | undefined } = {},
): SlicedDocument {
  const { engine = nobleEngine } = checkTable('options', options, { engine: ifGiven(anEngine) })
  const { issuers, catalogue = NOTHING, ...others } = checkObject('content', asEntries(draft))
  const header = { ...others, issuers: [], catalogue: NOTHING }
  writeShape(trustListContent, header)
  writeShape(manyIssuers, issuers, 'issuers')
  writeShape(largeCatalogue, catalogue, 'catalogue')
  const parts = catalogueParts(catalogue)
  const cuts = cutSlices(groupIssuers(issuers), (groups) => {
    const own = groups.flatMap((group) => group.issuers)
    return encodeCbor(writeShape(trustSlice, { issuers: own, catalogue: parts.of(own) }))
  })
  const sliced = new Set(
    cuts.flatMap(({ groups }) => groups.flatMap((group: IssuerGroup<IssuerEntry>) => group.issuers)),
  )
  const left = issuers.filter((issuer) => !sliced.has(issuer))
  const body: TrustBody = {
    ...header,
    issuers: left,
    catalogue: parts.without([...sliced], left),
    ...slicesOfCuts(cuts),
  }
  const document = draftDocument('veristamp:trust1', writeShape(trustBody, body))
  const slices = cuts.map(({ bytes }) => bytes)
  checkSliced(document, slices, engine)
  return { document, slices }
}

/** More than one body holds. */
const MAX_ENTRIES = 2 ** 20
const manyIssuers = list(issuerEntry, MAX_ENTRIES)
const largeCatalogue = record<Catalogue>({
  facilities: list(facilityShape, MAX_ENTRIES),
  products: list(productShape, MAX_ENTRIES),
})

const NOTHING: Catalogue = { facilities: [], products: [] }

/** Loads the list back, with all its slices. @throws VeristampError `bad_document` */
function checkSliced(document: Uint8Array, slices: readonly Uint8Array[], engine: Engine): void {
  const { body } = decodeEnvelope(document)
  const usable = orRefused(() => {
    const content = readTrustList(body)
    const loaded = { engine, digest: sha256(body), rollbackProtected: false }
    const loadedList = growTrustList(
      indexTrustList(content, readyRoots(content.roots, engine), loaded),
      slices,
    )
    const scanners = loadedList.scanners.map(({ publicKey }) => publicKey)
    readyKeys(scanners, 'scanners[#].publicKey', engine)
    return { ok: true as const }
  })
  if (!usable.ok) throw refusedDraft(usable)
}

/** What of a catalogue some issuers may stamp. */
function catalogueParts({ facilities, products }: Catalogue) {
  const byId = new Map(facilities.map((facility) => [facility.id, facility]))
  const byFacility = groupBy(products, ({ facility }) => facility)
  const idsOf = (issuers: readonly IssuerEntry[]) => {
    const [of, some] = [new Set<number>(), new Set<number>()]
    for (const { facility, product } of issuers.flatMap(({ scope }) => scope)) {
      of.add(facility)
      for (const { id } of byFacility.get(facility) ?? [])
        if (product === undefined || id === product) some.add(id)
    }
    return { facilities: of, products: some }
  }
  const pick = (
    isFacility: (id: number) => boolean,
    isProduct: (product: Product) => boolean,
    among: readonly number[],
  ) => ({
    facilities: among
      .map((id) => byId.get(id))
      .filter((each): each is Facility => each !== undefined && isFacility(each.id)),
    products: among.flatMap((id) => byFacility.get(id) ?? []).filter(isProduct),
  })
  return {
    of(issuers: readonly IssuerEntry[]): Catalogue {
      const ids = idsOf(issuers)
      return pick(
        () => true,
        ({ id }) => ids.products.has(id),
        [...ids.facilities],
      )
    },
    /** What the issuers of slices may not stamp, and what those that are left may. */
    without(sliced: readonly IssuerEntry[], left: readonly IssuerEntry[]): Catalogue {
      const [there, here] = [idsOf(sliced), idsOf(left)]
      const stays = (product: Product) => !there.products.has(product.id) || here.products.has(product.id)
      const owners = new Set(products.filter(stays).map(({ facility }) => facility))
      const isHere = (id: number) => owners.has(id) || here.facilities.has(id) || !there.facilities.has(id)
      return pick(isHere, stays, [...byId.keys()])
    },
  }
}
