import { generateKeyPairSync } from 'node:crypto'
import { mkdtempSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import {
  Code,
  createIssuer,
  explainReason,
  explainSeal,
  sealStamp,
  verdictFromJson,
  verdictToJson,
  webCryptoSigner,
} from 'veristamp'
import * as authority from 'veristamp/authority'
import { indexedDbKeeperStore, openIndexedDbScanStore, openIndexedDbStore } from 'veristamp/browser'
import * as fleet from 'veristamp/fleet'
import * as gs1 from 'veristamp/gs1'
import { applySlicePatches, createKeeper, decodeListsIndex, memoryKeeperStore } from 'veristamp/keeper'
import * as node from 'veristamp/node'
import * as print from 'veristamp/print'
import * as registry from 'veristamp/registry'
import { memoryScanStore, openCheckReport, openScanLog, signCheckReport } from 'veristamp/scanlog'
import { createSheet, letterFinder, missingLetters, svgLogo } from 'veristamp/sheet'
import * as verify from 'veristamp/verify'
import { explain, explainWarning, verifySeal } from 'veristamp/verify'
import { loadEngine } from 'veristamp/wasm'
import * as set from './bytes-fixtures.ts'

/** What is right in a place, and what else is: `nothing` where it may be left out, any text, any array, … */
export interface Argument {
  readonly value: unknown
  readonly takes: readonly ('nothing' | 'empty' | 'text' | 'list' | 'function' | 'number' | 'null')[]
  /** Objects in it whose other fields are free: classes of callers, loaded lists, entries of a catalogue. */
  readonly open: boolean
}

export interface MisuseCase {
  call(...args: unknown[]): unknown
  readonly args: readonly Argument[]
}

const given = (value: unknown, ...takes: Argument['takes']): Argument => ({ value, takes, open: false })
const open = (value: unknown, ...takes: Argument['takes']): Argument => ({ value, takes, open: true })
const optional = (value: unknown): Argument => given(value, 'nothing', 'empty')
const text = (value: string): Argument => given(value, 'text')

const {
  press,
  root,
  revoker,
  scanner,
  stamp,
  why,
  header,
  times,
  pins,
  content,
  verdict,
  NOW,
  PLACE,
  AUTHORITY,
} = set

/** A case for every exported function, and for the methods of what the main ones return. */
export async function misuseCases(fixtures: set.Fixtures): Promise<Record<string, MisuseCase>> {
  const { trustList, trust, list, nextList, delta, text: code } = fixtures
  const cases: Record<string, MisuseCase> = {}
  // biome-ignore lint/suspicious/noExplicitAny: functions of all types, to be called wrongly
  const add = (name: string, call: (...args: any[]) => unknown, ...args: Argument[]) => {
    cases[name] = { call, args }
  }
  const at = (name: string) => join(mkdtempSync(join(fixtures.folder, 'misuse-')), name)
  const draft = authority.reviseRevocationList(list, { ...times, epoch: 0, sequence: 3 })
  const pressPin = { publicKey: press.publicKey }
  const serials = { facility: 12, product: 104, serials: [7, { first: 9, last: 11 }] }
  const mark = { facility: 12, product: 104, serial: 9 }
  const options = { trustList, store: verify.memoryStore() }
  const loaded = verify.loadRevocationList(nextList, options)
  if (!loaded.ok) throw new Error(loaded.reason)

  add('addSerials', authority.addSerials, given(draft), given({ ...serials, ...why }))
  add('applyDeltas', authority.applyDeltas, given(list), given([delta], 'list'), given(options))
  add('checkDigit', registry.checkDigit, text('893'))
  const next = authority.readRevocationList(nextList)
  add('checkPermanence', authority.checkPermanence, given(authority.readRevocationList(list)), given(next))
  add('decodePins', authority.decodePins, text('{}'))
  add('documentKind', authority.documentKind, given(trust))
  add('describeRevocationList', authority.describeRevocationList, given(list), optional({ trustList }))
  add('describeTrustList', authority.describeTrustList, given(trust), optional({ roots: pins.roots }))
  add('draftRevocationList', authority.draftRevocationList, given(header))
  add(
    'reviseRevocationList',
    authority.reviseRevocationList,
    given(list),
    given(times),
    optional({ slices: [] }),
  )
  add('draftTrustList', authority.draftTrustList, given(content))
  add('encodeTrustDraft', authority.encodeTrustDraft, given(content))
  add('encodeSlicedRevocationDraft', authority.encodeSlicedRevocationDraft, given(draft), open({ trustList }))
  add(
    'encodeSlicedTrustDraft',
    authority.encodeSlicedTrustDraft,
    given(content),
    optional({ engine: verify.nobleEngine }),
  )
  const sliced = verify.loadTrustList(fixtures.slicedTrust, pins)
  if (!sliced.ok) throw new Error(sliced.reason)
  add('withSlice', verify.withSlice, open(sliced.trustList), open(fixtures.slice, 'list'))
  add('encodeRevocationDraft', authority.encodeRevocationDraft, given(draft))
  const wrong = registry.readRegistry({ ...fixtures.registry, products: new Uint8Array() })
  if (wrong.ok) throw new Error('a registry without products was read')
  add('encodePins', authority.encodePins, given(pins))
  add('explainFault', registry.explainFault, open(wrong.faults[0]), given('vi', 'text'))
  add('fingerprintOf', authority.fingerprintOf, given(pins))
  add('hasValidCheckDigit', registry.hasValidCheckDigit, text('8935'))
  add('joinChain', authority.joinChain, given(trust))
  add('loadRevocationList', authority.loadRevocationList, given(nextList), given(options))
  const loading = { ...pins, engine: verify.nobleEngine, store: verify.memoryStore() }
  add('loadTrustList', authority.loadTrustList, given(trust), given(loading))
  add('makeDelta', authority.makeDelta, given(list), given(nextList))
  add('mergeSignatures', authority.mergeSignatures, given(fixtures.unsigned), given(trust))
  const missing = { missingLetters: () => [] }
  add('readRegistry', registry.readRegistry, given(fixtures.registry), optional(missing))
  add('readRevocationList', authority.readRevocationList, given(list), optional({ slices: [] }))
  add('removeSerials', authority.removeSerials, given(draft), given(serials))
  add('restoreKey', authority.restoreKey, given(draft), given(press.publicKey))
  const roots = { threshold: 1, keys: [root.publicKey] }
  const changes = {
    issued: set.ISSUED,
    expires: content.expires,
    roots,
    issuers: trustList.issuers.slice(0, 1),
  }
  add('reviseTrustList', authority.reviseTrustList, open(trustList), given(changes))
  add('revokeKey', authority.revokeKey, given(draft), given({ ...pressPin, ...why, above: [mark] }))
  add('seedSigner', authority.seedSigner, given(set.PRESS_SEED))
  add('serialSetOf', authority.serialSetOf, given([1, { first: 3, last: 5 }], 'list'))
  add('setWatermark', authority.setWatermark, given(draft), given({ ...mark, ...pressPin }))
  add('signDocument', authority.signDocument, given(fixtures.unsigned), open(root))
  add('signRevocationList', authority.signRevocationList, given(draft), open(revoker))
  add('signTrustList', authority.signTrustList, given(content), open([root], 'list'))
  const details = { facilities: new Map(), products: new Map([[104, { origin: 'Hai Ha' }]]) }
  add('writeRegistry', registry.writeRegistry, open(set.catalogue), optional(details))

  const located = { ...pins, lists: 'https://tem.example/lists/' }
  const keeping = {
    ...{ pins: located, addresses: {}, store: memoryKeeperStore(), fetch: async () => new Response() },
    ...{
      engine: verify.nobleEngine,
      onChange: () => {},
      onAlarm: () => {},
      maxListAge: 60,
      clockTolerance: 0,
    },
  }
  const keeper = createKeeper({ pins: located, fetch: async () => new Response('', { status: 404 }) })
  add('createKeeper', createKeeper, given(keeping))
  const later = verify.loadTrustList(fixtures.laterTrust, pins)
  if (!later.ok) throw new Error(later.reason)
  add(
    'applySlicePatches',
    applySlicePatches,
    given(fixtures.patches),
    given(later.trustList.missingSlices, 'list'),
    given(async () => fixtures.slice, 'function'),
  )
  add('decodeListsIndex', decodeListsIndex, text(fixtures.index))
  add('createKeeper().verify', keeper.verify, text(code), optional({ now: NOW }))
  add('createKeeper().refresh', keeper.refresh, optional({ signal: new AbortController().signal, now: NOW }))
  add('folderKeeperStore', node.folderKeeperStore, text(at('kept')))
  add('indexedDbKeeperStore', indexedDbKeeperStore, given('misuse-keeper', 'text', 'nothing'))
  add('memoryKeeperStore', memoryKeeperStore)
  const published = { pins, trustList: trust, revocationList: nextList, before: [list], now: NOW }
  add('publishLists', node.publishLists, text(at('public')), given(published))

  add('openIndexedDbScanStore', openIndexedDbScanStore, given('misuse-scans', 'text', 'nothing'))
  add('openIndexedDbStore', openIndexedDbStore, given('misuse', 'text', 'nothing'))

  const issuing = { keyId: 7, signer: press, scope: [{ facility: 12, product: 104 }] }
  const issuer = createIssuer({ keyId: 7, signer: press })
  const claims = { lot: 'L1', made: '2026-01-02', expires: '2026-03-01', extensions: new Map([[16, 1]]) }
  const row = { facility: 12, product: 104, first: 1, count: 2, ...claims, claims: () => ({ lot: 'L2' }) }
  const { signal } = new AbortController()
  add(
    'new Code',
    (...args: ConstructorParameters<typeof Code>) => new Code(...args),
    given(stamp),
    given(7, 'number'),
    given(new Uint8Array(80)),
  )
  add('createIssuer', createIssuer, given(issuing))
  add('createIssuer().issue', issuer.issue, given({ ...stamp, ...claims }))
  add('createIssuer().issueMany', issuer.issueMany, given({ ...row, concurrency: 2, signal }))
  const keys = await crypto.subtle.generateKey('Ed25519', true, ['sign', 'verify'])
  add('webCryptoSigner', webCryptoSigner, given({ ...keys }))
  add('explain', explain, open(verdict), given('en', 'text'))
  // Whatever it is given has come from elsewhere, and gets an answer.
  add('verdictFromJson', verdictFromJson)
  add('verdictToJson', verdictToJson, open(verify.createVerifier({ trustLists: [trustList] }).verify(code)))
  add('explainWarning', explainWarning, given('rollback_unprotected', 'text'), given('vi', 'text'))
  add('explainReason', explainReason, given('rollback', 'text'), given('vi', 'text'))
  add('explainSeal', explainSeal, given('unsealed', 'text'), given('vi', 'text'))

  const command = [process.execPath, '-e', ''] as const
  add('commandSigner', node.commandSigner, given({ command, ...pressPin, deterministic: true, timeout: 1 }))
  const passphrase = { passphrase: 'cá kho làng Vũ Đại' }
  const keyFile = at('key.pem')
  const { privateKey } = generateKeyPairSync('ed25519')
  node.writeKeyFile(keyFile, set.pressKey, { passphrase: null })
  add(
    'createKeyFile',
    (path, ...rest) => node.createKeyFile(path, rest[0]),
    given(at('new.pem'), 'text'),
    given(passphrase),
  )
  add('createWorkerPool', node.createWorkerPool, optional({ threads: 1, memory: 64, workerFile: 'w.cjs' }))
  add('describeKeyFile', node.describeKeyFile, given(keyFile, 'text'))
  add('certificateFetch', node.certificateFetch, given(set.certificate))
  add('fileCaptureStore', node.fileCaptureStore, given(at('captured'), 'text'))
  add('fileScanStore', node.fileScanStore, given(at('scans'), 'text'), optional({ fsync: false }))
  add('fileStore', node.fileStore, given(at('store'), 'text'), optional({ mustExist: false }))
  add('keyObjectSigner', node.keyObjectSigner, open(privateKey))
  add('readKeyFile', node.readKeyFile, given(keyFile, 'text'), optional({ passphrase: null }))
  add(
    'sodiumSigner',
    node.sodiumSigner,
    open(createRequire(import.meta.url)('sodium-native')),
    given(set.PRESS_SEED),
  )
  const write = (path: string, key: typeof privateKey, how: typeof passphrase) =>
    node.writeKeyFile(path, key, how)
  add('writeKeyFile', write, given(at('written.pem'), 'text'), open(privateKey), given(passphrase))
  const pool = node.createWorkerPool({ threads: 1 })
  const lists = {
    trustLists: [trustList],
    revocationLists: [loaded.revocationList],
    maxListAge: 9,
    clockTolerance: 9,
  }
  add('createWorkerPool().verifier', pool.verifier, given(lists))
  const streaming = { now: NOW, signal, onProgress: () => {}, chunk: 2 }
  const pooled = pool.verifier(lists)
  add(
    'createWorkerPool().verifier().verifyMany',
    pooled.verifyMany,
    given([code], 'list'),
    optional(streaming),
  )
  add(
    'createWorkerPool().verifier().countMany',
    pooled.countMany,
    given([code], 'list'),
    optional({ ...streaming, onOther: () => {} }),
  )
  add('createWorkerPool().signer', pool.signer, open(privateKey))

  const symbol = print.symbol(code)
  const raster = { dots: 2, margin: 2 }
  add('createPress', print.createPress, optional({ level: 'L', version: 8 }))
  add('createPress().symbol', print.createPress().symbol, given(code, 'text'))
  add('csvLines', print.csvLines, open([{ a: 1 }], 'list'))
  add('ndjsonLines', print.ndjsonLines, open([{ a: 1 }], 'list'))
  add('hiddenSymbol', print.hiddenSymbol, given('0123-4567-89AB-CDEF', 'text'))
  add('png', print.png, open(symbol), optional({ ...raster, dpi: 300 }))
  const page = { width: 16, height: 1, rowBytes: 2, bits: new Uint8Array(2) }
  add('pngPage', print.pngPage, open(page), optional({ dpi: 300 }))
  add('tsplPage', print.tsplPage, open(page), given({ dpi: 203, gap: 2 }))
  add('zplPage', print.zplPage, open(page), optional({ after: 'cut' }))
  add('svg', print.svg, open(symbol), optional({ margin: 4, millimetres: 20 }))
  add('symbol', print.symbol, given(code, 'text'), optional({ level: 'L', version: 8 }))
  add('terminal', print.terminal, open(symbol))
  add('textSymbol', print.textSymbol, given('Chợ Hạ Long', 'text'))
  add('zpl', print.zpl, open(symbol), optional({ ...raster, left: 1, top: 1, fields: '' }))

  const job = { facility: 12, product: 104, count: 2, lot: 'L1' }
  const reach = { keyId: 7, scope: [{ facility: 12 }], watermark: () => 99 }
  const reserving = { now: NOW, check: () => {}, taken: [], accepted: new Set<string>() }
  const runs = node.openRuns(at('runs'))
  const fresh = () => node.openRuns(at('runs'))
  const reserved = runs.reserve(job, { ...reach, ...pressPin }, reserving)
  const finished = await fresh().start(job, reach, { signer: press, now: NOW })
  const tools = { signer: press, chunk: 9, signal, onProgress: () => {} }
  const idArg = given(reserved.id, 'text')
  const reservation = [given(job), given({ ...reach, ...pressPin }), given(reserving)]
  const checking = { publicKeys: [press.publicKey], engine: verify.nobleEngine, signal, onProgress: () => {} }
  // A fleet whose database has nothing to do.
  const idle = {
    ...fleet.folderLedger(at('fleet')),
    ...{ authority: AUTHORITY, close: async () => {}, letWork: async () => {}, cut: async () => reserved },
    database: {
      query: async (sql: string) => (sql.includes('count(*)') ? [{ open: 0 }] : []),
      ...{ transaction: async () => {}, wait: async () => {}, close: async () => {} },
    },
  }
  const serverless = {
    folder: at('fleet'),
    authority: AUTHORITY,
    server: { host: at('nowhere'), port: 5432 },
  }
  const working = { signers: [press], program: '1', drain: true, signal: AbortSignal.abort() }
  add('folderLedger', fleet.folderLedger, text(at('ledger')))
  add('openFleet', fleet.openFleet, given(serverless))
  add('initFleet', fleet.initFleet, given(serverless))
  add('fleetScanStore', fleet.fleetScanStore, open(idle), text('market'))
  add('letWorkersAt', fleet.letWorkersAt, open(idle), open(reserved), given({ signer: press }))
  const cut = given({ shard: 1, program: '1' })
  add(
    'queueRun',
    fleet.queueRun,
    open(idle),
    given(job),
    given(reach),
    given({ signer: press, now: NOW }),
    cut,
  )
  add('workFleet', fleet.workFleet, open(idle), given(working))
  add('openRuns', node.openRuns, text(at('runs')))
  add('openRuns().describe', runs.describe, idArg)
  add('openRuns().list', runs.list, open({ facility: 12, product: 104 }, 'nothing'))
  add('openRuns().plan', fresh().plan, ...reservation)
  add('openRuns().reserve', fresh().reserve, ...reservation)
  add('openRuns().resume', runs.resume, idArg, given(tools))
  add('openRuns().start', fresh().start, given(job), given(reach), given({ ...tools, now: NOW }))
  add('openRuns().survey', runs.survey, given([], 'nothing', 'list'))
  add('openRuns().verify', fresh().verify, given({ ...finished, run: undefined }, 'text'), given(checking))
  add('openRuns().void', runs.void, idArg, given(why), given(draft, 'nothing'))

  const log = await openScanLog({ place: PLACE, trustLists: [trustList] })
  const scanners = [{ publicKey: scanner.publicKey, place: PLACE }]
  const logging = { place: PLACE, limit: 9, rules: { maxSpeed: 150 }, store: memoryScanStore() }
  add('memoryScanStore', memoryScanStore)
  add('signCheckReport', signCheckReport, given(set.report), open(scanner))
  const reading = { trustLists: [{ authority: AUTHORITY, scanners }], engine: verify.nobleEngine }
  add('openCheckReport', openCheckReport, given(fixtures.scans), given(reading))
  add('openScanLog', openScanLog, given({ ...logging, engine: verify.nobleEngine }))
  add('openScanLog().scan', log.scan.bind(log), given(code, 'text'), open(verdict))
  add('openScanLog().look', log.look.bind(log), given(code, 'text'), open(verdict))
  add('openScanLog().undo', log.undo.bind(log), given('1764000000-00112233445566778899aabbccddeeff', 'text'))
  add('openScanLog().recent', log.recent.bind(log), given(9, 'number'))
  add(
    'openScanLog().export',
    log.export.bind(log),
    open(scanner),
    given({ authority: AUTHORITY, now: NOW, since: NOW }),
  )
  add('openScanLog().merge', log.merge.bind(log), given(fixtures.scans), given({ now: NOW }))
  add(
    'openScanLog().useTrustLists',
    log.useTrustLists.bind(log),
    open([{ authority: AUTHORITY, scanners }], 'list'),
  )

  add('sealStamp', sealStamp, given(stamp), given({ keyId: 7, secret: new Uint8Array(32), length: 10 }))
  add('verifySeal', verifySeal, text(code), text('0123-4567-89AB-CDEF'))
  const { fonts } = fixtures
  const offsets = { offset: { right: 1, down: 1 }, scale: { across: 1, down: 1 }, created: NOW, title: 'Tem' }
  const stock = {
    pageWidth: 90,
    pageHeight: 90,
    columns: 1,
    rows: 1,
    labelWidth: 60,
    labelHeight: 40,
    ...{ left: 9, top: 9, gapAcross: 0, gapDown: 0 },
  }
  const sheet = {
    stock,
    fonts,
    dpi: 600,
    level: 'L',
    version: 8,
    dots: 5,
    hidden: 'letters',
    language: 'vi',
    ...offsets,
  }
  const words = { product: 'Trà', facility: 'HTX', stars: 4 }
  add('createSheet', createSheet, given(sheet))
  const made = createSheet({ stock: 'a4-65', fonts, version: 8 })
  add(
    'createSheet().pdf',
    made.pdf,
    given([{ text: code, serial: 1, ...words }], 'list'),
    optional({ start: 1, layer: 'stamp' }),
  )
  add('svgLogo', svgLogo, given('<svg viewBox="0 0 9 9"><rect width="9" height="9"/></svg>', 'text'))
  add('letterFinder', letterFinder, given(fonts))
  add('letterFinder()', letterFinder(fonts), text('Trà'), given('product', 'text'))
  add('missingLetters', missingLetters, given(fonts), given({ ...words, language: 'en' }, 'empty'))

  const verifier = verify.createVerifier({
    trustLists: [trustList],
    revocationLists: [loaded.revocationList],
  })
  add('createVerifier', verify.createVerifier, given({ ...lists, engine: verify.nobleEngine }))
  add('createVerifier().verify', verifier.verify, text(code), optional({ now: NOW }))
  add('createVerifier().verifyMany', verifier.verifyMany, given([code], 'list'), optional(streaming))
  add('memoryStore', verify.memoryStore)
  add('tidyScan', verify.tidyScan, text(code))
  await addGs1(add, fixtures)
  add('loadEngine', loadEngine, optional({ tableMemory: 0 }))
  for (const [name, engine] of Object.entries({
    ...{ nobleEngine: verify.nobleEngine },
    nativeEngine: node.nativeEngine,
  })) {
    add(`${name}.importKey`, engine.importKey, given(press.publicKey))
  }
  return cases
}

async function addGs1(
  // biome-ignore lint/suspicious/noExplicitAny: functions of all types, to be called wrongly
  add: (name: string, call: (...args: any[]) => unknown, ...args: Argument[]) => void,
  { trustList, list }: set.Fixtures,
): Promise<void> {
  const making = { catalogue: set.catalogue, offset: '+07:00', maxEpcs: 9 }
  const maker = gs1.createEventMaker(making)
  const gln = '8935000000014'
  const row = { product: 104, first: 1, last: 2, time: NOW, readPoint: gln, bizLocation: gln }
  let event: unknown
  for await (event of maker.commissioned([row]));
  const document = { type: 'po', id: 'urn:epcglobal:cbv:bt:8935000000014:PO1' }
  add('createEventMaker', gs1.createEventMaker, given(making))
  const claimed = { ...row, lot: 'L1', expires: '2027-01-31' }
  const step = given('encoding', 'nothing')
  add('createEventMaker().commissioned', maker.commissioned, given([claimed], 'list'), step)
  add('createEventMaker().shipped', maker.shipped, given([{ ...row, to: gln, from: gln, document }], 'list'))
  add(
    'createEventMaker().decommissioned',
    maker.decommissioned,
    given([row], 'list'),
    given('destroying', 'nothing'),
  )
  const mistake = { declared: NOW, reason: 'incorrect_data', correctedBy: ['urn:x:1'] }
  add('declareMistake', gs1.declareMistake, open(event), given(mistake))
  add('epcisDocument', gs1.epcisDocument, open([event], 'list'), given(NOW))
  add('epcisLines', gs1.epcisLines, open([event], 'list'))
  add(
    'eventHash',
    gs1.eventHash,
    open(event),
    open({ context: { a: 'https://a.example/' }, ignore: ['a:x'] }, 'nothing', 'empty'),
  )
  const links = {
    page: 'https://a.example/',
    traceability: 'https://a.example/',
    certification: 'https://a.example/',
  }
  const printed = {
    facility: 12,
    product: 104,
    first: 1,
    last: 2,
    lot: 'L1',
    expires: '2027-01-31',
    time: NOW,
  }
  const told = {
    runs: [{ ...printed, publicKey: press.publicKey, void: '2027-01-31' }],
    revocation: authority.readRevocationList(list),
    shipped: [],
    mistakes: [],
    ...{ printed: 'encoding', ended: 'destroying', readPoint: gln },
  }
  add('projectEvents', gs1.projectEvents, open(maker), given(told))
  const store = gs1.memoryCaptureStore()
  const client = gs1.createCaptureClient({
    url: 'http://localhost:1',
    store,
    now: () => NOW,
    fetch: set.captureServer,
  })
  const capturing = { url: 'https://a.example', store, now: () => NOW, token: 'x', fetch: set.captureServer }
  const patient = { allowHttp: false, timeout: 1000, patience: 0 }
  add('memoryCaptureStore', gs1.memoryCaptureStore)
  add('createCaptureClient', gs1.createCaptureClient, given({ ...capturing, ...patient }))
  const sending = { signal: new AbortController().signal, onProgress: () => {} }
  add('createCaptureClient().send', client.send, open([event], 'list'), optional(sending))
  const stamped = { facility: 12, product: 104, first: 1, last: 2, lot: 'L1', made: '2026-11-01', time: NOW }
  const traced = { runs: [stamped], shipped: [{ ...row, to: gln }], readPoint: gln }
  const registered = { facilities: new Map(), products: new Map([[104, { origin: 'Hai Ha' }]]) }
  const tracing = { authority: AUTHORITY, catalogue: set.catalogue, details: registered }
  add('traceRows', gs1.traceRows, given(traced), given(tracing))
  let traceRow: unknown
  for await (traceRow of gs1.traceRows(traced, tracing));
  add('traceCsv', gs1.traceCsv, open([traceRow], 'list'))
  add('traceLines', gs1.traceLines, open([traceRow], 'list'))
  add('linksetOf', gs1.linksetOf, open(trustList), given(104, 'number'), optional(links))
}
