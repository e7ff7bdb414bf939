import type { Command, HelpConfiguration, Option } from 'commander'
import type { Words } from '../words/words.ts'

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
export function describeOptions(command: Command, words: Words, path = ''): void {
  command.helpCommand(false)
  const texts: Readonly<Record<string, string>> = words.options
  for (const option of command.options) {
    const name = option.attributeName()
    option.description = texts[`${path}.${name}`] ?? texts[name] ?? ''
  }
  for (const each of command.commands) describeOptions(each, words, each.name())
}
