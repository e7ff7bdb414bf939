/** The files that were dropped, and those in folders that were. Ask at once: afterwards the browser knows them no more. */
export async function droppedFiles({ items, files }: DataTransfer): Promise<readonly File[]> {
  const entries = [...items].map((item) => item.webkitGetAsEntry())
  if (!entries.some((entry) => entry?.isDirectory)) return [...files]
  return (await Promise.all(entries.map(filesIn))).flat()
}

async function filesIn(entry: FileSystemEntry | null): Promise<File[]> {
  if (entry === null) return []
  if (entry.isFile)
    return [await new Promise<File>((take, fail) => (entry as FileSystemFileEntry).file(take, fail))]
  const reader = (entry as FileSystemDirectoryEntry).createReader()
  const all: FileSystemEntry[] = []
  // It gives a hundred at a time.
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((take, fail) => reader.readEntries(take, fail))
    if (some.length === 0) return (await Promise.all(all.map(filesIn))).flat()
    all.push(...some)
  }
}
