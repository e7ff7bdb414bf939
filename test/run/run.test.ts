import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  appendFileSync,
  copyFileSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Signer } from '../../src/ed25519/signer.ts'
import { hiddenCodeOf, writeHiddenCode } from '../../src/issue/seal.ts'
import { encodeChecked } from '../../src/node/files/checked-text.ts'
import { draftRevocationList } from '../../src/revocation/begin.ts'
import { hasSerial } from '../../src/revocation/serial-set.ts'
import { openChunkFile } from '../../src/run/codes/codes-file.ts'
import type { FinishedRun } from '../../src/run/folder.ts'
import type { Reservation } from '../../src/run/job.ts'
import { type Lock, lockFolder } from '../../src/run/ledger/lock.ts'
import { readReservation } from '../../src/run/ledger/record.ts'
import { voidRun } from '../../src/run/ledger/void.ts'
import { resumeRun, startRun } from '../../src/run/run.ts'
import { drawRunSecret, openRunSecret } from '../../src/run/secret.ts'
import type { RunProgress } from '../../src/run/tools.ts'
import { verifyRun } from '../../src/run/verify-run.ts'
import { decodeText } from '../../src/stamp/carrier.ts'
import { decodePayload, splitCode } from '../../src/stamp/code.ts'
import { verifySeal, withoutSeal } from '../../src/stamp/seal.ts'
import { fonts } from '../support/labels.ts'
import {
  JOB,
  keySigner,
  outputsOf,
  PASSPHRASE,
  PLAIN,
  PRESS_SEED,
  REACH,
  RESERVED,
  SEALED,
  toolsOf,
} from '../support/runs.ts'
import { buildChildren, type Children } from './children.ts'

const coded = (code: string) => expect.objectContaining({ code })
const OTHER_SEED = 'f'.repeat(64)

let journal: string
beforeEach(() => {
  journal = mkdtempSync(join(tmpdir(), 'veristamp-run-'))
  return () => rmSync(journal, { recursive: true, force: true })
})

const start = (job = JOB, tools = toolsOf(fonts)) =>
  startRun(journal, job, REACH, { ...tools, now: RESERVED })
const rowsOf = ({ codes }: FinishedRun) =>
  readFileSync(codes, 'utf8')
    .split('\r\n')
    .slice(1, -1)
    .map((line) => /^"(\d+)","(.*)"$/.exec(line)!.slice(1))

/** The serial of the stamp that a message is about. */
const signsFor = (message: Uint8Array): number => decodePayload(message.subarray(16)).stamp.serial

describe('a run', () => {
  it('signs each of its serials once, in their order, as the job says', async () => {
    const finished = await start()
    const rows = rowsOf(finished)
    expect(rows.map(([serial]) => Number(serial))).toEqual(Array.from({ length: 40 }, (_, i) => i + 1))
    for (const [serial, code] of rows) {
      const { payload } = splitCode(decodeText(code!).code)
      expect(decodePayload(payload)).toMatchObject({
        keyId: 7,
        stamp: { facility: 12, product: 104, serial: Number(serial), lot: 'T3', expires: '2027-03-01' },
      })
    }
    expect(await verifyRun(finished, { publicKeys: [toolsOf(fonts).signer.publicKey] })).toMatchObject({
      ok: true,
      manifest: { run: '12-104-7-1', first: 1, last: 40, count: 40, keyId: 7, reserved: RESERVED },
    })
    expect(readdirSync(finished.folder).sort()).toEqual(['codes.csv', 'lock.1', 'manifest.cbor'])
  })

  it('comes to the same files whatever its chunks are, and leaves them when asked again', async () => {
    const one = await start(PLAIN)
    const files = outputsOf(one.folder)
    const other = mkdtempSync(join(tmpdir(), 'veristamp-run-'))
    const two = await startRun(other, PLAIN, REACH, { ...toolsOf(fonts, { chunk: 7 }), now: RESERVED })
    expect(outputsOf(two.folder)).toEqual(files)
    rmSync(other, { recursive: true })
    const before = statSync(one.sheets![0]!).mtimeMs
    await resumeRun(journal, one.run.id, toolsOf(fonts))
    expect(statSync(one.sheets![0]!).mtimeMs).toBe(before)
  })

  it('tells how far it is, and stops between two chunks where it is asked to', async () => {
    const stop = new AbortController()
    const told: number[] = []
    const tools = toolsOf(fonts, {
      signal: stop.signal,
      onProgress({ done }) {
        told.push(done)
        if (done === 24) stop.abort()
      },
    })
    await expect(start(PLAIN, tools)).rejects.toThrow(/abort/i)
    expect(told).toEqual([12, 24])
    expect(readdirSync(join(journal, '12-104-7-1')).sort()).toEqual([
      'codes.csv',
      'codes.csv.marks',
      'lock.1',
    ])
    const resumed: number[] = []
    await resumeRun(journal, '12-104-7-1', toolsOf(fonts, { onProgress: ({ done }) => resumed.push(done) }))
    expect(resumed).toEqual([36, 40, 40])
  })

  it('heals what changed in a file of codes that was not finished', async () => {
    const whole = outputsOf((await start(PLAIN)).folder)
    for (const spoil of [
      (file: string) => truncateSync(file, 30),
      (file: string) => writeFileSync(file, readFileSync(file, 'latin1').replace('"3",', '"8",'), 'latin1'),
      (file: string) => writeFileSync(file, `${readFileSync(file, 'latin1')}"99","half a li`, 'latin1'),
      (file: string) => writeFileSync(`${file}.marks`, 'junk\n'),
      (file: string) => truncateSync(`${file}.marks`, statSync(`${file}.marks`).size - 1),
      (file: string) => appendFileSync(`${file}.marks`, '5000 50 half a'),
      (file: string) => rmSync(`${file}.marks`),
    ]) {
      const other = mkdtempSync(join(tmpdir(), 'veristamp-run-'))
      const stop = new AbortController()
      const tools = toolsOf(fonts, {
        signal: stop.signal,
        onProgress: ({ done }) => done === 24 && stop.abort(),
      })
      await expect(startRun(other, PLAIN, REACH, { ...tools, now: RESERVED })).rejects.toThrow()
      spoil(join(other, '12-104-7-1', 'codes.csv'))
      expect(outputsOf((await resumeRun(other, '12-104-7-1', toolsOf(fonts))).folder)).toEqual(whole)
      rmSync(other, { recursive: true })
    }
  })
})

describe('what lies in a run’s folder', () => {
  const at = (name: string) => join(journal, '12-104-7-1', name)

  it('is made again where it is lost after the manifest was signed', async () => {
    const whole = outputsOf((await start(SEALED)).folder)
    const secret = readFileSync(at('secret.json'))
    for (const lose of [['codes.csv'], ['sheets.pdf'], ['codes.csv', 'sheets.pdf']]) {
      for (const name of lose) rmSync(at(name))
      await resumeRun(journal, '12-104-7-1', toolsOf(fonts))
      expect(outputsOf(join(journal, '12-104-7-1'))).toEqual(whole)
    }
    rmSync(at('codes.csv'))
    rmSync(at('secret.json'))
    await expect(resumeRun(journal, '12-104-7-1', toolsOf(fonts))).rejects.toThrow(coded('run_corrupt'))
    expect(existsSync(at('codes.csv'))).toBe(false)
    writeFileSync(at('secret.json'), secret)
    await resumeRun(journal, '12-104-7-1', toolsOf(fonts))
    expect(outputsOf(join(journal, '12-104-7-1'))).toEqual(whole)
  })

  it('goes on from a kill in the midst of being made again', async () => {
    const whole = outputsOf((await start(PLAIN)).folder)
    rmSync(at('codes.csv'))
    const stop = new AbortController()
    const onProgress = ({ done }: RunProgress) => done === 24 && stop.abort()
    const halfway = resumeRun(journal, '12-104-7-1', toolsOf(fonts, { signal: stop.signal, onProgress }))
    await expect(halfway).rejects.toThrow(/abort/i)
    await resumeRun(journal, '12-104-7-1', toolsOf(fonts))
    expect(outputsOf(join(journal, '12-104-7-1'))).toEqual(whole)
  })

  it.each(['codes.csv', 'sheets.pdf', 'manifest.cbor'])(
    'is named where it is not what was signed for: %s',
    async (name) => {
      const whole = outputsOf((await start(PLAIN)).folder)
      writeFileSync(at(name), 'x')
      await expect(resumeRun(journal, '12-104-7-1', toolsOf(fonts))).rejects.toThrow(
        expect.objectContaining({ code: 'run_corrupt', message: expect.stringContaining(at(name)) }),
      )
      rmSync(at(name))
      await resumeRun(journal, '12-104-7-1', toolsOf(fonts))
      expect(outputsOf(join(journal, '12-104-7-1'))).toEqual(whole)
    },
  )

  it('that somebody put there with marks of its own is not signed for', async () => {
    const stop = new AbortController()
    const onProgress = ({ done }: RunProgress) => done === 24 && stop.abort()
    await expect(start(PLAIN, toolsOf(fonts, { signal: stop.signal, onProgress }))).rejects.toThrow(/abort/i)
    const [, row5] = /("5",".*"\r\n)/.exec(readFileSync(at('codes.csv'), 'latin1'))!
    const forged = readFileSync(at('codes.csv'), 'latin1').replace(
      /"6",".*"\r\n/,
      row5!.replace('"5"', '"6"'),
    )
    rmSync(at('codes.csv'))
    rmSync(at('codes.csv.marks'))
    const file = openChunkFile(join(journal, '12-104-7-1'), 'codes.csv')
    file.append(Buffer.from(forged, 'latin1'), 24)
    file.close()
    await expect(resumeRun(journal, '12-104-7-1', toolsOf(fonts))).rejects.toThrow(coded('run_corrupt'))
    expect(existsSync(at('manifest.cbor'))).toBe(false)
  })

  it.each(['codes.csv', 'manifest.cbor', 'secret.json', 'lock.7'])(
    'as a pipe is named, and not waited for: %s',
    async (name) => {
      const { run } = await start(SEALED)
      for (const each of ['manifest.cbor', name]) rmSync(at(each), { force: true })
      spawnSync('mkfifo', [at(name)])
      await expect(resumeRun(journal, run.id, toolsOf(fonts))).rejects.toThrow(
        expect.objectContaining({ code: 'run_corrupt', message: expect.stringContaining(at(name)) }),
      )
    },
  )

  it('is nobody’s where two runs have the same serials: neither goes on', async () => {
    await start()
    rmSync(at('manifest.cbor'))
    const record = readReservation(journal, '12-104-7-1')
    const copy = { ...record, id: '12-104-9-1', keyId: 9, first: 30, last: 69 }
    writeFileSync(join(journal, '12-104-9-1.json'), encodeChecked('veristamp-run-1', copy))
    await expect(resumeRun(journal, '12-104-7-1', toolsOf(fonts))).rejects.toThrow(
      /run 12-104-9-1 has serials 30 to 69/,
    )
    await expect(resumeRun(journal, '12-104-9-1', toolsOf(fonts))).rejects.toThrow(
      /run 12-104-7-1 has serials 1 to 40/,
    )
  })
})

describe('a run of sealed stamps', () => {
  it('keeps the secret of its hidden codes, encrypted, for its owner alone', async () => {
    const finished = await start(SEALED)
    const file = join(finished.folder, 'secret.json')
    expect(statSync(file).mode & 0o777).toBe(0o600)
    const secret = openRunSecret(file, '12-104-7-1', PASSPHRASE)
    expect(readFileSync(file, 'utf8')).not.toContain(Buffer.from(secret).toString('hex'))
    for (const [, code] of rowsOf(finished).slice(0, 5)) {
      const hidden = hiddenCodeOf(secret, withoutSeal(splitCode(decodeText(code!).code).payload))
      expect(verifySeal(code!, writeHiddenCode(hidden))).toEqual({ ok: true })
    }
    expect(() => openRunSecret(file, '12-104-7-1', 'guessed')).toThrow(coded('passphrase'))
    expect(() => openRunSecret(file, '12-104-7-2', PASSPHRASE)).toThrow(coded('run_corrupt'))
  })

  it('says what the file system says of a secret that can not be opened: that is no damage', async () => {
    const { folder } = await start(SEALED)
    const file = join(folder, 'secret.json')
    rmSync(file)
    expect(() => openRunSecret(file, '12-104-7-1', PASSPHRASE)).toThrow(coded('run_corrupt'))
    symlinkSync('secret.json', file)
    expect(() => openRunSecret(file, '12-104-7-1', PASSPHRASE)).toThrow(coded('ELOOP'))
  })

  it('is not gone on with under another secret, once codes are on the disk', async () => {
    const { folder } = await start(SEALED)
    rmSync(join(folder, 'manifest.cbor'))
    rmSync(join(folder, 'secret.json'))
    await expect(resumeRun(journal, '12-104-7-1', toolsOf(fonts))).rejects.toThrow(coded('run_corrupt'))
    expect(existsSync(join(folder, 'secret.json'))).toBe(false)
  })

  it('is not gone on with under the secret of another run of that name', async () => {
    const other = mkdtempSync(join(tmpdir(), 'veristamp-run-'))
    const { folder } = await startRun(other, SEALED, REACH, { ...toolsOf(fonts), now: RESERVED })
    const stop = new AbortController()
    const onProgress = ({ done }: RunProgress) => done === 24 && stop.abort()
    const halfway = start(SEALED, toolsOf(fonts, { signal: stop.signal, onProgress }))
    await expect(halfway).rejects.toThrow(/abort/i)
    copyFileSync(join(folder, 'secret.json'), join(journal, '12-104-7-1', 'secret.json'))
    await expect(resumeRun(journal, '12-104-7-1', toolsOf(fonts))).rejects.toThrow(coded('not_deterministic'))
    rmSync(other, { recursive: true })
  })

  it('is refused without a passphrase, before serials are taken', async () => {
    const { passphrase: _, ...tools } = toolsOf(fonts)
    await expect(start(SEALED, tools)).rejects.toThrow('passphrase: expected')
    expect(readdirSync(journal)).toEqual([])
  })

  it.each(['', 'junk', 'veristamp-secret-1 0\n{}'])(
    'never draws a second secret for a file that says %j',
    async (content) => {
      const finished = await start(SEALED)
      rmSync(finished.manifest)
      writeFileSync(join(finished.folder, 'secret.json'), content)
      await expect(resumeRun(journal, '12-104-7-1', toolsOf(fonts))).rejects.toThrow(coded('run_corrupt'))
    },
  )
})

describe('a run is refused', () => {
  it('under another key than it was reserved for', async () => {
    const { manifest } = await start()
    rmSync(manifest)
    const other = toolsOf(fonts, { signer: keySigner(OTHER_SEED) })
    await expect(resumeRun(journal, '12-104-7-1', other)).rejects.toThrow('belongs to another key')
  })

  it('with a signer that signs differently each time, or says that it may', async () => {
    const { signer } = toolsOf(fonts)
    let calls = 0
    const moody = {
      ...signer,
      async sign(message: Uint8Array) {
        const signature = Uint8Array.from(await signer.sign(message))
        // Sound the first time, as a signer with a random nonce is each time.
        if (calls++ > 0) signature[3]! ^= 1
        return signature
      },
    }
    await expect(start(JOB, toolsOf(fonts, { signer: moody }))).rejects.toThrow(
      /not_deterministic|differently|does not verify/,
    )
    const honest = { ...signer, deterministic: false }
    await expect(start(JOB, toolsOf(fonts, { signer: honest }))).rejects.toThrow(coded('not_deterministic'))
  })

  it('with a signer whose signatures do not verify', async () => {
    const { signer } = toolsOf(fonts)
    const wrong = { ...signer, sign: () => new Uint8Array(64).fill(1) }
    await expect(start(JOB, toolsOf(fonts, { signer: wrong }))).rejects.toThrow(coded('signing_failed'))
  })

  it.each([
    ['in the first chunk', 11, []],
    ['in the midst', 29, [12, 24]],
    ['at the very end', 40, [12, 24, 36]],
  ])(
    'with a signer that fails once, %s: before that stamp is written, and can be resumed',
    async (_, bad, done) => {
      const whole = outputsOf((await start(PLAIN)).folder)
      const { signer } = toolsOf(fonts)
      const faulty: Signer = {
        ...signer,
        async sign(message) {
          const signature = Uint8Array.from(await signer.sign(message))
          if (signsFor(message) === 40 + bad) signature[40]! ^= 16
          return signature
        },
      }
      const told: number[] = []
      const tools = toolsOf(fonts, { signer: faulty, onProgress: (progress) => told.push(progress.done) })
      await expect(start(PLAIN, tools)).rejects.toThrow(
        expect.objectContaining({
          code: 'signing_failed',
          message: expect.stringContaining(`serial ${40 + bad}: `),
        }),
      )
      expect(told).toEqual(done)
      const folder = join(journal, '12-104-7-2')
      expect(readFileSync(join(folder, 'codes.csv'), 'latin1')).not.toContain(`"${40 + bad}"`)
      expect(existsSync(join(folder, 'sheets.pdf'))).toBe(false)
      const resumed = await resumeRun(journal, '12-104-7-2', toolsOf(fonts))
      expect(await verifyRun(resumed, { publicKeys: [signer.publicKey] })).toMatchObject({ ok: true })
      expect([...outputsOf(resumed.folder).keys()]).toEqual([...whole.keys()])
    },
  )

  it('with a sheet that has no room for its texts, before serials are taken', async () => {
    const small = { ...PLAIN, sheet: { ...PLAIN.sheet!, version: 3 } }
    await expect(start(small)).rejects.toThrow(coded('does_not_fit'))
    const used = { ...PLAIN, sheet: { ...PLAIN.sheet!, start: 66 } }
    await expect(start(used)).rejects.toThrow('start: expected')
    expect(readdirSync(journal)).toEqual([])
  })

  it.each([
    ...['\u200c', '\u200d', '\u200e', '\u200f', '\u2060', '\u061c', '\u00ad', '\u2011'],
    ...['\u{1f375}', '茶', '\ufeff', '\u{e0041}'],
  ])('with a letter that the fonts lack, before serials are taken: %j', async (letter) => {
    for (const field of ['product', 'facility'] as const) {
      const words = { ...PLAIN.sheet!, [field]: `Trà${letter}hoa` }
      const ended = await start({ ...PLAIN, sheet: words }).then(
        () => 'finished',
        ({ code }) => code,
      )
      // What passes the check is printed to the end.
      const records = existsSync(journal) ? readdirSync(journal).filter((name) => name.endsWith('.json')) : []
      expect([ended, records.length > 0]).toEqual(
        ended === 'finished' ? ['finished', true] : ['letter_missing', false],
      )
      rmSync(journal, { recursive: true, force: true })
    }
  })

  it('with a letter that no font has: an emoji', async () => {
    const words = { ...PLAIN.sheet!, product: 'Trà \u{1f375}' }
    await expect(start({ ...PLAIN, sheet: words })).rejects.toThrow(coded('letter_missing'))
  })

  it('with other fonts than it began with', async () => {
    const finished = await start(PLAIN)
    rmSync(finished.manifest)
    await expect(resumeRun(journal, '12-104-7-1', toolsOf({ regular: fonts.bold }))).rejects.toThrow(
      'other fonts',
    )
  })

  it('once it was declared void, and its serials are revoked in one step', async () => {
    const finished = await start()
    rmSync(finished.manifest)
    const header = {
      authority: 'vn-quangninh',
      issued: RESERVED,
      next: new Date(+RESERVED + 1e6),
      expires: new Date(+RESERVED + 2e6),
    }
    const why = { reason: 'stolen', date: '2026-03-02' } as const
    const draft = voidRun(journal, '12-104-7-1', draftRevocationList(header), why)
    expect(draft.revoked).toMatchObject([{ facility: 12, product: 104, ...why }])
    const { serials } = draft.revoked[0]!
    expect([0, 1, 40, 41].map((serial) => hasSerial(serials, serial))).toEqual([false, true, true, false])
    await expect(resumeRun(journal, '12-104-7-1', toolsOf(fonts))).rejects.toThrow(coded('run_void'))
    expect(voidRun(journal, '12-104-7-1', draftRevocationList(header), why).revoked).toEqual(draft.revoked)
    const { run } = await start()
    expect(run.first).toBe(41)
  })
})

describe('a run’s folder', () => {
  it('belongs to one process at a time', async () => {
    const finished = await start()
    rmSync(finished.manifest)
    const lock = lockFolder(finished.folder)
    await expect(resumeRun(journal, '12-104-7-1', toolsOf(fonts))).rejects.toThrow(coded('run_busy'))
    lock.release()
    await resumeRun(journal, '12-104-7-1', toolsOf(fonts))
  })

  it('that was taken from a process by mistake is written to no more by that one', async () => {
    const whole = outputsOf((await start(PLAIN)).folder)
    const folder = join(journal, '12-104-7-2')
    const stolen: Lock[] = []
    const tools = toolsOf(fonts, {
      onProgress({ done }) {
        if (done !== 24) return
        rmSync(join(folder, 'lock.1'))
        stolen.push(lockFolder(folder))
      },
    })
    await expect(start(PLAIN, tools)).rejects.toThrow(coded('run_busy'))
    expect(readFileSync(join(folder, 'codes.csv'), 'latin1')).not.toContain('"65"')
    expect(() => lockFolder(folder)).toThrow(coded('run_busy')) // which the first has not given back
    stolen[0]!.release()
    const finished = await resumeRun(journal, '12-104-7-2', toolsOf(fonts))
    expect(await verifyRun(finished, { publicKeys: [toolsOf(fonts).signer.publicKey] })).toMatchObject({
      ok: true,
    })
    expect([...outputsOf(finished.folder).keys()]).toEqual([...whole.keys()])
  })

  it('that two have written to is not signed for, and can be written anew', async () => {
    const whole = outputsOf((await start(PLAIN)).folder)
    const other = mkdtempSync(join(tmpdir(), 'veristamp-run-'))
    const codes = join(other, '12-104-7-1', 'codes.csv')
    const tools = toolsOf(fonts, {
      onProgress: ({ done }) => done === 24 && appendFileSync(codes, '"25","X"\r\n'),
    })
    const begun = startRun(other, PLAIN, REACH, { ...tools, now: RESERVED })
    await expect(begun).rejects.toThrow(coded('run_corrupt'))
    expect(existsSync(join(other, '12-104-7-1', 'manifest.cbor'))).toBe(false)
    expect(outputsOf((await resumeRun(other, '12-104-7-1', toolsOf(fonts))).folder)).toEqual(whole)
    rmSync(other, { recursive: true })
  })
})

describe('a full disk', () => {
  let children: Children
  beforeAll(() => {
    children = buildChildren()
  })
  afterAll(() => children.remove())
  const mounted = (place: string) =>
    spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=96k', 'tmpfs', place]).status === 0

  it('ends a run with the system’s error, and the run goes on once there is room', async (context) => {
    const disk = mkdtempSync(join(tmpdir(), 'veristamp-disk-'))
    if (!mounted(disk)) context.skip('a disk of its own, to be filled, takes root to mount')
    journal = join(disk, 'runs')
    try {
      const filler = join(disk, 'filler')
      writeFileSync(filler, Buffer.alloc(40_000))
      const { said } = await children.run(journal, 900, { begin: 'always' })
      expect(said.code).toBe('ENOSPC')
      rmSync(filler)
      const finished = await resumeRun(journal, '12-104-7-1', toolsOf(fonts)).catch(() => undefined)
      expect(finished).toBeUndefined() // 900 codes take more than there is
    } finally {
      const copy = mkdtempSync(join(tmpdir(), 'veristamp-copy-'))
      spawnSync('cp', ['-r', `${journal}/.`, copy])
      spawnSync('umount', [disk])
      rmSync(disk, { recursive: true })
      const resumed = await resumeRun(copy, '12-104-7-1', toolsOf(fonts))
      expect(rowsOf(resumed).map(([serial]) => Number(serial))).toEqual(
        Array.from({ length: 900 }, (_, i) => i + 1),
      )
      rmSync(copy, { recursive: true })
    }
  })
})

describe('verifyRun', () => {
  const { publicKey } = keySigner(PRESS_SEED)
  const outcome = async (files: FinishedRun, keys = [publicKey]) => {
    const verified = await verifyRun(files, { publicKeys: keys })
    return verified.ok ? 'ok' : verified.reason
  }
  it('accepts no sheets beside a manifest that signs for none', async () => {
    const files = await start()
    const sheets = [join(files.folder, 'sheets.pdf')]
    expect(await outcome({ ...files, sheets })).toBe('ok')
    writeFileSync(sheets[0]!, 'of someone else')
    expect(await outcome({ ...files, sheets })).toBe('sheets_digest')
  })

  /** Changes the codes, and the manifest so that it signs for them. */
  const resign = async (files: FinishedRun, edit: (text: string) => string) => {
    const text = edit(readFileSync(files.codes, 'latin1'))
    writeFileSync(files.codes, text, 'latin1')
    const { signManifest } = await import('../../src/run/manifest.ts')
    const codes = new Uint8Array(createHash('sha256').update(text, 'latin1').digest())
    const { id, facility, product, first, last, count, keyId } = files.run
    const content = { run: id, facility, product, first, last, count, keyId, reserved: RESERVED, codes }
    writeFileSync(files.manifest, await signManifest(content, keySigner(PRESS_SEED)))
  }

  it('accepts a finished run under one of the keys', async () => {
    const files = await start(PLAIN)
    expect(await outcome(files)).toBe('ok')
    expect(await outcome(files, [keySigner(OTHER_SEED).publicKey, publicKey])).toBe('ok')
    expect(await outcome(files, [keySigner(OTHER_SEED).publicKey])).toBe('manifest_signature')
    expect(await outcome(files, [])).toBe('manifest_signature')
  })

  it('finds every file that is not the one signed for', async () => {
    const files = await start(PLAIN)
    const manifest = readFileSync(files.manifest)
    for (let at = 0; at < manifest.length; at += 11) {
      const changed = Buffer.from(manifest)
      changed[at]! ^= 4
      writeFileSync(files.manifest, changed)
      expect(['manifest', 'manifest_signature']).toContain(await outcome(files))
    }
    writeFileSync(files.manifest, Buffer.alloc(100_000))
    expect(await outcome(files)).toBe('manifest')
    writeFileSync(files.manifest, manifest)
    writeFileSync(files.sheets![0]!, 'another')
    expect(await outcome(files)).toBe('sheets_digest')
    rmSync(files.sheets![0]!)
    expect(await outcome(files)).toBe('sheets_missing')
    const { sheets: _, ...others } = files
    expect(await outcome(others)).toBe('ok')
    truncateSync(files.codes, 1000)
    expect(await outcome(files)).toBe('codes_digest')
  })

  it.each([
    ['a line is missing', (text: string) => text.replace(/"5",.*\r\n/, ''), 'code_other'],
    ['a line is there twice', (text: string) => text.replace(/("5",.*\r\n)/, '$1$1'), 'code_other'],
    [
      'two lines have changed places',
      (text: string) => text.replace(/("5",.*\r\n)("6",.*\r\n)/, '$2$1'),
      'code_other',
    ],
    ['the last is missing', (text: string) => text.replace(/"40",.*\r\n/, ''), 'code_other'],
    [
      'a serial says another’s code',
      (text: string) => text.replace(/"5","(.*)"\r\n"6",".*"/, '"5","$1"\r\n"6","$1"'),
      'code_other',
    ],
    ['a code is no code', (text: string) => text.replace(/"5",".*"/, '"5","HELLO"'), 'code_malformed'],
    ['a line is none', (text: string) => text.replace('"5",', '5,'), 'codes_line'],
    [
      'a line has no end',
      (text: string) => text.replace(/"5",".*"\r\n/, `"5","${'A'.repeat(9_000)}"\r\n`),
      'codes_line',
    ],
    ['the heading is gone', (text: string) => text.slice(16), 'codes_line'],
    ['all is gone', () => '', 'codes_line'],
  ])('finds that %s even where the manifest signs for it', async (_, edit, reason) => {
    const files = await start()
    await resign(files, edit)
    expect(await outcome(files)).toBe(reason)
  })

  it.each<[string, Partial<Reservation>]>([
    ['lot', { lot: 'T4' }],
    ['day made', { made: '2026-02-01' }],
    ['expiry', { expires: '2027-03-02' }],
    ['carrier', { carrier: 'digits' }],
    ['seal', { sealed: true }],
  ])('finds codes of another %s than the record says', async (_, change) => {
    const files = await start()
    expect(await outcome({ ...files, run: { ...files.run, ...change } }, [publicKey])).toBe(
      change.sealed ? 'secret' : 'code_other',
    )
  })

  it.each<[string, Partial<Reservation>]>([
    ['count', { count: 39, last: 39 }],
    ['name', { id: '12-104-7-2' }],
    ['moment', { reserved: 1 }],
    ['key id', { keyId: 8 }],
  ])('finds a manifest of another %s than the record says', async (_, change) => {
    const files = await start()
    expect(await outcome({ ...files, run: { ...files.run, ...change } })).toBe('manifest_other')
  })

  it('finds a sealed run’s secret lost or another’s, and hidden codes of another secret', async () => {
    const files = await start(SEALED)
    const file = join(files.folder, 'secret.json')
    const verify = async (passphrase?: string) => {
      const verified = await verifyRun(files, { publicKeys: [publicKey], ...(passphrase && { passphrase }) })
      return verified.ok ? 'ok' : verified.reason
    }
    expect([await verify(), await verify(PASSPHRASE)]).toEqual(['ok', 'ok'])
    await expect(verify('guessed')).rejects.toThrow(coded('passphrase'))
    rmSync(file)
    expect([await verify(), await verify(PASSPHRASE)]).toEqual(['secret', 'secret'])
    drawRunSecret(file, '12-104-7-1', PASSPHRASE)
    expect(await verify(PASSPHRASE)).toBe('secret')
    rmSync(file)
    drawRunSecret(file, '12-104-7-2', PASSPHRASE)
    expect([await verify(), await verify(PASSPHRASE)]).toEqual(['secret', 'secret'])
  })

  it('finds a forged signature among good ones', async () => {
    const files = await start({ ...JOB, carrier: 'digits' })
    await resign(files, (text) =>
      text.replace(/("17","\d+)(\d)"/, (_, max, digit) => `${max}${(Number(digit) + 1) % 10}"`),
    )
    expect(await verifyRun(files, { publicKeys: [publicKey] })).toEqual({
      ok: false,
      reason: 'code_signature',
      detail: 'serial 17',
    })
  })
})
