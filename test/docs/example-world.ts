import 'fake-indexeddb/auto'
import { createHash } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  createIssuer,
  createVerifier,
  loadRevocationList,
  loadTrustList,
  sealStamp,
  seedSigner,
} from 'veristamp'
import {
  addSerials,
  draftRevocationList,
  encodeSlicedTrustDraft,
  makeDelta,
  reviseRevocationList,
  signDocument,
  signRevocationList,
  signTrustList,
} from 'veristamp/authority'
import { createEventMaker } from 'veristamp/gs1'
import { createKeyFile, publishLists } from 'veristamp/node'
import { signCheckReport } from 'veristamp/scanlog'
import { certificate } from '../support/certificate.ts'
import { captureServer as takesAll } from '../support/fake-capture.ts'
import { ROOT } from './pages.ts'

/** What the examples of doc comments speak of and do not make themselves: what an app or an authority has at hand. */

const DAY = 86_400_000
const today = Math.floor(Date.now() / DAY) * DAY

export const authority = 'my-province.example'
export const [rootSigner, secondRootSigner, revocationSigner, signer, deviceSigner] = [1, 2, 3, 4, 5].map(
  (begin) => seedSigner(Uint8Array.from({ length: 32 }, (_, at) => 32 * begin + at)),
) as [Signer, Signer, Signer, Signer, Signer]
type Signer = ReturnType<typeof seedSigner>

export const roots = { threshold: 1, keys: [rootSigner.publicKey] }
export const [issued, next, expires] = [0, 7, 30].map((days) => new Date(today + days * DAY)) as [
  Date,
  Date,
  Date,
]
export const issuers = [
  {
    ...{ keyId: 7, publicKey: signer.publicKey, name: 'Tea', scope: [{ facility: 12, product: 104 }] },
    ...{ notBefore: issued, notAfter: expires },
  },
]

const catalogue = {
  facilities: [{ id: 12, name: 'Mist Hill Tea', gln: '8935000000014' }],
  products: [{ id: 104, facility: 12, name: 'Green tea', gtin: '8935000000120' }],
}
export const trustListFile = await signTrustList(
  {
    ...{ authority, sequence: 1, issued, expires, roots, issuers, catalogue },
    ...{ revocationKey: revocationSigner.publicKey, prefixes: ['HTTPS://TEM.EXAMPLE/'] },
    scanners: [{ place: 'Ha Long market 1', publicKey: deviceSigner.publicKey }],
  },
  [rootSigner],
)
const sliced = encodeSlicedTrustDraft({
  ...{ authority, sequence: 1, issued, expires, roots, issuers, catalogue },
})
export const slicedListFile = await signDocument(sliced.document, rootSigner)
export const [sliceFile] = sliced.slices as [Uint8Array]
const renamed = encodeSlicedTrustDraft({
  ...{ authority, sequence: 2, issued, expires, roots, catalogue },
  issuers: issuers.map((issuer) => ({ ...issuer, name: 'Mist' })),
})
const laterListFile = await signDocument(renamed.document, rootSigner)
export const laterTrustList = loaded(loadTrustList(laterListFile, { authority, roots })).trustList
const site = mkdtempSync(join(tmpdir(), 'veristamp-site-'))
publishLists(site, { pins: { authority, roots }, trustList: slicedListFile, slices: sliced.slices })
publishLists(site, { pins: { authority, roots }, trustList: laterListFile, slices: renamed.slices })
export const listsIndex = readFileSync(join(site, 'lists.json'), 'utf8')
export const slicePatchesFile = new Uint8Array(
  readFileSync(join(site, readdirSync(site).find((name) => name.startsWith('trust-patches-'))!)),
)
export const trustList = loaded(loadTrustList(trustListFile, { authority, roots })).trustList

export const table = new TextEncoder().encode('Time,Answer\r\n')
export const tableDigest = new Uint8Array(createHash('sha256').update(table).digest())
export const reportFile = await signCheckReport(
  {
    ...{ authority, place: 'Ha Long market 1', issued },
    files: [{ name: 'checks.csv', size: table.length, digest: tableDigest }],
  },
  deviceSigner,
)

const header = { authority, issued, next, expires }
const lost = { facility: 12, product: 104, reason: 'lost', date: '2026-01-02' } as const
export const revocationListFile = await signRevocationList(
  addSerials(draftRevocationList(header), {
    ...lost,
    serials: Array.from({ length: 200 }, (_, at) => (at * 7919) % 1_000_003),
  }),
  revocationSigner,
)
export const nextRevocationListFile = await signRevocationList(
  addSerials(reviseRevocationList(revocationListFile, { issued, next, expires }), {
    ...lost,
    serials: [{ first: 1, last: 9 }],
  }),
  revocationSigner,
)
export const deltaFile = makeDelta(revocationListFile, nextRevocationListFile)
export const revocationList = loaded(loadRevocationList(revocationListFile, { trustList })).revocationList
export const draft = draftRevocationList(header)

export const maker = createEventMaker({ catalogue, offset: '+07:00' })
const made = await maker.commissioned([{ product: 104, first: 1, last: 3, time: issued }]).next()
if (made.done) throw new Error('no event')
export const event = made.value

export const pins = { authority, roots, lists: 'https://tem.example/lists/' }
export const verifier = createVerifier({ trustLists: [trustList], revocationLists: [revocationList] })
export const issuer = createIssuer({ keyId: 7, signer })
const stamp = { facility: 12, product: 104, serial: 90_001 }
export const scanned = (await issuer.issue(stamp)).toText()
const sealed = sealStamp(stamp, { keyId: 7, secret: new Uint8Array(32).fill(5) })
export const sealedText = (await issuer.issue(sealed.stamp)).toText()
export const { hiddenCode } = sealed

export const clientCertificate = certificate
export const captureServer = takesAll

/** Removed by the test. */
export const folder = mkdtempSync(join(tmpdir(), 'veristamp-examples-'))
export const keyFile = join(folder, 'key.pem')
createKeyFile(keyFile, { passphrase: 'green tea of the misty hills' })
export const font = new Uint8Array(
  readFileSync(
    `${ROOT}node_modules/@expo-google-fonts/be-vietnam-pro/400Regular/BeVietnamPro_400Regular.ttf`,
  ),
)

function loaded<T extends { readonly ok: boolean }>(result: T): Extract<T, { readonly ok: true }> {
  if (!result.ok) throw new Error('not loaded')
  return result as Extract<T, { readonly ok: true }>
}
