import type { Setup } from '../core/setup.ts'
import type { Keep } from './keep.ts'
import type { Memory } from './memory.ts'
import { createUpload, type Upload } from './upload.ts'

/** Where `veristamp serve` takes logs (docs/spec/intake.md). */
const PLACE = '/scans'

/**
 * Sends this kiosk's log to each authority whose lists are on the server that the page came from: the page talks to no other.
 * @param memory undefined before the kiosk is set up
 */
export function sendLogs(
  setups: readonly Setup[],
  memory: Memory | undefined,
  keep: Pick<Keep, 'get' | 'put'>,
): ReadonlyMap<string, Upload> {
  const uploads = new Map<string, Upload>()
  if (memory?.publicKey === undefined) return uploads
  for (const { authority, lists } of setups) {
    if (lists === undefined || new URL(lists).origin !== location.origin) continue
    const upload = createUpload({
      address: new URL(PLACE, lists).href,
      log: (since) => memory.save(authority, new Date(), since),
      sent: sentMark(`sent:${authority}`, keep),
    })
    upload.changed()
    uploads.set(authority, upload)
  }
  return uploads
}

function sentMark(name: `sent:${string}`, keep: Pick<Keep, 'get' | 'put'>) {
  return {
    async get(): Promise<Date | undefined> {
      const time = Date.parse(new TextDecoder().decode(await keep.get(name)))
      return Number.isNaN(time) ? undefined : new Date(time)
    },
    set: (when: Date) => keep.put(name, new TextEncoder().encode(when.toISOString())),
  }
}
