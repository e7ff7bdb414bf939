import { loadTrustList, memoryStore, type Signer } from 'veristamp'
import { signTrustList } from 'veristamp/authority'
import { openScanLog } from 'veristamp/scanlog'
import { createVerifier } from 'veristamp/verify'
import type { DemoLabel } from './kiosk-labels.ts'
import { AUTHORITY, newSigner, type Province } from './province.ts'

/** The logs of two other kiosks, which have both seen one stamp, 220 kilometres and two minutes apart. */

/** Where the demo's kiosk stands. */
export const PLACE = 'Chợ Hạ Long'

export interface OtherKiosk {
  readonly place: string
  /** ISO 6709. */
  readonly position: string
  readonly signer: Signer
}

export const otherKiosks = (): readonly OtherKiosk[] => [
  { place: 'Chợ Móng Cái', position: '+21.5247+107.9664', signer: newSigner() },
  { place: 'Chợ Đồng Xuân', position: '+21.0384+105.8498', signer: newSigner() },
]

/** The province, with a trust list that says whose logs count. */
export async function nameScanners(province: Province, others: readonly OtherKiosk[]): Promise<Province> {
  // The demo's own kiosk makes its key when it is first started, so the list has a neighbour's.
  const neighbour = { place: PLACE, position: '+20.9517+107.0748', signer: newSigner() }
  const scanners = [...others, neighbour].map(({ place, position, signer: { publicKey } }) => ({
    ...{ place, position, publicKey },
  }))
  const content = { ...province.content, scanners }
  return { ...province, content, trustList: await signTrustList(content, [province.root]) }
}

/** An hour ago, each of the kiosks scanned the label that was copied. */
export async function demoScans(
  { roots, trustList }: Province,
  others: readonly OtherKiosk[],
  labels: readonly DemoLabel[],
  now: Date,
): Promise<Uint8Array> {
  const loaded = loadTrustList(trustList, { authority: AUTHORITY, roots, store: memoryStore() })
  if (!loaded.ok) throw new Error(`trust list: ${loaded.reason}`)
  const trustLists = [loaded.trustList]
  const verifier = createVerifier({ trustLists })
  const { url } = labels.find(({ name }) => name === 'copied')!
  const files: Uint8Array[] = []
  for (const [i, { place, signer }] of others.entries()) {
    const log = await openScanLog({ place, trustLists })
    const seen = new Date(now.getTime() - 3_600_000 + 120_000 * i)
    log.scan(url, verifier.verify(url, { now: seen }))
    files.push(await log.export(signer, { authority: AUTHORITY, now }))
  }
  return Buffer.concat(files)
}
