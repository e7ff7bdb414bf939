import type { ListFiles } from '../../document/named-slices.ts'
import {
  compareTrustLists,
  dropsTrust,
  type EntriesDifference,
  type IssuerDifference,
  isChange,
  type Named,
  type TrustListDifference,
} from '../../trust/difference.ts'
import { dayAt } from '../project/desk-day.ts'
import { reservationsOf } from '../project/files.ts'
import { confirm } from '../shell/confirm.ts'
import type { Context } from '../shell/context.ts'
import { printable } from '../words/printable.ts'
import { type CountIssued, issuedCounter, rangesText, some } from './reach.ts'

/** What a new trust list changes, in words and counts. */

/** What it said, for the command's own answer. */
export interface ToldChanges {
  readonly changes?: TrustListDifference | undefined
  /** Empty where it was shown with a question. */
  readonly lines: readonly string[]
}

/**
 * Shows what a trust list changes. It asks where something that was trusted is dropped or narrowed, or always.
 * @param before the newest list at hand
 */
export async function tellChanges(
  context: Context,
  before: ListFiles | undefined,
  draft: ListFiles,
  {
    always = false,
    first = [],
    more = [],
  }: {
    readonly always?: boolean | undefined
    readonly first?: readonly string[] | undefined
    readonly more?: readonly string[] | undefined
  } = {},
): Promise<ToldChanges> {
  const changes = compareTrustLists(before, draft)
  const lines = [...first, ...changeLines(context, changes), ...more]
  if (!always && !dropsTrust(changes)) return { changes, lines }
  await confirm(context, lines.join('\n'))
  return { changes, lines: [] }
}

/** A line a change. */
export function changeLines(context: Context, changes: TrustListDifference): string[] {
  const words = context.words.changes
  const { sequence, issued, expires } = changes
  const lines = [
    ...issuerLines(context, changes),
    ...catalogueLines(context, changes),
    ...keyLines(context, changes),
  ]
  const slices = sliceLines(context, changes)
  return [
    words.head(sequence.to!, sequence.from),
    ...(lines.length > 0 ? lines : [words.datesOnly]).map((line) => `- ${line}`),
    ...slices.map((line) => `- ${line}`),
    `- ${words.dates(dayAt(context, issued.to!), dayAt(context, expires.to!))}`,
  ]
}

function issuerLines(context: Context, { issuers }: TrustListDifference): string[] {
  const words = context.words.changes
  const countIssued = issuedCounter(context)
  const isSame = (a: IssuerName, b: IssuerName) => a.keyId === b.keyId && a.name === b.name
  const gone = issuers.removed.map((old) => {
    const young = issuers.added.find((each) => isSame(each, old))
    const [named, issued] = [issuerName(context, old), countIssued(old.publicKey)]
    return young ? words.replaced(named, old.publicKey, young.publicKey, issued) : words.gone(named, issued)
  })
  const added = issuers.added.map(({ publicKey, scope, notBefore, notAfter, ...name }) =>
    words.added(
      issuerName(context, name),
      publicKey,
      rangesText(context, scope),
      ...([dayAt(context, notBefore), dayAt(context, notAfter)] as const),
    ),
  )
  return [...gone, ...added, ...issuers.changed.flatMap((each) => issuerChanges(context, each, countIssued))]
}

interface IssuerName {
  readonly name: string
  readonly keyId: number
}

const issuerName = ({ words }: Context, { name, keyId }: IssuerName): string =>
  words.changes.issuer(printable(name), keyId)

function issuerChanges(context: Context, issuer: IssuerDifference, countIssued: CountIssued): string[] {
  const words = context.words.changes
  const { publicKey, name, keyId, notBefore, notAfter, gained, lost } = issuer
  const named = issuerName(context, { name: name.to!, keyId: keyId.to! })
  const [from, until] = [notBefore, notAfter]
  const day = (time: string) => dayAt(context, time)
  return [
    isChange(name) && words.renamed(named, printable(name.from!)),
    isChange(keyId) && words.otherKeyId(named, keyId.from!, countIssued(publicKey)),
    lost.length > 0 && words.lost(named, rangesText(context, lost), countIssued(publicKey, lost)),
    gained.length > 0 && words.gained(named, rangesText(context, gained)),
    (isChange(from) || isChange(until)) &&
      words.validity(named, [from.to!, until.to!].map(day), [from.from!, until.from!].map(day)),
  ].filter((line) => line !== false)
}

function catalogueLines(context: Context, { facilities, products }: TrustListDifference): string[] {
  const words = context.words.changes
  const names = (entries: readonly Named[]) =>
    some(context, entries, ({ id, name }) => `${id} ${printable(name)}`)
  const changed = ({ changed }: EntriesDifference) =>
    some(context, changed, ({ id, name, before, fields }) =>
      before === name
        ? `${id} ${printable(name)} (${fields.map(printable).join(', ')})`
        : `${id} ${printable(before)} → ${printable(name)}`,
    )
  const removed = new Set(products.removed.map(({ id }) => id))
  const issued =
    removed.size === 0
      ? 0
      : reservationsOf(context).reduce(
          (sum, { product, count }) => sum + (removed.has(product) ? count : 0),
          0,
        )
  return [
    facilities.removed.length > 0 &&
      words.facilitiesGone(facilities.removed.length, names(facilities.removed)),
    products.removed.length > 0 &&
      words.productsGone(products.removed.length, names(products.removed), issued),
    facilities.added.length > 0 && words.facilitiesNew(facilities.added.length, names(facilities.added)),
    products.added.length > 0 && words.productsNew(products.added.length, names(products.added)),
    facilities.changed.length > 0 && words.facilitiesChanged(facilities.changed.length, changed(facilities)),
    products.changed.length > 0 && words.productsChanged(products.changed.length, changed(products)),
  ].filter((line) => line !== false)
}

function sliceLines({ words }: Context, { slices }: TrustListDifference): string[] {
  if (slices === undefined) return []
  const { count, added } = slices
  const bytes = added.reduce((sum, slice) => sum + slice.bytes, 0)
  return [count.to === 0 ? words.slices.gone : words.slices.changed(count.to!, added.length, bytes)]
}

function keyLines(context: Context, changes: TrustListDifference): string[] {
  const words = context.words.changes
  const { roots, prefixes, revocationKey, revocationEpoch, scanners } = changes
  const texts = (values: readonly string[]) => some(context, values, printable)
  const places = (values: readonly { readonly place: string }[]) => texts(values.map(({ place }) => place))
  const { from, to } = revocationKey
  const isOtherRoots = isChange(roots.version) || isChange(roots.threshold) || roots.added.length > 0
  return [
    prefixes.removed.length > 0 && words.prefixesGone(texts(prefixes.removed)),
    prefixes.added.length > 0 && words.prefixesNew(texts(prefixes.added)),
    from !== to && to === undefined && words.revocationGone,
    from !== to &&
      to !== undefined &&
      (from === undefined ? words.revocationNew(to) : words.revocationChanged(to, from)),
    revocationEpoch.from !== undefined &&
      isChange(revocationEpoch) &&
      words.epoch(revocationEpoch.to!, revocationEpoch.from),
    isOtherRoots && words.roots(roots.version.to!, roots.threshold.to!, roots.threshold.from),
    roots.added.length > 0 && words.rootsNew(roots.added.join(', ')),
    roots.removed.length > 0 && words.rootsGone(roots.removed.join(', ')),
    scanners.removed.length > 0 && words.scannersGone(scanners.removed.length, places(scanners.removed)),
    scanners.added.length > 0 && words.scannersNew(scanners.added.length, places(scanners.added)),
    scanners.changed.length > 0 && words.scannersMoved(scanners.changed.length, places(scanners.changed)),
  ].filter((line) => line !== false)
}
