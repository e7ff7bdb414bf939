import { readFileSync, writeFileSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { seedSigner } from '../../src/ed25519/noble/signer.ts'
import { nativeEngine } from '../../src/node/native-engine.ts'
import { openScanLog } from '../../src/scanlog/scan-log.ts'
import { codesOf, type Desk, foundProject, NOW, openDesk } from './desk.ts'

/** The logs of kiosks, put together at the office. */

const HERE = 'Chợ <b>Hạ Long</b> & "1"'
const HANOI = 'Chợ Đồng Xuân'
const HOUR = 3600

let desk: Desk & Disposable
const keyOf = (place: string) => seedSigner(new Uint8Array(32).fill(place.length))
beforeEach(async () => {
  desk = openDesk()
  await foundProject(desk)
  for (const [place, position] of [
    [HERE, '+20.9606+107.0448'],
    [HANOI, '+21.0385+105.8497'],
  ] as const) {
    const key = Buffer.from(keyOf(place).publicKey).toString('hex')
    await desk.done('--yes', 'scanner', 'add', key, '--place', place, '--position', position)
  }
  for (const product of ['104', '105'])
    await desk.done('issue', '--product', product, '--count', '30', '--no-sheets')
  await desk.done('list')
  desk.now = new Date(NOW.getTime() + 10 * 86_400_000)
})
afterEach(() => desk[Symbol.dispose]())

type Scan = readonly [product: number, serial: number, seconds: number, status?: 'valid' | 'invalid']

/** What a kiosk saw, as it exports it. `undo`: the last scan was a mistake. */
async function writeLog(file: string, place: string, scans: readonly Scan[], undo = false): Promise<void> {
  const log = await openScanLog({ place, engine: nativeEngine })
  for (const [product, serial, seconds, status = 'valid'] of scans) {
    const text = codesOf(desk, `12-${product}-1-1`)[serial - 1]!
    const stamp = { facility: 12, product, serial }
    const checkedAt = new Date(NOW.getTime() + seconds * 1000)
    const { id } = log.scan(text, { status, checkedAt, authority: 'quang-ninh.example', stamp })
    if (undo && seconds === scans.at(-1)![2]) log.undo(id!)
  }
  const bytes = await log.export(keyOf(place), { authority: 'quang-ninh.example', now: desk.now })
  writeFileSync(desk.path(file), bytes)
}

async function writeLogs(): Promise<void> {
  // Serial 1 is in both places within the hour; serial 2 goes there in a day; 3 is scanned again and again.
  const often = Array.from({ length: 21 }, (_, i): Scan => [105, 3, 1000 + 60 * i])
  await writeLog('here.scans', HERE, [[104, 1, 0], [104, 2, 10], [104, 9, 20, 'invalid'], ...often])
  await writeLog('hanoi.scans', HANOI, [
    [104, 1, HOUR / 20],
    [104, 2, 30 * HOUR],
    [105, 3, 99 * HOUR],
  ])
}

const scans = (...words: string[]) => desk.say('scans', ...words)

describe('scans', () => {
  it('counts what all kiosks saw, each scan once, and names the stamps that were perhaps copied', async () => {
    await writeLogs()
    const { exit, out } = await scans('here.scans', 'hanoi.scans', 'here.scans')
    expect([exit, out.split('\n').filter((line) => !line.includes('Perhaps'))]).toEqual([
      0,
      [
        expect.stringMatching(
          /^Chợ <b>Hạ Long<\/b> & "1" {2}104 .* {2}3 scans {2}3 stamps {2}1 not valid {2}1 perhaps copied$/,
        ),
        expect.stringMatching(
          /^Chợ <b>Hạ Long<\/b> & "1" {2}105 .* {2}21 scans {2}1 stamp {2}1 perhaps copied$/,
        ),
        expect.stringMatching(/^Chợ Đồng Xuân {2}104 .* {2}2 scans {2}2 stamps {2}1 perhaps copied$/),
        expect.stringMatching(/^Chợ Đồng Xuân {2}105 .* {2}1 scan {2}1 stamp$/),
        '27 scans of 4 stamps at 2 places; 2 stamps were perhaps copied.',
        '',
      ],
    ])
    expect(out).toMatch(
      /Perhaps copied: 104 .*, serial 1: seen at .*"1", and 3 minutes later at Chợ Đồng Xuân, 124 km away/,
    )
    expect(out).toMatch(
      /Perhaps copied: 105 .*, serial 3: seen 21 times from 2026-03-01 15:16 \+07:00 to 2026-03-01 15:36 \+07:00/,
    )
    const lines = (await desk.done('--json', 'scans', 'here.scans', 'hanoi.scans')).trim().split('\n')
    expect(JSON.parse(lines[0]!)).toMatchObject({
      place: HERE,
      product: 104,
      scans: 3,
      codes: 3,
      suspects: 1,
    })
    expect(JSON.parse(lines.at(-1)!)).toEqual({ scans: 27, codes: 4, places: 2, suspects: 2 })
  })

  it('leaves out what was taken back, what is older than asked for, and what lies in the future', async () => {
    await writeLog(
      'here.scans',
      HERE,
      [
        [104, 1, 0],
        [104, 2, 20 * 86_400],
        [104, 3, 86_400],
      ],
      true,
    )
    expect((await scans('here.scans')).out).toContain('1 scan of 1 stamp at 1 place; 0 stamps were')
    expect((await scans('here.scans', '--since', '2026-03-02')).out).toBe(
      'The logs hold no scans of this time.\n',
    )
    expect((await scans('here.scans', '--since', 'May')).err).toContain(
      '"May" is no day\nNext: as in --since',
    )
  })

  it('takes nothing from a device that the trust list does not name, and says so', async () => {
    await writeLogs()
    await desk.done('--yes', 'scanner', 'remove', HANOI)
    const { exit, out, err } = await scans('here.scans', 'hanoi.scans', 'facilities.csv')
    expect([exit, out]).toEqual([1, expect.stringContaining('24 scans of 4 stamps at 1 place; 1 stamp was')])
    expect(err).toContain('hanoi.scans is not accepted: unknown_scanner')
    expect(err).toContain('facilities.csv is not accepted: malformed')
    expect(err).toMatch(/2 files could not be taken in\nNext: ./)
  })

  it('draws a page that needs nothing else, runs nothing, and says names as they are', async () => {
    await writeLogs()
    for (const language of ['en', 'vi']) {
      await desk.done('--force', '--lang', language, 'scans', 'here.scans', 'hanoi.scans', '-o', 'scans.html')
      const page = readFileSync(desk.path('scans.html'), 'utf8')
      expect(page).toContain(`<html lang="${language}">`)
      expect(page).toContain('Chợ &#60;b&#62;Hạ Long&#60;/b&#62; &#38; &#34;1&#34;')
      expect(page).not.toMatch(/<b>|<script|<link|<img|https?:|url\(|@import| on\w+=/)
      expect(page).toContain(`content="default-src 'none'; style-src 'unsafe-inline'"`)
      // The longest bar is that of the place with most scans, and copies are a part of it.
      expect(page).toMatch(
        /class="all" y="1" height="5" width="100.00"\/><rect class="bad" y="6" height="3" width="8.33"/,
      )
      expect(page).toMatch(language === 'en' ? /<h2>By product<\/h2>/ : /<h2>Theo sản phẩm<\/h2>/)
      expect(page.match(/<tr>/g)).toHaveLength(1 + 2 + 1 + 2 + 1 + 2 + 1 + 4)
    }
    const said = await scans('here.scans', '-o', '-')
    expect(said.out).toMatch(/^<!doctype html>[\s\S]*<\/html>\n$/)
  })

  it('writes over nothing that is there, or that it reads', async () => {
    await writeLogs()
    for (const [file, why] of [
      ['keys/issuer.pem', 'belongs to the project'],
      ['facilities.csv', 'is there already'],
      ['here.scans', 'reads'],
    ]) {
      const { exit, err } = await scans('here.scans', '-o', file!)
      expect([exit, err], file).toEqual([2, expect.stringContaining(why!)])
    }
  })
})
