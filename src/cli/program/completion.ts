import type { Command } from 'commander'

/** Completion scripts for shells, made from the commands themselves. */

export const SHELLS = ['bash', 'zsh', 'fish'] as const
export type Shell = (typeof SHELLS)[number]

interface Place {
  /** The words that lead here, as in `trust sign`. */
  readonly path: string
  readonly commands: readonly Command[]
  /** Long options, those of all commands among them. */
  readonly options: readonly string[]
}

/** What a shell needs to complete the words of a program. */
export function completionOf(program: Command, shell: Shell): string {
  const places = placesOf(program, '')
  if (shell === 'fish') return fish(places)
  const script = bash(places)
  return shell === 'bash' ? script : `autoload -U +X bashcompinit && bashcompinit\n${script}`
}

function placesOf(command: Command, path: string, above: readonly string[] = []): Place[] {
  const options = [...command.options.flatMap(({ long }) => long ?? []), ...above]
  const own = { path, commands: command.commands, options }
  const shared = path === '' ? options : above
  return [own, ...command.commands.flatMap((each) => placesOf(each, `${path} ${each.name()}`.trim(), shared))]
}

const wordsAt = ({ commands, options }: Place): string[] => [
  ...commands.map((each) => each.name()),
  ...options,
]

/** Names have letters, digits and dashes alone, so nothing is quoted inside of them. */
function bash(places: readonly Place[]): string {
  const cases = places.map((place) => `    "${place.path}") words="${wordsAt(place).join(' ')}" ;;`)
  const paths = places.map(({ path }) => path).filter((path) => path !== '')
  return `_veristamp() {
  local path="" word words="" known="|${paths.join('|')}|"
  for word in "\${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
    [[ $known == *"|\${path:+$path }$word|"* ]] && path="\${path:+$path }$word"
  done
  case "$path" in
${cases.join('\n')}
  esac
  COMPREPLY=($(compgen -W "$words" -- "\${COMP_WORDS[COMP_CWORD]}"))
  [[ \${#COMPREPLY[@]} -gt 0 ]] || COMPREPLY=($(compgen -f -- "\${COMP_WORDS[COMP_CWORD]}"))
}
complete -o filenames -F _veristamp veristamp
`
}

function fish(places: readonly Place[]): string {
  const lines = places.flatMap(({ path, commands, options }) => {
    const when =
      path === ''
        ? ''
        : ` -n '${path
            .split(' ')
            .map((word) => `__fish_seen_subcommand_from ${word}`)
            .join('; and ')}'`
    const top = path === '' ? " -n '__fish_use_subcommand'" : when
    return [
      ...commands.map(
        (each) => `complete -c veristamp${top} -a ${each.name()} -d '${plain(each.description())}'`,
      ),
      ...(path === '' ? options : options.filter((option) => !places[0]!.options.includes(option))).map(
        (option) => `complete -c veristamp${when} -l ${option.slice(2)}`,
      ),
    ]
  })
  return `${lines.join('\n')}\n`
}

const plain = (text: string): string => text.replace(/['\\]/g, '’')
