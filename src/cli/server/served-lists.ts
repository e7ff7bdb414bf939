import type { ServerLists } from '../../intake/intake.ts'
import type { RevocationList } from '../../revocation/revocation-list.ts'
import type { TrustList } from '../../trust/trust-list.ts'
import { revocationListAtHand, trustListAtHand } from '../lists/lists.ts'
import type { Config } from '../project/config.ts'
import { newestList } from '../project/files.ts'
import type { Context } from '../shell/context.ts'

/** The lists that a server goes by: the project's newest, while it runs. */
export interface ServedLists {
  readonly trustList: TrustList
  readonly revocationList: RevocationList | undefined
}

export interface ListWatch {
  /** The newest lists that loaded. */
  current(): ServedLists
  /** Why newer ones in the folder did not load. */
  fault(): unknown
  /** Looks into the folder. True where newer lists came. */
  look(): boolean
}

/** @throws Failure `no_trust_list`, or `refused` with the reason */
export function watchServedLists(context: Context, config: Config): ListWatch {
  const load = (): ServedLists => {
    const trustList = trustListAtHand(context, config)
    return { trustList, revocationList: revocationListAtHand(context, trustList) }
  }
  const names = () => `${newestList(context, 'trust')} ${newestList(context, 'revocation')}`
  let seen = names()
  let current = load()
  let fault: unknown
  return {
    current: () => current,
    fault: () => fault,
    look() {
      const now = names()
      if (now === seen && fault === undefined) return false
      seen = now
      try {
        current = load()
        fault = undefined
        return true
      } catch (error) {
        fault = error
        return false
      }
    },
  }
}

/** What an intake goes by. */
export const intakeListsOf = ({ trustList, revocationList }: ServedLists): ServerLists => ({
  trustList,
  trust: trustList.sequence,
  revocation: revocationList && { epoch: revocationList.epoch, sequence: revocationList.sequence },
})
