import { h } from './dom.ts'

const NOTICE_STAYS = 20_000

/** Runs what may take time, and shows what went wrong instead of losing it. */
export function run(work: () => Promise<unknown>): void {
  work().catch((error: unknown) => {
    console.error(error)
    const message = error instanceof Error ? error.message : String(error)
    const notice = h('p', { class: 'failure', role: 'alert' }, message)
    document.body.append(notice)
    window.setTimeout(() => notice.remove(), NOTICE_STAYS)
  })
}
