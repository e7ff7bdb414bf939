import { checkObject, checkText } from '../../lib/checks.ts'
import { argumentRange } from '../../lib/errors.ts'
import type { LabelTemplate, SheetLanguage } from '../../print/sheet/words.ts'

/** How the labels of a project look, whoever prints them. */
export interface LabelConfig {
  /** Of the words beside names: that of the registry's names by default. */
  readonly language?: SheetLanguage | undefined
  readonly template?: LabelTemplate | undefined
  /** A file in the project's folder, SVG or PNG. */
  readonly logo?: string | undefined
}

export const LANGUAGES = ['vi', 'en'] as const satisfies readonly SheetLanguage[]
export const TEMPLATES = ['classic', 'minimal', 'logo'] as const satisfies readonly LabelTemplate[]

/** A path that stays in the project's folder. */
const LOGO = /^(?!.*\.\.)[\w][\w ./-]{0,199}$/

/** @throws an argument error that names the field */
export function checkLabelConfig(value: unknown): void {
  const { language, template, logo } = checkObject('labels', value) as LabelConfig
  checkOneOf('labels.language', language, LANGUAGES)
  checkOneOf('labels.template', template, TEMPLATES)
  if (logo !== undefined && !LOGO.test(checkText('labels.logo', logo, 1, 200)))
    throw argumentRange('labels.logo', "a file in the project's folder", logo)
}

function checkOneOf(place: string, value: unknown, known: readonly string[]): void {
  if (value !== undefined && !known.includes(value as string))
    throw argumentRange(place, `one of ${known.join(', ')}`, value)
}
