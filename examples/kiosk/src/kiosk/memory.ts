import { type WebCryptoKeyPair, webCryptoSigner } from 'veristamp'
import { openIndexedDbScanStore } from 'veristamp/browser'
import { openScanLog, type ScanLog } from 'veristamp/scanlog'
import type { Engine, TrustList } from 'veristamp/verify'
import type { Setup } from '../core/setup.ts'
import type { Keep } from './keep.ts'
import type { LoadOutcome } from './lists.ts'

/** The memory of scans: this kiosk's, and those of kiosks whose logs were loaded. */
export interface Memory {
  readonly log: ScanLog
  /** Names this kiosk among the scanners of a trust list, 32 bytes; undefined where the browser can't sign. */
  readonly publicKey: Uint8Array | undefined
  /** Adds other kiosks' logs. */
  merge(file: Uint8Array, now: Date): Promise<LoadOutcome>
  /** This kiosk's log as a file for others. */
  save(now: Date): Promise<Uint8Array>
  useTrustList(trustList: TrustList): void
}

export async function openMemory({ authority, place }: Setup, engine: Engine, keep: Keep): Promise<Memory> {
  // Without a store the log lasts as long as the page.
  const store = await openIndexedDbScanStore().catch(() => undefined)
  const log = await openScanLog({ place, engine, ...(store && { store }) })
  const signer = await openSigner(keep)
  return {
    log,
    publicKey: signer?.publicKey,
    async merge(file, now) {
      const merged = log.merge(file, { now })
      if (!merged.ok) return { kind: 'scans', ...merged }
      await log.flush()
      return { kind: 'scans', ok: true, places: merged.places, added: merged.added }
    },
    save(now) {
      if (signer === undefined) throw new Error('this browser has no Ed25519')
      return log.export(signer, { authority, now })
    },
    useTrustList: (trustList) => log.useTrustLists([trustList]),
  }
}

/** This kiosk's own key, made when it is first wanted. Not even the page can read its private part. */
async function openSigner(keep: Keep): Promise<Awaited<ReturnType<typeof webCryptoSigner>> | undefined> {
  try {
    const keys =
      (await keep.getKeys()) ?? (await crypto.subtle.generateKey('Ed25519', false, ['sign', 'verify']))
    await keep.putKeys(keys as CryptoKeyPair)
    return await webCryptoSigner(keys as unknown as WebCryptoKeyPair)
  } catch (error) {
    console.warn('no scanner key', error)
    return undefined
  }
}
