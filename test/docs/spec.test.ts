import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { decodeCrockford } from '../../src/codec/crockford.ts'
import { decodeEnvelope } from '../../src/document/envelope.ts'
import { seedSigner } from '../../src/ed25519/noble/signer.ts'
import { sha256 } from '../../src/ed25519/sha2.ts'
import { createIssuer } from '../../src/issue/issuer.ts'
import { encodePayload } from '../../src/issue/sign-stamp.ts'
import { toHex } from '../../src/lib/bytes.ts'
import { symbol } from '../../src/print/symbol.ts'
import { entriesFields, REVOCATION_REASONS } from '../../src/revocation/body.ts'
import { serialSetOf } from '../../src/revocation/serial-set-algebra.ts'
import { encodeSerialSet } from '../../src/revocation/serial-set-writer.ts'
import { signRevocationList } from '../../src/revocation/sign.ts'
import { reserveRun } from '../../src/run/ledger/journal.ts'
import { declareVoid } from '../../src/run/ledger/void.ts'
import { REASONS } from '../../src/verify/reason-table.ts'
import { encodeBySpec, type Step } from '../revocation/serial-set-by-spec.ts'
import { revoker, signers } from '../vectors/lists.ts'
import { exampleDraft } from '../vectors/revocations.ts'
import { read, specPages } from './pages.ts'

const spec = read('SPEC.md')
const revocation = read('docs/spec/revocation.md')
const whole = specPages.map(read).join('\n')
const apps = read('docs/apps.md')

/** The fenced blocks of a page, without their fences. */
const blocks = (page: string): string[] =>
  [...page.matchAll(/^```\w*\n(.*?)^```/gms)].map(([, text]) => text!)

const section = (page: string, heading: string): string => {
  const start = page.indexOf(`${heading}\n`)
  const end = page.indexOf('\n## ', start + 1)
  return page.slice(start, end)
}

const WORKED = { facility: 12, product: 104, serial: 90_001 }
const signer = seedSigner(Uint8Array.from({ length: 32 }, (_, at) => at))

describe('SPEC.md', () => {
  test('opens with the example, and is read in one sitting', () => {
    expect(/^## (.*)$/m.exec(spec)![1]).toBe('One stamp, byte by byte')
    expect(spec.split('\n').length).toBeLessThanOrEqual(301)
  })

  test('spells the link of GS1 byte by byte', async () => {
    const page = read('docs/spec/gs1-links.md')
    const issuer = createIssuer({ keyId: 7, signer })
    const stamp = {
      facility: 12,
      product: 8_935_000_000_120,
      serial: 90_001,
      lot: 'A/7',
      expires: '2027-01-31',
    }
    const code = await issuer.issue(stamp)
    const [, bytes, link] = blocks(page)
    const spelled = bytes!
      .split('\n')
      .map((line) => line.slice(0, 34).replace(/\s/g, ''))
      .join('')
    expect(spelled).toBe(toHex(code.bytes.subarray(0, -64)))
    expect(link!.trim()).toBe(code.toGs1Link('HTTPS://TEM.EXAMPLE/'))
  })

  test('names at its head every page that is part of the specification, and each says so', () => {
    const head = spec.slice(0, spec.indexOf('\n## '))
    expect(specPages.length).toBeGreaterThan(5)
    for (const page of specPages.filter((path) => path !== 'SPEC.md')) {
      expect(head).toMatch(new RegExp(`^\\| \\[[\\w ]+\\]\\(${page}\\) \\|`, 'm'))
      expect(read(page)).toContain('This page is part of [the specification](../../SPEC.md).')
    }
    const count = ['five', 'six', 'seven', 'eight', 'nine', 'ten'][specPages.length - 5]
    expect(head).toContain(`**The specification is these ${count} pages**`)
  })
})

describe('the worked example of SPEC.md', () => {
  const [payload, signature, carriers] = blocks(spec)
  const hexOf = (block: string): string => (block.match(/\b[0-9a-f]{2}\b/g) ?? []).join('')

  test('has the payload that the library writes', () => {
    const bytes = payload!
      .split('\n')
      .map((line) => hexOf(line.slice(0, 24)))
      .join('')
    expect(bytes).toBe(toHex(encodePayload(7, WORKED)))
  })

  test('has the key, the signature and the texts that the library makes', async () => {
    const code = await createIssuer({ keyId: 7, signer }).issue(WORKED)
    expect(spec).toContain(toHex(signer.publicKey))
    expect(signature!.replace(/\s/g, '')).toBe(toHex(code.bytes.slice(-64)))
    const [base45, digits, url] = carriers!
      .trimEnd()
      .split('\n')
      .map((line) => line.slice(8))
    expect(base45).toBe(code.toText('base45'))
    expect(digits).toBe(code.toText('digits'))
    expect(url).toBe(code.toUrl('HTTPS://TEM.EXAMPLE/QNI/'))
  })

  test('fits the symbols that it says', async () => {
    const code = await createIssuer({ keyId: 7, signer }).issue(WORKED)
    expect(symbol(code.toText(), { level: 'L' }).version).toBe(4)
    expect(symbol(code.toText(), { level: 'M' }).version).toBe(5)
    expect(symbol(code.toUrl('HTTPS://TEM.EXAMPLE/QNI/'), { level: 'M' }).version).toBe(6)
  })
})

describe('the worked examples of docs/spec/revocation.md', () => {
  const page = revocation
  const prose = page.replace(/\s+/g, ' ')
  const [decisions, list] = blocks(page)

  test('come to the bytes of the serial set, decision by decision', () => {
    const runs = [
      [41_000, 41_999],
      [90_001, 90_001],
    ] as const
    const { bytes, steps } = encodeBySpec(runs)
    expect(bytes).toEqual(encodeSerialSet(serialSetOf(runs.map(([first, last]) => ({ first, last })))))
    expect(decisions!.trimEnd().split('\n').at(-1)!.replaceAll(' ', '')).toBe(toHex(bytes))
    expect(prose).toContain(`Some of the ${steps.length} decisions`)
    const told = steps.map(lineOf)
    const places = decisions!.split('\n').flatMap((line) => {
      const row = /^\d+ +(\w+ \d+ +\d+ +[01] +\w{8} +\w{8})(?: {2}(\w\w)$)?/.exec(line)
      if (row === null) return []
      const place = told.indexOf(row[1]!.replace(/ +/g, ' '))
      expect([line, place, row[2]]).toEqual([line, expect.any(Number), shiftedBy(steps[place]!)])
      return [place]
    })
    expect(places).toEqual([0, 1, 2, 3, 4, 14, 24, 48, 56, 88])
    // The carry that the page tells of.
    const [, was, is] = /a carry: (\w\w), .* (\w\w)$/m.exec(decisions!)!
    expect(
      steps
        .slice(0, places[7])
        .flatMap((step) => shiftedBy(step) ?? [])
        .at(-1),
    ).toBe(was)
    expect(Number.parseInt(is!, 16)).toBe(Number.parseInt(was!, 16) + 1)
  })

  test('are the signed list that the library makes', async () => {
    const document = await signRevocationList(exampleDraft(), revoker)
    const bytes = list!
      .trimEnd()
      .split('\n')
      .map((line) => /^ *((?:[0-9a-f]{2} ?)+)(?: |$)/.exec(line)![1]!.replaceAll(' ', ''))
      .join('')
    expect(bytes).toBe(toHex(document))
    expect(prose).toContain(`is \`${toHex(sha256(decodeEnvelope(document).body))}\``)
    expect(prose).toContain(`\`${toHex(signers.former.publicKey)}\`, compromised`)
    expect(signers.example.publicKey).toEqual(signer.publicKey)
  })

  test('have the reasons in the order of their numbers, and name every field', () => {
    const numbers = REVOCATION_REASONS.map((_, at) => at).join(' | ')
    expect(page).toMatch(new RegExp(`^\\| ${numbers.replaceAll('|', '\\|')} \\|$`, 'm'))
    expect(page).toContain(`\n| ${REVOCATION_REASONS.join(' | ')} |\n`)
    for (const field of Object.keys({ ...entriesFields, base: 0, withdrawn: 0 })) {
      expect(page).toMatch(new RegExp(`^\\| \`${field}\` \\| `, 'm'))
    }
  })
})

describe('the rules of docs/spec/revocation.md', () => {
  const page = revocation
  /** The reasons that the rules under a heading give. */
  const reasonsUnder = (heading: string): string[] => {
    const [, text] = new RegExp(`^### ${heading}\\n(.*?)^### `, 'ms').exec(page)!
    const rules = [...text!.matchAll(/^\d+\. .*\n(?: {3}.*\n)*/gm)].flatMap(([rule]) => [
      ...rule.matchAll(/`([a-z]+(?:_[a-z]+)*)`/g),
    ])
    return [...new Set(rules.map(([, reason]) => reason!))].sort()
  }
  const reasonsOf = (file: string): string[] => {
    const { failing }: { failing: { reason: string }[] } = JSON.parse(read(`test/vectors/${file}`))
    return [...new Set(failing.map(({ reason }) => reason))].sort()
  }

  test('give the reasons that the vectors fail for, and that of a store that can not be read', () => {
    const loading = [...reasonsOf('revocation-lists.json'), 'store_corrupt'].sort()
    expect(reasonsUnder('Loading a revocation list')).toEqual(loading)
    const deltas = [...new Set([...reasonsUnder('Deltas'), ...loading])].sort()
    expect(deltas).toEqual([...new Set([...reasonsOf('revocation-deltas.json'), ...loading])].sort())
    expect(reasonsUnder('Deltas')).toEqual(expect.arrayContaining(['delta_base', 'delta_gap', 'rollback']))
  })
})

const hex32 = (word: number): string => word.toString(16).padStart(8, '0')
const lineOf = ({ slot, zero, bit, low, range }: Step): string =>
  [slot, zero, bit, hex32(low), hex32(range)].join(' ')
/** The byte that is shifted after a decision. */
const shiftedBy = ({ low, range }: Step): string | undefined =>
  range < 2 ** 24 ? hex32(low).slice(0, 2) : undefined

describe('what SPEC.md has readers of hidden codes skip', () => {
  const units = (text: string): number[] =>
    [...text.matchAll(/U\+([0-9A-F]{4})(?: to\s+U\+([0-9A-F]{4}))?/g)].flatMap(([, first, last = first]) => {
      const [min, max] = [first, last].map((hex) => Number.parseInt(hex!, 16)) as [number, number]
      return Array.from({ length: max - min + 1 }, (_, at) => min + at)
    })

  test('is what the library skips, and nothing else', () => {
    const skips = (unit: number): boolean => {
      try {
        return decodeCrockford(String.fromCharCode(unit)).length === 0
      } catch {
        return false
      }
    }
    const skipped = Array.from({ length: 0x10000 }, (_, unit) => unit).filter(skips)
    expect(units(section(spec, '## Seals')).sort((a, b) => a - b)).toEqual(skipped)
  })
})

describe('the journal of docs/spec/runs.md', () => {
  const page = section(read('docs/spec/runs.md'), '## The journal')
  const job = { facility: 12, product: 104, count: 2, lot: 'A1', made: '2026-01-01', expires: '2027-01-01' }
  const sheet = { stock: 'a4-65' } as const
  const { publicKey } = signer
  const journal = mkdtempSync(join(tmpdir(), 'veristamp-journal-'))
  const { id } = reserveRun(
    journal,
    { ...job, carrier: 'url', prefix: 'HTTPS://TEM.EXAMPLE/', sealed: true, sheet },
    { keyId: 7, publicKey, scope: [{ facility: 12, product: 104 }] },
    { now: new Date('2026-01-05'), fonts: '00'.repeat(32) },
  )
  afterAll(() => rmSync(journal, { recursive: true }))

  test('names every field of a record, and its first line', () => {
    const text = readFileSync(join(journal, `${id}.json`), 'utf8')
    const [line, ...rest] = text.split('\n')
    const [name, digest] = line!.split(' ')
    expect(digest).toBe(toHex(sha256(new TextEncoder().encode(rest.join('\n')))))
    expect(page).toContain(`a line \`${name} \``)
    const fields = Object.keys(JSON.parse(rest.join('\n')))
    const rows = [...page.matchAll(/^\| (`.*?`) \|/gm)].flatMap(([, names]) => names!.match(/\w+/g)!)
    expect(rows.sort()).toEqual(fields.sort())
  })

  test('has void records as they are', () => {
    declareVoid(journal, id, { reason: 'lost', date: '2026-01-06' })
    const text = readFileSync(join(journal, `${id}.void`), 'utf8')
    expect(JSON.parse(text)).toEqual({ reason: 'lost', date: '2026-01-06' })
    expect(readdirSync(journal).sort()).toEqual([id, `${id}.json`, `${id}.void`])
    for (const [name] of page.matchAll(/`<id>[./]\w*`/g))
      expect(['`<id>.json`', '`<id>/`', '`<id>.void`']).toContain(name)
  })
})

describe('the worked example of docs/spec/slices.md', () => {
  test('is a slice of the vectors, byte for byte, and its entry in the body', () => {
    const vectors = JSON.parse(read('test/vectors/slices.json'))
    const [slice, entry] = blocks(read('docs/spec/slices.md')).map((block) =>
      block
        .trimEnd()
        .split('\n')
        .map((line) => line.trim().split(/ {4,}/)[0]!.replaceAll(' ', ''))
        .join(''),
    )
    expect(slice).toBe(vectors.sliceFiles.tea.bytes)
    expect(vectors.trustLists.sliced.bytes).toContain(entry)
  })

  test('is a patch of the vectors too, byte for byte', () => {
    const vectors = JSON.parse(read('test/vectors/slice-patches.json'))
    const [, , patch] = blocks(read('docs/spec/slices.md'))
    const spelled = patch!.split('\n').map((line) => line.trimStart().split(/ {4,}/)[0]!)
    expect(
      spelled
        .filter((line) => /^[0-9a-f ]+$/.test(line))
        .join('')
        .replaceAll(' ', ''),
    ).toBe(vectors.valid[0].file)
  })
})

describe('every reason', () => {
  const reasons = Object.keys(REASONS)

  test('of a verdict stands in the tables of SPEC.md and of docs/apps.md', () => {
    for (const reason of reasons) {
      expect(spec).toContain(`\`${reason}\``)
      expect(apps).toContain(`\`${reason}\``)
    }
  })

  test('of a verdict is given by the step of SPEC.md that its section names', () => {
    const steps = new Map(
      [...section(spec, '## Verification').matchAll(/^(\d+)\. (.*?)(?=^\d+\. |^The status)/gms)].map(
        ([, step, text]) => [Number(step), text!],
      ),
    )
    for (const [reason, { section: place }] of Object.entries(REASONS)) {
      const step = Number(/^SPEC\.md § Verification, step (\d+)$/.exec(place)?.[1])
      expect([reason, steps.get(step)]).toEqual([reason, expect.stringContaining(`\`${reason}\``)])
    }
  })

  test('for refusing a document is given by a rule of the specification', () => {
    const source = read('src/lib/document-reason.ts')
    const list = /export type DocumentReason =\n((?: {2}\| '\w+'\n)+)/.exec(source)![1]!
    const documentReasons = [...list.matchAll(/'(\w+)'/g)].map(([, reason]) => reason!)
    expect(documentReasons.length).toBeGreaterThan(10)
    for (const reason of documentReasons) expect(whole).toContain(`\`${reason}\``)
  })
})
