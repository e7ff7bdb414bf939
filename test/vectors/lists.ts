import { seedSigner } from '../../src/ed25519/noble/signer.ts'
import { toHex } from '../../src/lib/bytes.ts'
import { draftRevocationList } from '../../src/revocation/begin.ts'
import { addSerials, type RevocationDraft, revokeKey, setWatermark } from '../../src/revocation/draft.ts'
import { signRevocationList } from '../../src/revocation/sign.ts'
import type { TrustListContent } from '../../src/trust/content.ts'
import type { IssuerEntry } from '../../src/trust/issuer-entry.ts'
import { signTrustList } from '../../src/trust/sign.ts'
import type { SyncSigner } from '../support/fixtures.ts'

/** The keys and trust lists of the vectors. They stand apart from the tests' fixtures, so that those may change. */

/** 32 bytes that count up. */
export const seedFrom = (first: number): Uint8Array =>
  Uint8Array.from({ length: 32 }, (_, index) => first + index)
const signerFrom = (first: number) => seedSigner(seedFrom(first)) as SyncSigner

export const PREFIX = 'HTTPS://TEM.QUANGNINH.VN/'
export const NOW = new Date('2026-01-10T08:00:00Z')

export const root = signerFrom(0x20)
export const revoker = signerFrom(0xc0)

/** Stand at two places, and sign what they have seen. Their seeds begin at 0xd0 and 0xe0. */
export const [gate, market] = [signerFrom(0xd0), signerFrom(0xe0)]

/** Where each key's seed begins. */
export const SEEDS = {
  example: 0x00,
  press: 0x40,
  kiln: 0x50,
  garden: 0x60,
  mill: 0x70,
  late: 0x80,
  former: 0x90,
}
export const signers = Object.fromEntries(
  Object.entries(SEEDS).map(([name, first]) => [name, signerFrom(first)]),
) as Record<keyof typeof SEEDS, SyncSigner>

const validity = { notBefore: new Date('2026-01-01T00:00:00Z'), notAfter: new Date('2028-12-31T23:59:59Z') }
const issuer = (
  name: keyof typeof SEEDS,
  keyId: number,
  scope: IssuerEntry['scope'],
  changes: Partial<IssuerEntry> = {},
): IssuerEntry => ({ keyId, publicKey: signers[name].publicKey, name, scope, ...validity, ...changes })

/** SPEC.md's example: one root, one issuer. */
export const EXAMPLE: TrustListContent = {
  authority: 'vn-quangninh',
  sequence: 1,
  issued: new Date('2026-01-05T00:00:00Z'),
  expires: new Date('2026-02-05T00:00:00Z'),
  roots: { threshold: 1, keys: [root.publicKey] },
  issuers: [
    {
      ...issuer('example', 7, [{ facility: 12, product: 104, last: 99_999 }]),
      name: 'Ha Long Printers',
    },
  ],
  prefixes: [PREFIX],
}

const MAX = Number.MAX_SAFE_INTEGER

/** Issuers for stamps of every size, two of them under one key id. */
export const PROVINCE: TrustListContent = {
  ...EXAMPLE,
  sequence: 2,
  issuers: [
    issuer('press', 0, [
      { facility: 0, product: 0 },
      { facility: 12, product: 104, first: 1, last: 999_999 },
      { facility: 8_935_000_000_128, product: 18_935_000_000_127 },
    ]),
    issuer('kiln', 0, [{ facility: 13 }]),
    issuer('garden', 24, [{ facility: 12, product: 105 }]),
    issuer('mill', 65_535, [{ facility: MAX, product: MAX }]),
    issuer('late', 300, [{ facility: 12, product: 106 }], { notBefore: new Date('2026-06-01T00:00:00Z') }),
    issuer('former', 301, [{ facility: 12, product: 107 }], { notAfter: new Date('2026-01-09T23:59:59Z') }),
  ],
  catalogue: {
    facilities: [
      { id: 12, name: 'Chè Hải Hà' },
      { id: 13, name: 'Gốm Đông Triều' },
    ],
    products: [
      { id: 104, facility: 12, name: 'Chè Đường Hoa' },
      { id: 201, facility: 13, name: 'Ấm trà' },
    ],
  },
}

/** The province, from when it revokes. */
export const REVOKING: TrustListContent = { ...PROVINCE, sequence: 3, revocationKey: revoker.publicKey }

/** The same, good for a year. */
const LONG: TrustListContent = { ...REVOKING, sequence: 4, expires: new Date('2027-01-05T00:00:00Z') }

/** The province, which names scanners. */
export const SCANNING: TrustListContent = {
  ...PROVINCE,
  scanners: [
    { publicKey: gate.publicKey, place: 'Cửa khẩu Móng Cái', position: '+21.5246+107.9660' },
    { publicKey: market.publicKey, place: 'Chợ Hạ Long 1' },
  ],
}

/** Another authority, which trusts a key of the province's. */
const NEIGHBOUR: TrustListContent = {
  ...EXAMPLE,
  authority: 'vn-haiphong',
  issuers: [issuer('press', 1, [{ facility: 40 }])],
  prefixes: [],
}

export const LISTS = {
  example: EXAMPLE,
  province: PROVINCE,
  revoking: REVOKING,
  long: LONG,
  neighbour: NEIGHBOUR,
}
export type ListName = keyof typeof LISTS

/** What the province revoked: a roll, single serials, one of its keys, and one above a serial. */
export function revocations(): RevocationDraft {
  const [tea, pot] = [
    { facility: 12, product: 104 },
    { facility: 12, product: 105 },
  ]
  const { authority, issued, expires } = REVOKING
  let draft = draftRevocationList({ authority, issued, next: new Date('2026-01-12T00:00:00Z'), expires })
  const roll = { first: 41_000, last: 41_999 }
  draft = addSerials(draft, { ...tea, reason: 'lost', date: '2026-01-06', serials: [roll, 90_001] })
  draft = addSerials(draft, { ...tea, reason: 'recalled', date: '2026-01-07', serials: [7] })
  draft = setWatermark(draft, { ...tea, publicKey: signers.press.publicKey, serial: 95_000 })
  const above = [{ ...pot, serial: 500 }]
  const stolen = { reason: 'key-compromise', date: '2026-01-08' } as const
  draft = revokeKey(draft, { ...stolen, publicKey: signers.garden.publicKey, above })
  return revokeKey(draft, { ...stolen, publicKey: signers.kiln.publicKey })
}

/** The revocation lists that the stamps are checked against, as JSON. */
export const revocationListsAsJson = async () => ({
  revoking: { bytes: toHex(await signRevocationList(revocations(), revoker)) },
})

/** What a verifier pins, as JSON. */
export const pinned = ({ authority, roots: { version = 1, threshold, keys } }: TrustListContent) => ({
  authority,
  roots: { version, threshold, keys: keys.map(toHex) },
})

/** The trust lists that the stamps are checked against, as JSON. */
export const listsAsJson = async () =>
  Object.fromEntries(
    await Promise.all(
      Object.entries(LISTS).map(async ([name, content]) => [
        name,
        { ...pinned(content), bytes: toHex(await signTrustList(content, [root])) },
      ]),
    ),
  )
