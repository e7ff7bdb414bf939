import { generateKeyPairSync } from 'node:crypto'
import { readFileSync } from 'node:fs'
import {
  type Catalogue,
  createIssuer,
  type Issuer,
  type IssuerEntry,
  type Roots,
  type Signer,
} from 'veristamp'
import {
  draftRevocationList,
  signRevocationList,
  signTrustList,
  type TrustListContent,
} from 'veristamp/authority'
import { keyObjectSigner } from 'veristamp/node'
import { type RegistryDetails, readRegistry } from 'veristamp/registry'

/** The authority's office: the registry, the keys, and the trust list that ties them together. */

export const AUTHORITY = 'quang-ninh.example'
export const PREFIX = 'HTTPS://TEM.EXAMPLE/QNI/'
/** The last serial that the example's keys may stamp. */
export const LAST_SERIAL = 999_999

const DAY = 86_400_000
export const daysAfter = (date: Date, days: number): Date => new Date(date.getTime() + days * DAY)
export const dateText = (date: Date): string => date.toISOString().slice(0, 10)

export interface Province {
  readonly catalogue: Catalogue
  /** What portals ask for beside it: no trust list has it. */
  readonly details: RegistryDetails
  readonly root: Signer
  /** Signs revocation lists: the trust list names its public key. */
  readonly revoker: Signer
  /** What a kiosk is set up with, once, by hand: the authority's id and its root keys. */
  readonly roots: Roots
  /** By facility. */
  readonly issuers: ReadonlyMap<number, Issuer>
  readonly content: TrustListContent
  readonly trustList: Uint8Array
  /** The first one: nothing is revoked yet. */
  readonly revocationList: Uint8Array
}

/** Fresh keys in memory: a real authority keeps its root key on a machine without a network. */
export const newSigner = (): Signer => keyObjectSigner(generateKeyPairSync('ed25519').privateKey)

/**
 * Reads the registry, makes a root key and a key a facility, and signs the lists that say so.
 * @param folder `gtin/` for the registry whose products have their GTIN as their id
 */
export async function foundProvince(now: Date, folder: '' | 'gtin/' = ''): Promise<Province> {
  const { catalogue, details } = readFiles(folder)
  const [root, revoker] = [newSigner(), newSigner()]
  const roots = { threshold: 1, keys: [root.publicKey] }
  const issuers = new Map<number, Issuer>()
  const entries: IssuerEntry[] = []
  for (const { id, name } of catalogue.facilities) {
    const scope = [{ facility: id, last: LAST_SERIAL }]
    // No scope here: what a key may stamp is the verifier's to judge, and the demo lets keys misbehave.
    const issuer = createIssuer({ keyId: id, signer: newSigner() })
    issuers.set(id, issuer)
    const validity = { notBefore: daysAfter(now, -365), notAfter: daysAfter(now, 4 * 365) }
    entries.push({ keyId: id, publicKey: issuer.publicKey, name, scope, ...validity })
  }
  const content: TrustListContent = {
    authority: AUTHORITY,
    sequence: 1,
    issued: daysAfter(now, -1),
    expires: daysAfter(now, 90),
    roots,
    issuers: entries,
    revocationKey: revoker.publicKey,
    prefixes: [PREFIX],
    catalogue,
  }
  const trustList = await signTrustList(content, [root])
  const header = { authority: AUTHORITY, issued: content.issued, next: now, expires: daysAfter(now, 30) }
  const revocationList = await signRevocationList(draftRevocationList(header), revoker)
  return { catalogue, details, root, revoker, roots, issuers, content, trustList, revocationList }
}

function readFiles(folder: string): Pick<Province, 'catalogue' | 'details'> {
  const read = (name: string) =>
    new Uint8Array(readFileSync(new URL(`${folder}${name}.csv`, import.meta.url)))
  const registry = readRegistry({ facilities: read('facilities'), products: read('products') })
  if (registry.ok) return registry
  for (const { file, line, column, message } of registry.faults) {
    console.error(`${file}.csv:${line}${column ? `:${column.name}` : ''}  ${message}`)
  }
  throw new Error('the registry has faults')
}
