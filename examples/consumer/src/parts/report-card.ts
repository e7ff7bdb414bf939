import type { Verdict } from 'veristamp/verify'
import { h } from '../../../shared/dom.ts'
import type { CardWords } from '../words/words.ts'

/** What a report says: nothing about the person, and not the code, which anyone could print. */
function reportText(
  { report: { lines } }: CardWords,
  verdict: Verdict,
  answer: string,
  where: string,
): string {
  const { stamp, product } = verdict
  return [
    [lines.answer, answer],
    [lines.product, product?.name ?? (stamp && `${stamp.facility}/${stamp.product}`)],
    [lines.serial, stamp && String(stamp.serial)],
    [lines.checked, `${verdict.checkedAt.toISOString().slice(0, 16).replace('T', ' ')} UTC`],
    [lines.where, where.trim()],
  ]
    .flatMap(([name, value]) => (value ? [`${name}: ${value}`] : []))
    .join('\n')
}

/** Lets people report suspicious goods: they see what is sent, and send it themselves. */
export function reportCard(
  words: CardWords,
  contacts: readonly string[],
  verdict: Verdict,
  answer: string,
): HTMLElement {
  const { report } = words
  const where = h('input', { id: 'report-where', maxlength: '200', autocomplete: 'off', oninput: show })
  const sent = h('pre', { class: 'sent', tabindex: '0', 'aria-label': report.sent })
  const said = h('p', { class: 'said', role: 'status' })
  const text = (): string => reportText(words, verdict, answer, where.value)
  const ways = contacts.map((contact) => wayTo(contact, words, text, said))

  function show(): void {
    sent.textContent = text()
    for (const way of ways) way.renew()
  }
  show()
  return h(
    'details',
    { class: 'card report' },
    h('summary', {}, report.open),
    ...(ways.length === 0
      ? [h('p', {}, report.nobody)]
      : [
          h('p', {}, report.intro),
          h('label', { for: 'report-where' }, report.where),
          where,
          h('p', { class: 'label' }, report.sent),
          sent,
          h('div', { class: 'ways' }, ...ways.map(({ element }) => element)),
          said,
        ]),
  )
}

interface Way {
  readonly element: HTMLElement
  /** Takes over what is to be sent. */
  renew(): void
}

function wayTo(contact: string, { report }: CardWords, text: () => string, said: HTMLElement): Way {
  if (contact.startsWith('tel:')) {
    return { element: h('a', { class: 'button', href: contact }, report.call(contact.slice(4))), renew() {} }
  }
  if (contact.startsWith('mailto:')) {
    const link = h('a', { class: 'button' }, report.mail)
    const renew = (): void => {
      link.href = `${contact}?subject=${encodeURIComponent(report.subject)}&body=${encodeURIComponent(text())}`
    }
    return { element: link, renew }
  }
  const send = h('button', { type: 'button', onclick: () => void post() }, report.send)
  async function post(): Promise<void> {
    send.disabled = true
    const done = await sendReport(contact, text())
    said.textContent = done ? report.done : report.failed
    send.disabled = done
  }
  return { element: send, renew() {} }
}

/** Sends a report to this site's own form. */
async function sendReport(path: string, body: string): Promise<boolean> {
  const to = new URL(path, location.origin)
  if (to.origin !== location.origin) return false
  try {
    const headers = { 'content-type': 'text/plain; charset=utf-8' }
    const { ok } = await fetch(to, { method: 'POST', body, headers, credentials: 'omit', redirect: 'error' })
    return ok
  } catch {
    return false
  }
}
