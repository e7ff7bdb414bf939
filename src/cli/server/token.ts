import { timingSafeEqual } from 'node:crypto'
import { encodeUtf8 } from '../../codec/utf8.ts'
import { sha256 } from '../../ed25519/sha2.ts'
import { refusal } from './answers.ts'
import { Paces } from './limits.ts'

/** Wrong tokens are answered so often, by all who try together. */
const TRIES = { burst: 30, perSecond: 0.5 }

/** What stands before all that is not public: undefined lets in, anything else is the answer. */
export type Doorkeeper = (request: Pick<Request, 'headers'>, now: Date) => Response | undefined

/** Lets in whoever has the token; nobody where there is none. */
export function doorkeeperFor(token: string | undefined): Doorkeeper {
  const own = token === undefined ? undefined : digestOf(token)
  const tries = new Paces(TRIES)
  return ({ headers }, now) => {
    if (own === undefined) return refusal(403, 'no_token_set')
    const [, given] = /^bearer +(\S{1,1000})$/i.exec(headers.get('authorization') ?? '') ?? []
    if (given !== undefined && timingSafeEqual(digestOf(given), own)) return undefined
    const wait = given === undefined ? 0 : tries.take('', now.getTime())
    if (wait > 0) return refusal(429, 'busy', {}, { 'Retry-After': String(wait) })
    return refusal(401, 'token', {}, { 'WWW-Authenticate': 'Bearer' })
  }
}

/** So that what is compared has one length. */
const digestOf = (text: string): Uint8Array => sha256(encodeUtf8(text))
