import type { Fleet } from '../../fleet/open.ts'
import type { Intake } from '../../intake/intake.ts'
import type { SitePlace } from '../site/place.ts'
import type { RunAtHand } from './runs-at-hand.ts'
import type { ListWatch } from './served-lists.ts'

/** What a server is made of. */
export interface ServerParts {
  readonly intake: Intake
  readonly lists: ListWatch
  /** Runs and what became of them, for `GET /runs`. */
  readonly runs: () => Promise<readonly RunAtHand[]>
  /** Whose workers may send files of shards. */
  readonly fleet?: Fleet | undefined
  /** What lets in to all that is not public. Without one nobody is. */
  readonly token: string | undefined
  /** A folder with a site, which is shown as well. */
  readonly site?: { readonly folder: string; readonly place: SitePlace } | undefined
  readonly now: () => Date
  /** Looks for newer lists: asked before anything is answered that depends on them. */
  readonly refresh: () => void
  /** Told what went wrong while a request was answered. */
  readonly onFault: (error: unknown) => void
}
