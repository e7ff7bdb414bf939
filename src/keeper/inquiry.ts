import { decodeUtf8 } from '../codec/utf8.ts'
import { isMalformed } from '../lib/errors.ts'
import { KeeperFault } from './fault.ts'
import {
  decodeListsIndex,
  INDEX_NAME,
  type IndexedFile,
  type ListsIndex,
  MAX_INDEX_LENGTH,
} from './lists-index.ts'
import { ask, type KeeperFetch } from './request.ts'

/** What is asked of one server, and what it said last. */
export interface Server {
  /** Begins to count requests anew. */
  begin(signal: AbortSignal): Inquiry
}

/** The requests of one refresh. */
export interface Inquiry {
  readonly requests: number
  /** @throws KeeperFault, or the reason of the signal */
  askIndex(): Promise<ListsIndex>
  /** A file that the index names. @throws KeeperFault, or the reason of the signal */
  download(file: IndexedFile, max: number): Promise<Uint8Array>
}

/** Milliseconds that a request may take: the index is small, and a list may be large. */
const INDEX_DEADLINE = 30_000
const FILE_DEADLINE = 180_000

/** @param address where the index is: ends in `/` */
export function createServer(authority: string, address: string, fetch: KeeperFetch): Server {
  let latest: { readonly index: ListsIndex; readonly tag: string | undefined } | undefined
  return {
    begin(signal) {
      let requests = 0
      const askFor = (path: string, max: number, deadline: number, held?: string) => {
        requests += 1
        return ask(fetch, { address: address + path, max, deadline, signal, held })
      }
      return {
        get requests() {
          return requests
        },
        async askIndex() {
          const { bytes, sha256, isNamedByHash } = await askFor(
            INDEX_NAME,
            MAX_INDEX_LENGTH,
            INDEX_DEADLINE,
            latest?.tag,
          )
          if (bytes === undefined) return latest!.index
          const index = readIndex(bytes, authority)
          latest = { index, tag: isNamedByHash ? sha256 : undefined }
          return index
        },
        async download({ path, sha256 }, max) {
          const answer = await askFor(path, max, FILE_DEADLINE)
          if (answer.sha256 !== sha256) throw new KeeperFault('other_bytes', path)
          return answer.bytes!
        },
      }
    },
  }
}

/** @throws KeeperFault */
function readIndex(bytes: Uint8Array, authority: string): ListsIndex {
  const decoded = decodeListsIndex(textOf(bytes))
  if (!decoded.ok) throw new KeeperFault('bad_index', decoded.detail)
  const { index } = decoded
  if (index.authority !== authority) throw new KeeperFault('wrong_authority', index.authority)
  return index
}

/** Text that is not UTF-8 is no JSON. */
function textOf(bytes: Uint8Array): string {
  try {
    return decodeUtf8(bytes)
  } catch (error) {
    if (isMalformed(error)) return ''
    throw error
  }
}
