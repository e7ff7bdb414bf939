import type { SliceDescription } from '../../document/named-slices.ts'
import type {
  RootsDescription,
  TrustListDescription,
  TrustListFileDescription,
} from '../../trust/describe.ts'
import { dayAt } from '../project/desk-day.ts'
import { nameOfKey } from '../project/key-names.ts'
import type { Context } from '../shell/context.ts'
import { printable } from '../words/printable.ts'
import { rangesText, some } from './reach.ts'

/** What a trust list says, in words for people who are about to sign it or to pass it on. */
export function trustText(context: Context, { lists, loads }: TrustListFileDescription): string {
  const { ceremony } = context.words
  const last = lists.at(-1)!
  return [
    ...(lists.length > 1 ? [ceremony.chain(lists.length)] : []),
    ...listLines(context, last),
    ...(loads === undefined ? [] : [loads.ok ? ceremony.accepted : ceremony.refused(loads.reason)]),
  ].join('\n')
}

function listLines(context: Context, list: TrustListDescription): string[] {
  const { ceremony, changes } = context.words
  const { authority, sequence, issued, expires, digest, roots, issuers, prefixes, scanners } = list
  return [
    ceremony.head(sequence, authority),
    `- ${changes.dates(dayAt(context, issued), dayAt(context, expires))}`,
    `- ${ceremony.digest(digest.match(/.{8}/g)!.join(' '))}`,
    `- ${ceremony.roots(roots.version, roots.threshold, roots.signed)}`,
    ...rootLines(context, roots),
    ...issuers.map(
      ({ name, keyId, publicKey, scope, notBefore, notAfter }) =>
        `- ${ceremony.issuer(printable(name), keyId, publicKey, rangesText(context, scope), dayAt(context, notBefore), dayAt(context, notAfter))}`,
    ),
    `- ${list.revocationKey === undefined ? ceremony.noRevocation : changes.revocationNew(list.revocationKey)}`,
    ...(prefixes.length > 0 ? [`- ${changes.prefixesNew(some(context, prefixes, printable))}`] : []),
    `- ${ceremony.counts(list.facilities, list.products, scanners.length)}`,
    ...sliceLines(context, list.slices ?? []),
    ...(list.fault ? [`- ${ceremony.refused(list.fault.reason)}`] : []),
  ]
}

function sliceLines({ words }: Context, slices: readonly SliceDescription[]): string[] {
  if (slices.length === 0) return []
  const bytes = slices.reduce((sum, slice) => sum + slice.bytes, 0)
  const lines = slices.map(
    ({ firstKeyId, lastKeyId, bytes, sha256 }) =>
      `  ${words.slices.one(firstKeyId, lastKeyId, bytes, `slice-${sha256}.cbor`)}`,
  )
  return [`- ${words.slices.total(slices.length, bytes)}`, ...lines]
}

const rootLines = (context: Context, { keys }: RootsDescription): string[] =>
  keys.map(({ publicKey, signature }) => {
    const key = new Uint8Array(Buffer.from(publicKey, 'hex'))
    return `  ${context.words.ceremony.root(nameOfKey(context, key), signature)}`
  })
