import { expect } from 'vitest'

/** Bytes are compared at once; the library goes through them one by one, which takes seconds for a sheet. */
expect.addEqualityTesters([
  (one: unknown, other: unknown) =>
    one instanceof Uint8Array && other instanceof Uint8Array && one.constructor === other.constructor
      ? Buffer.compare(one, other) === 0
      : undefined,
])
