import { createHash, type webcrypto } from 'node:crypto'
import { mkdtempSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { Code, createIssuer, type Stamp, sealStamp, verdictToJson, webCryptoSigner } from 'veristamp'
import * as authority from 'veristamp/authority'
import { openIndexedDbScanStore, openIndexedDbStore } from 'veristamp/browser'
import { folderLedger } from 'veristamp/fleet'
import * as gs1 from 'veristamp/gs1'
import { applySlicePatches, createKeeper } from 'veristamp/keeper'
import * as node from 'veristamp/node'
import * as print from 'veristamp/print'
import * as registry from 'veristamp/registry'
import {
  memoryScanStore,
  openCheckReport,
  openScanLog,
  type ScanStore,
  signCheckReport,
} from 'veristamp/scanlog'
import { createSheet, letterFinder, missingLetters, type SheetFonts } from 'veristamp/sheet'
import {
  createVerifier,
  type Engine,
  explain,
  loadTrustList,
  memoryStore,
  nobleEngine,
  type SequenceStore,
  withSlice,
} from 'veristamp/verify'
import { loadEngine } from 'veristamp/wasm'
import * as set from './bytes-fixtures.ts'

const sodium: node.SodiumNative = createRequire(import.meta.url)('sodium-native')

/** Hands bytes to a door, in memory that is written over as soon as the call has returned. */
export type Give = (bytes: Uint8Array) => Uint8Array
/** Calls a door, and returns what shows, afterwards, all that the bytes had to do with. */
export type Case = (give: Give, fixtures: set.Fixtures) => () => unknown

const { press, thief, root, second, revoker, scanner, stamp, why, header, times, pins, content, heldSigner } =
  set

/** For a result that holds all of it. */
const made = (result: unknown) => () => result

/** A signer whose public key is the caller's, and which takes its time. */
const slow = (give: Give, signer: authority.Signer): authority.Signer => ({
  publicKey: give(signer.publicKey),
  deterministic: true,
  async sign(message) {
    await new Promise((resume) => setTimeout(resume, 5))
    return signer.sign(message)
  },
})

/** A run whose key was stolen. */
const factsOf = (give: Give, previous: authority.RevocationContent): gs1.TraceFacts => {
  const key = give(createHash('sha256').update(press.publicKey).digest())
  const stolen = { key, reason: 'key-compromise', date: '2026-12-01', above: [] } as const
  return {
    runs: [
      { facility: 12, product: 104, first: 1, last: 2, time: set.NOW, publicKey: give(press.publicKey) },
    ],
    revocation: { ...previous, revokedKeys: [stolen] },
  }
}

/** All that a stream yields, once it is looked at. */
const every = (stream: AsyncIterable<unknown>) => async () => {
  const all: unknown[] = []
  for await (const each of stream) all.push(each)
  return all
}

const claims = (give: Give): Pick<Stamp, 'seal' | 'extensions'> => ({
  seal: give(Uint8Array.from({ length: 10 }, (_, i) => i)),
  extensions: new Map([[16, [give(Uint8Array.of(1, 2)), new Map([[1, give(Uint8Array.of(3))]])]]]),
})

const contentOf = (give: Give): authority.TrustListContent => ({
  ...content,
  roots: { version: 1, threshold: 1, keys: [give(root.publicKey)] },
  issuers: content.issuers.map((issuer) => ({ ...issuer, publicKey: give(issuer.publicKey) })),
  revocationKey: give(revoker.publicKey),
  scanners: [{ publicKey: give(scanner.publicKey), place: set.PLACE }],
})

/** A draft as callers make them by hand. */
const draftOf = (give: Give, previous?: authority.RevocationContent): authority.RevocationDraft => ({
  ...header,
  ...{ epoch: 0, sequence: 3, revoked: [] },
  watermarks: [{ key: give(new Uint8Array(32).fill(1)), facility: 12, product: 104, serial: 50 }],
  revokedKeys: [{ key: give(new Uint8Array(32).fill(2)), ...why, above: [] }],
  ...(previous && { previous }),
})

const seenOf = (give: Give) => ({
  ...{ epoch: 1, sequence: 2, digest: give(new Uint8Array(32).fill(3)) },
  roots: { threshold: 1, keys: [give(root.publicKey)] },
})

const fontsOf = (give: Give, { regular, bold }: SheetFonts): SheetFonts => ({
  regular: give(regular),
  bold: give(bold!),
})

const listsOf = (give: Give, { trust, nextList }: set.Fixtures) => {
  const trustList = set.mustLoad(authority.loadTrustList(give(trust), pinsOf(give)))
  const loaded = authority.loadRevocationList(give(nextList), { trustList })
  if (!loaded.ok) throw new Error(loaded.reason)
  return { trustLists: [trustList], revocationLists: [loaded.revocationList] }
}
const pinsOf = (give: Give) => ({ ...pins, roots: { threshold: 1, keys: [give(root.publicKey)] } })

const digestOf = (bytes: Uint8Array | string): string => createHash('sha256').update(bytes).digest('hex')
const words = { product: 'Trà hoa vàng', facility: 'HTX Ba Chẽ', stars: 4 } as const

async function digestOfPdf(pieces: AsyncIterable<Uint8Array>): Promise<string> {
  const all: Uint8Array[] = []
  for await (const piece of pieces) all.push(piece)
  return digestOf(Buffer.concat(all))
}

async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = []
  for await (const item of items) found.push(item)
  return found
}

const message = Uint8Array.from({ length: 90 }, (_, i) => i)
const seal = (secret: Uint8Array) => sealStamp(stamp, { keyId: 7, secret })
const signs: (signer: authority.Signer) => Case = (signer) => (give) => {
  // More of them than are signed at once.
  const signatures = Array.from({ length: 6 }, () => signer.sign(give(message)))
  return async () => [signer.publicKey, await Promise.all(signatures)]
}

const imports =
  (engine: Engine): Case =>
  (give) => {
    const imported = engine.importKey(give(press.publicKey))
    if (!imported.ok) return made(imported)
    const { key } = imported
    return async () => [key.publicKey, key.verify(message, await press.sign(message))]
  }
const importsMany =
  (engine: Engine): Case =>
  (give) => {
    const bytes = give(press.publicKey)
    const imported = engine.importKeys?.([bytes]) ?? [engine.importKey(bytes)]
    return made(imported.map((each) => (each.ok ? each.key.publicKey : each.reason)))
  }
const verifies =
  (engine: Engine, signature: Uint8Array): Case =>
  (give) => {
    const imported = engine.importKey(press.publicKey)
    return made(imported.ok && imported.key.verify(give(message), give(signature)))
  }
const verifiesMany =
  (engine: Engine, signature: Uint8Array): Case =>
  (give) => {
    const imported = engine.importKey(press.publicKey)
    const jobs = imported.ok
      ? [{ key: imported.key, message: give(message), signature: give(signature) }]
      : []
    return made(engine.verifyMany?.(jobs))
  }

const remembers =
  (store: SequenceStore, reopen: () => Promise<SequenceStore> = async () => store): Case =>
  (give) => {
    store.write(set.AUTHORITY, 'trust', seenOf(give))
    return async () => [store.read(set.AUTHORITY, 'trust'), (await reopen()).read(set.AUTHORITY, 'trust')]
  }

const chunksIn = async (store: ScanStore) => Array.from(await store.read(), digestOf)
const appends =
  (store: ScanStore): Case =>
  (give, { chunk }) => {
    const kept = store.append(give(chunk))
    return async () => [await kept, (await chunksIn(store)).at(-1)]
  }
const replaces =
  (store: ScanStore): Case =>
  (give, { chunk }) => {
    const kept = store.replace([give(chunk)])
    return async () => [await kept, await chunksIn(store)]
  }

const job = { facility: 12, product: 104, count: 3 } as const
const reach = { keyId: 7, scope: [{ facility: 12 }] }
const sheet = { stock: 'a4-65', version: 8, ...words } as const
const runsIn = ({ folder }: set.Fixtures): node.Runs => node.openRuns(mkdtempSync(join(folder, 'runs-')))
const filesOf = async (finished: Promise<node.FinishedRun>) => {
  const { codes, sheets, manifest } = await finished
  return [codes, ...sheets!, manifest].map((file) => digestOf(readFileSync(file)))
}

/** A case for every function of every door that takes bytes. */
export async function casesOf(fixtures: set.Fixtures): Promise<Record<string, Case>> {
  const wasm = await loadEngine()
  const signature = await press.sign(message)
  const cryptoKeys = (await crypto.subtle.generateKey('Ed25519', true, [
    'sign',
    'verify',
  ])) as webcrypto.CryptoKeyPair
  const publicKey = new Uint8Array(await crypto.subtle.exportKey('raw', cryptoKeys.publicKey))
  const log = await openScanLog({ place: set.PLACE, trustLists: [fixtures.trustList] })
  log.scan(fixtures.text, set.verdict)
  const pool = node.createWorkerPool({ threads: 1 })
  const at = (name: string) => join(fixtures.folder, name)
  const file = node.fileStore(at('store'))
  const scanFile = node.fileScanStore(at('scans'))
  const [indexed, indexedScans] = [await openIndexedDbStore(), await openIndexedDbScanStore()]
  const symbol = print.symbol(fixtures.text)
  const page = { width: 16, height: 1, rowBytes: 2, bits: Uint8Array.of(1, 2) }
  const previous = authority.readRevocationList(fixtures.list)
  const command = [
    process.execPath,
    '-e',
    `const message = require('fs').readFileSync(0); const { createPrivateKey, sign } = require('crypto')
     process.stdout.write(sign(null, message, createPrivateKey(${JSON.stringify(set.pressKey.export({ format: 'pem', type: 'pkcs8' }))})))`,
  ] as const
  const finished = await runsIn(fixtures).start(job, reach, { signer: press, now: set.NOW })
  const { trustList } = fixtures
  const options = { trustList }
  return {
    addSerials: (give) =>
      made(
        authority.addSerials(draftOf(give, previous), { facility: 12, product: 104, ...why, serials: [9] }),
      ),
    'applyDeltas().revocationList.ofKey': (give, { list, delta }) => {
      const applied = authority.applyDeltas(list, [delta], options)
      return made(applied.ok && applied.revocationList.ofKey(give(thief.publicKey)).revocation(12, 105, 1))
    },
    applyDeltas: (give, { list, delta }) =>
      made([
        authority.applyDeltas(give(list), [give(delta)], options),
        authority.applyDeltas(give(list), [], options),
      ]),
    checkPermanence: (give) => made(authority.checkPermanence(previous, draftOf(give))),
    commandSigner: (give) => {
      const signer = node.commandSigner({ command, publicKey: give(press.publicKey) })
      return async () => [signer.publicKey, await signer.sign(message)]
    },
    'commandSigner().sign': signs(node.commandSigner({ command, publicKey: press.publicKey })),
    createEventMaker: (give) => {
      const products = set.catalogue.products.map((each) => ({ ...each, seen: give(Uint8Array.of(1)) }))
      const maker = gs1.createEventMaker({ catalogue: { ...set.catalogue, products }, offset: '+07:00' })
      return async () => {
        const events = []
        const row = { product: 104, first: 1, last: 2, time: set.NOW }
        for await (const event of maker.commissioned([row])) events.push(event)
        return events
      }
    },
    projectEvents: (give) => {
      const maker = gs1.createEventMaker({ catalogue: set.catalogue, offset: '+07:00' })
      const { revokedKeys, ...content } = authority.readRevocationList(fixtures.list)
      const key = {
        key: give(new Uint8Array(createHash('sha256').update(press.publicKey).digest())),
        reason: 'lost',
        date: '2026-01-02',
        above: [],
      } as const
      const run = {
        facility: 12,
        product: 104,
        first: 1,
        last: 3,
        time: set.NOW,
        publicKey: give(press.publicKey),
      }
      const revocation = { ...content, revokedKeys: [...revokedKeys, key] }
      const events = gs1.projectEvents(maker, { runs: [run], revocation })
      return () => all(events)
    },
    createIssuer: (give) => made(createIssuer({ keyId: 7, signer: slow(give, press) })),
    'createIssuer().issue': (give) => {
      const issuer = createIssuer({ keyId: 7, signer: slow((bytes) => bytes, press) })
      const issued = issuer.issue({ ...stamp, ...claims(give) })
      return () => issued
    },
    'createIssuer().issueMany': (give) => {
      const issuer = createIssuer({ keyId: 7, signer: slow((bytes) => bytes, press) })
      const row = issuer.issueMany({ facility: 12, product: 104, first: 1, count: 3, ...claims(give) })
      return () => all(row)
    },
    createSheet: (give, { fonts, text }) => {
      const created = createSheet({ stock: 'a4-65', fonts: fontsOf(give, fonts) })
      return () => digestOfPdf(created.pdf([{ text, serial: 11, ...words }]))
    },
    createVerifier: (give, { text, stolen }) => {
      const verifier = createVerifier(listsOf(give, fixtures))
      return () => [text, stolen].map((scanned) => verifier.verify(scanned, { now: set.NOW }))
    },
    'createWorkerPool().signer().sign': signs(pool.signer(set.pressKey)),
    'createWorkerPool().verifier': (give, { text, stolen }) => {
      const verifier = pool.verifier(listsOf(give, fixtures))
      return () => all(verifier.verifyMany([text, stolen], { now: set.NOW }))
    },
    describeTrustList: (give, { trust }) =>
      made(authority.describeTrustList(give(trust), { roots: pinsOf(give).roots })),
    draftTrustList: (give) => made(authority.draftTrustList(contentOf(give))),
    encodeSlicedRevocationDraft: (give) =>
      made(authority.encodeSlicedRevocationDraft(draftOf(give), { trustList })),
    encodeSlicedTrustDraft: (give) => made(authority.encodeSlicedTrustDraft(contentOf(give))),
    applySlicePatches: (give, { laterTrust, patches, slice }) => {
      const later = loadTrustList(laterTrust, set.pins)
      if (!later.ok) throw new Error(later.reason)
      const { missingSlices } = later.trustList
      const missing = missingSlices.map(
        ([first, last, length, digest]) => [first, last, length, give(digest)] as const,
      )
      const patched = applySlicePatches(give(patches), missing, async () => slice)
      return () => patched
    },
    withSlice: (give, { slicedTrust, slice }) => {
      const sliced = loadTrustList(slicedTrust, set.pins)
      if (!sliced.ok) throw new Error(sliced.reason)
      const grown = withSlice(sliced.trustList, give(slice))
      return made(grown.ok && grown.list.issuers.map(({ publicKey }) => publicKey))
    },
    encodeTrustDraft: (give) => made(authority.encodeTrustDraft(contentOf(give))),
    encodeRevocationDraft: (give) => made(authority.encodeRevocationDraft(draftOf(give))),
    describeRevocationList: (give, { list }) =>
      made(authority.describeRevocationList(give(list), { trustList })),
    documentKind: (give, { trust }) => made(authority.documentKind(give(trust))),
    encodePins: (give) => made(authority.encodePins(pinsOf(give))),
    createKeeper: (give, { trust, nextList, text }) => {
      node.publishLists(at('kept-lists'), { pins: set.pins, trustList: trust, revocationList: nextList })
      const keeper = createKeeper({
        pins: { ...pinsOf(give), lists: 'https://tem.example/lists/' },
        fetch: async (address) => new Response(readFileSync(at(`kept-lists/${address.split('/').at(-1)}`))),
      })
      return async () => {
        await keeper.refresh({ now: set.NOW })
        return keeper.verify(text, { now: set.NOW })
      }
    },
    explain: (give, { text }) => {
      const verdict = createVerifier(listsOf(give, fixtures)).verify(text, { now: set.NOW })
      return made(explain(verdict, 'en'))
    },
    verdictToJson: (give, { text }) => {
      const verdict = createVerifier(listsOf(give, fixtures)).verify(text, { now: set.NOW })
      return made(verdictToJson(verdict))
    },
    'fileScanStore().append': appends(scanFile),
    'fileScanStore().replace': replaces(scanFile),
    'fileStore().write': remembers(file),
    fingerprintOf: (give) => made(authority.fingerprintOf(pinsOf(give))),
    joinChain: (give, { trust, rotated }) => made(authority.joinChain(give(trust), give(rotated))),
    'keyObjectSigner().sign': signs(heldSigner),
    letterFinder: (give, { fonts }) => {
      const find = letterFinder(fontsOf(give, fonts))
      return () => [find(words.product, 'product'), find('漢', 'facility')]
    },
    'loadEngine().importKey': imports(wasm),
    'loadEngine().importKeys': importsMany(wasm),
    'loadEngine().importKey().key.verify': verifies(wasm, signature),
    'loadEngine().verifyMany': verifiesMany(wasm, signature),
    linksetOf: (give, { trust }) => {
      const list = set.mustLoad(authority.loadTrustList(give(trust), pinsOf(give)))
      return made(gs1.linksetOf(list, 104, { page: 'https://tem.example/' }))
    },
    loadRevocationList: (give) => made(listsOf(give, fixtures).revocationLists),
    'loadRevocationList().revocationList.ofKey': (give) => {
      const [list] = listsOf((bytes) => bytes, fixtures).revocationLists
      const records = [press, thief].map((signer) => list!.ofKey(give(signer.publicKey)))
      return () => records.map((record) => [record.watermark(12, 104), record.revocation(12, 105, 1)])
    },
    loadTrustList: (give, { trust }) => {
      const store = memoryStore()
      const loaded = authority.loadTrustList(give(trust), { ...pinsOf(give), store })
      return () => [loaded, store.read(set.AUTHORITY, 'trust')]
    },
    makeDelta: (give, { list, nextList }) => made(authority.makeDelta(give(list), give(nextList))),
    'memoryScanStore().append': appends(memoryScanStore()),
    'memoryScanStore().replace': replaces(memoryScanStore()),
    'memoryStore().write': remembers(memoryStore()),
    mergeSignatures: (give, { unsigned, trust }) =>
      made(authority.mergeSignatures(give(unsigned), give(trust))),
    missingLetters: (give, { fonts }) =>
      made(missingLetters(fontsOf(give, fonts), { ...words, product: '漢' })),
    'nativeEngine.importKey': imports(node.nativeEngine),
    'nativeEngine.importKeys': importsMany(node.nativeEngine),
    'nativeEngine.verifyMany': verifiesMany(node.nativeEngine, signature),
    'new Code': (give) => {
      const code = new Code({ ...stamp, ...claims(give) }, 7, give(new Uint8Array(100).fill(7)))
      return () => [code, code.toText()]
    },
    'nobleEngine.importKey': imports(nobleEngine),
    'nobleEngine.importKeys': importsMany(nobleEngine),
    'nobleEngine.verifyMany': verifiesMany(nobleEngine, signature),
    'openIndexedDbScanStore().append': appends(indexedScans),
    'openIndexedDbScanStore().replace': replaces(indexedScans),
    'openIndexedDbStore().write': remembers(indexed, async () => {
      await indexed.flush()
      return openIndexedDbStore()
    }),
    openCheckReport: (give, { report }) => {
      const scanners = [{ publicKey: give(scanner.publicKey), place: set.PLACE }]
      const trustLists = [{ authority: set.AUTHORITY, scanners }]
      return made(openCheckReport(give(report), { trustLists }))
    },
    openScanLog: (give, { scans }) => {
      const scanners = [{ publicKey: give(scanner.publicKey), place: set.PLACE }]
      const opened = openScanLog({ place: set.PLACE, trustLists: [{ authority: set.AUTHORITY, scanners }] })
      return async () => (await opened).merge(scans, { now: set.NOW })
    },
    publishLists: (give, { trust, list, nextList }) => {
      const published = node.publishLists(at('published-lists'), {
        pins: pinsOf(give),
        trustList: give(trust),
        revocationList: give(nextList),
        before: [give(list)],
        now: set.NOW,
      })
      return () => [
        { ...published, written: [] }, // the second time they are there
        readFileSync(at('published-lists/lists.json'), 'utf8'),
      ]
    },
    'folderLedger().plan': (give) => {
      const ledger = folderLedger(runsIn(fixtures).folder)
      const plan = ledger.plan(job, { ...reach, publicKey: give(press.publicKey) }, { now: set.NOW })
      return async () => plan
    },
    'folderLedger().reserve': (give) => {
      const ledger = folderLedger(runsIn(fixtures).folder)
      const run = ledger.reserve(job, { ...reach, publicKey: give(press.publicKey) }, { now: set.NOW })
      return async () => [await run, await ledger.record((await run).id)]
    },
    'openRuns().plan': (give) =>
      made(runsIn(fixtures).plan(job, { ...reach, publicKey: give(press.publicKey) }, { now: set.NOW })),
    'openRuns().reserve': (give) => {
      const runs = runsIn(fixtures)
      const reserved = runs.reserve(job, { ...reach, publicKey: give(press.publicKey) }, { now: set.NOW })
      return () => [reserved, runs.describe(reserved.id).run]
    },
    'openRuns().resume': (give, { fonts }) => {
      const runs = runsIn(fixtures)
      const { publicKey } = press
      const { id } = runs.reserve({ ...job, sheet }, { ...reach, publicKey }, { now: set.NOW })
      const finished = runs.resume(id, { signer: slow(give, press), fonts: fontsOf(give, fonts) })
      return () => filesOf(finished)
    },
    'openRuns().start': (give, { fonts }) => {
      const tools = { signer: slow(give, press), fonts: fontsOf(give, fonts), now: set.NOW }
      const finished = runsIn(fixtures).start({ ...job, sheet }, reach, tools)
      return () => filesOf(finished)
    },
    'openRuns().verify': (give) => {
      const verified = runsIn(fixtures).verify(finished, { publicKeys: [give(press.publicKey)] })
      return () => verified
    },
    'openRuns().void': (give) => {
      const runs = runsIn(fixtures)
      const { publicKey } = press
      const { id } = runs.reserve(job, { ...reach, publicKey }, { now: set.NOW })
      return made(runs.void(id, why, draftOf(give, previous)).draft)
    },
    'openScanLog().export': (give) => {
      const exported = log.export(slow(give, scanner), { authority: set.AUTHORITY, now: set.NOW })
      return () => exported
    },
    'openScanLog().merge': (give, { scans }) => {
      const merged = log.merge(give(scans), { now: set.NOW })
      return () => [merged.ok, log.recent(10)]
    },
    'openScanLog().useTrustLists': (give, { scans }) => {
      const scanners = [{ publicKey: give(scanner.publicKey), place: set.PLACE }]
      log.useTrustLists([{ authority: set.AUTHORITY, scanners }])
      return () => log.merge(scans, { now: set.NOW }).ok
    },
    png: (give) => made(print.png({ ...symbol, modules: give(symbol.modules) })),
    readRegistry: (give, { registry: { facilities, products } }) =>
      made(registry.readRegistry({ facilities: give(facilities), products: give(products) })),
    readRevocationList: (give, { nextList }) => made(authority.readRevocationList(give(nextList))),
    removeSerials: (give) =>
      made(authority.removeSerials(draftOf(give, previous), { facility: 12, product: 104, serials: [9] })),
    restoreKey: (give) => made(authority.restoreKey(draftOf(give), give(thief.publicKey))),
    reviseRevocationList: (give, { list }) => made(authority.reviseRevocationList(give(list), times)),
    reviseTrustList: (give) => {
      const { roots, issuers, revocationKey } = contentOf(give)
      const keys = [give(second.publicKey), ...roots.keys]
      const changes = { roots: { threshold: 1, keys }, issuers, revocationKey: revocationKey! }
      return made(
        authority.reviseTrustList(trustList, { issued: header.issued, expires: header.expires, ...changes }),
      )
    },
    revokeKey: (give) =>
      made(authority.revokeKey(draftOf(give, previous), { publicKey: give(thief.publicKey), ...why })),
    sealStamp: (give) =>
      made([
        seal(give(new Uint8Array(32).fill(9))),
        sealStamp(
          { ...stamp, extensions: claims(give).extensions! },
          { keyId: 7, secret: new Uint8Array(32) },
        ),
      ]),
    seedSigner: (give) => {
      const signer = authority.seedSigner(give(set.PRESS_SEED))
      return async () => [signer.publicKey, await signer.sign(message)]
    },
    'seedSigner().sign': signs(press),
    setWatermark: (give) =>
      made(authority.setWatermark(draftOf(give, previous), { publicKey: give(press.publicKey), ...stamp })),
    signCheckReport: (give) => {
      const [file] = set.report.files
      const files = [{ ...file!, digest: give(file!.digest) }]
      const signed = signCheckReport({ ...set.report, files }, slow(give, scanner))
      return () => signed
    },
    signDocument: (give, { unsigned }) => {
      const signed = authority.signDocument(give(unsigned), slow(give, root))
      return () => signed
    },
    signRevocationList: (give) => {
      const signed = authority.signRevocationList(draftOf(give), slow(give, revoker))
      return () => signed
    },
    signTrustList: (give) => {
      const signed = authority.signTrustList(contentOf(give), [slow(give, root), slow(give, second)])
      return () => signed
    },
    sodiumSigner: (give) => {
      const signer = node.sodiumSigner(sodium, give(set.PRESS_SEED))
      return async () => [signer.publicKey, await signer.sign(message)]
    },
    'sodiumSigner().sign': signs(node.sodiumSigner(sodium, set.PRESS_SEED)),
    svg: (give) => made(print.svg({ ...symbol, modules: give(symbol.modules) })),
    terminal: (give) => made(print.terminal({ ...symbol, modules: give(symbol.modules) })),
    traceRows: (give) => {
      const products = set.catalogue.products.map((each) => ({ ...each, seen: give(Uint8Array.of(1)) }))
      const catalogue = { ...set.catalogue, products }
      return every(gs1.traceRows(factsOf(give, previous), { authority: set.AUTHORITY, catalogue }))
    },
    webCryptoSigner: (give) => {
      const signer = webCryptoSigner({ privateKey: cryptoKeys.privateKey, publicKey: give(publicKey) })
      return async () => [(await signer).publicKey, await (await signer).sign(message)]
    },
    'webCryptoSigner().sign': signs(await webCryptoSigner(cryptoKeys)),
    writeRegistry: (give) => made([give(message).length, registry.writeRegistry(set.catalogue)]),
    pngPage: (give) => made(print.pngPage({ ...page, bits: give(page.bits) })),
    tsplPage: (give) => made(print.tsplPage({ ...page, bits: give(page.bits) }, { dpi: 203 })),
    zplPage: (give) => made(print.zplPage({ ...page, bits: give(page.bits) })),
    zpl: (give) => made(print.zpl({ ...symbol, modules: give(symbol.modules) })),
  }
}
