import { generateKeyPairSync } from 'node:crypto'
import { Algorithms, Headers, ProtectedHeaders, Sign1, UnprotectedHeaders } from '@auth0/cose'
import { CompactSign, type CompactVerifyResult, compactVerify } from 'jose'

/** A contestant that verifies some tokens, one in eight of them forged. */
type Peer = () => Promise<void>

/**
 * The same facts as other signed formats carry them, verified one by one with the key imported beforehand: a compact
 * EdDSA JWT by jose, a COSE_Sign1 by @auth0/cose. Neither has scopes, lists or revocation.
 */
export async function tokenPeers(count: number): Promise<Record<string, Peer>> {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519')
  const facts = Array.from({ length: count }, (_, i) => ({ facility: 12, product: 104, serial: 90_001 + i }))
  const isForged = (i: number): boolean => i % 8 === 7
  const protectedHeaders = new ProtectedHeaders([[Headers.Algorithm, Algorithms.EdDSA]])
  const [tokens, messages]: [string[], Uint8Array[]] = [[], []]
  for (const [i, fact] of facts.entries()) {
    const text = new TextEncoder().encode(JSON.stringify(fact))
    const token = await new CompactSign(text).setProtectedHeader({ alg: 'EdDSA' }).sign(privateKey)
    tokens.push(isForged(i) ? forgedToken(token) : token)
    const message = (await Sign1.sign(protectedHeaders, new UnprotectedHeaders(), text, privateKey)).encode()
    if (isForged(i)) message[message.length - 40]! ^= 1
    messages.push(message)
  }
  return {
    'jose, compact JWT': () =>
      each(tokens, isForged, (token): Promise<CompactVerifyResult> => compactVerify(token, publicKey)),
    '@auth0/cose, Sign1': () =>
      each(messages, isForged, (message) => Sign1.decode(message).verify(publicKey)),
  }
}

/** Another letter, as good in base64url, in the midst of the signature. */
const forgedToken = (token: string): string =>
  `${token.slice(0, -40)}${token.at(-40) === 'A' ? 'B' : 'A'}${token.slice(-39)}`

async function each<T>(
  items: readonly T[],
  isForged: (i: number) => boolean,
  verify: (item: T) => Promise<unknown>,
): Promise<void> {
  for (const [i, item] of items.entries()) {
    const held = await verify(item).then(
      () => true,
      () => false,
    )
    if (held === isForged(i)) throw new Error('a wrong answer')
  }
}
