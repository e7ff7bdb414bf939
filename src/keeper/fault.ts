import type { Refused } from '../document/refusal.ts'
import type { KeeperReason } from './state.ts'

/** Why a refresh failed: thrown inside this room, and never past its door. */
export class KeeperFault extends Error {
  readonly reason: KeeperReason
  readonly detail: string | undefined
  constructor(reason: KeeperReason, detail?: string) {
    super(reason)
    this.name = 'KeeperFault'
    this.reason = reason
    this.detail = detail
  }
}

/** What was loaded. @throws KeeperFault with the reason why it was refused */
export function accepted<T extends { readonly ok: true }>(loaded: T | Refused): T {
  if (loaded.ok) return loaded
  throw new KeeperFault(loaded.reason, loaded.detail)
}
