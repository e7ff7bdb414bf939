/** The header `Content-Digest` (RFC 9530) with SHA-256, which is in hexadecimal everywhere else. */

export const writeContentDigest = (sha256: string): string =>
  `sha-256=:${Buffer.from(sha256, 'hex').toString('base64')}:`

const DIGEST = /(?:^|,)[ \t]*sha-256=:([A-Za-z0-9+/]{43}=):[ \t]*(?=,|$)/

/** Undefined where the header has no SHA-256. */
export function readContentDigest(header: string | null): string | undefined {
  const [, digest] = DIGEST.exec(header ?? '') ?? []
  return digest && Buffer.from(digest, 'base64').toString('hex')
}
