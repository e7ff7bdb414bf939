/**
 * Files whose tests take more than three seconds of processor time, from the one that takes longest on, as runs on two slow
 * cores measured it. `npm test` draws an eighth of them, so that it takes minutes; CI runs all.
 */
export const LONG: readonly string[] = [
  'examples/kiosk/test/browser/answers.test.ts',
  'examples/consumer/test/browser/upkeep.test.ts',
  'examples/kiosk/test/browser/screens.test.ts',
  'test/print/sheet/read-back.test.ts',
  'examples/consumer/test/browser/screens.test.ts',
  'examples/consumer/test/browser/slices.test.ts',
  'test/run/kill.test.ts',
  'examples/kiosk/test/browser/camera.test.ts',
  'examples/consumer/test/browser/stamps.test.ts',
  'examples/kiosk/test/browser/device.test.ts',
  'test/docs/examples.test.ts',
  'examples/kiosk/test/browser/lists.test.ts',
  'examples/kiosk/test/browser/set-up.test.ts',
  'test/cli/five-years.test.ts',
  'test/cli/transcript.test.ts',
  'test/run/province.test.ts',
  'examples/kiosk/test/browser/inspector.test.ts',
  'test/cli/outputs.test.ts',
  'test/cli/long-file.test.ts',
  'test/fleet/faults.test.ts',
  'test/run/run.test.ts',
  'test/fleet/ledger.test.ts',
  'examples/kiosk/test/browser/slices.test.ts',
  'test/node/pool/verify-lines.test.ts',
  'test/run/threads.test.ts',
  'test/cli/records.test.ts',
  'test/cli/slices.test.ts',
  'test/node/signers/command-signer.test.ts',
  'test/ed25519/wasm.test.ts',
  'test/cli/ceremony.test.ts',
  'test/package/inside.test.ts',
  'test/cli/two-desks.test.ts',
  'test/cli/pictures.test.ts',
  'test/revocation/delta.test.ts',
  'test/cli/sync-kill.test.ts',
  'test/vectors/revocation-deltas.test.ts',
  'examples/kiosk/test/browser/page.test.ts',
  'test/cli/shop.test.ts',
  'test/cli/given.test.ts',
  'examples/kiosk/test/browser/scanner.test.ts',
  'test/fleet/kill.test.ts',
  'test/docs/doc-examples.test.ts',
  'examples/kiosk/test/start.test.ts',
  'examples/office/test/office.test.ts',
  'test/fleet/sent.test.ts',
  'test/package/bytes.test.ts',
  'examples/kiosk/test/browser/scan-log.test.ts',
  'test/node/pool/worker-pool.test.ts',
  'test/fleet/at-the-desk.test.ts',
  'test/cli/site.test.ts',
  'test/package/node.test.ts',
  'test/package/chromium.test.ts',
  'test/cli/epcis.test.ts',
  'test/revocation/serial-set-codec.test.ts',
  'test/cli/keys.test.ts',
  'test/cli/changes.test.ts',
  'test/fleet/work.test.ts',
  'test/cli/issuers.test.ts',
  'test/package/cli.test.ts',
  'test/cli/quiet.test.ts',
  'examples/kiosk/test/browser/bare.test.ts',
  'test/node/stores/file-store.test.ts',
  'test/cli/scanners.test.ts',
  'test/cli/recall.test.ts',
  'test/cli/facts.test.ts',
  'test/fleet/serve-kill.test.ts',
  'test/keeper/patches.test.ts',
  'test/ed25519/wasm-work.test.ts',
  'test/cli/web-servers.test.ts',
  'test/scanlog/laws.test.ts',
  'test/cli/clock.test.ts',
  'test/cli/tampered.test.ts',
  'test/node/keys/key-file.test.ts',
  'test/cli/checking.test.ts',
  'test/print/press.test.ts',
  'test/cli/journal.test.ts',
  'test/print/drawers.test.ts',
  'test/cli/sync.test.ts',
  'test/vectors/revocation-lists.test.ts',
  'test/node/stores/file-scan-store.test.ts',
  'test/cli/phone.test.ts',
  'test/print/sheet/each-label.test.ts',
  'test/package/misuse.test.ts',
  'test/codec/cbor.test.ts',
  'test/cli/printers.test.ts',
  'test/keeper/hostile.test.ts',
  'test/fleet/full-disk.test.ts',
  'test/revocation/load.test.ts',
  'test/cli/scans.test.ts',
  'test/ed25519/wasm-tree.test.ts',
  'test/revocation/serial-set-by-spec.test.ts',
  'test/keeper/law.test.ts',
  'test/scanlog/flood.test.ts',
  'test/verify/slices.test.ts',
  'test/trust/tampering.test.ts',
  'test/print/sheet/dots.test.ts',
  'test/run/journal.test.ts',
  'test/verify/verdict-json.test.ts',
]

export const PARTS = ['1', '2', '3', '4', '5', '6', '7', '8']

/**
 * Which part of the long files a run has; `all` where files are named.
 * @param words of the command line
 * @param wanted VERISTAMP_PART
 */
export function partOf(words: readonly string[], wanted: string | undefined): string {
  const isNamed = words.some((word) => !word.startsWith('-') && !COMMANDS.includes(word))
  const part = wanted ?? (isNamed ? 'all' : PARTS[Math.floor(Math.random() * PARTS.length)]!)
  if (part !== 'all' && !PARTS.includes(part)) throw new Error(`VERISTAMP_PART is 1 to 8 or all, not ${part}`)
  return part
}

const COMMANDS = ['run', 'watch', 'dev']

/** The long files that are not of a part. */
export const leftOut = (part: string): readonly string[] =>
  part === 'all' ? [] : LONG.filter((_, place) => partAt(place) !== part)

/** There and back along the list, so that all parts take as long. */
function partAt(place: number): string {
  const column = place % (2 * PARTS.length)
  return PARTS[Math.min(column, 2 * PARTS.length - 1 - column)]!
}

/** What a run says of it. */
export const noteOn = (part: string): string =>
  `Runs an eighth of the ${LONG.length} long test files, drawn anew each time. To repeat it: VERISTAMP_PART=${part}; to run all: VERISTAMP_PART=all.`
