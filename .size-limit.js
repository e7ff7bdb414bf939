/** What a page loads. `verifyMany` loads its own part when it is first called, so that stands by itself. */
const asModule = (config) => ({ ...config, format: 'esm', external: ['./verify-many-*'] })

export default [
  {
    name: 'veristamp/verify with all that it needs, minified and gzipped',
    path: 'dist/verify.js',
    modifyEsbuildConfig: asModule,
    limit: '16.3 kB',
    gzip: true,
  },
  {
    name: 'veristamp/verify with what verifyMany loads beside, minified and gzipped',
    path: 'dist/verify.js',
    modifyEsbuildConfig: (config) => ({ ...config, format: 'esm' }),
    limit: '17.15 kB',
    gzip: true,
  },
  {
    name: 'the kernel of veristamp/wasm, both builds, gzipped',
    path: 'src/ed25519/wasm/kernel.generated.ts',
    limit: '22 kB',
    gzip: true,
  },
]
