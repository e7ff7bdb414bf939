import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { codesOf, type Desk, foundProject, openDesk } from './desk.ts'

/** A recall: what it hits is counted before anyone is asked, and what it does not name stays good. */

let desk: Desk & Disposable
beforeEach(async () => {
  desk = openDesk()
  await foundProject(desk)
  const issue = (product: number, count: number, ...more: string[]) =>
    desk.done('issue', '--product', `${product}`, '--count', `${count}`, '--no-sheets', ...more)
  await issue(104, 10, '--lot', 'L1', '--made', '2026-02-01')
  await issue(104, 5, '--lot', 'L2', '--made', '2026-02-01')
  await issue(105, 3, '--lot', 'L1', '--made', '2026-02-02')
  await desk.done('list')
  await desk.done('--yes', 'release', '12-104-1-1', '--to', 'Chợ Hạ Long', '--serials', '1-4')
})
afterEach(() => desk[Symbol.dispose]())

const revoke = (...words: string[]) => desk.say('revoke', '--reason', 'recalled', ...words)
const verdictsOf = async (run: string) =>
  (await desk.say('verify', '--file', `runs/${run}/codes.csv`)).out.trim().split('\n').at(-1)

describe('a recall', () => {
  it.each([
    [
      ['--lot', 'L1'],
      ['0 valid, 10', '5 valid, 0', '0 valid, 3'],
    ],
    [
      ['--lot', 'L1', '--product', '105'],
      ['10 valid, 0', '5 valid, 0', '0 valid, 3'],
    ],
    [
      ['--made', '2026-02-01'],
      ['0 valid, 10', '0 valid, 5', '3 valid, 0'],
    ],
    [
      ['--lot', 'L1', '--made', '2026-02-02'],
      ['10 valid, 0', '5 valid, 0', '0 valid, 3'],
    ],
    [
      ['--released-to', 'chợ hạ long'],
      ['6 valid, 4', '5 valid, 0', '3 valid, 0'],
    ],
  ])('by %j revokes just that', async (words, verdicts) => {
    expect((await revoke(...words)).err).toMatch(
      /This revokes \d+ issued and 0 unissued serials(.|\n)*Next: add --yes/,
    )
    const dry = await revoke('--dry-run', ...words)
    expect([dry.exit, dry.out]).toEqual([0, expect.stringContaining('nothing was signed')])
    expect((await revoke('--yes', ...words)).exit).toBe(0)
    for (const [i, run] of ['12-104-1-1', '12-104-1-2', '12-105-1-1'].entries())
      expect(await verdictsOf(run), run).toContain(verdicts[i])
  })

  it('by a table takes lines of an audit', async () => {
    await desk.done('audit', '-o', 'audit.csv')
    const lines = readFileSync(desk.path('audit.csv'), 'utf8').split('\r\n')
    writeFileSync(
      desk.path('some.csv'),
      [lines[0], ...lines.filter((line) => line.includes(',released,'))].join('\n'),
    )
    const { out } = await revoke('--yes', '--file', 'some.csv')
    expect(out).toContain('Recalled 4 serials of 1 product.')
    expect(await verdictsOf('12-104-1-1')).toContain('6 valid, 4 invalid')
    writeFileSync(desk.path('bad.csv'), 'product,first,last\n104,9,3\n')
    expect((await revoke('--yes', '--file', 'bad.csv')).err).toContain('bad.csv line 2')
  })

  it('by what was scanned off stamps takes each that verifies, and says what does not', async () => {
    const [first, second, ...others] = codesOf(desk, '12-104-1-1')
    const forged = `${others[0]!.slice(0, -1)}${others[0]!.endsWith('A') ? 'B' : 'A'}`
    writeFileSync(
      desk.path('scans.txt'),
      [first, second, first, forged, 'https://example.com', codesOf(desk, '12-105-1-1')[2]].join('\n'),
    )
    const asked = await revoke('--codes', 'scans.txt')
    expect(asked.exit).toBe(2)
    expect(asked.err).toMatch(/Warning: scans\.txt:4: .*\nWarning: scans\.txt:5: /)
    expect(asked.err).toMatch(/This revokes 2 issued and 0 unissued serials .* of product 104/)
    expect(asked.err).toMatch(/This revokes 1 issued and 0 unissued serials .* of product 105/)
    expect(asked.err).toContain('2 texts are not stamps of this authority, and are left out.')
    expect((await revoke('--yes', '--codes', 'scans.txt')).out).toContain('Recalled 3 serials of 2 products.')
    expect(await verdictsOf('12-104-1-1')).toContain('8 valid, 2 invalid')
    expect(await verdictsOf('12-105-1-1')).toContain('2 valid, 1 invalid')
    // What is revoked already is counted as that, and a scanner may type.
    desk.isTerminal = true
    desk.input = [Buffer.from(`${first}\r\n${others[3]}\r\n`)]
    const typed = await revoke('--codes', '-')
    expect([typed.exit, typed.err]).toEqual([2, expect.stringContaining('1 issued and 0 unissued')])
    desk.input = [Buffer.from(`${first}\r\n${others[3]}\r\n`)]
    await revoke('--yes', '--codes', '-')
    expect(await verdictsOf('12-104-1-1')).toContain('7 valid, 3 invalid')
    writeFileSync(desk.path('scans.txt'), forged)
    const none = await revoke('--yes', '--codes', 'scans.txt')
    expect([none.exit, none.err]).toEqual([
      2,
      expect.stringContaining('scans.txt has no stamp of this authority'),
    ])
  })

  it.each([
    [['--codes', 'x.txt', '--file', 'x.csv'], 'name one thing to revoke'],
    [['--lot', 'L9'], 'no run or release of this project fits'],
    [['--released-to', 'Nobody'], 'no run or release of this project fits'],
    [['--lot', 'L1', '--serials', '5'], 'name one thing to revoke'],
    [['--lot', 'L1', '--run', '12-104-1-1'], 'name one thing to revoke'],
    [['--file', 'x.csv', '--lot', 'L1'], 'name one thing to revoke'],
    [['--made', 'today'], '--made: expected'],
  ])('by %j revokes nothing', async (words, why) => {
    const { exit, err } = await revoke('--yes', ...words)
    expect([exit, err]).toEqual([2, expect.stringContaining(why)])
  })
})

describe('replace', () => {
  const replace = (...words: string[]) => desk.say('--yes', 'replace', '12-104-1-1', '--serials', ...words)

  it('revokes the old serials and prints as many new ones, of the same lot', async () => {
    const said = await desk.say('replace', '12-104-1-1', '--serials', '5,7')
    expect([said.exit, said.err]).toEqual([
      2,
      expect.stringContaining('prints 2 stamps in their place: serials 16 to 17'),
    ])
    const { exit, out } = await replace('5,7')
    expect([exit, out]).toEqual([0, expect.stringContaining('Run 12-104-1-3: serials 16 to 17')])
    expect(await verdictsOf('12-104-1-1')).toContain('8 valid, 2 invalid')
    expect(await verdictsOf('12-104-1-3')).toContain('2 valid, 0 invalid')
    expect(await desk.done('runs')).toMatch(/12-104-1-3 .* lot L1/)
    expect(
      await desk
        .done('issue', '--product', '105', '--count', '1', '--first', '4', '--no-sheets')
        .catch(String),
    ).toContain('list --raise 12:105:4')
  })

  it('of what is revoked, or not of the run, does nothing', async () => {
    await replace('5')
    expect((await replace('5')).err).toContain('serial 5 is revoked')
    expect((await replace('11')).err).toContain('serial 11 is not of run 12-104-1-1')
    rmSync(desk.path('keys/revocation.pem'))
    expect((await replace('6')).err).toMatch(/its key is with the authority\nNext: bring run 12-104-1-1 to/)
    expect(await verdictsOf('12-104-1-1')).toContain('9 valid, 1 invalid')
  })
})
