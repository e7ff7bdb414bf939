/**
 * The plan of the house that `src/` is, said once: its rooms, what each may import, and who may let a package
 * in. `house.test.ts` holds the code to it.
 */

export interface Room {
  /** Imports only fall: from a higher floor to a lower one. */
  readonly floor: number
  readonly mayImport: readonly string[]
}

const GROUND = ['lib', 'codec', 'ed25519']
const FORMS = [...GROUND, 'stamp', 'document']
const LISTS = [...FORMS, 'trust', 'revocation', 'scanlog']
const WORK = [...LISTS, 'issue', 'verify', 'print']

export const ROOMS: Readonly<Record<string, Room>> = {
  lib: { floor: 0, mayImport: [] },
  codec: { floor: 1, mayImport: ['lib'] },
  ed25519: { floor: 1, mayImport: ['lib'] },
  stamp: { floor: 2, mayImport: GROUND },
  document: { floor: 2, mayImport: GROUND },
  trust: { floor: 3, mayImport: FORMS },
  revocation: { floor: 3, mayImport: FORMS },
  scanlog: { floor: 3, mayImport: FORMS },
  // issue and verify never import each other.
  issue: { floor: 4, mayImport: [...GROUND, 'stamp', 'trust'] },
  verify: { floor: 4, mayImport: [...GROUND, 'stamp', 'trust', 'revocation'] },
  print: { floor: 4, mayImport: ['lib', 'stamp'] },
  registry: { floor: 5, mayImport: [...GROUND, 'trust'] },
  node: { floor: 5, mayImport: WORK },
  browser: { floor: 5, mayImport: WORK },
  cli: { floor: 6, mayImport: [...WORK, 'registry', 'node', 'browser'] },
}

/** The rooms that need a runtime. All others run everywhere, so they may use none of it. */
export const RUNTIME_ROOMS: readonly string[] = ['node', 'browser', 'cli']

/** The one file, or the one room, that lets each package in. A package's name may stand for a whole scope. */
export const PACKAGE_DOORS: Readonly<Record<string, string>> = {
  '@noble': 'ed25519/noble/',
  qrcode: 'print/symbol.ts',
  piscina: 'node/worker-pool.ts',
  fflate: 'print/png.ts',
  pdfkit: 'print/sheet/document.ts',
  idb: 'browser/',
  commander: 'cli/program/',
  'zxing-wasm': 'cli/picture.ts',
  pngjs: 'cli/picture.ts',
  'csv-parse': 'registry/',
  'csv-stringify': 'registry/',
}

/** What only some runtimes have, and `eval`, which a strict Content-Security-Policy forbids. */
export const RUNTIME_GLOBALS: readonly string[] = [
  'Buffer',
  'process',
  'global',
  'require',
  'window',
  'self',
  'document',
  'navigator',
  'localStorage',
  'indexedDB',
  'eval',
  // Hermes and jsdom lack them: `codec/utf8.ts` stands for both.
  'TextDecoder',
  'TextEncoder',
]

/** Where an option called `now` may have `new Date()` for its default: elsewhere time is passed in. */
export const CLOCK_ROOM = 'verify'

export const MAX_LINES = 260

/**
 * What makes the house and is not of it, so that nothing else may import it: AssemblyScript, which looks like
 * TypeScript, with what compiles it; and what makes
 * the package, with the part of pdfkit that it replaces.
 */
export const WORKSHOPS: readonly string[] = ['ed25519/wasm/kernel/', 'package/']
