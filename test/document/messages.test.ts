import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { explainReason } from '../../src/document/reason-messages.ts'
import type { DocumentReason } from '../../src/lib/document-reason.ts'
import type { Messages } from '../../src/lib/language.ts'
import { explainFault } from '../../src/registry/messages.ts'
import { messagesEn } from '../../src/registry/messages-en.ts'
import type { SealReason } from '../../src/stamp/seal.ts'
import { explainSeal } from '../../src/stamp/seal-messages.ts'
import { explain, explainWarning } from '../../src/verify/messages.ts'
import { REASONS } from '../../src/verify/reason-table.ts'
import type { Reason } from '../../src/verify/reasons.ts'
import type { Verdict } from '../../src/verify/verdict.ts'

const DOCUMENT_REASONS = Object.keys({
  ...{ malformed: 0, wrong_type: 0, wrong_authority: 0, duplicate_signature: 0, threshold: 0 },
  ...{ new_threshold: 0, root_version_gap: 0, root_version_rollback: 0, roots_changed: 0, rollback: 0 },
  ...{ equivocation: 0, store_corrupt: 0, public_key: 0, public_key_repeated: 0, key_id_crowded: 0 },
  ...{ scope_overlap: 0, catalogue_conflict: 0, wrong_key: 0, wrong_epoch: 0, serials_overlap: 0 },
  ...{ delta_base: 0, delta_gap: 0, unknown_scanner: 0, bad_signature: 0, wrong_place: 0 },
  ...{ wrong_slice: 0, slices_disagree: 0 },
} satisfies Record<DocumentReason, 0>) as DocumentReason[]

const SEAL_REASONS = Object.keys({
  ...{ malformed: 0, unsealed: 0, hidden_code_letter: 0, hidden_code_length: 0, hidden_code_wrong: 0 },
} satisfies Record<SealReason, 0>) as SealReason[]

const tables = {
  'lists and logs': [explainReason, DOCUMENT_REASONS],
  'hidden codes': [explainSeal, SEAL_REASONS],
} as unknown as Record<string, [(reason: string, language: string) => string, readonly string[]]>

describe.each(Object.entries(tables))('the messages for %s', (_, [say, reasons]) => {
  it.each(['en', 'vi'])('have a sentence of their own for every reason in %s', (language) => {
    const sentences = reasons.map((reason) => say(reason, language))
    for (const sentence of sentences) expect(sentence).toMatch(/^\p{Lu}.+[.]$/u)
    expect(new Set(sentences).size).toBe(reasons.length)
  })

  it('are in two languages, and take tags of browsers', () => {
    for (const reason of reasons) {
      expect(say(reason, 'vi-VN')).toBe(say(reason, 'vi'))
      expect(say(reason, 'vi')).not.toBe(say(reason, 'en'))
      expect(say(reason, 'vi')).not.toMatch(/\b(the|it|list|key|stamp|code)\b/i)
    }
  })

  it('know no other reasons and languages', () => {
    expect(() => say('toString', 'en')).toThrow(/^reason: expected one of malformed, .*, got "toString"$/)
    expect(() => say('malformed', 'fr')).toThrow('language: expected a language of vi, en, got "fr"')
  })
})

it('every reason of the vectors has a sentence', () => {
  const files = ['trust-lists', 'trust-chains', 'revocation-lists', 'revocation-deltas', 'scan-logs']
  const read = (name: string) => readFileSync(new URL(`../vectors/${name}.json`, import.meta.url), 'utf8')
  const reasons = new Set(
    files.flatMap((name) => [...read(name).matchAll(/"reason": "(\w+)"/g)].map(([, reason]) => reason!)),
  )
  expect(reasons.size).toBeGreaterThan(15)
  for (const reason of reasons) expect(explainReason(reason as DocumentReason, 'vi')).toBeTruthy()
})

describe('a caller’s own language', () => {
  const all = <Key extends string>(keys: readonly Key[]) =>
    Object.fromEntries(keys.map((key) => [key, `${key}, mais en français.`])) as Messages<Key>
  const verdicts = all<Reason | 'valid'>(['valid', ...(Object.keys(REASONS) as Reason[])])

  it('is a table of sentences', () => {
    expect(explain({ status: 'invalid', reason: 'revoked' } as Verdict, verdicts)).toBe(verdicts.revoked)
    expect(explain({ status: 'valid' } as Verdict, verdicts)).toBe(verdicts.valid)
    expect(explainReason('rollback', all(DOCUMENT_REASONS))).toBe('rollback, mais en français.')
    expect(explainSeal('unsealed', all(SEAL_REASONS))).toBe('unsealed, mais en français.')
    const warnings = { revocation_unchecked: 'Oh.', rollback_unprotected: 'Ah.' }
    expect(explainWarning('rollback_unprotected', warnings)).toBe('Ah.')
    const faults = { ...messagesEn, empty_file: () => 'Vide.' }
    expect(explainFault({ reason: 'empty_file', facts: {} } as never, faults)).toBe('Vide.')
  })

  it('lacks no sentence: the types say so, and the error names what is missing, whatever is asked', () => {
    const { revoked, ...lacking } = verdicts
    const valid = { status: 'valid' } as Verdict
    // @ts-expect-error: the sentence for `revoked` is missing
    const wrong = () => explain(valid, lacking)
    expect(wrong).toThrow('messages.revoked: expected a text of 1 to 1000 characters, got undefined')
    expect(wrong).toThrow(expect.objectContaining({ code: 'argument_type' }))
    expect(() => explain(valid, { ...verdicts, revoked: '' })).toThrow('messages.revoked')
    // @ts-expect-error: all sentences but one are missing
    expect(() => explainSeal('unsealed', { unsealed: 'Non.' })).toThrow('messages.malformed')
    const { empty_file, ...faults } = messagesEn
    // @ts-expect-error: the words for `empty_file` are missing
    expect(() => explainFault({ reason: 'bad_encoding', facts: {} } as never, faults)).toThrow(
      'messages.empty_file: expected a function',
    )
  })
})
