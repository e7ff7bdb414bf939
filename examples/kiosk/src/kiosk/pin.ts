import type { Keep } from './keep.ts'

/**
 * An operator's PIN. It keeps passers-by from set-up, wiping and undo. It keeps nobody out who can clear this browser's
 * data: that is for the system's own lock.
 */
export interface Pin {
  readonly isSet: boolean
  set(pin: string): Promise<void>
  remove(): Promise<void>
  matches(pin: string): Promise<boolean>
}

/** 4 to 12 digits. */
export const isPin = (text: string): boolean => /^\d{4,12}$/.test(text)

const ITERATIONS = 210_000
const SALT_LENGTH = 16

export async function openPin(keep: Pick<Keep, 'get' | 'put' | 'drop'>): Promise<Pin> {
  /** A salt, and what the PIN makes of it. */
  let kept = await keep.get('pin')
  return {
    get isSet() {
      return kept !== undefined
    },
    async set(pin) {
      const salt = crypto.getRandomValues(new Uint8Array(SALT_LENGTH))
      kept = Uint8Array.of(...salt, ...(await stretch(pin, salt)))
      await keep.put('pin', kept)
    },
    async remove() {
      kept = undefined
      await keep.drop('pin')
    },
    async matches(pin) {
      if (kept === undefined) return true
      const stretched = await stretch(pin, kept.slice(0, SALT_LENGTH))
      return stretched.every((byte, i) => byte === kept![SALT_LENGTH + i])
    },
  }
}

async function stretch(pin: string, salt: Uint8Array<ArrayBuffer>): Promise<Uint8Array> {
  const key = await crypto.subtle.importKey('raw', new TextEncoder().encode(pin), 'PBKDF2', false, [
    'deriveBits',
  ])
  const how = { name: 'PBKDF2', hash: 'SHA-256', salt, iterations: ITERATIONS }
  return new Uint8Array(await crypto.subtle.deriveBits(how, key, 256))
}
