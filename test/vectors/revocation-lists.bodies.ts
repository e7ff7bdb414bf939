import type { CborValue } from '../../src/codec/cbor-value.ts'
import { type Serials, serialSetOf } from '../../src/revocation/serial-set-algebra.ts'
import { encodeSerialSet } from '../../src/revocation/serial-set-writer.ts'

const second = (text: string): number => Date.parse(text) / 1000
/** The bytes of a set. */
export const setOf = (serials: Serials): Uint8Array => encodeSerialSet(serialSetOf(serials))

const KEY_1 = new Uint8Array(32).fill(1)
const KEY_2 = new Uint8Array(32).fill(2)
const entry = (product: number, reason: number, day: number, ...serials: number[]): CborValue => [
  ...[12, product, reason, day],
  setOf(serials),
]
const ENTRY = entry(104, 1, 20_456, 5)

/** Bodies that the authority signed though they break the format; `undefined` takes the field out. */
export const MALFORMED_BODIES: [name: string, path: string, value: CborValue | undefined, detail?: string][] =
  [
    ['no authority', 'authority', undefined],
    ['no sequence', 'sequence', undefined],
    ['no issue', 'issued', undefined],
    ['no expiry', 'expires', undefined],
    ['no epoch', 'epoch', undefined],
    ['no next', 'next', undefined],
    ['no revoked serials', 'revoked', undefined],
    ['no watermarks', 'watermarks', undefined],
    ['no revoked keys', 'revokedKeys', undefined],
    ['an epoch that is a text', 'epoch', '0'],
    ['an issue after 9999', 'issued', 253_402_300_800],
    ['expiry at issue', 'expires', second('2026-01-05')],
    ['a next list that is due at issue', 'next', second('2026-01-05')],
    ['a next list that is due after expiry', 'next', second('2026-02-05') + 1],
    ['an entry without its set', 'revoked.0', [12, 104, 1, 20_456], 'field:revoked[0]'],
    ['an entry of six', 'revoked.0', [...(ENTRY as CborValue[]), 0], 'field:revoked[0]'],
    ['a reason of no number here', 'revoked.0.2', 7, 'field:revoked[0][2]'],
    ['a day after 9999', 'revoked.0.3', 2_932_897, 'field:revoked[0][3]'],
    ['a set that is an array', 'revoked.0.4', [], 'field:revoked[0][4]'],
    ['products out of order', 'revoked', [entry(105, 1, 1, 5), entry(104, 1, 1, 5)]],
    ['reasons out of order', 'revoked', [entry(104, 1, 1, 5), entry(104, 0, 1, 6)]],
    ['days out of order', 'revoked', [entry(104, 1, 2, 5), entry(104, 1, 1, 6)]],
    ['two sets of one day', 'revoked', [entry(104, 1, 1, 5), entry(104, 1, 1, 6)]],
    ['a watermark of a key of 31 bytes', 'watermarks.0.0', KEY_1.slice(1), 'field:watermarks[0][0]'],
    [
      'keys of watermarks out of order',
      'watermarks',
      [
        [KEY_2, []],
        [KEY_1, []],
      ],
    ],
    [
      'a key with watermarks twice',
      'watermarks',
      [
        [KEY_1, [[12, 104, 5]]],
        [KEY_1, [[12, 105, 5]]],
      ],
    ],
    [
      'watermarks out of order',
      'watermarks',
      [
        [
          KEY_1,
          [
            [12, 105, 5],
            [12, 104, 5],
          ],
        ],
      ],
    ],
    [
      'two watermarks of one product',
      'watermarks',
      [
        [
          KEY_1,
          [
            [12, 104, 5],
            [12, 104, 6],
          ],
        ],
      ],
    ],
    ['a watermark without a serial', 'watermarks', [[KEY_1, [[12, 104]]]], 'field:watermarks[0][1][0]'],
    [
      'revoked keys out of order',
      'revokedKeys',
      [
        [KEY_2, 5, 1, []],
        [KEY_1, 5, 1, []],
      ],
    ],
    [
      'a revoked key twice',
      'revokedKeys',
      [
        [KEY_1, 5, 1, []],
        [KEY_1, 5, 2, []],
      ],
    ],
    [
      'marks of a key out of order',
      'revokedKeys',
      [
        [
          KEY_1,
          5,
          1,
          [
            [13, 0, 5],
            [12, 0, 5],
          ],
        ],
      ],
    ],
    ['a revoked key without marks', 'revokedKeys', [[KEY_1, 5, 1]], 'field:revokedKeys[0]'],
  ]
