/**
 * What an app or an issuer needs day by day: sign stamps, draw their symbols, and all of `veristamp/verify`. Lists are
 * made in `veristamp/authority`.
 *
 * In the examples, `signer` is the issuer's key, `issuer` what `createIssuer` makes of it, and `scanned` the text of a
 * stamp.
 * @module veristamp
 */

export { explainReason } from './document/reason-messages.ts'
export { seedSigner } from './ed25519/noble/signer.ts'
export type { Signer } from './ed25519/signer.ts'
export { type WebCryptoKey, type WebCryptoKeyPair, webCryptoSigner } from './ed25519/webcrypto-signer.ts'
export { Code } from './issue/code.ts'
export type { Claims, IssueManyOptions } from './issue/issue-many.ts'
export { createIssuer, type Issuer, type IssuerOptions } from './issue/issuer.ts'
export { type Sealed, type SealOptions, sealStamp } from './issue/seal.ts'
export { hiddenSymbol } from './print/hidden-symbol.ts'
export type { Level } from './print/level.ts'
export { type PngOptions, png } from './print/png.ts'
export type { RasterOptions } from './print/raster.ts'
export { type SvgOptions, svg } from './print/svg.ts'
export { type QrSymbol, type SymbolOptions, symbol } from './print/symbol.ts'
export { terminal } from './print/terminal.ts'
export { explainSeal } from './stamp/seal-messages.ts'
export { type DecodedPins, decodePins, type Pins, type PinsReason } from './trust/pins.ts'
export {
  type VerdictFromJson,
  type VerdictJson,
  verdictFromJson,
  verdictToJson,
} from './verify/verdict-json.ts'
export * from './verify.ts'
