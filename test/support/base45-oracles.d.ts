declare module 'base45' {
  const base45: { encode(bytes: Uint8Array): string; decode(text: string): Uint8Array }
  export default base45
}

declare module '@digitalbazaar/base45' {
  export function encode(bytes: Uint8Array): string
  export function decode(text: string): Uint8Array
}
