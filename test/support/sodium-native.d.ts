/** `sodium-native` has no types of its own. */
declare module 'sodium-native' {
  const sodium: import('veristamp/node').SodiumNative
  export default sodium
}
