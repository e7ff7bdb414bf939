import { seedSigner } from '../../src/ed25519/noble/signer.ts'
import type { Signer } from '../../src/ed25519/signer.ts'
import { nativeEngine } from '../../src/node/native-engine.ts'
import { draftRevocationList, type RevocationDraftHeader } from '../../src/revocation/begin.ts'
import { addSerials, type RevocationDraft, revokeKey, setWatermark } from '../../src/revocation/draft.ts'
import type { LoadedRevocationList, RevocationTrust } from '../../src/revocation/load.ts'
import type { RevocationList } from '../../src/revocation/revocation-list.ts'

export const seeded = (seed: number): Signer => seedSigner(new Uint8Array(32).fill(seed))

/** The authority's revocation keys of the first and the second epoch, and a stranger's. */
export const KEY = seeded(1)
export const NEXT_KEY = seeded(2)
export const STRANGER = seeded(3)
/** Two issuers. */
export const ISSUER = seeded(11).publicKey
export const OTHER_ISSUER = seeded(12).publicKey

export const AUTHORITY = 'qni.example'

/** What a trust list that names this key says of revocation. */
export function trusting(signer: Signer | undefined, epoch = 0): RevocationTrust {
  const imported = signer && nativeEngine.importKey(signer.publicKey)
  if (imported?.ok === false) throw new Error(imported.reason)
  return { authority: AUTHORITY, revocationKey: imported?.key, revocationEpoch: epoch }
}

export const TRUST = trusting(KEY)
export const NEXT_TRUST = trusting(NEXT_KEY, 1)

export const HEADER: RevocationDraftHeader = {
  authority: AUTHORITY,
  issued: new Date('2026-11-01T00:00:00Z'),
  next: new Date('2026-11-08T00:00:00Z'),
  expires: new Date('2026-12-01T00:00:00Z'),
}

/** A list with something of everything. */
export function sampleDraft(): RevocationDraft {
  let draft = draftRevocationList(HEADER)
  const roll = { first: 41_000, last: 41_999 }
  const [lost, recalled] = [
    { reason: 'lost', date: '2026-10-30' },
    { reason: 'recalled', date: '2026-10-31' },
  ] as const
  draft = addSerials(draft, { facility: 12, product: 104, ...lost, serials: [roll, 90_001] })
  draft = addSerials(draft, { facility: 12, product: 104, ...recalled, serials: [7, 9, 42_000] })
  draft = addSerials(draft, { facility: 8_938_500_000_017, product: 70_000, ...recalled, serials: [0] })
  draft = setWatermark(draft, { publicKey: ISSUER, facility: 12, product: 104, serial: 135_000 })
  draft = setWatermark(draft, { publicKey: ISSUER, facility: 13, product: 70_001, serial: 0 })
  draft = setWatermark(draft, { publicKey: OTHER_ISSUER, facility: 12, product: 104, serial: 500 })
  const above = [{ facility: 12, product: 104, serial: 400 }]
  return revokeKey(draft, { publicKey: OTHER_ISSUER, reason: 'key-compromise', date: '2026-10-29', above })
}

/** The list, where it was accepted. */
export function accepted(loaded: LoadedRevocationList): RevocationList {
  if (loaded.ok) return loaded.revocationList
  throw new Error(`refused: ${loaded.reason} ${loaded.detail}`)
}
