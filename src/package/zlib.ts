import { zlibSync as portable } from 'fflate'

/** The one function of node:zlib that is used, as Node types it. */
interface Zlib {
  deflateSync(bytes: Uint8Array): Uint8Array
}

interface Runtime {
  readonly process?: { readonly getBuiltinModule?: (name: 'node:zlib') => Zlib | undefined }
}

/**
 * Bytes in the zlib format (RFC 1950): by Node's own zlib where that is there, which is several times as fast, by fflate
 * in browsers. Named as in fflate, in whose place pdfkit is built with it.
 */
export function zlibSync(bytes: Uint8Array): Uint8Array {
  const native = (globalThis as Runtime).process?.getBuiltinModule?.('node:zlib')
  return native?.deflateSync(bytes) ?? portable(bytes)
}
