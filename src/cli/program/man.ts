import type { Command, Option } from 'commander'
import { VERSION } from '../shell/version.ts'
import type { Words } from '../words/words.ts'
import { EXAMPLES } from './examples.ts'

/** A man page, made from the commands themselves: troff with the macros of man(7). */
export function manOf(program: Command, { about, help, man }: Words): string {
  const leaves = leavesOf(program, [])
  return [
    `.TH VERISTAMP 1 "" "veristamp ${VERSION}"`,
    heading(man.name),
    escaped(`veristamp – ${about}`),
    heading(man.synopsis),
    `.B veristamp`,
    escaped(`${help.options} ${help.command}`),
    heading(man.commands),
    ...leaves.flatMap(({ path, command }) => commandLines(path, command)),
    heading(man.options),
    ...program.options.flatMap(optionLines),
    heading(man.exit),
    ...man.exits.flatMap(([code, meaning]) => ['.TP', escaped(code), escaped(meaning)]),
    heading(man.environment),
    ...man.variables.flatMap(([name, meaning]) => ['.TP', escaped(name), escaped(meaning)]),
    heading(man.more),
    escaped(man.moreText),
    '',
  ].join('\n')
}

interface Leaf {
  readonly path: readonly string[]
  readonly command: Command
}

/** Commands that do something: those that only hold others are named by them. */
export function leavesOf(command: Command, path: readonly string[]): Leaf[] {
  return command.commands.flatMap((each) => {
    const own = [...path, each.name()]
    const below = leavesOf(each, own)
    return isLeaf(each) ? [{ path: own, command: each }, ...below] : below
  })
}

/** `runs` lists them, and has commands below it. */
const isLeaf = (command: Command): boolean =>
  command.commands.length === 0 || (command as unknown as { _actionHandler: unknown })._actionHandler != null

const heading = (text: string): string => `.SH "${escaped(text)}"`

function commandLines(path: readonly string[], command: Command): string[] {
  const usage = command.usage().replace('[options]', '').replace('[command]', '').trim()
  const examples = EXAMPLES[path.join(' ')]?.lines ?? []
  return [
    `.SS "${escaped(['veristamp', ...path, usage].join(' ').trim())}"`,
    escaped(command.description()),
    ...command.options.flatMap(optionLines),
    ...(examples.length > 0
      ? ['.PP', '.nf', ...examples.map((line) => escaped(`    veristamp ${line}`)), '.fi']
      : []),
  ]
}

const optionLines = ({ flags, description }: Option): string[] => [
  '.TP',
  `.B ${escaped(flags)}`,
  escaped(description),
]

/** A line that troff takes for text: it obeys backslashes, and lines that begin with a dot or an apostrophe. */
const escaped = (text: string): string =>
  text
    .replaceAll('\\', '\\e')
    .replaceAll('-', '\\-')
    .replaceAll('"', '\\(dq')
    .replace(/^(?=[.'])/, '\\&')
