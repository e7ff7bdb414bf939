import { createHash } from 'node:crypto'
import { makeSlicePatches } from '../../src/document/make-patches.ts'
import { namedSlices } from '../../src/document/named-slices.ts'
import { encodeSlicePatches } from '../../src/document/slice-patches.ts'
import { createKeeper, type Keeper } from '../../src/keeper/keeper.ts'
import { encodeIndex } from '../../src/keeper/lists-index.ts'
import type { KeeperOptions } from '../../src/keeper/options.ts'
import type { KeeperFetch } from '../../src/keeper/request.ts'
import { forge, type SyncSigner } from '../support/fixtures.ts'
import {
  grown,
  issuerKey,
  keyIdOf,
  ministry,
  revokedOf,
  type SlicedList,
  sliceRevocation,
  sliceTrust,
} from '../support/sliced-lists.ts'
import { AUTHORITY, fastEngine, mustLoad, rootsOf } from '../support/trust-lists.ts'

/** A server of an authority whose lists stand in slices. */

export const hashOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')
const ISSUERS = 240

export interface SlicedSite {
  /** The files that an authority publishes, by their names. */
  readonly files: Map<string, Uint8Array>
  readonly trust: SlicedList
  readonly revocation: SlicedList
}

export interface SiteChanges {
  /** The places of issuers whose names are new, and whose watermarks are higher. */
  readonly changed?: readonly number[]
  /** The sites before it: patches lead from their lists. */
  readonly before?: readonly SlicedSite[]
}

export async function siteOf(
  sequence: number,
  { changed = [], before = [] }: SiteChanges = {},
): Promise<SlicedSite> {
  const { issuers, ...content } = ministry(ISSUERS, { sequence })
  const own = issuers.map((issuer, place) =>
    changed.includes(place) ? { ...issuer, name: `New name ${sequence}` } : issuer,
  )
  const trust = await sliceTrust({ ...content, issuers: own })
  const trustList = grown(mustLoad(trust.document), trust.slices)
  const draft = revokedOf({ ...content, issuers: own }, sequence)
  const marked = new Set(changed.map((place) => hashOf(own[place]!.publicKey)))
  const watermarks = draft.watermarks.map((mark) =>
    marked.has(hexOf(mark.key)) ? { ...mark, serial: mark.serial + sequence } : mark,
  )
  const revocation = await sliceRevocation({ ...draft, watermarks }, trustList)
  const files = new Map<string, Uint8Array>([
    ['trust.cbor', trust.document],
    ['revocation.cbor', revocation.document],
  ])
  for (const slice of [...trust.slices, ...revocation.slices]) files.set(sliceName(slice), slice)
  const patches = (kind: 'trust' | 'revocation') =>
    before.map((site, at) => {
      const path = `${kind}-patches-${at}.cbor`
      files.set(path, patchesTo({ trust, revocation }[kind], site[kind]))
      return { from: hashOf(site[kind].document), path, sha256: hashOf(files.get(path)!) }
    })
  const index = encodeIndex({
    authority: AUTHORITY,
    trust: {
      ...{ epoch: 1, sequence, path: 'trust.cbor', sha256: hashOf(trust.document) },
      patches: patches('trust'),
    },
    revocation: {
      ...{ epoch: 0, sequence, path: 'revocation.cbor', sha256: hashOf(revocation.document) },
      deltas: [],
      patches: patches('revocation'),
    },
  })
  return { files: files.set('lists.json', new TextEncoder().encode(index)), trust, revocation }
}

const hexOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex')
export const sliceName = (slice: Uint8Array): string => `slice-${hashOf(slice)}.cbor`

/** The file of patches that leads from one list's slices to another's. */
export function patchesTo(after: SlicedList, before: SlicedList): Uint8Array {
  const all = [...before.slices, ...after.slices]
  const patches = makeSlicePatches(namedSlices(before.document), namedSlices(after.document), (sha256) =>
    all.find((slice) => hashOf(slice) === sha256),
  )
  return encodeSlicePatches(patches)!
}

/** A server, what it was asked for, and whether it answers. */
export function serverOf(files: Map<string, Uint8Array>) {
  const server = { files, asked: [] as string[], isUp: true, bytes: 0 }
  const fetch: KeeperFetch = async (address) => {
    const name = address.split('/').at(-1)!
    server.asked.push(name)
    const bytes = server.files.get(name)
    if (!server.isUp) throw new Error('no network')
    server.bytes += bytes?.length ?? 0
    return {
      status: bytes ? 200 : 404,
      headers: { get: () => null },
      arrayBuffer: async () => Uint8Array.from(bytes ?? []).buffer,
    }
  }
  return { server, fetch }
}

const pins = { authority: AUTHORITY, roots: rootsOf(1, 1, 'root'), lists: 'https://tem.example/lists/' }
export const keeperOf = (fetch: KeeperFetch, options: Partial<KeeperOptions> = {}): Keeper =>
  createKeeper({ pins, fetch, engine: fastEngine, ...options })
export const stampOf = (place: number, serial = 1001): string =>
  forge(
    [keyIdOf(place), 100 + Math.floor(place / 3), 1001 + 10 * Math.floor(place / 3), serial],
    issuerKey(place) as SyncSigner,
  ).base45
export const slicesIn = (names: readonly string[]): string[] =>
  names.filter((name) => name.startsWith('slice-'))
