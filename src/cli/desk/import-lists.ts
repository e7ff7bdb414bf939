import { existsSync } from 'node:fs'
import { basename, join } from 'node:path'
import { namedSlices, sliceFileName } from '../../document/named-slices.ts'
import type { Refused } from '../../document/refusal.ts'
import type { SequenceStore } from '../../document/store.ts'
import { sha256 } from '../../ed25519/sha2.ts'
import { nativeEngine } from '../../node/native-engine.ts'
import { readRevocationList } from '../../revocation/content.ts'
import { applyDeltas } from '../../revocation/delta.ts'
import { loadRevocationList } from '../../revocation/load.ts'
import { documentKind, type KindOfFile } from '../../trust/document-kind.ts'
import { joinChain } from '../../trust/join-chain.ts'
import { loadTrustList } from '../../trust/load.ts'
import { pinnedRoots, revocationListAtHand, storeOf, trustListAtHand, wholeList } from '../lists/lists.ts'
import type { Config } from '../project/config.ts'
import { type ListKind, listFile, newestBytes, readGiven, shown, writeList } from '../project/files.ts'
import { keepSlices, slicesOf } from '../project/list-files.ts'
import type { Context } from '../shell/context.ts'
import { Failure } from '../shell/io.ts'

/** Lists that were signed elsewhere: verified as a kiosk verifies them, and put where this project looks for them. */

export interface ImportedList {
  readonly kind: ListKind
  readonly sequence: number
  /** Where it is now. */
  readonly file: string
  /** False for one that was here already. */
  readonly isNew: boolean
}

/** In which order: what one needs comes before it. */
const ORDER: readonly (KindOfFile | undefined)[] = [
  'trust_list',
  'trust_list_chain',
  'revocation_list',
  'delta',
]

interface GivenList {
  readonly file: string
  readonly document: Uint8Array
  readonly slices: readonly Uint8Array[]
}

/**
 * Slices may be given too, or lie beside their list. Those of lists that are here are put back where they are missing.
 * @throws Failure `refused`, `not_a_list`, `slice_missing`, `slice_wrong` or `no_base`; nothing after the file that is refused
 * is taken
 */
export function importLists(
  context: Context,
  config: Config,
  files: readonly string[],
): { readonly lists: ImportedList[]; readonly slices: string[] } {
  const read = files.map((file) => {
    const bytes = readGiven(context, file)
    return { file, bytes, kind: documentKind(bytes) }
  })
  const given = read.filter(({ kind }) => ORDER.includes(kind))
  const others = read.filter((each) => !given.includes(each))
  const carried = new Map(others.map(({ bytes }) => [sliceFileName(sha256(bytes)), bytes]))
  const slices = putBack(context, others, given)
  given.sort((a, b) => ORDER.indexOf(a.kind) - ORDER.indexOf(b.kind))
  const lists = given.map(({ file, bytes, kind }) => {
    if (kind === 'delta') return importDelta(context, config, file, bytes)
    const list = { file, document: bytes, slices: slicesOf(context, context.path(file), bytes, carried) }
    if (kind === 'revocation_list') return importRevocation(context, config, list)
    return importTrust(context, config, list)
  })
  return { lists, slices }
}

interface GivenFile {
  readonly file: string
  readonly bytes: Uint8Array
}

/**
 * Puts slices of the lists at hand where they belong.
 * @returns where those are that were put back
 * @throws Failure `not_a_list` for what is a slice of no list, here or given
 */
function putBack(context: Context, files: readonly GivenFile[], lists: readonly GivenFile[]): string[] {
  const { words } = context
  const namesOf = (list: Uint8Array) => namedSlices(list).map(([, , , digest]) => sliceFileName(digest))
  const coming = new Set(lists.flatMap(({ bytes }) => namesOf(bytes)))
  const newest = (['trust', 'revocation'] as const).map((kind) => newestBytes(context, kind))
  const here = new Set(newest.flatMap((list) => (list ? namesOf(list) : [])))
  const slices = files.map(({ file, bytes }) => ({ file, bytes, name: sliceFileName(sha256(bytes)) }))
  const stranger = slices.find(({ name }) => !coming.has(name) && !here.has(name))
  if (stranger !== undefined) {
    const { file } = stranger
    throw new Failure('not_a_list', words.desk.notAList(file), words.desk.notAListHow(file))
  }
  const own = slices.filter(({ name }) => here.has(name))
  keepSlices(
    context,
    own.map(({ bytes }) => bytes),
  )
  return own.map(({ name }) => shown(context, join(context.folder, 'lists', name)))
}

function importTrust(context: Context, config: Config, { file, document, slices }: GivenList): ImportedList {
  const roots = pinnedRoots(context, config)
  const { authority } = config
  const [store, remember] = rememberLater(storeOf(context))
  const loaded = loadTrustList(document, { authority, roots, engine: nativeEngine, store })
  if (!loaded.ok) throw refused(context, file, loaded)
  const { sequence } = wholeList(context, file, loaded.trustList, slices)
  const before = newestBytes(context, 'trust')
  keepSlices(context, slices)
  remember()
  return keep(context, 'trust', sequence, before === undefined ? document : joined(before, document))
}

/** A store that writes when `remember` is called: once a list is found whole, as it then refuses the one before. */
function rememberLater(store: SequenceStore): [store: SequenceStore, remember: () => void] {
  const seen: Parameters<SequenceStore['write']>[] = []
  return [
    { read: (...entry) => store.read(...entry), write: (...entry) => void seen.push(entry) },
    () => {
      for (const entry of seen) store.write(...entry)
    },
  ]
}

/** With the rotations that lead to it, where they are known. */
function joined(before: Uint8Array, bytes: Uint8Array): Uint8Array {
  try {
    return joinChain(before, bytes)
  } catch {
    return bytes // it came as a chain that leads here by itself
  }
}

function importRevocation(
  context: Context,
  config: Config,
  { file, document, slices }: GivenList,
): ImportedList {
  const trustList = trustListAtHand(context, config)
  const [store, remember] = rememberLater(storeOf(context))
  const loaded = loadRevocationList(document, { trustList, store })
  if (!loaded.ok) throw refused(context, file, loaded)
  const { sequence } = wholeList(context, file, loaded.revocationList, slices)
  keepSlices(context, slices)
  remember()
  return keep(context, 'revocation', sequence, document)
}

/** The list that a delta leads to, from the newest one here. */
function importDelta(context: Context, config: Config, file: string, bytes: Uint8Array): ImportedList {
  const { words } = context
  const trustList = trustListAtHand(context, config)
  const base = newestBytes(context, 'revocation')
  if (base === undefined) throw new Failure('no_base', words.desk.noBase(file), words.desk.noBaseHow)
  const applied = applyDeltas(base, [bytes], { trustList, store: storeOf(context) })
  if (!applied.ok) throw refused(context, file, applied)
  const { sequence } = applied.revocationList
  const own = join(context.folder, 'lists', `delta-${readRevocationList(base).sequence}-${sequence}.cbor`)
  if (!existsSync(own)) writeList(context, own, bytes)
  const kept = keep(context, 'revocation', sequence, applied.document)
  revocationListAtHand(context, trustList)
  return kept
}

/** A list of this number that is here already says the same: the project remembers what it has seen. */
function keep(context: Context, kind: ListKind, sequence: number, bytes: Uint8Array): ImportedList {
  const own = listFile(context, kind, sequence)
  const isNew = !existsSync(own)
  if (isNew) writeList(context, own, bytes)
  return { kind, sequence, file: shown(context, own), isNew }
}

function refused({ words }: Context, file: string, { reason, detail = '' }: Refused): Failure {
  return new Failure('refused', words.refused(basename(file), reason, detail), words.desk.refusedHow)
}
