import { deserialize, serialize } from 'node:v8'
import type { Engine } from '../../ed25519/engine.ts'
import { argumentType } from '../../lib/errors.ts'
import type { RevocationBody } from '../../revocation/body.ts'
import { ENTRIES, indexRevocationList, type RevocationList } from '../../revocation/revocation-list.ts'
import type { ReadContent } from '../../trust/content.ts'
import { readyRoots } from '../../trust/roots.ts'
import { indexTrustList, type TrustList } from '../../trust/trust-list.ts'
import type { VerifierOptions } from '../../verify/options.ts'

/** A verifier's lists on their way to other threads: written once, read by each thread at its first task. */
export interface SharedLists {
  /** No other lists of this process have it. */
  readonly id: number
  /** In shared memory. */
  readonly bytes: Uint8Array
}

type Loaded<T> = T & Pick<TrustList, 'digest' | 'rollbackProtected'>

/** What `bytes` hold. */
interface Packed extends Pick<VerifierOptions, 'maxListAge' | 'clockTolerance'> {
  readonly trustLists: readonly Loaded<{ readonly content: ReadContent } & Pick<TrustList, 'missingSlices'>>[]
  readonly revocationLists: readonly Loaded<{ readonly body: RevocationBody }>[]
}

let packed = 0

/** @throws ArgumentTypeError for a revocation list that `loadRevocationList` did not make */
export function packLists({
  trustLists,
  revocationLists = [],
  maxListAge,
  clockTolerance,
}: VerifierOptions): SharedLists {
  const lists: Packed = {
    trustLists: trustLists.map(packTrustList),
    revocationLists: revocationLists.map(packRevocationList),
    ...{ maxListAge, clockTolerance },
  }
  const written = serialize(lists)
  const bytes = new Uint8Array(new SharedArrayBuffer(written.length))
  bytes.set(written)
  return { id: packed++, bytes }
}

/** The lists, their keys ready for an engine. They were verified before. */
export function unpackLists({ bytes }: SharedLists, engine: Engine): VerifierOptions {
  const { trustLists, revocationLists, ...limits } = deserialize(Buffer.from(bytes)) as Packed
  return {
    trustLists: trustLists.map(({ content, ...loaded }) =>
      indexTrustList(content, readyRoots(content.roots, engine), { engine, ...loaded }),
    ),
    revocationLists: revocationLists.map(({ body, ...loaded }) => indexRevocationList(body, loaded)),
    engine,
    ...limits,
  }
}

function packTrustList({
  engine: _engine,
  issuersWith: _issuersWith,
  facility: _facility,
  product: _product,
  digest,
  rollbackProtected,
  missingSlices,
  roots: { keys, ...roots },
  revocationKey,
  issuers,
  ...content
}: TrustList): Packed['trustLists'][number] {
  const plain = {
    ...content,
    roots: { ...roots, keys: keys.map(({ publicKey }) => publicKey) },
    revocationKey: revocationKey?.publicKey,
    issuers: issuers.map(({ key: _key, ...issuer }) => issuer),
  }
  return { content: plain, digest, rollbackProtected, missingSlices }
}

function packRevocationList({
  findSerial: _findSerial,
  ofKey: _ofKey,
  [ENTRIES]: entries,
  digest,
  rollbackProtected,
  ...header
}: RevocationList): Packed['revocationLists'][number] {
  if (entries === undefined) throw argumentType('revocationLists', 'lists as they were loaded', header)
  return { body: { ...header, ...entries }, digest, rollbackProtected }
}
