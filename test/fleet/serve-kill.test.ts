import { readFileSync, writeFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Desk, foundProject, openDesk } from '../cli/desk.ts'
import { addScanners, logOf, send } from '../cli/kiosks.ts'
import { serveApart } from '../cli/serve-apart.ts'
import { HANOI, HERE } from '../scanlog/logs.ts'
import { kills } from '../support/laws.ts'
import { postgresBinaries } from '../support/postgres.ts'
import { sharedPostgres } from '../support/shared-postgres.ts'

/** `veristamp serve`, as it is built, is killed at any moment while kiosks send: no scan is lost or counted twice. */

const bin = postgresBinaries()
const ROUNDS = kills(13, 1)
const TOKEN = 'a-token'
/** Scans of a document, and those of them that the other kiosk sees as well. */
const [SCANS, COPIES] = [200, 20]

const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds))

describe.each(['PostgreSQL', 'a file'])('a server of scans that is killed, with its scans in %s', (store) => {
  const isSkipped = store === 'PostgreSQL' && bin === undefined
  let desk: Desk & Disposable

  beforeAll(async () => {
    if (isSkipped) return
    desk = openDesk()
    desk.now = new Date(Math.floor(Date.now() / 1000) * 1000)
    await foundProject(desk)
    await addScanners(desk)
    if (store !== 'PostgreSQL') return
    const file = desk.path('veristamp.json')
    const ledger = { postgres: await (await sharedPostgres(bin!)).readyDatabase() }
    writeFileSync(file, JSON.stringify({ ...JSON.parse(readFileSync(file, 'utf8')), ledger }))
  }, 60_000)
  afterAll(() => desk?.[Symbol.dispose]())

  it.skipIf(isSkipped)(
    `takes every scan once and finds every copy after ${ROUNDS} kills`,
    async () => {
      let server = await serveApart(desk.folder, TOKEN)
      let brokenOff = 0
      /** Sends as a kiosk does: again, until it was answered. */
      const insist = async (file: Uint8Array<ArrayBuffer>): Promise<void> => {
        for (let tries = 0; ; tries++) {
          const answer = await send(server.address, file, AbortSignal.timeout(20_000)).catch(
            ({ cause }: { cause?: { code?: string } }) =>
              void (cause?.code !== 'ECONNREFUSED' && brokenOff++),
          )
          if (answer?.status === 200) {
            const { taken } = (await answer.json()) as { taken: [{ added: number; known: number }] }
            // What was answered by nobody may have been kept all the same: whole or not at all.
            expect([0, SCANS]).toContain(taken[0].added)
            expect(taken[0].added + taken[0].known).toBe(SCANS)
            return
          }
          if (tries === 1_000) throw new Error(`not taken: ${await answer?.text()}`)
          await pause(20)
        }
      }
      /** How long the first answer took. The kills after it share out such a time, so that some are early in it. */
      let usual = 0
      const moment = (round: number) =>
        ROUNDS === 1 ? Math.random() : Math.max(0, round - 1 + Math.random()) / (ROUNDS - 1)
      for (let round = 0; round < ROUNDS; round++) {
        const own = Array.from({ length: SCANS }, (_, i) => round * 2 * SCANS + i)
        const other = own.map((serial, i) => (i < COPIES ? serial : serial + SCANS))
        const files = [await logOf(HERE, 0, ...own), await logOf(HANOI, 60, ...other)]
        const began = performance.now()
        const sent = Promise.all(files.map(insist))
        if (round === 0) await sent
        usual ||= performance.now() - began
        await pause(moment(round) * usual)
        await server.end('SIGKILL')
        server = await serveApart(desk.folder, TOKEN)
        await sent
      }
      const headers = { Authorization: `Bearer ${TOKEN}` }
      const ask = async <T>(path: string): Promise<T> =>
        (await (await fetch(new URL(path, server.address), { headers })).json()) as T
      const found: number[] = []
      const all = () => found.length >= ROUNDS * COPIES
      // What a dead server left unjudged, the next one finds in the background.
      for (let tries = 0; tries < 200 && !all(); tries++) {
        if (tries > 0) await pause(50)
        found.length = 0
        for (let size = -1; size !== found.length; ) {
          size = found.length
          const portion = await ask<{ findings: { serial: number }[] }>(`/findings?max=1000&skip=${size}`)
          found.push(...portion.findings.map(({ serial }) => serial))
        }
      }
      const copies = Array.from({ length: ROUNDS }, (_, round) =>
        Array.from({ length: COPIES }, (_, i) => round * 2 * SCANS + i),
      )
      expect(found.sort((a, b) => a - b)).toEqual(copies.flat())
      const { scanners, days } = await ask<{
        scanners: { place: string; scans: number }[]
        days: { valid: number }[]
      }>('/office/data')
      expect(scanners.map(({ scans }) => scans)).toEqual([ROUNDS * SCANS, ROUNDS * SCANS])
      expect(days.every(({ valid }) => valid === ROUNDS * SCANS)).toBe(true)
      if (ROUNDS > 4) expect(brokenOff).toBeGreaterThan(0)
      console.log(`${store}: ${ROUNDS} kills, ${brokenOff} requests broken off`)
      await server.end('SIGTERM')
    },
    60_000 + ROUNDS * 20_000,
  )
})
