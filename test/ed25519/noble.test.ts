import { nobleEngine } from '../../src/ed25519/noble/engine.ts'
import { CCTV_VECTORS } from './cctv.ts'
import { describeEngine } from './describe-engine.ts'

describeEngine('noble', nobleEngine, CCTV_VECTORS)
