import type { Command, HelpConfiguration, Option } from 'commander'
import type { Words } from '../words/words.ts'
import { EXAMPLES } from './examples.ts'

/** Help in the reader's language: commander's own words are English. */

type Titles = Readonly<Record<string, string>>

export const helpIn = ({ help }: Words): HelpConfiguration => ({
  showGlobalOptions: true,
  styleTitle: (title) => (help.titles as Titles)[title] ?? title,
  commandUsage(command) {
    const names: string[] = []
    for (let each: Command | null = command; each; each = each.parent) names.unshift(each.name())
    return `${names.join(' ')} ${command.usage().replace('[options]', help.options).replace('[command]', help.command)}`
  },
  optionDescription({ description, argChoices, defaultValue, required }: Option) {
    const isTold = required && defaultValue !== undefined && !Array.isArray(defaultValue)
    const extra = [
      ...(argChoices ? [argChoices.join(', ')] : []),
      ...(isTold ? [help.byDefault(String(defaultValue))] : []),
    ]
    return extra.length === 0 ? description : `${description} (${extra.join('; ')})`
  },
})

/** Gives every option its words, and leaves help to `--help` alone. */
export function describeOptions(command: Command, words: Words, above: readonly string[] = []): void {
  command.helpCommand(false)
  addExamples(command, words, above)
  const path = above.at(-1) ?? ''
  const texts: Readonly<Record<string, string>> = words.options
  for (const option of command.options) {
    const name = option.attributeName()
    option.description = texts[`${path}.${name}`] ?? texts[name] ?? ''
  }
  for (const each of command.commands) describeOptions(each, words, [...above, each.name()])
}

function addExamples(command: Command, { man }: Words, path: readonly string[]): void {
  const shown = EXAMPLES[path.join(' ')]
  if (shown === undefined) return
  const lines = shown.lines.map((line) => `  veristamp ${line}`)
  command.addHelpText('after', `\n${[man.examples, ...lines, '', man.readOn(shown.chapter)].join('\n')}`)
}
