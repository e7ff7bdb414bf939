import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vite'

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url))

/** `veristamp serve` shows what this makes at `/office/`. */
export default defineConfig({
  root: here('.'),
  base: './',
  build: {
    target: 'es2022',
    outDir: here('out/page'),
    emptyOutDir: true,
    modulePreload: false,
    // No data: addresses, which the page's policy forbids.
    assetsInlineLimit: 0,
  },
})
