import type { Engine } from '../../ed25519/engine.ts'
import type { Setting } from '../../verify/check.ts'
import type { VerifierOptions } from '../../verify/options.ts'
import { createSetting } from '../../verify/verifier.ts'
import { packLists, type SharedLists } from './shared-lists.ts'

/** What a pool verifies by. */
export interface Work {
  readonly setting: Setting
  /** The same with the threads' engine, for the calling one. */
  settingWith(engine: Engine): Setting
  readonly lists: SharedLists
}

/** @throws what `createVerifier` throws */
export function workFor(options: VerifierOptions): (now: Date) => Work {
  const at = createSetting(options)
  const lists = packLists(options)
  /** The calling thread's own, once it helps. */
  let helping: ReturnType<typeof createSetting> | undefined
  return (now) => {
    let setting: Setting | undefined
    const settingWith = (engine: Engine): Setting => {
      helping ??= createSetting({ ...options, engine })
      setting ??= helping(now)
      return setting
    }
    return { setting: at(now), settingWith, lists }
  }
}
