import { decodeCbor } from '../codec/cbor.ts'
import { readShape } from '../codec/shape-reader.ts'
import { decodeEnvelope } from '../document/envelope.ts'
import type { ListFiles } from '../document/named-slices.ts'
import { covers, type SliceEntry } from '../document/slices.ts'
import { sha256 } from '../ed25519/sha2.ts'
import { toHex } from '../lib/bytes.ts'
import { groupBy } from '../lib/group-by.ts'
import { type RevocationEntries, readRevocationBody, revocationSlice, type SerialsEntry } from './body.ts'
import { MAX_RUNS } from './serial-set.ts'
import { decodeSerialSet } from './serial-set-reader.ts'
import type { SlicedIssuer } from './slice-draft.ts'

/**
 * Whether a trust list and a revocation list with slices may be published together (docs/spec/slices.md, "Writing"). A
 * phone loads the slice of one key id alone: what revokes stamps of that key id has to stand there, or in the body.
 */

/** An issuer, and a revocation that speaks of its stamps and that phones would not find. */
export interface HiddenRevocation {
  readonly keyId: number
  /** Absent for what is said of the key itself. */
  readonly product?: { readonly facility: number; readonly product: number } | undefined
}

/** An issuer whose scope says which serials it may stamp. */
export interface ScopedIssuer extends SlicedIssuer {
  readonly scope: readonly {
    readonly facility: number
    readonly product?: number | undefined
    readonly first?: number | undefined
    readonly last?: number | undefined
  }[]
}

/** Entries that stand together: in the slice of these key ids, or in the body. */
interface Part extends RevocationEntries {
  readonly keyIds?: SliceEntry | undefined
}

/**
 * The first revocation that phones would not find, or undefined where they find all.
 * @param list as it was loaded, with all its slices
 * @param issuers of the trust list with all its slices
 */
export function findHidden(list: ListFiles, issuers: readonly ScopedIssuer[]): HiddenRevocation | undefined {
  const parts = partsOf(list)
  if (parts.length === 1) return undefined
  const serials = groupBy(
    parts.flatMap((part) => part.revoked.map((entry) => ({ part, entry }))),
    ({ entry: [facility] }) => facility,
  )
  const keys = groupBy(parts.flatMap(keysIn), ({ name }) => name)
  const productOf = ({ keyId, scope }: ScopedIssuer): HiddenRevocation['product'] => {
    for (const facility of new Set(scope.map((range) => range.facility))) {
      const own = serials.get(facility) ?? []
      const found = new Set(own.filter(({ part }) => isIn(part, keyId)).map(({ entry }) => nameOf(entry)))
      const hidden = own.find(({ entry }) => !found.has(nameOf(entry)) && concerns(entry, scope))
      if (hidden !== undefined) return { facility, product: hidden.entry[1] }
    }
    return undefined
  }
  for (const issuer of issuers) {
    const { keyId, publicKey } = issuer
    const hash = toHex(sha256(publicKey))
    const isHidden = KINDS.some((kind) => {
      const own = keys.get(kind + hash) ?? []
      return own.length > 0 && !own.some(({ part }) => isIn(part, keyId))
    })
    if (isHidden) return { keyId }
    const product = productOf(issuer)
    if (product !== undefined) return { keyId, product }
  }
  return undefined
}

function partsOf({ document, slices: files }: ListFiles): readonly Part[] {
  const body = readRevocationBody(decodeEnvelope(document).body)
  const byHash = new Map(files.map((file) => [toHex(sha256(file)), file]))
  const slices = (body.slices ?? []).flatMap((keyIds): Part[] => {
    const file = byHash.get(toHex(keyIds[3]))
    return file === undefined ? [] : [{ ...readShape(revocationSlice, decodeCbor(file)), keyIds }]
  })
  return [body, ...slices]
}

const KINDS = ['watermarks', 'revokedKeys'] as const

const keysIn = (part: Part) =>
  KINDS.flatMap((kind) => part[kind].map(([key]) => ({ part, name: kind + toHex(key) })))

/** True where whoever asks for the slice of a key id finds it. */
const isIn = ({ keyIds }: Part, keyId: number): boolean => keyIds === undefined || covers(keyIds, keyId)

const nameOf = (entry: SerialsEntry): string => String(entry.slice(0, 4))

/** True where the entry revokes serials that this scope has. */
function concerns([facility, product, , , bytes]: SerialsEntry, scope: ScopedIssuer['scope']): boolean {
  const own = scope.filter((range) => range.facility === facility && (range.product ?? product) === product)
  if (own.length === 0) return false
  const { firsts, lasts } = decodeSerialSet(bytes, MAX_RUNS)
  return own.some(({ first = 0, last = Number.MAX_SAFE_INTEGER }) =>
    firsts.some((begin, at) => begin <= last && lasts[at]! >= first),
  )
}
