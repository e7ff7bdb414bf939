/** Short names of namespaces, as a `@context` gives them. */
export type Prefixes = ReadonlyMap<string, string>

/** What the context of EPCIS 2.0 itself says. */
const STANDARD: readonly (readonly [string, string])[] = [
  ['epcis', 'https://ref.gs1.org/epcis/'],
  ['cbv', 'https://ref.gs1.org/cbv/'],
  ['cbvmda', 'urn:epcglobal:cbv:mda:'],
  ['gs1', 'https://gs1.org/voc/'],
]

/** The prefixes of some contexts: addresses of contexts are never opened. A later one goes before an earlier one. */
export function prefixesOf(...contexts: readonly unknown[]): Prefixes {
  const prefixes = new Map(STANDARD)
  for (const context of contexts.flat()) {
    if (typeof context !== 'object' || context === null) continue
    for (const [name, term] of Object.entries(context)) {
      const space: unknown = typeof term === 'object' ? term?.['@id'] : term
      if (!name.startsWith('@') && typeof space === 'string') prefixes.set(name, space)
    }
  }
  return prefixes
}

/** A name or a value whose prefix is known, in full: `{https://…/}name` with braces. */
export function expand(text: string, prefixes: Prefixes, braces = ''): string {
  const colon = text.indexOf(':')
  const space = colon === -1 ? undefined : prefixes.get(text.slice(0, colon))
  if (space === undefined) return text
  const [open = '', close = ''] = braces
  return open + space + close + text.slice(colon + 1)
}
