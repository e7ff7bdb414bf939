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
const NODE = [
  'keeper',
  'node',
  'node/publish',
  'node/files',
  'node/signers',
  'node/keys',
  'node/stores',
  'node/pool',
]
const PRINTING = [...WORK, 'gs1', 'registry', ...NODE, 'run']
const MANY = [...PRINTING, 'intake', 'fleet']

/** A room inside a room is one of its own where it stands here. */
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
  // A verifier asks which slice of a list holds a key id, and loads it.
  verify: { floor: 4, mayImport: [...FORMS, 'trust', 'revocation'] },
  print: { floor: 4, mayImport: ['lib', 'stamp'] },
  gs1: { floor: 4, mayImport: [...GROUND, 'stamp', 'trust', 'revocation'] },
  registry: { floor: 5, mayImport: [...GROUND, 'trust'] },
  keeper: { floor: 4.5, mayImport: [...FORMS, 'trust', 'revocation', 'verify'] },
  node: { floor: 5, mayImport: WORK },
  'node/files': { floor: 5, mayImport: ['lib'] },
  'node/signers': { floor: 5.1, mayImport: [...WORK, 'node', 'node/files'] },
  'node/stores': { floor: 5.1, mayImport: [...LISTS, 'gs1', 'keeper', 'node/files'] },
  'node/publish': { floor: 5.2, mayImport: [...LISTS, 'keeper', 'node', 'node/files'] },
  'node/keys': { floor: 5.2, mayImport: [...GROUND, 'node/files', 'node/signers'] },
  'node/pool': { floor: 5.2, mayImport: [...WORK, 'node', 'node/files', 'node/signers'] },
  browser: { floor: 5, mayImport: [...WORK, 'keeper'] },
  intake: { floor: 5.3, mayImport: [...GROUND, 'document', 'scanlog'] },
  run: { floor: 6, mayImport: [...WORK, ...NODE] },
  fleet: { floor: 7, mayImport: [...WORK, ...NODE, 'intake', 'run'] },
  'cli/words': { floor: 8, mayImport: ['lib', 'document', 'registry', 'run'] },
  'cli/shell': { floor: 8.1, mayImport: ['lib', 'cli/words'] },
  'cli/input': { floor: 8.2, mayImport: [...GROUND, 'stamp', 'node/files', 'cli/shell'] },
  'cli/project': { floor: 8.3, mayImport: [...MANY, 'cli/words', 'cli/shell', 'cli/input'] },
  'cli/lists': { floor: 8.4, mayImport: [...MANY, 'cli/words', 'cli/shell', 'cli/input', 'cli/project'] },
  'cli/runs': { floor: 8.4, mayImport: [...MANY, 'cli/words', 'cli/shell', 'cli/project'] },
  'cli/exports': {
    floor: 8.5,
    mayImport: [...MANY, 'cli/words', 'cli/shell', 'cli/project', 'cli/lists', 'cli/runs'],
  },
  'cli/site': {
    floor: 8.4,
    mayImport: [...PRINTING, 'gs1', 'keeper', 'cli/words', 'cli/shell', 'cli/input', 'cli/project'],
  },
  'cli/desk': {
    floor: 8.55,
    mayImport: [
      ...PRINTING,
      ...['cli/words', 'cli/shell', 'cli/input', 'cli/project', 'cli/lists', 'cli/runs', 'cli/exports'],
    ],
  },
  'cli/server': {
    floor: 8.58,
    mayImport: [
      ...MANY,
      ...['cli/words', 'cli/shell', 'cli/project', 'cli/lists', 'cli/runs', 'cli/site', 'cli/desk'],
    ],
  },
  'cli/commands': {
    floor: 8.6,
    mayImport: [
      ...MANY,
      ...['cli/words', 'cli/shell', 'cli/input', 'cli/project', 'cli/lists', 'cli/runs', 'cli/exports'],
      ...['cli/site', 'cli/desk', 'cli/server', 'gs1'],
    ],
  },
  'cli/program': {
    floor: 8.7,
    mayImport: [...MANY, 'cli/words', 'cli/shell', 'cli/project', 'cli/exports', 'cli/commands'],
  },
  cli: { floor: 8.8, mayImport: ['cli/words', 'cli/shell', 'cli/program'] },
}

/** Rooms whose files know nothing of each other: commands import no commands. */
export const CELLS: readonly string[] = ['cli/commands']

/** The rooms that need a runtime. All others run everywhere, so they may use none of it. */
export const RUNTIME_ROOMS: readonly string[] = Object.keys(ROOMS).filter((room) =>
  /^(node|browser|run|fleet|cli)\b/.test(room),
)

/** The one file, or the one room, that lets each package in. A package's name may stand for a whole scope. */
export const PACKAGE_DOORS: Readonly<Record<string, string>> = {
  '@noble': 'ed25519/noble/',
  qrcode: 'print/symbol.ts',
  piscina: 'node/pool/task-runner.ts',
  fflate: 'print/png.ts',
  pdfkit: 'print/sheet/document.ts',
  idb: 'browser/',
  commander: 'cli/program/',
  pg: 'fleet/driver.ts',
  'zxing-wasm': 'cli/input/picture.ts',
  pngjs: 'cli/input/',
  'jpeg-js': 'cli/input/shrink.ts',
  hono: 'cli/server/',
  '@hono': 'cli/commands/serve.ts',
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
export const CLOCK_ROOMS: readonly string[] = ['verify', 'keeper']

export const MAX_LINES = 260

/**
 * What makes the house and is not of it, so that nothing else may import it: AssemblyScript, which looks like
 * TypeScript, with what compiles it; and what makes
 * the package, with the part of pdfkit that it replaces.
 */
export const WORKSHOPS: readonly string[] = ['ed25519/wasm/kernel/', 'print/press/kernel/', 'package/']
