import { writeFileSync } from 'node:fs'
import { edgeVectorsText } from '../ed25519/edge-vectors.ts'

// npx tsx test/vectors/ed25519-edges.generate.ts
writeFileSync(new URL('ed25519-edges.json', import.meta.url), edgeVectorsText())
