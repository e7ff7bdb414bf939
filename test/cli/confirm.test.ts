import { describe, expect, it } from 'vitest'
import { confirm } from '../../src/cli/shell/confirm.ts'
import { contextOf, type GlobalOptions } from '../../src/cli/shell/context.ts'
import type { Io } from '../../src/cli/shell/io.ts'
import type { Language } from '../../src/lib/language.ts'

/** What a question comes to, and what is told. */
async function ask(options: GlobalOptions, { typed = '', language = 'en' as Language, canAsk = true } = {}) {
  let err = ''
  const io = {
    canAsk,
    err: (text: string) => {
      err += text
    },
    ask: async (question: string) => {
      err += question
      return typed
    },
  }
  const context = contextOf({ cwd: '.', ...io } as unknown as Io, language, options)
  const outcome = await confirm(context, 'The key is revoked for good.').then(
    () => 'went on',
    ({ code, exit, next }) => ({ code, exit, next }),
  )
  return { outcome, err }
}

describe('a question', () => {
  it.each(['y', 'Y', ' yes '])('goes on after %j', async (typed) => {
    expect(await ask({}, { typed })).toEqual({
      outcome: 'went on',
      err: 'The key is revoked for good.\nGo on? [y/N] ',
    })
  })

  it.each(['c', 'Có', 'CO\u0301'])('goes on after %j in Vietnamese', async (typed) => {
    expect((await ask({}, { typed, language: 'vi' })).outcome).toBe('went on')
  })

  it.each(['', 'n', 'no', 'yess'])('ends the command after %j', async (typed) => {
    expect((await ask({}, { typed })).outcome).toMatchObject({ code: 'declined', exit: 3 })
  })

  it('is answered by --yes, and the fact is told all the same', async () => {
    expect(await ask({ yes: true }, { canAsk: false })).toEqual({
      outcome: 'went on',
      err: 'Warning: The key is revoked for good.\n',
    })
    expect((await ask({ yes: true, json: true })).err).toBe('{"warning":"The key is revoked for good."}\n')
  })

  it.each([
    ['without a terminal', {}, false],
    ['with --json', { json: true }, true],
  ])('%s ends the command with exit 2 and says what to add', async (_case, options, canAsk) => {
    const { outcome, err } = await ask(options, { canAsk, typed: 'y' })
    expect(outcome).toEqual({ code: 'unconfirmed', exit: 2, next: 'add --yes if you want it' })
    expect(err).toBe('')
  })
})
