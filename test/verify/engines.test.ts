import { describe, expect, it } from 'vitest'
import type { Engine } from '../../src/ed25519/engine.ts'
import { nobleEngine } from '../../src/ed25519/noble/engine.ts'
import { nativeEngine } from '../../src/node/native-engine.ts'
import { encodeText } from '../../src/stamp/carrier.ts'
import { createVerifier } from '../../src/verify/verifier.ts'
import { forge, issue, kiln, NOW, PREFIX, stamp, stranger, trustListWith } from '../support/fixtures.ts'
import { withBitFlipped } from '../support/tamper.ts'

/** Engines that a verifier can be given. */
const ENGINES: readonly Engine[] = [nobleEngine, nativeEngine]

const code = await issue(stamp)
const TEXTS = [
  code.toText(),
  code.toText('digits'),
  code.toUrl(PREFIX),
  (await issue({ facility: 13, product: 201, serial: 1 }, kiln)).toText(),
  (await issue(stamp, stranger)).toText(),
  (await issue({ ...stamp, serial: 0 })).toText(),
  forge([7, 12, 104, 1, new Map([[5, 0]])]).base45,
  ...[0, 80, 81, 335, 336, 591].map((bit) => encodeText(withBitFlipped(code.bytes, bit), 'base45')),
  '',
]

describe.each(ENGINES)('the engine $name', (engine) => {
  it("comes to the same verdicts as the trust list's own", async () => {
    const trustLists = [await trustListWith()]
    const [own, given] = [createVerifier({ trustLists }), createVerifier({ trustLists, engine })]
    for (const text of TEXTS) expect(given.verify(text, { now: NOW })).toEqual(own.verify(text, { now: NOW }))
  })
})
