import { verifySeal } from 'veristamp/verify'

/**
 * The check of the code under the scratch layer. People mistype, so a wrong code is first asked for again; who types the
 * same one again means it, and then the whole answer turns. Only the right code turns it back.
 */
export interface HiddenCode {
  readonly state: 'open' | 'letters' | 'short' | 'compare' | 'right' | 'wrong'
  /** What was typed last. */
  readonly typed: string
  /** The wrong code that was typed last. */
  readonly wrong?: string | undefined
}

export const untyped: HiddenCode = { state: 'open', typed: '' }

/** What the typed code makes of what was known before. @param stamp the text of a stamp that is valid */
export function typeCode(before: HiddenCode | undefined = untyped, stamp: string, typed: string): HiddenCode {
  const sealed = verifySeal(stamp, typed)
  if (sealed.ok) return { state: 'right', typed }
  if (before.state === 'wrong') return { ...before, typed }
  if (sealed.reason !== 'hidden_code_wrong')
    return { ...before, state: sealed.reason === 'hidden_code_letter' ? 'letters' : 'short', typed }
  const wrong = plain(typed)
  return { state: before.wrong === wrong ? 'wrong' : 'compare', typed, wrong }
}

/** Without what does not matter: case, hyphens, spaces, and letters that look alike. */
const plain = (typed: string): string =>
  typed
    .toUpperCase()
    .replace(/[^0-9A-Z]/g, '')
    .replace(/O/g, '0')
    .replace(/[IL]/g, '1')
