export default [
  {
    name: 'veristamp/verify with all that it needs, minified and gzipped',
    path: 'dist/verify.js',
    modifyEsbuildConfig: (config) => ({ ...config, format: 'esm' }),
    limit: '17 kB',
    gzip: true,
  },
  {
    name: 'the kernel of veristamp/wasm, both builds, gzipped',
    path: 'src/ed25519/wasm/kernel.generated.ts',
    limit: '22 kB',
    gzip: true,
  },
]
