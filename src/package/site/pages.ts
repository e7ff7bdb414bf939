/** What the site is made of, in the order in which people read it. */

/** The doors, by the names of their files. A symbol is at home in the first one that has it. */
export const DOORS = [
  'verify',
  'index',
  'authority',
  'registry',
  'print',
  'sheet',
  'node',
  'browser',
  'keeper',
  'scanlog',
  'gs1',
  'fleet',
  'wasm',
]

/** What an app writes to import a door. */
export const importOf = (door: string): string => (door === 'index' ? 'veristamp' : `veristamp/${door}`)

export const IMPORTS = 'Imports'

/** The pages in Markdown, by the heading that they stand under. */
export const GROUPS: Readonly<Record<string, readonly string[]>> = {
  Chapters: [
    'docs/apps.md',
    'docs/printers.md',
    'docs/fleet.md',
    'docs/gs1.md',
    'docs/authorities.md',
    'docs/ceremony.md',
    'docs/kiosks.md',
    'docs/lists.md',
    'docs/site.md',
    'docs/people.md',
    'docs/scan-logs.md',
    'docs/command-line.md',
    'docs/performance.md',
    'SECURITY.md',
    'docs/other-languages.md',
  ],
  Specification: [
    'SPEC.md',
    'docs/spec/gs1-links.md',
    'docs/spec/trust-lists.md',
    'docs/spec/revocation.md',
    'docs/spec/slices.md',
    'docs/spec/pins.md',
    'docs/spec/lists-index.md',
    'docs/spec/scan-logs.md',
    'docs/spec/intake.md',
    'docs/spec/runs.md',
    'test/vectors/README.md',
  ],
  Project: [
    'CHANGELOG.md',
    'examples/consumer/README.md',
    'examples/kiosk/README.md',
    'examples/office/README.md',
    'examples/quang-ninh/README.md',
    'bench/README.md',
    'test/fixtures/README.md',
  ],
}
