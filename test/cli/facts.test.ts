import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { failureOf } from '../../src/cli/shell/failure.ts'
import { wordsOf } from '../../src/cli/words/words.ts'
import type { ErrorDetails } from '../../src/lib/error-details.ts'
import { type ErrorCode, VeristampError } from '../../src/lib/errors.ts'
import type { Language } from '../../src/lib/language.ts'
import { type Desk, foundProject, openDesk } from './desk.ts'

/**
 * The command line tells an error by its code and facts. Whoever rewords a message of the library, which is for
 * developers, changes no word that people read: here all of them say `x`.
 */

const mute = vi.hoisted(() => ({ isOn: false, made: 0 }))

vi.mock('../../src/lib/errors.ts', async (load) => {
  const library = await load<typeof import('../../src/lib/errors.ts')>()
  const muted = <E extends Error>(error: E): E => {
    mute.made++
    if (mute.isOn) error.message = 'x'
    return error
  }
  const mutedClass = <C extends object>(own: C): C =>
    new Proxy(own, {
      construct: (target, args) => muted(Reflect.construct(target as new () => Error, args)),
    })
  return {
    ...library,
    VeristampError: mutedClass(library.VeristampError),
    ArgumentTypeError: mutedClass(library.ArgumentTypeError),
    ArgumentRangeError: mutedClass(library.ArgumentRangeError),
    argumentType: (...args: Parameters<typeof library.argumentType>) => muted(library.argumentType(...args)),
    argumentRange: (...args: Parameters<typeof library.argumentRange>) =>
      muted(library.argumentRange(...args)),
  }
})

type Told = Exclude<ErrorCode, 'argument_type' | 'argument_range'>

const [facility, product, serial] = [12, 104, 30]
const [folder, file, run] = ['runs', 'runs/12-104-1-1.json', '12-104-1-1']
const program = '/opt/hsm'
const server = 'https://epcis.example/v2'
const holder = { folder, file: 'runs/lock.1', pid: 77, host: 'quay-3' }

/** Facts of every kind, so that each sentence is read. */
const SAMPLES: { readonly [Code in Told]: readonly ErrorDetails[Code][] } = {
  out_of_scope: [{ facility, product, first: 1, count: 5 }],
  signing_failed: [
    { fault: 'not_signed', serial },
    { fault: 'wrong_signature', serial },
    { fault: 'wrong_signature', program },
    { fault: 'wrong_length', program, length: 3, complaint: 'no slot' },
    { fault: 'ended', program, exit: 3, complaint: 'no slot' },
    { fault: 'no_answer', program, timeout: 500, complaint: '' },
    { fault: 'not_started', program, system: 'ENOENT' },
    { fault: 'other_key', run, publicKey: 'ab' },
    { fault: 'unsound_key', run, reason: 'small_order' },
    { fault: 'no_webcrypto' },
  ],
  does_not_fit: [
    { what: 'payload', length: 130, max: 128 },
    { what: 'document', length: 130, max: 128 },
    { what: 'signatures', count: 40, max: 32 },
    { what: 'scans', count: 65, max: 64 },
    { what: 'chain', count: 65, max: 64, length: 9, maxLength: 8 },
    { what: 'symbol', version: 3, level: 'M', enough: 5 },
    { what: 'label', modules: 41, dots: 9, room: 12.34, dpi: 203 },
    { what: 'hidden_symbol', width: 10, height: 8 },
  ],
  bad_document: [
    { fault: 'refused', document: 'trust_list', reason: 'scope_overlap', detail: 'issuers[1]' },
    ...(['not_later', 'not_signed', 'later_fields', 'other_body'] as const).map((fault) => ({ fault })),
    { fault: 'other_context', context: 'veristamp:stamp1' },
  ],
  store_corrupt: [
    { fault: 'lost', file },
    { fault: 'unreadable', file, at: 9, detail: 'cbor_end' },
  ],
  key_shared: [{ publicKey: 'ab', authorities: ['a.example', 'b.example'] }],
  worker_failed: [{ work: 'texts', first: 0, last: 9 }],
  revocation_permanent: [{ serial }, { facility, product, serial }, { key: 'ab' }],
  bad_key_file: (['too_long', 'not_pem', 'costly', 'no_private_key', 'other_kind'] as const).map((fault) => ({
    fault,
    file,
    kind: 'rsa',
  })),
  passphrase: [
    { file, fault: 'missing' },
    { file, fault: 'wrong' },
  ],
  is_link: [{ file }],
  run_corrupt: [
    ...(
      [
        ...(['stranger', 'not_plain', 'damaged', 'no_record', 'missing', 'other_manifest'] as const),
        ...(['no_number', 'no_reason', 'no_secret', 'no_folder', 'no_file', 'taken'] as const),
        ...(['foreign_signature', 'other_run', 'not_signed_for', 'other_secret'] as const),
        ...(['made_otherwise', 'other_codes'] as const),
      ] as const
    ).map((fault) => ({ fault, file })),
    { fault: 'other_fonts', run },
    { fault: 'serials_twice', run, other: '12-104-1-2', first: 1, last: 9 },
    { fault: 'no_row', line: 'a;b' },
  ],
  run_busy: [
    { fault: 'working', ...holder },
    { fault: 'maybe_working', ...holder },
    { fault: 'elsewhere', ...holder, seen: '2026-03-01T08:00:00.000Z' },
    { fault: 'lost', folder },
    { fault: 'no_lock', folder, file: 'runs/lock.1' },
  ],
  run_void: [{ run }],
  serials_taken: [{ run, first: 1, last: 9 }],
  above_watermark: [{ facility, product, serial, highest: 20 }],
  not_deterministic: [{ fault: 'each_time' }, { fault: 'since' }],
  fleet_failed: [
    ...(['no_driver', 'not_ready', 'newer', 'older', 'unsafe'] as const).map((fault) => ({ fault })),
    { fault: 'unreachable', detail: 'ECONNREFUSED' },
    { fault: 'refused' },
    { fault: 'failed', detail: 'disk full', state: '53100' },
  ],
  send_failed: [
    { fault: 'unreachable', server },
    { fault: 'busy', server, status: 503, reason: 'busy' },
    { fault: 'unauthorized', server, status: 401, reason: 'token' },
    { fault: 'full', server, status: 507, reason: 'full' },
    { fault: 'refused', server, status: 413 },
    { fault: 'refused', server, status: 404, reason: 'unknown' },
  ],
  no_hard_links: [{ folder }],
  capture_failed: [
    { fault: 'unreachable', server },
    { fault: 'timeout', server },
    { fault: 'redirected', server, status: 302 },
    { fault: 'unauthorized', server, status: 401, detail: 'no token' },
    { fault: 'no_capture', server, status: 404 },
    { fault: 'busy', server, status: 429, detail: 'too many calls', until: '2026-03-01T09:00:00.000Z' },
    { fault: 'job_open', server, until: '2026-03-01T09:00:00.000Z' },
    { fault: 'strange_answer', server, status: 200, detail: 'hello' },
  ],
  letter_missing: [{ field: 'product', font: 'bold', letter: '茶', numbers: ['U+8336'] }],
}

const errors = Object.entries(SAMPLES).flatMap(([code, samples]) =>
  samples.map((details) => ({ code: code as Told, details, said: JSON.stringify(details) })),
)

describe('an error of the library', () => {
  it.each(errors)('$code $said is told in both languages, by its facts', ({ code, details }) => {
    const tell = (language: Language, message: string) => {
      const error = new VeristampError(code, message, details as ErrorDetails[Told])
      const { message: told, next } = failureOf(error, wordsOf(language))
      return { told, next }
    }
    const [en, other] = [tell('en', 'one way'), tell('en', 'another')]
    const vietnamese = tell('vi', 'one way')
    expect(en).toEqual(other)
    expect(en.told + vietnamese.told).not.toMatch(/one way|undefined|null|NaN|\[object/)
    expect(vietnamese.told).not.toBe(en.told)
    expect(typeof vietnamese.next).toBe(typeof en.next)
    for (const fact of [file, program, 'quay-3', 'U+8336'].filter((each) =>
      JSON.stringify(details).includes(each),
    )) {
      if (code !== 'run_busy' || fact !== file)
        expect([en.told.includes(fact), vietnamese.told.includes(fact)]).toEqual([true, true])
    }
  })
})

describe('the sources of the command line', () => {
  it('take no message apart but commander’s, which has no facts', () => {
    const root = new URL('../../src/cli/', import.meta.url)
    const reading = /\.exec\(\w*message|\bmessage\.(?:split|match|matchAll|replace|includes|startsWith)\b/
    const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((name) =>
      name.endsWith('.ts'),
    )
    expect(files.length).toBeGreaterThan(50)
    const guilty = files.filter((name) => reading.test(readFileSync(new URL(name, root), 'utf8')))
    expect(guilty.map((name) => name.replaceAll('\\', '/'))).toEqual(['program/misuse.ts'])
  })
})

describe('the command line', () => {
  let desk: Desk & Disposable
  beforeAll(async () => {
    desk = openDesk()
    await foundProject(desk)
    await desk.done('issue', '--product', '104', '--count', '2', '--no-sheets')
    await desk.done('list', '--raise', '12:104:9')
    await desk.done('keygen', 'other', '--no-encrypt')
  })
  afterAll(() => desk[Symbol.dispose]())

  const job = (...more: string[]) => ['issue', '--product', '104', '--count', '2', ...more]

  /** Says the same thing with the library's messages and without; it must make an error that tells of it. */
  async function speaksForItself(argv: readonly string[]): Promise<string> {
    const said: string[] = []
    for (const language of ['en', 'vi'] as const) {
      const told = async (isMute: boolean) => {
        Object.assign(mute, { isOn: isMute, made: 0 })
        const { exit, err } = await desk.say('--lang', language, ...argv)
        expect([exit, mute.made > 0]).toEqual([2, true])
        mute.isOn = false
        return err
      }
      const loud = await told(false)
      expect(await told(true)).toBe(loud)
      said.push(loud)
    }
    expect(said[1]).not.toMatch(/expected|whole number|characters| serial |wrong/)
    return said[0]!
  }

  it.each<[string, string[]]>([
    ['--count: expected a whole number from 1 to 10000000, got 0', job().map((w) => (w === '2' ? '0' : w))],
    ['--first: expected a serial so low', job('--first', '9007199254740991')],
    ['--symbol: expected a whole number from 1 to 40, got 99', job('--symbol', '99')],
    ['--dpi: expected a number from 72 to 10000, got 1', job('--dpi', '1')],
    ['--dots: expected a whole number from 1 to 1000, got 2000', job('--dots', '2000')],
    ['--start: expected a label of one page, by its number from 1, got 99', job('--start', '99')],
    ['--made: expected a date as YYYY-MM-DD from 1970-01-01, got "today"', job('--made', 'today')],
    ['--expires: expected a date', job('--expires', '2026-13-01')],
    ['--lot: expected 1 to 20 letters', job('--lot', 'chè')],
    ['too long for a symbol of version 2-M; version 5', job('--symbol', '2')],
    ['needs a larger label', job('--dots', '40')],
    ['run 12-104-1-1 has serials 1 to 2 already', job('--first', '1')],
    ['is above the published watermark, 9', job('--first', '9')],
    ['--place: expected a text of 1 to 200 characters, got ""', ['trust', 'pins', '--place', '']],
    ['--keys: expected names of different keys', ['trust', 'rotate', '--keys', '../x']],
    [
      '--threshold: expected a whole number from 1 to the number of keys, got 9',
      ['trust', 'rotate', '--keys', 'other', '--threshold', '9'],
    ],
  ])('tells "%s" whatever the library’s messages say', async (message, argv) => {
    expect(await speaksForItself(argv)).toContain(message)
  })

  it('tells what a field of veristamp.json takes, and a key file that is none', async () => {
    const file = desk.path('veristamp.json')
    const config = readFileSync(file, 'utf8')
    for (const [wrong, told] of [
      [
        config.replace('"trust": ', '"trust": -'),
        'days.trust: expected a whole number of days from 1 to 36500',
      ],
      [config.replace('"keyId": 1', '"keyId": "1"'), 'issuers[0].keyId: expected a whole number from 0'],
    ] as const) {
      expect(wrong).not.toBe(config)
      writeFileSync(file, wrong)
      expect(await speaksForItself(['trust', 'build'])).toContain(told)
    }
    writeFileSync(file, config)
    const key = readFileSync(desk.path('keys/issuer.pem'))
    writeFileSync(desk.path('keys/issuer.pem'), 'x')
    expect(await speaksForItself(job())).toContain('is not PKCS#8 in PEM')
    writeFileSync(desk.path('keys/issuer.pem'), key)
  })
})
