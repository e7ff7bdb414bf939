import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { readRegistry } from '../../src/registry/registry.ts'
import { type Desk, foundProject, openDesk } from './desk.ts'

/** What people type who come from Windows, or from notes that were written there. */

let desk: Desk & Disposable
beforeEach(() => {
  desk = openDesk()
})
afterEach(() => desk[Symbol.dispose]())

describe('backslashes', () => {
  it('part folders in the paths of arguments, of options and of --dir', async () => {
    mkdirSync(desk.path('tables'))
    for (const name of ['facilities.csv', 'products.csv']) cpSync(desk.path(name), desk.path('tables', name))
    mkdirSync(desk.path('office'))
    const at = ['--dir', 'office\\quang-ninh']
    const files = ['--facilities', 'tables\\facilities.csv', '--products', '.\\tables\\products.csv']
    await desk.done(...at, 'init', 'quang-ninh.example', ...files)
    await desk.done(...at, 'keygen', '--no-encrypt')
    await desk.done(...at, 'trust', 'build')
    await desk.done(...at, 'trust', 'pins', '-o', 'office\\pins.json')
    await desk.done(...at, 'trust', 'show', 'office\\quang-ninh\\lists\\trust-1.cbor')
    for (const file of ['office/pins.json', 'office/quang-ninh/lists/trust-1.cbor'])
      expect(existsSync(desk.path(file)), file).toBe(true)
    // What belongs to the project is found under such a name too.
    expect((await desk.say(...at, 'trust', 'pins', '-o', 'office\\quang-ninh\\keys\\x')).err).toContain(
      'belongs to the project',
    )
  })

  it('are letters where a file is called so', async () => {
    await foundProject(desk)
    mkdirSync(desk.path('a'))
    writeFileSync(desk.path('a\\b'), 'x')
    writeFileSync(desk.path('a/b'), 'HTTPS://EXAMPLE.COM')
    expect((await desk.say('verify', '--file', 'a\\b')).out).toContain('a\\b:1')
    await desk.done('trust', 'pins', '-o', 'nowhere\\pins.json')
    expect(existsSync(desk.path('nowhere\\pins.json'))).toBe(true)
  })

  it('in veristamp.json are told with how JSON writes them', async () => {
    await foundProject(desk)
    const file = desk.path('veristamp.json')
    const text = readFileSync(file, 'utf8').replace(
      '"commands": {}',
      '"commands": { "root": ["C:\\keys\\sign.exe"] }',
    )
    writeFileSync(file, text)
    const { exit, err } = await desk.say('status')
    expect([exit, err]).toEqual([2, expect.stringContaining('has two of each, as in "C:\\\\keys"')])
    expect((await desk.say('--lang', 'vi', 'status')).err).toContain('phải viết hai lần, ví dụ "C:\\\\keys"')
    writeFileSync(file, text.replaceAll('\\', '\\\\'))
    expect((await desk.say('status')).err).toBe('')
  })

  it('in the path of a picture are read as slashes, and lead nowhere else', () => {
    const read = (image: string) =>
      readRegistry({
        facilities: Buffer.from('id,name,gln,address\n12,A,,\n'),
        products: Buffer.from(`id,facility,name,gtin,stars,image\n104,12,Tea,,,${image}\n`),
      })
    const good = read('pictures\\tea.jpg')
    expect(good.ok && good.catalogue.products[0]!.image).toBe('pictures/tea.jpg')
    for (const image of [
      '..\\tea.jpg',
      'a\\..\\..\\tea.jpg',
      '\\\\server\\tea.jpg',
      'C:\\tea.jpg',
      'https:\\\\a.example\\x',
    ])
      expect(read(image).ok, image).toBe(false)
  })
})
