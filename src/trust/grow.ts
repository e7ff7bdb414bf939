import { openSlices, type Sliced, unite } from '../document/slices.ts'
import { type ReadContent, readTrustList, type TrustSlice, trustSlice } from './content.ts'
import { checkTrustList, type TrustList } from './trust-list.ts'

/** The list with some of its slices; the keys that are ready stay so. @throws as `checkTrustList` and `openSlices` do */
export function growTrustList(list: TrustList, files: readonly Uint8Array[]): TrustList {
  const grown = { ...list, ...growTrustContent(list, files) }
  const revocationKey = list.revocationKey?.publicKey
  return { ...grown, ...checkTrustList({ ...grown, revocationKey }, list.roots, list.engine) }
}

/** What a body says with some of its slices: nobody has looked whether a verifier may use it. @throws as `openSlices` does */
export function growTrustContent(
  body: TrustSlice & Sliced,
  files: readonly Uint8Array[],
): TrustSlice & Pick<Sliced, 'missingSlices'> {
  const { parts, missingSlices } = openSlices(files, body, trustSlice)
  const { issuers, ...catalogue } = unite(
    [body, ...parts].map(({ catalogue, issuers }) => ({ issuers, ...catalogue })),
    { issuers: (issuer) => issuer, facilities: ({ id }) => id, products: ({ id }) => id },
  )
  return { issuers, catalogue, missingSlices }
}

/** The same of a signed body as it stands in a file. @throws Malformed, and as `openSlices` does */
export function readTrustContent(
  body: Uint8Array,
  files: readonly Uint8Array[],
): ReadContent & Pick<Sliced, 'missingSlices'> {
  const content = readTrustList(body)
  const { slices: missingSlices = [] } = content
  return {
    ...content,
    ...(files.length === 0 ? { missingSlices } : growTrustContent({ ...content, missingSlices }, files)),
  }
}
