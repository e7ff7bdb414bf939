import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Bytes } from '../../lib/bytes.ts'

/** Files that the command line reads: they travel beside it, and come from their packages before there is a build. */
const PACKAGES = {
  'BeVietnamPro-Regular.ttf': '@expo-google-fonts/be-vietnam-pro/400Regular/BeVietnamPro_400Regular.ttf',
  'BeVietnamPro-SemiBold.ttf': '@expo-google-fonts/be-vietnam-pro/600SemiBold/BeVietnamPro_600SemiBold.ttf',
  'zxing_reader.wasm': 'zxing-wasm/reader/zxing_reader.wasm',
}

/** Their bytes. */
export function readAsset(name: keyof typeof PACKAGES): Bytes {
  const beside = new URL(`assets/${name}`, import.meta.url)
  return new Uint8Array(
    readFileSync(existsSync(beside) ? beside : createRequire(import.meta.url).resolve(PACKAGES[name])),
  )
}
