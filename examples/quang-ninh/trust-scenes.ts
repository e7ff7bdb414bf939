import { loadTrustList, type Roots, signTrustList } from 'veristamp'
import { joinChain } from 'veristamp/authority'
import { nativeEngine } from 'veristamp/node'
import { memoryStore } from 'veristamp/verify'
import { openKiosk } from './kiosk.ts'
import { AUTHORITY, newSigner, type Province } from './province.ts'
import type { Scene } from './scenes.ts'

/**
 * A root key is replaced, the old list is offered again, and a ministry's list stands beside the province's.
 * Prints what loading answers. @returns a scene to play, and how many answers were not the expected ones
 */
export async function trustScenes(
  province: Province,
  now: Date,
): Promise<{ scenes: Scene[]; surprises: number }> {
  const { content, root, roots, trustList, issuers } = province
  const newRoot = newSigner()
  const rotated: Roots = { version: 2, threshold: 1, keys: [newRoot.publicKey] }
  const store = memoryStore()
  const pinned = { authority: AUTHORITY, roots, engine: nativeEngine, store }
  const second = await signTrustList({ ...content, sequence: 2 }, [root])
  loadTrustList(second, pinned)
  const old = loadTrustList(trustList, pinned)
  console.log(`The old trust list offered again: ${old.ok ? 'accepted' : old.reason}.`)

  const third = await signTrustList({ ...content, sequence: 3, roots: rotated }, [root, newRoot])
  const loaded = loadTrustList(joinChain(trustList, second, third), pinned)
  if (!loaded.ok) throw new Error(`chain: ${loaded.reason} (${loaded.detail})`)
  console.log(
    `A new root key, signed by the old one too: accepted, root version ${loaded.trustList.roots.version}.\n`,
  )

  const ministry = newSigner()
  const ministryRoots = { threshold: 1, keys: [ministry.publicKey] }
  const authority = 'ministry.example'
  const theirs = loadTrustList(
    await signTrustList({ ...content, authority, roots: ministryRoots, issuers: [] }, [ministry]),
    { authority, roots: ministryRoots, engine: nativeEngine, store },
  )
  if (!theirs.ok) throw new Error(`ministry: ${theirs.reason}`)
  const verifier = openKiosk(loaded.trustList, theirs.trustList)
  const code = await issuers.get(12)!.issue({ facility: 12, product: 104, serial: 90_001 })
  const title = "a good stamp, with a ministry's list beside the rotated one"
  const text = code.toText()
  return {
    scenes: [{ title, text, verifier, now, expected: 'valid' }],
    surprises: old.ok || old.reason !== 'rollback' ? 1 : 0,
  }
}
