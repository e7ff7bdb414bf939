import { hmac } from '@noble/hashes/hmac.js'
import { sha256, sha512 } from '@noble/hashes/sha2.js'
import type { Bytes } from '../../lib/bytes.ts'

/** Hashes of what is secret. `sha2.ts` stands beside it for what is public, and is smaller. */

/** HMAC-SHA-256 (RFC 2104), 32 bytes. */
export const hmacSha256 = (key: Uint8Array, message: Uint8Array): Bytes => hmac(sha256, key, message)

/** SHA-256 (FIPS 180-4), 32 bytes, for what is not public. */
export const vettedSha256 = (bytes: Uint8Array): Bytes => sha256(bytes)

/** SHA-512 (FIPS 180-4), 64 bytes, for what is not public. */
export const vettedSha512 = (bytes: Uint8Array): Bytes => sha512(bytes)
