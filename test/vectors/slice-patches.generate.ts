import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { encodeCbor } from '../../src/codec/cbor.ts'
import type { CborValue } from '../../src/codec/cbor-value.ts'
import { makePatch } from '../../src/document/slice-patch.ts'
import { sha256 } from '../../src/ed25519/sha2.ts'
import { compareBytes, concatBytes, toHex } from '../../src/lib/bytes.ts'
import { EXAMPLE_SLICE, KILN_SLICE, kiln, POTS, printers, sliceOf, TEA } from './slices.lists.ts'

/** Makes slice-patches.json: `npx tsx test/vectors/slice-patches.generate.ts`. */

/** The example's issuer may print more. */
const LATER_SLICE = sliceOf([{ ...printers, scope: [{ ...printers.scope[0]!, last: 149_999 }] }], TEA)
const LATER_KILN = sliceOf([{ ...kiln, name: 'Kiln of Móng Cái' }], POTS)
const slices = { tea: EXAMPLE_SLICE, teaLater: LATER_SLICE, pots: KILN_SLICE, potsLater: LATER_KILN }
type SliceName = keyof typeof slices

type Step = readonly CborValue[]
type Patch = readonly [from: Uint8Array, to: Uint8Array, steps: readonly Step[]]

const NONE = new Uint8Array()
const LENGTH = EXAMPLE_SLICE.length
/** Where the example's last serial stands: the bytes before it, and those behind. */
const AT = LATER_SLICE.findIndex((byte, at) => byte !== EXAMPLE_SLICE[at])
const CHANGED = LATER_SLICE.slice(AT, AT + 3)

const patch = (steps: readonly Step[], from: SliceName = 'tea', to: SliceName = 'teaLater'): Patch => [
  sha256(slices[from]),
  sha256(slices[to]),
  steps,
]
const spell = (patches: readonly Patch[], more: readonly [string, CborValue][] = []): Uint8Array =>
  encodeCbor(new Map<string, CborValue>([['patches', patches as CborValue], ...more]))
const ascending = (...patches: Patch[]): Uint8Array =>
  spell([...patches].sort(([, a], [, b]) => compareBytes(a, b)))

const example = patch([
  [0, AT, CHANGED],
  [AT + 3, LENGTH - AT - 3, NONE],
])
const pots = patch(makePatch(slices.pots, slices.potsLater), 'pots', 'potsLater')

interface Applied {
  readonly name: string
  readonly file: Uint8Array
  readonly here: readonly SliceName[]
  readonly missing: readonly SliceName[]
  readonly makes: readonly SliceName[]
}
const ONE = { here: ['tea'], missing: ['teaLater'] } as const
const one = (name: string, steps: readonly Step[], makes: readonly SliceName[] = ['teaLater']): Applied => ({
  ...{ name, ...ONE, makes },
  file: spell([patch(steps)]),
})
const BOTH = ascending(example, pots)
const half = LENGTH >> 1

export const valid: Applied[] = [
  { name: "the specification's example", file: spell([example]), ...ONE, makes: ['teaLater'] },
  {
    name: 'two patches',
    file: BOTH,
    here: ['tea', 'pots'],
    missing: ['teaLater', 'potsLater'],
    makes: ['teaLater', 'potsLater'],
  },
  { name: 'no patches', file: spell([]), ...ONE, makes: [] },
  one('a patch that copies nothing', [[0, 0, LATER_SLICE]]),
  one('a first step that only adds, and copies in another order', [
    [0, 0, LATER_SLICE.slice(0, 200)],
    [200, LENGTH - 201, NONE],
    [LENGTH - 1, 1, NONE],
  ]),
  one('bytes that are copied twice', [
    [0, AT, CHANGED],
    [AT + 3, half - AT - 3, EXAMPLE_SLICE.slice(half, half + 1)],
    [half + 1, LENGTH - half - 1, NONE],
  ]),
  {
    name: 'a slice that is not missing',
    file: BOTH,
    here: ['tea', 'pots'],
    missing: ['teaLater'],
    makes: ['teaLater'],
  },
  {
    name: 'an old slice that is not here',
    file: BOTH,
    here: ['tea'],
    missing: ['teaLater', 'potsLater'],
    makes: ['teaLater'],
  },
  {
    name: 'a patch back to the slice before',
    file: spell([patch(makePatch(LATER_SLICE, EXAMPLE_SLICE), 'teaLater', 'tea')]),
    ...ONE,
    makes: [],
  },
  one(
    'a copy of bytes behind the end of the old slice',
    [
      [0, AT, CHANGED],
      [AT + 4, LENGTH - AT - 3, NONE],
    ],
    [],
  ),
  one(
    'a byte too few',
    [
      [0, AT, CHANGED],
      [AT + 3, LENGTH - AT - 4, NONE],
    ],
    [],
  ),
  one(
    'a byte too many',
    [
      [0, AT, CHANGED],
      [AT + 3, LENGTH - AT - 3, Uint8Array.of(0)],
    ],
    [],
  ),
  one(
    'another byte',
    [
      [0, AT, CHANGED.map((byte) => byte ^ 1)],
      [AT + 3, LENGTH - AT - 3, NONE],
    ],
    [],
  ),
  {
    name: 'a patch that leads nowhere, and a good one beside it',
    file: ascending(patch([[0, LENGTH, NONE]]), pots),
    here: ['tea', 'pots'],
    missing: ['teaLater', 'potsLater'],
    makes: ['potsLater'],
  },
]

interface FailingFile {
  readonly name: string
  readonly file: Uint8Array
}
const failing = (name: string, file: Uint8Array): FailingFile => ({ name, file })
const steps = (name: string, ...all: Step[]): FailingFile => failing(name, spell([patch(all)]))
const FULL = 2 ** 18
/** The count of patches, one, in two bytes. */
const long = concatBytes(spell([]).subarray(0, -1), Uint8Array.of(0x98, 1), spell([example]).subarray(10))
const [first, second] = [example, pots].sort(([, a], [, b]) => compareBytes(a, b)) as [Patch, Patch]

export const FAILING_PATCHES: FailingFile[] = [
  failing('no bytes', NONE),
  failing('a byte behind the end', concatBytes(spell([example]), Uint8Array.of(0))),
  failing('a number longer than it need be', long),
  failing('an array', encodeCbor([[]])),
  failing('a slice', EXAMPLE_SLICE),
  failing('a map without patches', encodeCbor(new Map())),
  failing('a field that no such file has', spell([example], [['more', 0]])),
  failing('patches that are no array', encodeCbor(new Map([['patches', 7]]))),
  failing('patches out of order', spell([second, first])),
  failing('two patches to one slice', spell([example, example])),
  failing('a patch of two items', spell([example.slice(0, 2) as never])),
  failing('a patch of four items', spell([[...example, 0] as never])),
  failing('a hash of 31 bytes in front', spell([[example[0].slice(1), example[1], example[2]]])),
  failing(
    'a hash of 33 bytes behind',
    spell([[example[0], concatBytes(example[1], Uint8Array.of(0)), example[2]]]),
  ),
  steps('a patch without steps'),
  steps('a step of two items', [0, LENGTH]),
  steps('a step of four items', [0, LENGTH, NONE, NONE]),
  steps('a step that adds a text', [0, LENGTH, 'x']),
  steps('a step that says nothing', [0, 0, NONE]),
  steps('a first step that copies nothing from elsewhere than 0', [1, 0, LATER_SLICE]),
  steps('a second step that copies nothing', [0, LENGTH - 1, NONE], [0, 0, Uint8Array.of(0)]),
  steps('an offset above 262144', [FULL + 1, 1, NONE]),
  steps('a copy that ends behind 262144', [FULL, 1, NONE]),
  steps('steps that make more than 262144 bytes', [0, FULL, Uint8Array.of(0)]),
]

const hexOf = (files: Record<string, Uint8Array>) =>
  Object.fromEntries(Object.entries(files).map(([name, bytes]) => [name, { bytes: toHex(bytes) }]))

/** What slice-patches.json holds. */
export function slicePatchVectors(): string {
  const vectors = {
    sliceFiles: hexOf(slices),
    valid: valid.map(({ file, ...each }) => ({ ...each, file: toHex(file) })),
    failing: FAILING_PATCHES.map(({ name, file }) => ({ name, reason: 'malformed', file: toHex(file) })),
  }
  return `${JSON.stringify(vectors, null, 2)}\n`
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  writeFileSync(new URL('slice-patches.json', import.meta.url), slicePatchVectors())
}
