import { readFileSync, rmSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { Application, Comment, CommentTag, Converter, type DocumentReflection, RendererEvent } from 'typedoc'
import { asOnGitHub } from './markdown.ts'
import { DOORS, GROUPS, IMPORTS } from './pages.ts'

/** Makes `out/docs`, or the folder that is named: one static site of chapters, specification and API reference. */

process.chdir(fileURLToPath(new URL('../../../', import.meta.url)))
const [out = 'out/docs'] = process.argv.slice(2)
const paths = Object.values(GROUPS).flat()

const app = await Application.bootstrap({
  name: 'veristamp',
  tsconfig: 'src/package/site/tsconfig.json',
  entryPoints: DOORS.map((door) => `src/${door}.ts`),
  readme: 'README.md',
  projectDocuments: paths,
  customCss: 'src/package/site/style.css',
  disableSources: true,
  excludeInternal: true,
  hideGenerator: true,
  sortEntryPoints: false,
  groupReferencesByType: true,
  groupOrder: [
    ...Object.keys(GROUPS),
    IMPORTS,
    'Functions',
    'Classes',
    'Variables',
    'Interfaces',
    'Type Aliases',
  ],
  navigation: { includeGroups: true, includeFolders: false },
  searchInDocuments: true,
  // Its page has no anchors for types whose parents stand behind other imports.
  includeHierarchySummary: false,
  highlightLanguages: ['ts', 'js', 'json', 'html', 'sh', 'csv', 'python', 'sql'],
  markdownItLoader: asOnGitHub,
  validation: { notExported: true, invalidLink: true, invalidPath: true, notDocumented: false },
  treatWarningsAsErrors: true,
})

const pathOf = ({ name }: DocumentReflection): string => `${name}.md`
const groupOf = (path: string): string => Object.entries(GROUPS).find(([, pages]) => pages.includes(path))![0]
/** Makes links of what comments say of the specification's sections. Every page of the reference is a folder deep. */
function linkSections({ summary, blockTags }: Comment): void {
  for (const part of [...summary, ...blockTags.flatMap(({ content }) => content)])
    if (part.kind === 'text')
      part.text = part.text.replaceAll(
        /(SPEC|docs\/spec\/[\w-]+)\.md,\s+"([^"]+)"/g,
        (said, page: string, heading: string) =>
          `[${said}](../documents/${page.replaceAll('/', '_')}.html#${slugOf(heading.replaceAll(/\s+/g, ' '))})`,
      )
}

const slugOf = (heading: string): string =>
  heading
    .toLowerCase()
    .replaceAll(/[^\w\s-]/g, '')
    .replaceAll(' ', '-')
const headingOf = (path: string): string => /^# (.*)$/m.exec(readFileSync(path, 'utf8'))![1]!

app.converter.on(Converter.EVENT_RESOLVE_BEGIN, ({ project }) => {
  for (const { comment } of Object.values(project.reflections))
    if (comment !== undefined) linkSections(comment)
  for (const document of project.documents ?? []) document.frontmatter.group = groupOf(pathOf(document))
  for (const door of project.children ?? []) {
    door.comment ??= new Comment()
    door.comment.blockTags.push(new CommentTag('@group', [{ kind: 'text', text: IMPORTS }]))
  }
})

// Files are named by paths, pages by their headings. The first page says the project's name above the README.
app.renderer.on(RendererEvent.BEGIN, ({ project }) => {
  for (const document of project.documents ?? []) document.name = headingOf(pathOf(document))
  const [begin] = project.readme ?? []
  if (begin?.kind === 'text') begin.text = begin.text.replace(/^# .*\n/, '')
})

const project = await app.convert()
if (project !== undefined) {
  app.validate(project)
  rmSync(out, { recursive: true, force: true })
  await app.generateDocs(project, out)
}
if (app.logger.hasErrors() || app.logger.hasWarnings()) process.exit(1)
