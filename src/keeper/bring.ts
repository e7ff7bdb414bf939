import { MAX_DOCUMENT_LENGTH } from '../document/envelope.ts'
import { compareSeen, type SequenceStore } from '../document/store.ts'
import { sha256 } from '../ed25519/sha2.ts'
import { toHex } from '../lib/bytes.ts'
import { applyDeltas } from '../revocation/delta.ts'
import type { RevocationList } from '../revocation/revocation-list.ts'
import { MAX_CHAIN_LENGTH } from '../trust/chain.ts'
import type { TrustList } from '../trust/trust-list.ts'
import { KeeperFault } from './fault.ts'
import {
  type Believed,
  type Held,
  memoryOf,
  type Opened,
  openKept,
  openRevocation,
  openTrust,
} from './held.ts'
import type { KeptList } from './kept.ts'
import type { IndexedFile, IndexedList, IndexedRevocation, ListsIndex } from './lists-index.ts'

/** Asks for a file that the index names. @throws KeeperFault, or an abort's reason */
export type Download = (file: IndexedFile, max: number) => Promise<Uint8Array>

export interface Brought {
  /** What to hold from now on: the very same where nothing is new. */
  readonly next: Held
  /** Why not everything that the index names is here. */
  readonly faults: readonly KeeperFault[]
  /** True where the index has older lists than the ones here. */
  readonly isStale: boolean
}

interface Tools {
  readonly held: Held
  readonly memory: SequenceStore
  readonly download: Download
}

/**
 * Brings what is held to what an index names: a trust list and the revocation list of its epoch together, or none of
 * both. Nothing of it is believed before it verified.
 * @throws an abort's reason
 */
export async function bringUpToDate(
  believed: Believed,
  held: Held,
  index: ListsIndex,
  download: Download,
): Promise<Brought> {
  const { trust: keptTrust, revocation: keptRevocation } = held.kept
  const faults: KeeperFault[] = []
  const attempt = async <T>(work: () => T | Promise<T>): Promise<T | undefined> => {
    try {
      return await work()
    } catch (error) {
      if (!(error instanceof KeeperFault)) throw error
      faults.push(error)
      return undefined
    }
  }
  const tools = { held, memory: memoryOf(believed, held.kept), download: aheadOf(download, held, index) }
  const trust = await attempt(() =>
    wants(index.trust, keptTrust, held.trustList) ? fetchTrust(believed, index.trust, tools) : undefined,
  )
  const trustList = trust?.list ?? held.trustList
  const wanted = index.revocation
  const revocation = await attempt(() => trustList && wanted && fetchRevocation(trustList, wanted, tools))
  const pair = await attempt(() => pairOf(believed, held, trust, revocation))
  return {
    next: pair ?? held,
    faults,
    isStale: isOlder(index.trust, keptTrust) || (wanted !== undefined && isOlder(wanted, keptRevocation)),
  }
}

/** Who has nothing yet needs both lists: they come at the same time, which is a round trip less before the first answer. */
function aheadOf(download: Download, { kept }: Held, { revocation }: ListsIndex): Download {
  if (kept.revocation !== undefined || revocation === undefined) return download
  const coming = download(revocation, MAX_DOCUMENT_LENGTH)
  // Whoever awaits it gets the error.
  coming.catch(() => undefined)
  return (file, max) => (file === revocation ? coming : download(file, max))
}

const fetchTrust = async (believed: Believed, named: IndexedList, tools: Tools): Promise<Opened<TrustList>> =>
  openTrust(believed, await tools.download(named, MAX_CHAIN_LENGTH), tools.memory)

/** The revocation list that the index names, by a delta where one fits; undefined for the one that is here. */
async function fetchRevocation(
  trustList: TrustList,
  named: IndexedRevocation,
  { held, memory, download }: Tools,
): Promise<Opened<RevocationList> | undefined> {
  const { revocation: kept } = held.kept
  if (!wants(named, kept, held.revocationList)) return undefined
  if (named.epoch !== trustList.revocationEpoch) {
    throw new KeeperFault('wrong_epoch', `${named.epoch}, not ${trustList.revocationEpoch}`)
  }
  const from = kept && hashOf(kept.bytes)
  const delta = named.deltas.find((each) => each.from === from)
  if (kept !== undefined && delta !== undefined) {
    const bytes = await download(delta, MAX_DOCUMENT_LENGTH).catch(passOver)
    // It is awaited because the consumer page's build puts one in its place that comes when it is first wanted.
    const applied = bytes && (await applyDeltas(kept.bytes, [bytes], { trustList }))
    if (applied?.ok && hashOf(applied.document) === named.sha256) {
      return openRevocation(trustList, applied.document, memory)
    }
  }
  return openRevocation(trustList, await download(named, MAX_DOCUMENT_LENGTH), memory)
}

/** A delta that does not come is no loss: the whole list is there. */
function passOver(error: unknown): undefined {
  if (!(error instanceof KeeperFault)) throw error
}

/** What is new, beside what is held of the other kind. @throws KeeperFault where they do not stand together: the old pair stays */
function pairOf(
  believed: Believed,
  held: Held,
  trust: Opened<TrustList> | undefined,
  revocation: Opened<RevocationList> | undefined,
): Held {
  if (trust === undefined && revocation === undefined) return held
  const kept = { trust: trust?.kept ?? held.kept.trust, revocation: revocation?.kept ?? held.kept.revocation }
  return openKept(believed, kept, {
    trustList: trust?.list ?? held.trustList,
    // One that is held was opened under the trust list that is held.
    revocationList: revocation?.list ?? (trust ? undefined : held.revocationList),
  })
}

/** True where an index names what is not here and not older; also another list of the same number, which is to be seen. */
const wants = (named: IndexedList, kept: KeptList | undefined, list: object | undefined): boolean =>
  kept === undefined ||
  compareSeen(named, kept.seen) > 0 ||
  (compareSeen(named, kept.seen) === 0 && (list === undefined || hashOf(kept.bytes) !== named.sha256))

const isOlder = (named: IndexedList, kept: KeptList | undefined): boolean =>
  kept !== undefined && compareSeen(named, kept.seen) < 0

const hashOf = (bytes: Uint8Array): string => toHex(sha256(bytes))
