import { createHash } from 'node:crypto'
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import {
  createIssuer,
  loadRevocationList,
  loadTrustList,
  type RevocationList,
  seedSigner,
  type TrustList,
} from 'veristamp'
import {
  addSerials,
  draftRevocationList,
  encodeSlicedRevocationDraft,
  encodeSlicedTrustDraft,
  type SlicedDocument,
  setWatermark,
  signDocument,
} from 'veristamp/authority'
import { makeSlicePatches } from '../../../../src/document/make-patches.ts'
import { namedSlices } from '../../../../src/document/named-slices.ts'
import { encodeSlicePatches } from '../../../../src/document/slice-patches.ts'
import { decodeListsIndex, encodeIndex } from '../../../../src/keeper/lists-index.ts'
import { RECALLED, RELEASED, TEA } from '../../../quang-ninh/kiosk-labels.ts'
import { AUTHORITY, dateText, daysAfter, type Province } from '../../../quang-ninh/province.ts'

/** A province's lists in slices, with neighbours enough for several of them. */

export interface SliceFile {
  /** As a server has it: `slice-….cbor`. */
  readonly name: string
  readonly bytes: Uint8Array
  readonly firstKeyId: number
  readonly lastKeyId: number
}

export interface SlicedFiles {
  readonly trust: Uint8Array
  readonly revocation: Uint8Array
  readonly trustSlices: readonly SliceFile[]
  readonly revocationSlices: readonly SliceFile[]
  /** Those that the stamps of a key id ask for, of both lists. */
  slicesOf(keyId: number): readonly SliceFile[]
  /** All that a server has, by name. */
  readonly files: ReadonlyMap<string, Uint8Array>
}

/** Key ids of neighbours: some slices follow one another. */
const [FIRST, LAST] = [300, 460]
const seedOf = (keyId: number) =>
  new Uint8Array(32)
    .fill(7)
    .fill(keyId >> 8, 0, 1)
    .fill(keyId & 255, 1, 2)
const neighbours = Array.from({ length: LAST - FIRST + 1 }, (_, at) => ({
  keyId: FIRST + at,
  signer: seedSigner(seedOf(FIRST + at)),
}))
/** What a neighbour makes. */
const goodsOf = (keyId: number) => ({ facility: 5000 + keyId, product: 20_000 + keyId })

/** A neighbour's stamp. Serial 9 is recalled, and 1,001 was not released. */
export async function stampOf(keyId: number, serial: number, prefix: string): Promise<string> {
  const { signer } = neighbours.find((each) => each.keyId === keyId)!
  const code = await createIssuer({ keyId, signer }).issue({ ...goodsOf(keyId), serial })
  return code.toUrl(prefix)
}

interface SlicedOptions {
  readonly sequence?: number
  /** A neighbour whose name is another one than in the list before. */
  readonly renamed?: number
  readonly prefixes: readonly string[]
  /** The lists that patches lead from. */
  readonly before?: SlicedFiles
}

export async function sliceLists(
  { content, roots, root, revoker, issuers: own }: Province,
  now: Date,
  { sequence = 11, renamed, prefixes, before }: SlicedOptions,
): Promise<SlicedFiles> {
  const [province] = content.issuers
  const issuers = [
    ...content.issuers,
    ...neighbours.map(({ keyId, signer: { publicKey } }) => ({
      ...{ ...province!, keyId, publicKey, scope: [{ facility: goodsOf(keyId).facility }] },
      name: `Cơ sở ${keyId}${keyId === renamed ? ' mới' : ''}`,
    })),
  ]
  const catalogue = {
    facilities: [
      ...content.catalogue!.facilities,
      ...neighbours.map(({ keyId }) => ({ id: goodsOf(keyId).facility, name: `Cơ sở ${keyId}` })),
    ],
    products: [
      ...content.catalogue!.products,
      ...neighbours.map(({ keyId }) => {
        const { facility, product: id } = goodsOf(keyId)
        return { id, facility, name: `Chè ${keyId}` }
      }),
    ],
  }
  const trust = encodeSlicedTrustDraft({ ...content, sequence, prefixes, issuers, catalogue })
  const dates = { issued: daysAfter(now, -1), next: daysAfter(now, 1), expires: daysAfter(now, 14) }
  const why = { reason: 'recalled', date: dateText(now) } as const
  let draft = draftRevocationList({ authority: AUTHORITY, sequence, ...dates })
  const tea = own.get(TEA.facility)!
  draft = setWatermark(draft, { ...TEA, publicKey: tea.publicKey, serial: RELEASED })
  draft = addSerials(draft, { ...TEA, ...why, serials: [RECALLED] })
  for (const { keyId, signer } of neighbours) {
    draft = setWatermark(draft, { ...goodsOf(keyId), publicKey: signer.publicKey, serial: 1000 })
    draft = addSerials(draft, { ...goodsOf(keyId), ...why, serials: [9] })
  }
  const revocation = encodeSlicedRevocationDraft(draft, { trustList: { issuers, missingSlices: [] } })
  const files = {
    trust: await signDocument(trust.document, root),
    revocation: await signDocument(revocation.document, revoker),
  }
  const loaded = loadTrustList(files.trust, { authority: AUTHORITY, roots })
  if (!loaded.ok) throw new Error(loaded.reason)
  const revoking = loadRevocationList(files.revocation, { trustList: loaded.trustList })
  if (!revoking.ok) throw new Error(revoking.reason)
  const named = filesOf(
    files,
    nameSlices(trust, loaded.trustList),
    nameSlices(revocation, revoking.revocationList),
    sequence,
  )
  return before === undefined ? named : withPatches(named, before)
}

const hashOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')

const nameSlices = ({ slices }: SlicedDocument, { slices: entries = [] }: TrustList | RevocationList) =>
  slices.map((bytes, at): SliceFile => {
    const [firstKeyId, lastKeyId] = entries[at]!
    return { name: `slice-${hashOf(bytes)}.cbor`, bytes, firstKeyId, lastKeyId }
  })

function filesOf(
  { trust, revocation }: Pick<SlicedFiles, 'trust' | 'revocation'>,
  trustSlices: readonly SliceFile[],
  revocationSlices: readonly SliceFile[],
  sequence: number,
): SlicedFiles {
  const all = [...trustSlices, ...revocationSlices]
  const listOf = (path: string, document: Uint8Array, epoch: number) => ({
    ...{ path, epoch, sequence, sha256: hashOf(document) },
  })
  const index = encodeIndex({
    authority: AUTHORITY,
    trust: listOf(`trust-${sequence}.cbor`, trust, 1),
    revocation: { ...listOf(`revocation-${sequence}.cbor`, revocation, 0), deltas: [] },
  })
  return {
    ...{ trust, revocation, trustSlices, revocationSlices },
    slicesOf: (keyId) => all.filter(({ firstKeyId, lastKeyId }) => firstKeyId <= keyId && keyId <= lastKeyId),
    files: new Map([
      ...all.map(({ name, bytes }) => [name, bytes] as const),
      [`trust-${sequence}.cbor`, trust],
      [`revocation-${sequence}.cbor`, revocation],
      ['lists.json', new TextEncoder().encode(index)],
    ]),
  }
}

/** The same with a file of patches from the trust list before: the index names it. */
function withPatches(after: SlicedFiles, before: SlicedFiles): SlicedFiles {
  const decoded = decodeListsIndex(new TextDecoder().decode(after.files.get('lists.json')))
  if (!decoded.ok) throw new Error(decoded.detail)
  const { trust, ...index } = decoded.index
  const fileOf = (sha256: string) =>
    after.files.get(`slice-${sha256}.cbor`) ?? before.files.get(`slice-${sha256}.cbor`)
  const made = makeSlicePatches(namedSlices(before.trust), namedSlices(after.trust), fileOf)
  const file = encodeSlicePatches(made)!
  const step = { from: hashOf(before.trust), path: 'trust-patches.cbor', sha256: hashOf(file) }
  const json = encodeIndex({ ...index, trust: { ...trust, patches: [step] } })
  const more = [
    [step.path, file],
    ['lists.json', new TextEncoder().encode(json)],
  ] as const
  return { ...after, files: new Map([...after.files, ...more]) }
}

/** Puts them in the place of the lists that a site has. */
export function writeSliced(folder: string, { files }: SlicedFiles): void {
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  for (const [name, bytes] of files) writeFileSync(join(folder, name), bytes)
}
