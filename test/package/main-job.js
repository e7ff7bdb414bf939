/**
 * The main job as an app would do it, in plain JavaScript that every runtime can load: takes the library,
 * returns what it answered, and leaves the judging to the test.
 * @param {typeof import('../../src/index.ts') & typeof import('../../src/authority.ts')} veristamp
 * @param {import('../../src/index.ts').Engine} [engine]
 */
export async function mainJob(veristamp, engine) {
  const { createIssuer, createVerifier, explain, loadTrustList, memoryStore, seedSigner, signTrustList } =
    veristamp
  const root = seedSigner(new Uint8Array(32).fill(1))
  const issuer = createIssuer({ keyId: 7, signer: seedSigner(new Uint8Array(32).fill(2)) })
  const roots = { threshold: 1, keys: [root.publicKey] }
  const authority = 'province.example'
  const prefix = 'HTTPS://TEM.EXAMPLE/QNI/'
  const content = {
    authority,
    sequence: 1,
    issued: new Date('2026-11-01'),
    expires: new Date('2027-02-01'),
    roots,
    prefixes: [prefix],
    issuers: [
      {
        keyId: 7,
        publicKey: issuer.publicKey,
        name: 'Chè Đường Hoa',
        scope: [{ facility: 12 }],
        notBefore: new Date('2026-01-01'),
        notAfter: new Date('2030-01-01'),
      },
    ],
    catalogue: {
      facilities: [{ id: 12, name: 'Chè Đường Hoa' }],
      products: [{ id: 104, facility: 12, name: 'Chè xanh' }],
    },
  }
  const list = await signTrustList(content, [root])
  const loaded = loadTrustList(list, { authority, roots, store: memoryStore(), ...(engine && { engine }) })
  if (!loaded.ok) return { loaded: loaded.reason }
  const verifier = createVerifier({ trustLists: [loaded.trustList] })
  const code = await issuer.issue({ facility: 12, product: 104, serial: 90_001, expires: '2026-12-31' })
  const now = new Date('2026-11-24')
  const answer = (text, at = now) => {
    const verdict = verifier.verify(text, { now: at })
    return verdict.status === 'valid' ? 'valid' : `${verdict.status} ${verdict.reason}`
  }
  const text = code.toText()
  return {
    loaded: loaded.trustList.sequence,
    base45: answer(text),
    digits: answer(code.toText('digits')),
    url: answer(code.toUrl(prefix)),
    altered: answer(text.slice(0, 60) + (text[60] === '0' ? '1' : '0') + text.slice(61)),
    otherHost: answer(code.toUrl('HTTPS://OTHER.EXAMPLE/')),
    expired: answer(text, new Date('2027-01-01')),
    clock: answer(text, new Date('1970-01-02')),
    junk: answer('hello'),
    words: explain(verifier.verify(text, { now }), 'vi').slice(0, 3),
    version: veristamp.symbol(text).version,
    svg: veristamp.svg(veristamp.symbol(text)).slice(0, 4),
    tampered: loadTrustList(
      list.map((byte, at) => (at === 100 ? byte ^ 1 : byte)),
      { authority, roots },
    ).ok,
  }
}

/**
 * Two lists accepted, the store closed and opened again, then what it says to older and other ones.
 * @param {typeof import('../../src/index.ts') & typeof import('../../src/authority.ts')} veristamp
 * @param {() => Promise<import('../../src/browser.ts').IndexedDbStore>} openStore
 */
export async function memoryJob({ loadTrustList, seedSigner, signTrustList }, openStore) {
  const root = seedSigner(new Uint8Array(32).fill(1))
  const pinned = { authority: 'province.example', roots: { threshold: 1, keys: [root.publicKey] } }
  const list = (sequence, expires) =>
    signTrustList(
      { ...pinned, sequence, issued: new Date('2026-11-01'), expires: new Date(expires), issuers: [] },
      [root],
    )
  const load = (bytes, store) => {
    const loaded = loadTrustList(bytes, { ...pinned, store })
    return loaded.ok ? loaded.trustList.sequence : loaded.reason
  }
  const [first, second, twin] = [
    await list(1, '2027-02-01'),
    await list(2, '2027-02-01'),
    await list(2, '2027-03-01'),
  ]
  const before = await openStore()
  const answers = [load(first, before), load(second, before)]
  await before.close()
  const after = await openStore()
  return [...answers, load(first, after), load(twin, after), load(second, after)]
}

/**
 * A code scanned, the log closed and opened again, and what it says then.
 * @param {typeof import('../../src/scanlog.ts').openScanLog} openScanLog
 * @param {() => Promise<import('../../src/browser.ts').IndexedDbScanStore>} openStore
 */
export async function scanJob({ createIssuer, seedSigner }, openScanLog, openStore) {
  const issuer = createIssuer({ keyId: 7, signer: seedSigner(new Uint8Array(32).fill(2)) })
  const stamp = { facility: 12, product: 104, serial: 90_001 }
  const text = (await issuer.issue(stamp)).toText()
  const verdict = (checkedAt) => ({ status: 'valid', authority: 'province.example', stamp, checkedAt })
  const before = await openStore()
  const log = await openScanLog({ place: 'kiosk', store: before })
  const answers = [log.scan(text, verdict(new Date('2026-11-24T08:00:00Z'))).answer]
  await log.flush()
  before.close()
  const again = await openScanLog({ place: 'kiosk', store: await openStore() })
  return [...answers, again.scan(text, verdict(new Date('2026-11-24T09:00:00Z'))).answer, again.size]
}
