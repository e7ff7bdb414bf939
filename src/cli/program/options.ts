import { InvalidArgumentError } from 'commander'
import type { KeyName } from '../../registry/kinds.ts'
import { idIn } from '../project/products.ts'
import type { Context } from '../shell/context.ts'
import type { ExitCode } from '../shell/io.ts'
import type { Words } from '../words/words.ts'

/**
 * What runs a command's work when the command is named.
 * @param saysEnds true for a command whose answer says itself what ends soon: the others warn of it
 */
export type On = <Rest extends unknown[]>(
  act: Act<Rest>,
  saysEnds?: boolean,
) => (...rest: Rest) => Promise<void>

type Act<Rest extends unknown[]> = (context: Context, ...rest: Rest) => ExitCode | Promise<ExitCode>

/** A command's work, loaded when it is asked for: `--help` waits for none of it. */
export function lazily<Module, Name extends keyof Module>(load: () => Promise<Module>, name: Name) {
  type Rest = Module[Name] extends Act<infer Given> ? Given : never
  return async (context: Context, ...rest: Rest): Promise<ExitCode> => {
    const act = (await load())[name] as Act<Rest>
    return act(context, ...rest)
  }
}

/** All texts of a command's arguments and options but its output. */
export function namedIn(values: readonly unknown[]): string[] {
  return values.flatMap((value) => {
    if (typeof value === 'string') return [value]
    if (Array.isArray(value)) return namedIn(value)
    if (Object.getPrototypeOf(value ?? 0) !== Object.prototype) return []
    return namedIn(
      Object.entries(value as object).flatMap(([name, each]) => (name === 'output' ? [] : [each])),
    )
  })
}

/** A whole number that an option is given. */
export function whole(text: string): number {
  const value = /^\d{1,16}$/.test(text) ? Number(text) : Number.NaN
  if (Number.isSafeInteger(value)) return value
  throw new InvalidArgumentError('It takes a whole number.')
}

/** A number with a point that an option is given. */
export function decimal(text: string): number {
  if (/^\d{1,6}(\.\d{1,6})?$/.test(text)) return Number(text)
  throw new InvalidArgumentError('It takes a number.')
}

/** Values of an option that may be given more than once. */
export const gather = (text: string, before: readonly string[]): readonly string[] => [...before, text]

/** The id of a product or a facility: a number, or a whole GTIN or GLN with the zeros in front of it. */
export const idOf =
  (words: Words, key: KeyName) =>
  (text: string): number =>
    idIn(words, key, text) ?? whole(text)
