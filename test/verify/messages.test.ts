import { describe, expect, it } from 'vitest'
import type { Language } from '../../src/lib/language.ts'
import { explain, explainWarning } from '../../src/verify/messages.ts'
import { REASONS } from '../../src/verify/reason-table.ts'
import type { Reason } from '../../src/verify/reasons.ts'
import type { Verdict, Warning } from '../../src/verify/verdict.ts'
import { createVerifier } from '../../src/verify/verifier.ts'
import { issue, NOW, stamp, trustListWith } from '../support/fixtures.ts'

const LANGUAGES: readonly Language[] = ['vi', 'en']
const REASON_KEYS = Object.keys(REASONS) as Reason[]
const WARNINGS = Object.keys({
  revocation_unchecked: 0,
  rollback_unprotected: 0,
} satisfies Record<Warning, 0>) as Warning[]

const failed = (reason: Reason) => ({ status: REASONS[reason].status, reason }) as Verdict

describe.each(LANGUAGES)('the messages in %s', (language) => {
  it('have a sentence of their own for every reason and for a valid stamp', () => {
    const valid = explain({ status: 'valid' } as Verdict, language)
    const sentences = [valid, ...REASON_KEYS.map((reason) => explain(failed(reason), language))]
    for (const sentence of sentences) expect(sentence).toMatch(/^\p{Lu}.+[.]$/u)
    expect(new Set(sentences).size).toBe(REASON_KEYS.length + 1)
  })

  it('have a sentence of their own for every warning', () => {
    const sentences = WARNINGS.map((warning) => explainWarning(warning, language))
    for (const sentence of sentences) expect(sentence).toMatch(/^\p{Lu}.+[.]$/u)
    expect(new Set(sentences).size).toBe(WARNINGS.length)
  })
})

describe('the messages', () => {
  it('are in two languages', () => {
    for (const reason of REASON_KEYS)
      expect(explain(failed(reason), 'vi')).not.toBe(explain(failed(reason), 'en'))
    for (const warning of WARNINGS)
      expect(explainWarning(warning, 'vi')).not.toBe(explainWarning(warning, 'en'))
  })

  it('never call a valid stamp genuine, and say that a copy passes', async () => {
    const verifier = createVerifier({ trustLists: [await trustListWith()] })
    const verdict = verifier.verify((await issue(stamp)).toText(), { now: NOW })
    expect(explain(verdict, 'en')).toMatch(/A copy passes too/)
    expect(explain(verdict, 'vi')).toMatch(/Tem sao chép vẫn hiện hợp lệ/)
    expect(explain(verdict, 'en')).not.toMatch(/genuine|authentic|real/i)
    expect(explain(verdict, 'vi')).not.toMatch(/thật|chính hãng/i)
  })
})
