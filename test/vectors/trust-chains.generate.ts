import { writeFileSync } from 'node:fs'
import { chainVectorsText } from '../trust/chain-vectors.ts'

// npx tsx test/vectors/trust-chains.generate.ts
writeFileSync(new URL('trust-chains.json', import.meta.url), chainVectorsText())
