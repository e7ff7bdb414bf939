import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type CopyFinding, witnessesOf } from '../../src/intake/copies.ts'
import { type Intake, openIntake, type ServerLists } from '../../src/intake/intake.ts'
import { dayOfScan, type IntakeStore } from '../../src/intake/store.ts'
import { concatBytes, toHex } from '../../src/lib/bytes.ts'
import { hashScan } from '../../src/scanlog/record.ts'
import type { Scanner } from '../../src/scanlog/scanner.ts'
import {
  at,
  codeOf,
  DAY,
  exported,
  HANOI,
  HERE,
  HOUR,
  look,
  MINUTE,
  NOWHERE,
  openLog,
  type Scanned,
  START,
  scan,
  scannerOf,
} from '../scanlog/logs.ts'
import { runs } from '../support/laws.ts'
import { AUTHORITY, fastEngine, keyOf } from '../support/trust-lists.ts'

const BESIDE = 'a second scanner'
const ALL = [...[HERE, HANOI, NOWHERE].map((place) => scannerOf(place)), scannerOf(HERE, BESIDE)]

const listsOf = (scanners: readonly Scanner[], trust = 5): ServerLists => ({
  trust,
  revocation: { epoch: 1, sequence: 9 },
  trustList: { authority: AUTHORITY, scanners },
})

const idOf = (key: string): string => toHex(keyOf(key).publicKey)

type Step = readonly [code: Scanned, seconds: number]

/** A kiosk's file with these scans. */
async function logOf(place: string, steps: readonly Step[], key = place): Promise<Uint8Array> {
  const log = await openLog({ place, rules: { sameScan: 0 } })
  for (const [code, seconds] of steps) scan(log, code, seconds)
  return exported(log, key)
}

const brief = (findings: readonly CopyFinding[]) =>
  findings.map(({ finding, serial, single }) => [finding.kind, serial, single])

/** What every store of an intake does. `open` opens the one of a name, empty at first, and the same again each time. */
export function describeIntakeStore(
  name: string,
  open: (name: string) => Promise<IntakeStore>,
  cases = 25,
): void {
  let made = 0
  const again = async (lists = listsOf(ALL)): Promise<Intake> => {
    const intake = openIntake({ store: await open(`intake${made}`), lists, engine: fastEngine })
    await intake.settle()
    return intake
  }
  const fresh = (lists?: ServerLists): Promise<Intake> => {
    made++
    return again(lists)
  }
  const found = (intake: Intake) => intake.findings({ max: 100 })
  const now = at(2 * DAY)

  describe(`scans on a server: ${name}`, () => {
    it('says what it took, and takes nothing twice', async () => {
      const intake = await fresh()
      const file = await logOf(HERE, [
        [codeOf(1), 0],
        [codeOf(2), MINUTE],
      ])
      const taken = { authority: AUTHORITY, place: HERE, future: 0, undone: 0, newest: START + MINUTE }
      expect(await intake.take(file, { now })).toEqual({
        ok: true,
        taken: [{ ...taken, added: 2, known: 0 }],
      })
      expect(await intake.take(file, { now })).toEqual({
        ok: true,
        taken: [{ ...taken, added: 0, known: 2 }],
      })
      const more = await logOf(HERE, [
        [codeOf(2), MINUTE],
        [codeOf(3), 30],
      ])
      expect(await (await again()).take(more, { now })).toMatchObject({
        taken: [{ added: 1, known: 1, newest: START + MINUTE }],
      })
    })

    it('tells a kiosk that has forgotten what it sent where to go on', async () => {
      const intake = await fresh()
      expect(await intake.take(await logOf(HERE, []), { now })).toMatchObject({
        taken: [{ added: 0, newest: undefined }],
      })
      await intake.take(await logOf(HERE, [[codeOf(1), 7]]), { now })
      await intake.take(await logOf(HERE, [[codeOf(1), 9]], BESIDE), { now })
      expect(await intake.take(await logOf(HERE, []), { now })).toMatchObject({
        taken: [{ newest: START + 7 }],
      })
    })

    it('leaves out what lies in the future', async () => {
      const intake = await fresh()
      const file = await logOf(HERE, [
        [codeOf(1), DAY],
        [codeOf(2), DAY + 1],
      ])
      expect(await intake.take(file, { now: at(0) })).toMatchObject({
        taken: [{ added: 1, future: 1, newest: START + DAY }],
      })
    })

    it('finds a stamp that two kiosks saw too soon after one another, and says on whose word', async () => {
      const intake = await fresh()
      await intake.take(await logOf(HANOI, [[codeOf(1), MINUTE]]), { now: at(HOUR) })
      expect(await found(intake)).toEqual([])
      intake.useLists(listsOf(ALL, 6))
      await intake.take(
        await logOf(HERE, [
          [codeOf(1), 0],
          [codeOf(2), 0],
        ]),
        { now: at(2 * HOUR) },
      )
      const [finding, ...others] = await found(intake)
      expect(others).toEqual([])
      const revocation = { epoch: 1, sequence: 9 }
      expect(finding).toMatchObject({
        finding: {
          kind: 'impossible_travel',
          from: { place: HERE, time: at(0) },
          to: { place: HANOI, time: at(MINUTE) },
        },
        ...{ facility: 12, product: 104, serial: 1, disputed: false, single: false, found: at(2 * HOUR) },
        sightings: [
          {
            place: HERE,
            time: at(0),
            witnesses: [
              { scanner: idOf(HERE), status: 'valid', taken: at(2 * HOUR), lists: { trust: 6, revocation } },
            ],
          },
          {
            place: HANOI,
            time: at(MINUTE),
            witnesses: [
              { scanner: idOf(HANOI), status: 'valid', taken: at(HOUR), lists: { trust: 5, revocation } },
            ],
          },
        ],
      })
      expect(await found(await again())).toEqual([finding])
    })

    it('marks what rests on a single scanner', async () => {
      const intake = await fresh()
      const often = Array.from({ length: 21 }, (_, i): Step => [codeOf(1), i])
      await intake.take(await logOf(HERE, often), { now })
      expect(brief(await found(intake))).toEqual([['rate', 1, true]])
      await intake.take(await logOf(HERE, [often[3]!], BESIDE), { now })
      const [finding] = await found(intake)
      expect(brief([finding!])).toEqual([['rate', 1, false]])
      expect(finding!.sightings).toHaveLength(21)
      expect(new Set(witnessesOf(finding!).map(({ scanner }) => scanner))).toEqual(
        new Set([HERE, BESIDE].map(idOf)),
      )
    })

    it('marks what scanners tell of different stamps', async () => {
      const intake = await fresh()
      const [one] = [codeOf(1)]
      await intake.take(await logOf(HERE, [[one, 0]]), { now })
      await intake.take(await logOf(HANOI, [[{ ...one, stamp: { ...one.stamp, serial: 77 } }, 1]]), { now })
      expect(await found(intake)).toMatchObject([{ disputed: true }])
    })

    it('takes nobody else’s word, and nothing of a file with one such document', async () => {
      const intake = await fresh(listsOf([scannerOf(HERE), scannerOf(HANOI, 'another key')]))
      const good = await logOf(HERE, [[codeOf(1), 0]])
      const stranger = await logOf(NOWHERE, [[codeOf(1), 0]])
      const refused = async (file: Uint8Array) => (await intake.take(file, { now })) as { reason?: string }
      expect(await refused(stranger)).toMatchObject({ ok: false, reason: 'unknown_scanner' })
      expect(await refused(concatBytes(good, stranger))).toMatchObject({ reason: 'unknown_scanner' })
      expect(await refused(await logOf(HANOI, [[codeOf(1), 0]], HERE))).toMatchObject({
        reason: 'wrong_place',
      })
      expect(await refused(await logOf(HANOI, [[codeOf(1), 0]]))).toMatchObject({ reason: 'unknown_scanner' })
      const forged = good.slice()
      forged[forged.length - 1]! ^= 1
      expect(await refused(forged)).toMatchObject({ reason: 'bad_signature' })
      for (const bad of [good.subarray(1), good.subarray(0, -1), Uint8Array.of(0xff), new Uint8Array()])
        expect(await refused(bad)).toMatchObject({ reason: 'malformed' })
      expect(await intake.take(good, { now })).toMatchObject({ taken: [{ added: 1 }] })
      const scanned = (await intake.scanners()).map(({ place, scans }) => [place, scans])
      expect(scanned).toEqual([
        [HERE, 1],
        [HANOI, 0],
      ])
    })

    it('forgets a scan that its place took back, whichever comes first', async () => {
      const log = await openLog({ place: HERE })
      const { id } = scan(log, codeOf(1), 0)
      const before = await exported(log, HERE)
      log.undo(id!)
      const mark = await exported(log, BESIDE)
      const other = await logOf(HANOI, [[codeOf(1), 1]])
      for (const files of [
        [before, other, mark],
        [mark, other, before],
      ]) {
        const intake = await fresh()
        for (const file of files) await intake.take(file, { now })
        expect(await found(intake)).toEqual([])
      }
      const intake = await fresh()
      for (const file of [before, other]) await intake.take(file, { now })
      expect(brief(await found(intake))).toEqual([['impossible_travel', 1, false]])
      expect(await intake.take(mark, { now })).toMatchObject({ taken: [{ undone: 1 }] })
      expect(await found(intake)).toEqual([])
      // Whoever undid it has left: it counts again.
      const { settle, useLists } = intake
      useLists(listsOf(ALL.slice(0, 3)))
      await settle()
      expect(brief(await found(intake))).toEqual([['impossible_travel', 1, false]])
    })

    it('lets no scanner count that has left the trust list, and lets it count again when it is back', async () => {
      const intake = await fresh()
      await intake.take(
        await logOf(HERE, [
          [codeOf(1), 0],
          [codeOf(2), 0],
        ]),
        { now },
      )
      await intake.take(await logOf(HERE, [[codeOf(2), 0]], BESIDE), { now })
      const files = [
        await logOf(HANOI, [
          [codeOf(1), 1],
          [codeOf(2), 1],
        ]),
      ]
      await intake.take(files[0]!, { now })
      expect(await found(intake)).toHaveLength(2)
      const without = listsOf(ALL.filter(({ publicKey }) => publicKey !== keyOf(HERE).publicKey))
      intake.useLists(without)
      await intake.settle()
      expect(brief(await found(intake))).toEqual([['impossible_travel', 2, false]])
      const left = (await intake.scanners()).map(({ scanner, counts }) => [scanner, counts])
      expect(left.at(-1)).toEqual([idOf(HERE), false])
      expect(await intake.take(await logOf(HERE, [[codeOf(9), 0]]), { now })).toMatchObject({
        reason: 'unknown_scanner',
      })
      const back = await again(without)
      expect(brief(await found(back))).toEqual([['impossible_travel', 2, false]])
      back.useLists(listsOf(ALL))
      await back.settle()
      expect(await found(back)).toHaveLength(2)
    })

    it('says nothing on a scanner’s word from the very moment it is gone', async () => {
      const intake = await fresh()
      for (const [place, seconds] of [
        [HERE, 0],
        [HANOI, 1],
      ] as const)
        await intake.take(await logOf(place, [[codeOf(1), seconds]]), { now })
      expect(await found(intake)).toHaveLength(1)
      intake.useLists(listsOf([scannerOf(HERE)]))
      expect(await found(intake)).toEqual([])
    })

    it('judges again when the list moves a place', async () => {
      const intake = await fresh()
      for (const [place, seconds] of [
        [HERE, 0],
        [NOWHERE, 1],
      ] as const)
        await intake.take(await logOf(place, [[codeOf(1), seconds]]), { now })
      expect(await found(intake)).toEqual([])
      const placed = { ...scannerOf(NOWHERE), position: '+10.7769+106.7009' }
      intake.useLists(listsOf([...ALL.filter(({ place }) => place !== NOWHERE), placed]))
      await intake.settle()
      expect(brief(await found(intake))).toEqual([['impossible_travel', 1, false]])
    })

    it('finds what a server had taken that was stopped before it looked', async () => {
      const intake = await fresh()
      await intake.take(await logOf(HERE, [[codeOf(1), 0]]), { now })
      const store = await open(`intake${made}`)
      const stamp = { ...codeOf(1).stamp, authority: AUTHORITY }
      const word = { ...stamp, status: 'valid' as const }
      const { code } = hashScan(codeOf(1).text)
      await store.keep({
        ...{ authority: AUTHORITY, scanner: idOf(HANOI), place: HANOI, issued: START, taken: START },
        ...{ lists: { trust: 1 }, undone: [] },
        scans: [{ ...word, code, time: START + 1, place: HANOI }],
      })
      expect(brief(await found(await again()))).toEqual([['impossible_travel', 1, false]])
    })

    it('counts scans by day and place', async () => {
      const intake = await fresh()
      const file = await logOf(HERE, [
        [codeOf(1), 0],
        [codeOf(2), 1],
        [codeOf(3), 20 * HOUR],
      ])
      for (let i = 0; i < 2; i++) await intake.take(file, { now })
      const day = dayOfScan(START)
      const counted = { scanner: idOf(HERE), place: HERE, invalid: 0, indeterminate: 0 }
      expect(await intake.days(day)).toEqual([
        { ...counted, day, valid: 2 },
        { ...counted, day: day + 1, valid: 1 },
      ])
      expect(await (await again()).days(day + 1)).toEqual([{ ...counted, day: day + 1, valid: 1 }])
      expect(await intake.scanners()).toMatchObject([
        {
          place: HERE,
          taken: at(2 * DAY).getTime() / 1000,
          newest: START + 20 * HOUR,
          scans: 3,
          counts: true,
        },
        { place: HANOI, taken: undefined, scans: 0 },
        { place: NOWHERE },
        { place: HERE, scanner: idOf(BESIDE) },
      ])
    })

    it('hands out findings in portions, the newest first', async () => {
      const intake = await fresh()
      const serials = [1, 2, 3, 4, 5]
      await intake.take(
        await logOf(
          HERE,
          serials.map((serial) => [codeOf(serial), 0]),
        ),
        { now: at(0) },
      )
      for (const serial of serials)
        await intake.take(await logOf(HANOI, [[codeOf(serial), 1]]), { now: at(serial) })
      const pages = [await intake.findings({ max: 2 }), await intake.findings({ max: 9, skip: 2 })]
      expect(pages.map((page) => page.map(({ serial }) => serial))).toEqual([
        [5, 4],
        [3, 2, 1],
      ])
    })

    it('law: finds what a scan log finds that has merged the same files, in any order and as often as they come', async () => {
      const step = fc.record({
        place: fc.constantFrom(HERE, HANOI, NOWHERE),
        serial: fc.integer({ min: 1, max: 4 }),
        seconds: fc.oneof(fc.integer({ min: 0, max: 30 }), fc.integer({ min: 0, max: 3 * HOUR })),
        undo: fc.integer({ min: 0, max: 9 }),
      })
      const rules = { maxScans: 4, sameScan: 0 }
      const law = fc.asyncProperty(
        fc.array(step, { minLength: 2, maxLength: 24 }),
        fc.array(fc.nat(), { minLength: 4, maxLength: 6 }),
        async (steps, order) => {
          const files: Uint8Array[] = []
          for (const place of [HERE, HANOI, NOWHERE]) {
            const log = await openLog({ place, rules })
            for (const each of steps.filter((one) => one.place === place)) {
              const { id } = scan(log, codeOf(each.serial), each.seconds)
              if (each.undo === 0) log.undo(id!)
            }
            files.push(await exported(log, place))
          }
          made++
          const intake = openIntake({
            store: await open(`intake${made}`),
            lists: listsOf(ALL),
            engine: fastEngine,
            rules,
          })
          const office = await openLog({ place: 'Văn phòng', rules })
          for (const i of [...order, 0, 1, 2]) await intake.take(files[i % 3]!, { now })
          for (const file of files) office.merge(file, { now })
          const all = await found(intake)
          for (const serial of [1, 2, 3, 4]) {
            const own = all.filter((each) => each.serial === serial).map(({ finding }) => finding)
            expect(new Set(own)).toEqual(new Set(look(office, codeOf(serial), 99 * DAY).findings))
          }
        },
      )
      await fc.assert(law, { numRuns: runs(8 * cases, cases) })
    })
  })
}
