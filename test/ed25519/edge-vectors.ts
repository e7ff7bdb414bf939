import { smallOrderKeys, torsionKeys, undecodableKeys } from './edge-keys.ts'
import { altered, identityR, lengths, pointsR, scalars } from './edge-signatures.ts'
import { type EdgeVector, KEY, MESSAGE, NONCE, vector } from './edge-vector.ts'
import { type ForgedKey, filler, forgeKey, scalar, sign } from './forge.ts'
import { L } from './reference.ts'

// One SHA-512 block holds R, A and 47 bytes; the next blocks end at 175 and so on.
const MESSAGE_LENGTHS = [0, 1, 16, 31, 46, 47, 48, 63, 64, 65, 128, 174, 175, 176, 303, 304, 1023]

const ordinary = (): EdgeVector[] =>
  MESSAGE_LENGTHS.map((length) => {
    const label = `ordinary ${length}`
    const key = forgeKey(scalar(`${label} key`))
    const message = filler(`${label} message`, length)
    const signature = sign(key, message, scalar(`${label} nonce`))
    return vector(
      `ordinary: a message of ${length} bytes`,
      { key: key.publicKey, message, signature },
      'valid',
    )
  })

/** Sums that have equal, opposite or known points in them, where incomplete addition formulas break. */
function knownPoints(): EdgeVector[] {
  const keys: [string, bigint][] = [
    ['A = B', 1n],
    ['A = -B', L - 1n],
    ['A = 2B', 2n],
    ['A = 8B', 8n],
  ]
  const nonces: [string, bigint][] = [
    ['R = B', 1n],
    ['R = -B', L - 1n],
    ['R = 2B', 2n],
    ['R = A', KEY.a],
    ['R = -A', L - KEY.a],
    ['R = A + B', KEY.a + 1n],
  ]
  const made = (name: string, key: ForgedKey, r: bigint) =>
    vector(`known points: ${name}`, { key: key.publicKey, signature: sign(key, MESSAGE, r) }, 'valid')
  return [
    ...keys.map(([name, a]) => made(name, forgeKey(a), NONCE)),
    ...nonces.map(([name, r]) => made(name, KEY, r)),
    ...keys.map(([name, a]) => made(`${name}, R = B`, forgeKey(a), 1n)),
  ]
}

export function edgeVectors(): EdgeVector[] {
  return [
    ...ordinary(),
    ...knownPoints(),
    ...smallOrderKeys(),
    ...torsionKeys(),
    ...undecodableKeys(),
    ...pointsR(),
    ...scalars(),
    ...identityR(),
    ...lengths(),
    ...altered(),
  ]
}

/** What test/vectors/ed25519-edges.json holds. */
export const edgeVectorsText = (): string => `${JSON.stringify(edgeVectors(), null, 2)}\n`
