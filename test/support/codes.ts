import { encodeCbor } from '../../src/codec/cbor.ts'
import { seedSigner } from '../../src/ed25519/noble/signer.ts'
import { signedMessage } from '../../src/lib/contexts.ts'
import { joinCode } from '../../src/stamp/code.ts'
import { payloadToValue } from '../../src/stamp/payload.ts'
import type { Stamp } from '../../src/stamp/stamp.ts'

// The seed 00 01 02 … 1f of SPEC.md's example.
const signer = seedSigner(Uint8Array.from({ length: 32 }, (_, index) => index))

export const publicKey = signer.publicKey

/** The code of a stamp, signed. */
export function signedCode(keyId: number, stamp: Stamp): Uint8Array {
  const payload = encodeCbor(payloadToValue(keyId, stamp))
  return joinCode({
    payload,
    signature: signer.sign(signedMessage('veristamp:stamp1', payload)) as Uint8Array,
  })
}
