import { describe, expect, it } from 'vitest'
import { nobleEngine } from '../../src/ed25519/noble/engine.ts'
import type { Signer } from '../../src/ed25519/signer.ts'
import { filler } from './forge.ts'
import { fromHex, RFC8032_VECTORS } from './vectors.ts'

/** RFC 8410 §7: a seed as PKCS #8. */
export const pkcs8 = (seed: string): Buffer => Buffer.from(`302e020100300506032b657004220420${seed}`, 'hex')

/** The suite that every deterministic signer passes. Seeds and public keys are hexadecimal. */
export function describeSigner(
  name: string,
  create: (seed: string, publicKey: string) => Signer | Promise<Signer>,
): void {
  describe(`the signatures of ${name}`, () => {
    it.each(RFC8032_VECTORS)('are those of RFC 8032 $name to the byte', async (vector) => {
      const signer = await create(vector.seed, vector.publicKey)
      expect(signer.publicKey).toStrictEqual(fromHex(vector.publicKey))
      expect(await signer.sign(fromHex(vector.message))).toStrictEqual(fromHex(vector.signature))
    })
    it('are the same for the same message, from one signer or two, as it says of itself', async () => {
      const { seed, publicKey } = RFC8032_VECTORS[0]!
      const [signer, again] = [await create(seed, publicKey), await create(seed, publicKey)]
      expect(signer.deterministic).toBe(true)
      for (const message of [0, 1, 31, 200, 5000].map((length) => filler('signed', length))) {
        const signature = await signer.sign(message)
        expect(await signer.sign(message)).toStrictEqual(signature)
        expect(await again.sign(message)).toStrictEqual(signature)
      }
    })
    it('verify', async () => {
      const { seed, publicKey } = RFC8032_VECTORS[0]!
      const signer = await create(seed, publicKey)
      const message = filler('verified', 100)
      const imported = nobleEngine.importKey(signer.publicKey)
      expect(imported.ok && imported.key.verify(message, await signer.sign(message))).toBe(true)
    })
  })
}
