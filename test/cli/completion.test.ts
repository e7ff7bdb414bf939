import { execFileSync } from 'node:child_process'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type Desk, openDesk } from './desk.ts'

let desk: Desk & Disposable
beforeEach(() => {
  desk = openDesk()
})
afterEach(() => desk[Symbol.dispose]())

/** What bash would offer for these words. */
async function offered(...words: string[]): Promise<string[]> {
  const script = await desk.done('completion', 'bash')
  const line = ['veristamp', ...words].map((word) => `'${word}'`).join(' ')
  const ask = `COMP_WORDS=(${line}); COMP_CWORD=${words.length}; _veristamp; printf '%s\\n' "\${COMPREPLY[@]}"`
  return execFileSync('bash', ['-c', `${script}\n${ask}`], { encoding: 'utf8' })
    .trim()
    .split('\n')
}

describe('completion', () => {
  it('offers commands, those below them, and options', async () => {
    expect(await offered('iss')).toEqual(['issuer', 'issue'])
    expect(await offered('trust', '')).toEqual(expect.arrayContaining(['build', 'sign', 'merge', 'show']))
    expect(await offered('trust', 'sign', 'draft.cbor', '--b')).toEqual(['--before'])
    expect(await offered('--json', 'revoke', '--re')).toEqual(
      expect.arrayContaining(['--reason', '--released-to']),
    )
  })

  it('knows three shells', async () => {
    expect(await desk.done('completion', 'fish')).toContain(
      "complete -c veristamp -n '__fish_use_subcommand' -a status",
    )
    expect(await desk.done('--lang', 'vi', 'completion', 'zsh')).toMatch(/^autoload -U \+X bashcompinit/)
    expect((await desk.say('completion', 'tcsh')).exit).toBe(2)
  })
})
