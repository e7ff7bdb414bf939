import {
  createVerifier,
  explain,
  explainWarning,
  loadRevocationList,
  loadTrustList,
  memoryStore,
  type RevocationList,
  type TrustList,
  type Verifier,
} from 'veristamp'
import { nativeEngine } from 'veristamp/node'
import type { PrintedCode } from './printer.ts'
import { AUTHORITY, type Province } from './province.ts'
import type { Scene } from './scenes.ts'

/** The kiosk: no network, the lists in files, and the root keys it was set up with. */

export function openTrustList(bytes: Uint8Array, { roots }: Pick<Province, 'roots'>): TrustList {
  const loaded = loadTrustList(bytes, {
    authority: AUTHORITY,
    roots,
    engine: nativeEngine,
    store: memoryStore(),
  })
  if (!loaded.ok) throw new Error(`trust list: ${loaded.reason} (${loaded.detail})`)
  return loaded.trustList
}

export function openRevocationList(bytes: Uint8Array, trustList: TrustList): RevocationList {
  const loaded = loadRevocationList(bytes, { trustList, store: memoryStore() })
  if (!loaded.ok) throw new Error(`revocation list: ${loaded.reason} (${loaded.detail})`)
  return loaded.revocationList
}

export const openKiosk = (
  trustLists: readonly TrustList[],
  revocationLists: readonly RevocationList[],
): Verifier => createVerifier({ trustLists, revocationLists })

/** Checks each printed code in all its forms. @returns how many texts were not valid */
export function readBack(codes: readonly PrintedCode[], verifier: Verifier, now: Date): number {
  const texts = codes.flatMap(({ base45, digits, url }) => [base45, digits, url])
  return texts.filter((text) => verifier.verify(text, { now }).status !== 'valid').length
}

/** Plays the scenes and prints a table. @returns how many answers were not the expected ones */
export function play(scenes: readonly Scene[]): number {
  const width = Math.max(...scenes.map(({ title }) => title.length))
  let surprises = 0
  for (const { title, text, verifier, now, expected } of scenes) {
    const verdict = verifier.verify(text, { now })
    const answer = verdict.status === 'valid' ? 'valid' : verdict.reason
    const good = answer === expected
    if (!good) surprises++
    const row = `${title.padEnd(width)}  ${verdict.status.padEnd(13)}  ${verdict.status === 'valid' ? verdict.authority : answer}`
    console.log(`${good ? ' ' : '!'} ${row}${good ? '' : `  (expected ${expected})`}`)
  }
  return surprises
}

/** What the screen says in both languages. */
export function tell({ title, text, verifier, now }: Scene): void {
  const verdict = verifier.verify(text, { now })
  console.log(`\nThe kiosk's words for "${title}":`)
  for (const language of ['vi', 'en'] as const) {
    const warnings = verdict.warnings.map((warning) => explainWarning(warning, language))
    console.log(`  ${language}  ${[explain(verdict, language), ...warnings].join(' ')}`)
  }
}
