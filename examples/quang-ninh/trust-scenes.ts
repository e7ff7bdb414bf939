import { createIssuer, type Issuer, loadTrustList, memoryStore, type Signer, type TrustList } from 'veristamp'
import { joinChain, signTrustList } from 'veristamp/authority'
import { nativeEngine } from 'veristamp/node'
import { openKiosk, openRevocationList } from './kiosk.ts'
import { AUTHORITY, newSigner, type Province } from './province.ts'
import type { Scene } from './scenes.ts'

/** Lists that last: an old one offered again, a root key replaced, and a second authority in one kiosk. */
export async function trustScenes(
  province: Province,
  now: Date,
): Promise<{ readonly scenes: readonly Scene[]; readonly surprises: number }> {
  const store = memoryStore()
  const pinned = { authority: AUTHORITY, roots: province.roots, engine: nativeEngine, store }
  const second = await signTrustList({ ...province.content, sequence: 2 }, [province.root])
  loadTrustList(second, pinned)
  const old = loadTrustList(province.trustList, pinned)
  console.log(`The old trust list offered again: ${old.ok ? 'accepted' : old.reason}.`)

  const rotated = loadTrustList(joinChain(province.trustList, second, await rotate(province)), pinned)
  if (!rotated.ok) throw new Error(`chain: ${rotated.reason} (${rotated.detail})`)
  const { version } = rotated.trustList.roots
  console.log(`A new root key that the old one vouches for: accepted, root version ${version}.\n`)

  const stamp = { facility: 12, product: 104, serial: 90_001 }
  const ministry = newSigner()
  const revocationList = openRevocationList(province.revocationList, rotated.trustList)
  const verifier = openKiosk([rotated.trustList, await foundMinistry(province, ministry)], [revocationList])
  const scene = async (title: string, issuer: Issuer): Promise<Scene> => ({
    title,
    text: (await issuer.issue(stamp)).toText(),
    verifier,
    now,
    expected: 'valid',
  })
  return {
    scenes: [
      await scene('the province beside a ministry, after the rotation', province.issuers.get(12)!),
      await scene(
        "the ministry's own stamp, under the same key id",
        createIssuer({ keyId: 12, signer: ministry }),
      ),
    ],
    surprises: !old.ok && old.reason === 'rollback' ? 0 : 1,
  }
}

/** The list that replaces the root key: enough of the old roots and enough of the new ones sign it. */
function rotate({ content, root }: Province): Promise<Uint8Array> {
  const successor = newSigner()
  const roots = { version: 2, threshold: 1, keys: [successor.publicKey] }
  return signTrustList({ ...content, sequence: 3, roots }, [root, successor])
}

/** A second authority, with a root key of its own, that trusts one key and revokes nothing. */
async function foundMinistry(
  { content: { revocationKey: _, ...content } }: Province,
  issuer: Signer,
): Promise<TrustList> {
  const authority = 'ministry.example'
  const root = newSigner()
  const roots = { threshold: 1, keys: [root.publicKey] }
  const entry = { ...content.issuers[0]!, keyId: 12, publicKey: issuer.publicKey, name: 'Ministry' }
  const issuers = [{ ...entry, scope: [{ facility: 12, product: 104 }] }]
  const list = await signTrustList({ ...content, authority, roots, issuers }, [root])
  const loaded = loadTrustList(list, { authority, roots, engine: nativeEngine, store: memoryStore() })
  if (!loaded.ok) throw new Error(`ministry: ${loaded.reason} (${loaded.detail})`)
  return loaded.trustList
}
