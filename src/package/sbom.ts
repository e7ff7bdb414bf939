import type { Bundled } from './bundled.ts'

/** The package itself, and what npm installs beside it. */
export interface PackageManifest {
  readonly name: string
  readonly version: string
  readonly license: string
  readonly dependencies: Readonly<Record<string, string>>
}

/**
 * The software bill of materials: CycloneDX 1.6, JSON (https://cyclonedx.org/docs/1.6/json/). The same build makes the
 * same text, so it has neither a date nor a serial number.
 * @param installed the packages that npm installs beside this one
 */
export function sbomOf(
  manifest: PackageManifest,
  bundled: readonly Bundled[],
  installed: readonly Bundled[],
): string {
  const refs = new Set(installed.map(refOf))
  // The CommonJS build has noble inside; it is one component all the same.
  const inside = bundled.filter((each) => !refs.has(refOf(each)))
  const all = [...installed, ...inside]
  return `${JSON.stringify(
    {
      bomFormat: 'CycloneDX',
      specVersion: '1.6',
      version: 1,
      metadata: { component: component(manifest) },
      components: all.map(component),
      dependencies: [
        { ref: refOf(manifest), dependsOn: all.map(refOf) },
        ...all.map((each) => ({ ref: refOf(each), dependsOn: [] })),
      ],
    },
    null,
    2,
  )}\n`
}

type Named = Pick<Bundled, 'name' | 'version' | 'purl'>

const refOf = ({ name, version, purl }: Named): string =>
  purl ?? `pkg:npm/${name.replace('@', '%40')}@${version}`

const component = (each: Named & Pick<Bundled, 'license'>) => ({
  type: 'library',
  'bom-ref': refOf(each),
  name: each.name,
  version: each.version,
  licenses: [/\s/.test(each.license) ? { expression: each.license } : { license: { id: each.license } }],
  purl: refOf(each),
})
