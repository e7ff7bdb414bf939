import { readFileSync } from 'node:fs'
import type { CctvVector } from './vectors.ts'

const path = process.env.VERISTAMP_CCTV

/** The cases of C2SP/CCTV's ed25519vectors.json, if VERISTAMP_CCTV says where it is; we carry no copy. */
export const CCTV_VECTORS = path
  ? (JSON.parse(readFileSync(path, 'utf8')) as readonly CctvVector[])
  : undefined
