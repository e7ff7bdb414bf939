import { createPrivateKey, type KeyObject } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createIssuer } from 'veristamp'
import {
  addSerials,
  draftRevocationList,
  encodeSlicedTrustDraft,
  encodeTrustDraft,
  type LoadedTrustList,
  loadTrustList,
  makeDelta,
  reviseRevocationList,
  reviseTrustList,
  revokeKey,
  type Signer,
  seedSigner,
  setWatermark,
  signDocument,
  signRevocationList,
  signTrustList,
  type TrustListContent,
} from 'veristamp/authority'
import { keyObjectSigner, type PublishListsOptions, publishLists } from 'veristamp/node'
import { writeRegistry } from 'veristamp/registry'
import {
  type CheckReport,
  memoryScanStore,
  openScanLog,
  type ScanStore,
  signCheckReport,
} from 'veristamp/scanlog'
import { fonts } from '../support/labels.ts'

/** A small province made through the doors of the built package, for the test of what they keep. */

export const AUTHORITY = 'quang-ninh.example'
export const PLACE = 'Chợ Hạ Long'
export const ISSUED = new Date('2026-01-05T00:00:00Z')
export const NOW = new Date('2026-01-06T00:00:00Z')
const [NEXT, EXPIRES] = [new Date('2026-01-07T00:00:00Z'), new Date('2026-02-05T00:00:00Z')]

const seedOf = (first: number): Uint8Array => Uint8Array.from({ length: 32 }, (_, i) => first + i)
export const PRESS_SEED = seedOf(1)
export const [root, second, press, thief, revoker, scanner] = [40, 70, 1, 130, 160, 190].map((first) =>
  seedSigner(seedOf(first)),
) as [Signer, Signer, Signer, Signer, Signer, Signer]

export const pressKey: KeyObject = createPrivateKey({
  key: Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), PRESS_SEED]),
  format: 'der',
  type: 'pkcs8',
})

const YEARS = { notBefore: new Date('2026-01-01T00:00:00Z'), notAfter: new Date('2028-01-01T00:00:00Z') }
const issuers = [press, thief].map(({ publicKey }, index) => ({
  keyId: 7,
  publicKey,
  name: 'Nhà in Hạ Long',
  scope: [{ facility: 12, product: 104 + index }],
  ...YEARS,
}))
export const catalogue = {
  facilities: [{ id: 12, name: 'HTX Ba Chẽ' }],
  products: [
    { id: 104, facility: 12, name: 'Trà hoa vàng', gtin: '8935000000120' },
    { id: 105, facility: 12, name: 'Chè Đường Hoa' },
  ],
}
export const content: TrustListContent = {
  authority: AUTHORITY,
  sequence: 1,
  issued: ISSUED,
  expires: EXPIRES,
  roots: { version: 1, threshold: 1, keys: [root.publicKey] },
  issuers,
  revocationKey: revoker.publicKey,
  catalogue,
  scanners: [{ publicKey: scanner.publicKey, place: PLACE }],
}
export const times = { issued: ISSUED, next: NEXT, expires: EXPIRES }
export const header = { authority: AUTHORITY, ...times }
export const why = { reason: 'stolen', date: '2026-01-05' } as const
export const stamp = { facility: 12, product: 104, serial: 11 }
export const pins = { authority: AUTHORITY, roots: { threshold: 1, keys: [root.publicKey] } }

export const mustLoad = (loaded: LoadedTrustList) => {
  if (loaded.ok) return loaded.trustList
  throw new Error(`refused: ${loaded.reason} ${loaded.detail}`)
}

/** What the cases need that takes time to make. */
export async function makeFixtures() {
  const trust = await signTrustList(content, [root])
  const trustList = mustLoad(loadTrustList(trust, pins))
  const empty = setWatermark(draftRevocationList(header), {
    publicKey: press.publicKey,
    ...stamp,
    serial: 99,
  })
  const list = await signRevocationList(empty, revoker)
  const revoking = addSerials(
    revokeKey(reviseRevocationList(list, times), { publicKey: thief.publicKey, ...why }),
    {
      ...{ facility: 12, product: 104, ...why },
      serials: [3],
    },
  )
  const nextList = await signRevocationList(revoking, revoker)
  const rotation = { issued: ISSUED, expires: EXPIRES, roots: { threshold: 1, keys: [second.publicKey] } }
  const rotated = await signTrustList(
    { ...content, sequence: 2, roots: { version: 2, threshold: 1, keys: [second.publicKey] } },
    [root, second],
  )
  const issue = async (signer: Signer, product: number) => {
    const code = await createIssuer({ keyId: 7, signer }).issue({ ...stamp, product })
    return code.toText()
  }
  const { document, slices } = encodeSlicedTrustDraft(content)
  const slicedTrust = await signDocument(document, root)
  const renamed = content.issuers.map((issuer) => ({ ...issuer, name: 'Renamed' }))
  const later = encodeSlicedTrustDraft({ ...content, sequence: content.sequence + 1, issuers: renamed })
  const laterTrust = await signDocument(later.document, root)
  const [text, stolen] = [await issue(press, 104), await issue(thief, 105)]
  const folder = mkdtempSync(join(tmpdir(), 'veristamp-bytes-'))
  return {
    ...{ trust, trustList, list, nextList, rotated, text, stolen, fonts },
    ...{ slicedTrust, slice: slices[0]! },
    ...patchesIn(join(folder, 'patches'), [
      { trustList: slicedTrust, revocationList: list, slices },
      { trustList: laterTrust, revocationList: list, slices: later.slices },
    ]),
    laterTrust,
    unsigned: encodeTrustDraft(content),
    revised: encodeTrustDraft(reviseTrustList(trustList, rotation)),
    delta: makeDelta(list, nextList),
    registry: writeRegistry(catalogue),
    ...(await makeScans(text)),
    report: await signCheckReport(report, scanner),
    folder,
    remove: () => rmSync(folder, { recursive: true, force: true }),
  }
}

/** What a site has that publishes one after the other. */
function patchesIn(folder: string, lists: readonly Omit<PublishListsOptions, 'pins'>[]) {
  for (const each of lists) publishLists(folder, { ...each, pins, now: NOW })
  const name = readdirSync(folder).find((each) => each.startsWith('trust-patches-'))!
  const patches = new Uint8Array(readFileSync(join(folder, name)))
  return { patches, index: readFileSync(join(folder, 'lists.json'), 'utf8') }
}

export type Fixtures = Awaited<ReturnType<typeof makeFixtures>>

export const verdict = { status: 'valid', checkedAt: NOW, authority: AUTHORITY, stamp } as const

export const report: CheckReport = {
  authority: AUTHORITY,
  place: PLACE,
  issued: NOW,
  files: [{ name: 'checks.csv', size: 9, digest: new Uint8Array(32).fill(7) }],
}

async function makeScans(text: string): Promise<{ scans: Uint8Array; chunk: Uint8Array }> {
  const store: ScanStore = memoryScanStore()
  const log = await openScanLog({ place: PLACE, store })
  log.scan(text, verdict)
  await log.flush()
  const [chunk] = [...(await store.read())]
  return { scans: await log.export(scanner, { authority: AUTHORITY, now: NOW }), chunk: chunk! }
}

/** The press's key again, as node:crypto holds it. */
export const heldSigner = keyObjectSigner(pressKey)

export { certificate } from '../support/certificate.ts'
export { captureServer } from '../support/fake-capture.ts'
