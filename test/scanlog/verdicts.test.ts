import { expect, it } from 'vitest'
import { openScanLog } from '../../src/scanlog/scan-log.ts'
import { loadTrustList } from '../../src/trust/load.ts'
import { signTrustList } from '../../src/trust/sign.ts'
import { createVerifier } from '../../src/verify/verifier.ts'
import { content, issue, NOW, root, stamp, trustListWith } from '../support/fixtures.ts'
import { keyOf } from '../support/trust-lists.ts'

it('a log takes verdicts and trust lists as they come, and changes no verdict', async () => {
  const places = ['Chợ Hạ Long 1', 'Cửa khẩu Móng Cái']
  const positions = ['+20.9517+107.0748', '+21.5246+107.9660']
  const scanners = places.map((place, index) => ({
    publicKey: keyOf(place).publicKey,
    place,
    position: positions[index]!,
  }))
  const trustList = await trustListWith({ scanners })
  const verifier = createVerifier({ trustLists: [trustList] })
  const [here, there] = await Promise.all(
    places.map((place) => openScanLog({ place, trustLists: [trustList] })),
  )
  const text = (await issue(stamp)).toText()
  const verdict = verifier.verify(text, { now: NOW })
  const before = structuredClone({ ...verdict })
  expect(here!.scan(text, verdict).answer).toBe('first_seen')
  const file = await here!.export(keyOf(places[0]!), { authority: trustList.authority, now: NOW })
  expect(there!.merge(file, { now: NOW })).toMatchObject({ ok: true, added: 1 })
  const later = new Date(NOW.getTime() + 60_000)
  expect(there!.scan(text, verifier.verify(text, { now: later })).answer).toBe('impossible_travel')
  expect(verdict).toEqual(before)
  const forged = verifier.verify(`${text.slice(0, -3)}${text.endsWith('000') ? '001' : '000'}`, { now: NOW })
  expect(forged.status).toBe('invalid')
  expect(here!.scan(text, forged).answer).toBe('not_recorded')
  const unloaded = loadTrustList(await signTrustList(content, [root]), {
    authority: content.authority,
    roots: content.roots,
  })
  expect(unloaded.ok && unloaded.trustList.scanners).toEqual([])
})
