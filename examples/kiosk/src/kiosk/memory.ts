import { type WebCryptoKeyPair, webCryptoSigner } from 'veristamp'
import { openIndexedDbScanStore } from 'veristamp/browser'
import { openScanLog, type ReportFile, type ScanLog, signCheckReport } from 'veristamp/scanlog'
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
  /** This kiosk's log of an authority's stamps as a file for others: whole, or from a moment on. */
  save(authority: string, now: Date, since?: Date): Promise<Uint8Array>
  /** Signs which files a day's checks are. */
  signReport(files: readonly ReportFile[], authority: string, now: Date): Promise<Uint8Array>
  useTrustLists(trustLists: readonly TrustList[]): void
}

/**
 * A stamp that is held up fifteen times a day at one gate is not one product. The camera has a guard of its own against
 * a stamp that stays in sight, so a scan three seconds later is another one.
 */
const RULES = { maxScans: 14, sameScan: 2 }

export async function openMemory({ place }: Setup, engine: Engine | undefined, keep: Keep): Promise<Memory> {
  // Without a store the log lasts as long as the page.
  const store = await openIndexedDbScanStore().catch(() => undefined)
  const log = await openScanLog({ place, rules: RULES, ...(engine && { engine }), ...(store && { store }) })
  const signer = await openSigner(keep)
  const own = () => {
    if (signer === undefined) throw new Error('this browser has no Ed25519')
    return signer
  }
  return {
    log,
    publicKey: signer?.publicKey,
    async merge(file, now) {
      const merged = log.merge(file, { now })
      if (!merged.ok) return { kind: 'scans', ...merged }
      await log.flush()
      return { kind: 'scans', ok: true, places: merged.places, added: merged.added }
    },
    save: (authority, now, since) => log.export(own(), { authority, now, ...(since && { since }) }),
    signReport: (files, authority, now) => signCheckReport({ authority, place, issued: now, files }, own()),
    useTrustLists: (trustLists) => log.useTrustLists(trustLists),
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
