import { writeFileSync } from 'node:fs'
import { serialSetVectorsText } from '../revocation/serial-set-vectors.ts'

// npx tsx test/vectors/serial-sets.generate.ts
writeFileSync(new URL('serial-sets.json', import.meta.url), serialSetVectorsText())
