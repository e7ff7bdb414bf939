/** The folder of this page, as the browser spells it: its scripts lie one below. */
export const here = (): URL => new URL(/* @vite-ignore */ '../', import.meta.url)

/** A file of this site. */
export const fileAt = (path: string): URL => new URL(path, here())
