const verify = (name, imported, limit) => ({
  name,
  path: 'dist/verify.js',
  import: imported,
  modifyEsbuildConfig: (config) => ({ ...config, format: 'esm' }),
  limit,
  gzip: true,
})

export default [
  verify(
    'an app that loads lists, verifies one or many, and tidies what it scanned; minified and gzipped',
    '{ loadTrustList, loadRevocationList, createVerifier, tidyScan }',
    '18 kB',
  ),
  verify('the whole of veristamp/verify, its words in two languages included', '*', '23 kB'),
  {
    name: 'the kernel of veristamp/wasm, both builds, gzipped',
    path: 'src/ed25519/wasm/kernel.generated.ts',
    limit: '22 kB',
    gzip: true,
  },
]
