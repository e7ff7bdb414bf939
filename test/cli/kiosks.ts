import { openScanLog } from '../../src/scanlog/scan-log.ts'
import { codeOf, HANOI, HERE, verdictOf } from '../scanlog/logs.ts'
import { keyOf } from '../support/trust-lists.ts'
import { type Desk, NOW } from './desk.ts'

/** Two kiosks of the project, and what they send. */

export const AUTHORITY = 'quang-ninh.example'

export const hexOf = (key: string) => Buffer.from(keyOf(key).publicKey).toString('hex')

/** Two kiosks, whose scans count. */
export async function addScanners(desk: Desk): Promise<void> {
  const places = [
    [HERE, '+20.9606+107.0448'],
    [HANOI, '+21.0385+105.8497'],
  ] as const
  for (const [place, position] of places)
    await desk.done('--yes', 'scanner', 'add', hexOf(place), '--place', place, '--position', position)
}

export async function logOf(
  place: string,
  seconds: number,
  ...serials: number[]
): Promise<Uint8Array<ArrayBuffer>> {
  const log = await openScanLog({ place })
  for (const serial of serials) {
    const code = codeOf(serial)
    log.scan(code.text, { ...verdictOf(code, seconds), authority: AUTHORITY })
  }
  return new Uint8Array(await log.export(keyOf(place), { authority: AUTHORITY, now: NOW }))
}

/** Sends a file to `veristamp serve`. */
export const send = async (
  address: string,
  body: Uint8Array<ArrayBuffer>,
  signal?: AbortSignal,
): Promise<Response> =>
  fetch(`${address}/scans`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/cbor' },
    body,
    ...(signal && { signal }),
  })
