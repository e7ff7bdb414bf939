import { nobleEngine } from '../../src/ed25519/noble/engine.ts'
import { nativeEngine } from '../../src/node/native-engine.ts'
import { CCTV_VECTORS } from '../ed25519/cctv.ts'
import { describeAgreement } from '../ed25519/describe-agreement.ts'
import { describeEngine } from '../ed25519/describe-engine.ts'
import { runs } from '../support/laws.ts'

// VERISTAMP_ROUNDS: how many random signatures the engines are compared on.
const rounds = Number(process.env.VERISTAMP_ROUNDS ?? runs(300, 100))

describeEngine('native', nativeEngine, CCTV_VECTORS)
describeAgreement([nobleEngine, nativeEngine], rounds)
