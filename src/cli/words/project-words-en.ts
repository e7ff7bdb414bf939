/** What people read about a project’s own file, in English. */
export const projectEn = {
  weakKey: (file: string) => `${file} is weakly protected; make it again with veristamp keygen`,
  noProject: (file: string) => `no project here: ${file} is missing`,
  noProjectHow: 'begin one: veristamp init AUTHORITY --facilities FILE --products FILE',
  badProject: (file: string, why: string) => `${file}: ${why}`,
  badProjectHow:
    'see the fields and what they take: docs/command-line.md, or schemas/project-1.schema.json for editors',
  backslashes: 'in JSON a path with backslashes has two of each, as in "C:\\\\keys", or slashes',
  invisible: (letters: readonly string[]) => `invisible letters: ${letters.join(', ')}`,
  unknownField: (place: string, like: string | undefined) =>
    `there is no field ${place}${like === undefined ? '' : `; is it ${JSON.stringify(like)}?`}`,
}
