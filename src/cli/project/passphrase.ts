import { readBoundedFile } from '../../node/files/bounded-file.ts'
import { encodingOf, LINE_END } from '../../node/files/file-text.ts'
import { type FileKind, fileKind } from '../input/file-kind.ts'
import { warn } from '../shell/confirm.ts'
import type { Context } from '../shell/context.ts'
import { Failure } from '../shell/io.ts'
import { warnIfOpen } from './private-file.ts'

/**
 * The passphrase of key files and run secrets: from `--passphrase-file` (its first line), VERISTAMP_PASSPHRASE, or the
 * terminal, in this order. In Unicode NFC, for keyboards spell Vietnamese letters in two ways.
 * @param isNew for new keys: asks twice, and takes none that is soon guessed
 * @throws Failure `passphrase`
 */
export async function readPassphrase(context: Context, isNew = false): Promise<string> {
  const passphrase = await givenPassphrase(context, isNew)
  const { words } = context
  if (!isNew || !isGuessable(passphrase)) return passphrase
  throw new Failure(
    'passphrase',
    words.secrets.passphraseWeak(MIN_PASSPHRASE),
    words.secrets.passphraseWeakHow,
  )
}

/** Characters of a new passphrase. */
const MIN_PASSPHRASE = 8
/** Of them, different ones. */
const MIN_DIFFERENT = 4
const FIRST_GUESSES = ['password', 'passphrase', 'matkhau', 'mật khẩu', 'qwertyui', 'veristamp', 'vietnam']

/** A passphrase that is short, of few letters, a row of neighbours, or a first guess with figures after it. */
export function isGuessable(passphrase: string): boolean {
  const letters = [...passphrase.trim().toLowerCase()]
  if (letters.length < MIN_PASSPHRASE || new Set(letters).size < MIN_DIFFERENT) return true
  const steps = letters.slice(1).map((letter, i) => letter.codePointAt(0)! - letters[i]!.codePointAt(0)!)
  if (new Set(steps).size === 1) return true
  return FIRST_GUESSES.includes(letters.join('').replace(/[\s\d\p{P}\p{S}]+$/u, ''))
}

async function givenPassphrase(context: Context, isNew: boolean): Promise<string> {
  const { io, words, passphraseFile } = context
  if (passphraseFile !== undefined) return check(context, firstLine(context, passphraseFile))
  if (io.env.VERISTAMP_PASSPHRASE) return check(context, io.env.VERISTAMP_PASSPHRASE)
  if (!io.canAsk) throw new Failure('passphrase', words.passphraseMissing, words.passphraseHow)
  const given = check(context, await io.askHidden(words.passphrase))
  if (isNew && check(context, await io.askHidden(words.passphraseAgain)) !== given) {
    throw new Failure('passphrase', words.passphrasesDiffer)
  }
  return given
}

function check({ words }: Context, given: string): string {
  const passphrase = given.normalize('NFC')
  if (passphrase.length >= 1 && Buffer.byteLength(passphrase) <= 1024) return passphrase
  throw new Failure('passphrase', words.passphraseLong, words.passphraseHow)
}

const MAX_FILE = 8192

/** What a word processor saves, whose first line nobody would type. */
const WRITTEN_BY_PROGRAMS: ReadonlySet<FileKind | undefined> = new Set([
  'zip',
  'gzip',
  'ole',
  'rtf',
  'pdf',
  'list',
])

/** The first line of a text as any system writes it. What is no text makes a passphrase that nobody could type. */
function firstLine(context: Context, file: string): string {
  const { words } = context
  warnIfOpen(context, context.path(file))
  const noText = () => new Failure('passphrase', words.passphraseNoText(file), words.passphraseNoTextHow)
  const bytes = readBoundedFile(context.path(file), MAX_FILE)
  if (bytes === undefined || WRITTEN_BY_PROGRAMS.has(fileKind(bytes))) throw noText()
  const text = new TextDecoder(encodingOf(bytes)).decode(bytes)
  const line = text.split(LINE_END)[0]!
  // A letter that is lost, or one that no keyboard has.
  if (/[\ufffd\p{Cc}]/u.test(line)) throw noText()
  if (line !== line.trim()) warn(context, words.passphraseBlank(file))
  return line
}
