import { sha256 } from '../../src/ed25519/sha2.ts'
import type { Signer } from '../../src/ed25519/signer.ts'
import { createIssuer } from '../../src/issue/issuer.ts'
import { createKeeper, type Keeper } from '../../src/keeper/keeper.ts'
import { encodeIndex, type ListsIndex } from '../../src/keeper/lists-index.ts'
import type { KeeperOptions } from '../../src/keeper/options.ts'
import type { KeeperFetch, KeeperRequest } from '../../src/keeper/request.ts'
import { toHex } from '../../src/lib/bytes.ts'
import { draftRevocationList } from '../../src/revocation/begin.ts'
import { addSerials } from '../../src/revocation/draft.ts'
import { makeDelta } from '../../src/revocation/make-delta.ts'
import { signRevocationList } from '../../src/revocation/sign.ts'
import type { TrustListContent } from '../../src/trust/content.ts'
import type { Pins } from '../../src/trust/pins.ts'
import { contentOf, fastEngine, issuerOf, keyOf, listOf, rootsOf } from '../support/trust-lists.ts'

/** An authority with lists of its own, a server for them, and what may go wrong on the way. */

export const DAY = 86_400_000
export const START = new Date('2026-03-01T00:00:00Z')
export const at = (milliseconds: number): Date => new Date(START.getTime() + milliseconds)

export const pinsOf = (authority: string): Pins => ({
  authority,
  roots: rootsOf(1, 1, `${authority} root`),
  lists: `https://${authority}/lists/`,
})

const revokerOf = (authority: string, epoch: number): Signer => keyOf(`${authority} revocation ${epoch}`)

export interface TrustFacts extends Partial<TrustListContent> {
  readonly sequence: number
  readonly epoch?: number
  readonly revokes?: boolean
}

/** A trust list of an authority: root version 1, one issuer. */
export function trustOf(authority: string, { epoch = 0, revokes = true, ...facts }: TrustFacts): Uint8Array {
  const content = contentOf({
    authority,
    issued: START,
    expires: at(365 * DAY),
    roots: rootsOf(1, 1, `${authority} root`),
    issuers: [issuerOf(`${authority} issuer`)],
    ...(revokes && { revocationKey: revokerOf(authority, epoch).publicKey }),
    revocationEpoch: epoch,
    ...facts,
  })
  return listOf(content, `${authority} root`)
}

/** The serials from 1 to `sequence` are revoked, and many others, so that deltas are worth it. */
export async function revocationOf(
  authority: string,
  sequence: number,
  { epoch = 0, issued = START, due = 7 * DAY, twist = 0 } = {},
): Promise<Uint8Array> {
  const dates = {
    issued,
    next: new Date(issued.getTime() + due),
    expires: new Date(issued.getTime() + 14 * DAY),
  }
  const serials = Array.from({ length: 500 }, (_, index) => 1_000_000 + index * index + twist)
  const draft = addSerials(draftRevocationList({ authority, epoch, sequence, ...dates }), {
    facility: 1,
    product: 2,
    reason: 'lost',
    date: '2026-02-28',
    serials: [...serials, { first: 1, last: sequence }],
  })
  return signRevocationList(draft, revokerOf(authority, epoch))
}

/** A stamp of an authority, as text. */
export async function stampOf(authority: string, serial: number): Promise<string> {
  const issuer = createIssuer({ keyId: 1, signer: keyOf(`${authority} issuer`) })
  return (await issuer.issue({ facility: 1, product: 2, serial })).toText()
}

export const hashOf = (bytes: Uint8Array): string => toHex(sha256(bytes))

export interface Published {
  readonly authority: string
  readonly trust: Uint8Array
  readonly trustSequence: number
  readonly revocation?: Uint8Array | undefined
  readonly revocationSequence?: number
  readonly epoch?: number
  readonly rootVersion?: number
  /** Lists that deltas lead from. */
  readonly before?: readonly Uint8Array[]
}

/** The files of a site, by their names. */
export function filesOf(published: Published): Map<string, Uint8Array> {
  const {
    authority,
    trust,
    trustSequence,
    revocation,
    revocationSequence = 1,
    epoch = 0,
    rootVersion = 1,
    before = [],
  } = published
  const files = new Map([['trust.cbor', trust]])
  const deltas = before.map((from, index) => {
    const path = `delta-${index}.cbor`
    const delta = makeDelta(from, revocation!)
    files.set(path, delta)
    return { from: hashOf(from), path, sha256: hashOf(delta) }
  })
  if (revocation) files.set('revocation.cbor', revocation)
  const index: ListsIndex = {
    authority,
    trust: { epoch: rootVersion, sequence: trustSequence, path: 'trust.cbor', sha256: hashOf(trust) },
    ...(revocation && {
      revocation: {
        epoch,
        sequence: revocationSequence,
        path: 'revocation.cbor',
        sha256: hashOf(revocation),
        deltas,
      },
    }),
  }
  files.set('lists.json', new TextEncoder().encode(encodeIndex(index)))
  return files
}

export interface Asked {
  readonly address: string
  readonly request: KeeperRequest
}

export interface Server {
  readonly fetch: KeeperFetch
  /** All requests, in order. */
  readonly asked: Asked[]
  /** By host. */
  readonly sites: Map<string, Map<string, Uint8Array>>
  /** Answers in place of the site's own; undefined for that. */
  answer: (address: string, request: KeeperRequest) => Response | Promise<Response> | undefined
}

export function createServer(): Server {
  const server: Server = {
    asked: [],
    sites: new Map(),
    answer: () => undefined,
    async fetch(address, request) {
      server.asked.push({ address, request })
      if (request.signal.aborted) throw request.signal.reason
      const own = server.answer(address, request)
      if (own !== undefined) return own
      const [, host, path] = /^https:\/\/([^/]+)\/lists\/(.*)$/.exec(address)!
      const file = server.sites.get(host!)?.get(path!)
      if (file === undefined) return new Response('none', { status: 404 })
      const etag = `"${hashOf(file)}"`
      if (request.headers['if-none-match'] === etag) return new Response(null, { status: 304 })
      return new Response(Uint8Array.from(file), { headers: { etag } })
    },
  }
  return server
}

export const keeperOf = (server: Server, options: Partial<KeeperOptions> = {}): Keeper =>
  createKeeper({ pins: pinsOf('a.example'), fetch: server.fetch, engine: fastEngine, ...options })
