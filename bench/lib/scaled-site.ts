import { createHash } from 'node:crypto'
import type { Engine } from '../../src/ed25519/engine.ts'
import { encodeIndex } from '../../src/keeper/lists-index.ts'
import { AUTHORITY, contentOf, datesFrom, issuerAt, publish, ROOTS } from './scaled-lists.ts'

/** What a server of an authority has that is so many times the province, and stamps of it. */
export interface ScaledSite {
  readonly authority: string
  readonly roots: typeof ROOTS
  /** By their names beside the index. */
  readonly files: ReadonlyMap<string, Uint8Array>
  readonly issuers: number
  /** A good stamp of the issuer of a place in the list. */
  stampAt(place: number, serial: number): Promise<string>
}

const DAY = 86_400_000
const hashOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')

/** @param prefix of the stamps' addresses */
export async function scaledSite(scale: number, prefix: string, engine: Engine): Promise<ScaledSite> {
  const dates = datesFrom(new Date(Date.now() - DAY))
  const content = contentOf(scale, dates, [prefix])
  const { bodies, slices } = await publish(content, { scale, dates, engine })
  const [trust, revocation] = bodies
  const index = encodeIndex({
    authority: AUTHORITY,
    trust: { path: 'trust-1.cbor', epoch: 1, sequence: 1, sha256: hashOf(trust) },
    revocation: { path: 'revocation-1.cbor', epoch: 0, sequence: 1, sha256: hashOf(revocation), deltas: [] },
  })
  return {
    authority: AUTHORITY,
    roots: ROOTS,
    files: new Map([
      ...slices.map((slice) => [`slice-${hashOf(slice)}.cbor`, slice] as const),
      ['trust-1.cbor', trust],
      ['revocation-1.cbor', revocation],
      ['lists.json', new TextEncoder().encode(index)],
    ]),
    issuers: content.issuers.length,
    async stampAt(place, serial) {
      const { facility } = content.issuers[place]!.scope[0]!
      const product = content.catalogue!.products.find((each) => each.facility === facility)!.id
      return (await issuerAt(content, place).issue({ facility, product, serial })).toUrl(prefix)
    },
  }
}
