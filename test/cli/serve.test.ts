import { readFileSync, writeFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { HANOI, HERE } from '../scanlog/logs.ts'
import { type Desk, foundProject, openDesk } from './desk.ts'
import { addScanners, hexOf, logOf, send } from './kiosks.ts'

/** Starts a server, does some work with it, and stops it. */
async function whileServing(desk: Desk, work: (address: string) => Promise<void>, ...options: string[]) {
  let fault: unknown
  desk.stop = new AbortController()
  desk.onOut = async (text) => {
    const [address] = /http:\/\/127\S+/.exec(text) ?? []
    if (address === undefined) return
    desk.onOut = () => {}
    await work(address.replace(/\/$/, '')).catch((error: unknown) => {
      fault = error
    })
    desk.stop.abort()
  }
  const said = await desk.say('serve', '--port', '0', ...options)
  desk.stop = new AbortController()
  if (fault !== undefined) throw fault
  return said
}

it('veristamp serve takes scans, keeps them, and goes by the project’s newest lists', async () => {
  using desk = openDesk()
  await foundProject(desk)
  await addScanners(desk)
  desk.env.VERISTAMP_TOKEN = 'a-token'
  const headers = { Authorization: 'Bearer a-token' }
  const findings = async (address: string) =>
    (await (await fetch(`${address}/findings`, { headers })).json()) as { findings: unknown[] }
  await desk.done('issue', '--product', '104', '--count', '3')
  const first = await whileServing(desk, async (address) => {
    expect(await (await send(address, await logOf(HERE, 0, 1, 2))).json()).toMatchObject({
      taken: [{ added: 2 }],
    })
    expect((await send(address, await logOf(HANOI, 60, 1))).status).toBe(200)
    const [finding, ...others] = (await findings(address)).findings
    expect(others).toEqual([])
    expect(finding).toMatchObject({
      serial: 1,
      sightings: [{ place: HERE, witnesses: [{ lists: { trust: 3 } }] }, { place: HANOI }],
    })
    const { runs } = (await (await fetch(`${address}/runs`, { headers })).json()) as { runs: unknown[] }
    expect(runs).toMatchObject([{ id: '12-104-1-1', state: 'finished', count: 3, released: 0, revoked: 0 }])
    const other = await desk.say('serve', '--port', '0')
    expect([other.exit, other.err]).toEqual([2, expect.stringContaining('another veristamp serve')])
  })
  expect([first.exit, first.err]).toEqual([0, ''])
  await whileServing(desk, async (address) => {
    expect((await findings(address)).findings).toHaveLength(1)
    await desk.done('--yes', 'scanner', 'remove', HANOI)
    const refused = await send(address, await logOf(HANOI, 70, 2))
    expect([refused.status, await refused.json()]).toEqual([
      403,
      { reason: 'unknown_scanner', detail: hexOf(HANOI) },
    ])
    expect((await findings(address)).findings).toEqual([])
  })
})

it('veristamp serve lets nobody in to what is not public without a token, and says so', async () => {
  using desk = openDesk()
  await foundProject(desk)
  const open = await whileServing(desk, async (address) => {
    expect((await fetch(`${address}/findings`)).status).toBe(403)
    expect((await fetch(`${address}/health`)).status).toBe(200)
  })
  expect(open.err).toMatch(/Warning: nobody can see findings and runs without a token: set VERISTAMP_TOKEN/)
  writeFileSync(desk.path('token'), 'Bearer b-token\n', { mode: 0o600 })
  const closed = await whileServing(
    desk,
    async (address) => {
      const headers = { Authorization: 'Bearer b-token' }
      expect((await fetch(`${address}/findings`, { headers })).status).toBe(200)
    },
    '--token-file',
    'token',
  )
  expect([closed.exit, closed.err, closed.out]).toEqual([0, '', expect.stringContaining('/office')])
  writeFileSync(desk.path('token'), 'two words\n')
  expect((await desk.say('serve', '--token-file', 'token')).err).toContain('no bearer token')
  expect(readFileSync(desk.path('veristamp.json'), 'utf8')).not.toContain('token')
})
