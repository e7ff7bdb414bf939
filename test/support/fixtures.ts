import { encodeCbor } from '../../src/codec/cbor.ts'
import type { CborValue } from '../../src/codec/cbor-value.ts'
import { seedSigner } from '../../src/ed25519/noble/signer.ts'
import type { Signer } from '../../src/ed25519/signer.ts'
import { createIssuer } from '../../src/issue/issuer.ts'
import { concatBytes } from '../../src/lib/bytes.ts'
import { type SigningContext, signedMessage } from '../../src/lib/contexts.ts'
import { encodeText } from '../../src/stamp/carrier.ts'
import type { Stamp } from '../../src/stamp/stamp.ts'
import type { TrustListContent } from '../../src/trust/content.ts'
import type { IssuerEntry } from '../../src/trust/issuer-entry.ts'
import { loadTrustList } from '../../src/trust/load.ts'
import { signTrustList } from '../../src/trust/sign.ts'
import type { TrustList } from '../../src/trust/trust-list.ts'

/** A small province, the same on every machine and every day: all keys come from seeds that count up. */

export const AUTHORITY = 'vn-quangninh'
export const PREFIX = 'HTTPS://TEM.QUANGNINH.VN/'
export const ISSUED = new Date('2026-01-05T00:00:00Z')
export const NOW = new Date('2026-01-10T08:00:00Z')
export const EXPIRES = new Date('2026-02-05T00:00:00Z')

/** A later (or, below 0, an earlier) moment. */
export const plus = (time: Date, seconds: number): Date => new Date(time.getTime() + seconds * 1000)

export interface SyncSigner extends Signer {
  sign(message: Uint8Array): Uint8Array
}

/** The signer whose seed is `first`, `first` + 1, … */
export const signerFrom = (first: number): SyncSigner =>
  seedSigner(Uint8Array.from({ length: 32 }, (_, index) => first + index)) as SyncSigner

export const root = signerFrom(0x20)
/** Stamps product 104 of facility 12, under key id 7. */
export const press = signerFrom(0x00)
/** Stamps all products of facility 13, under the same key id. */
export const kiln = signerFrom(0x40)
/** Stamps product 105 of facility 12, under key id 300. */
export const garden = signerFrom(0x60)
/** A key that no list trusts. */
export const stranger = signerFrom(0x80)
/** Signs revocation lists, where an authority has them. */
export const revoker = signerFrom(0xa0)

const YEARS = { notBefore: new Date('2026-01-01T00:00:00Z'), notAfter: new Date('2028-12-31T23:59:59Z') }

export const pressEntry: IssuerEntry = {
  keyId: 7,
  publicKey: press.publicKey,
  name: 'Nhà in Hạ Long',
  scope: [{ facility: 12, product: 104, first: 1, last: 99_999 }],
  ...YEARS,
}
export const kilnEntry: IssuerEntry = {
  keyId: 7,
  publicKey: kiln.publicKey,
  name: 'Gốm Đông Triều',
  scope: [{ facility: 13 }],
  ...YEARS,
}
export const gardenEntry: IssuerEntry = {
  keyId: 300,
  publicKey: garden.publicKey,
  name: 'Chè Hải Hà',
  scope: [{ facility: 12, product: 105 }],
  ...YEARS,
}

export const content: TrustListContent = {
  authority: AUTHORITY,
  sequence: 5,
  issued: ISSUED,
  expires: EXPIRES,
  roots: { threshold: 1, keys: [root.publicKey] },
  issuers: [pressEntry, kilnEntry, gardenEntry],
  prefixes: [PREFIX],
  catalogue: {
    facilities: [
      { id: 12, name: 'Hợp tác xã chè Hải Hà', gln: '8935000000128' },
      { id: 13, name: 'Gốm sứ Đông Triều' },
    ],
    products: [
      { id: 104, facility: 12, name: 'Chè Đường Hoa', stars: 4 },
      { id: 105, facility: 12, name: 'Chè Ngọc Thúy' },
      { id: 201, facility: 13, name: 'Ấm trà' },
    ],
  },
}

/** A trust list of the province with some fields changed, signed by the root and loaded. */
export async function trustListWith(changes: Partial<TrustListContent> = {}): Promise<TrustList> {
  const changed = { ...content, ...changes }
  const { authority, roots } = changed
  const loaded = loadTrustList(await signTrustList(changed, [root]), { authority, roots })
  if (loaded.ok) return loaded.trustList
  throw new Error(`the province's trust list was refused: ${loaded.reason} (${loaded.detail})`)
}

/** A stamp that the press may make. */
export const stamp: Stamp = { facility: 12, product: 104, serial: 90_001 }

/** The code of a stamp, by the press unless another signer and its key id are given. */
export const issue = (stamp: Stamp, signer: Signer = press, keyId = 7) =>
  createIssuer({ keyId, signer }).issue(stamp)

/** A code of whatever payload, signed in whatever context: what no issuer of ours would make. */
export function forge(
  payload: CborValue | Uint8Array,
  signer = press,
  context: SigningContext = 'veristamp:stamp1',
) {
  const bytes = payload instanceof Uint8Array ? payload : encodeCbor(payload)
  const code = concatBytes(bytes, signer.sign(signedMessage(context, bytes)))
  return { code, payload: bytes, base45: encodeText(code, 'base45'), digits: encodeText(code, 'digits') }
}
