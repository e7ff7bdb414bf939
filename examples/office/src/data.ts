import type { OfficeData } from '../../../src/cli/server/office.ts'

/** What a value is once it came as JSON. */
type Sent<T> = T extends Date ? string : T extends object ? { readonly [K in keyof T]: Sent<T[K]> } : T

export type Office = Sent<OfficeData>
export type Copy = Office['findings'][number]
export type Kiosk = Office['scanners'][number]
export type PrintRun = Office['runs'][number]

/** `token`: it is wrong. `slow`: too many tried. `unreachable`: nobody answered. */
export type Trouble = 'token' | 'slow' | 'unreachable'

/** What the server knows now, or why it does not say. */
export async function fetchOffice(token: string): Promise<Office | Trouble> {
  try {
    const answer = await fetch('data', { headers: { Authorization: `Bearer ${token}` }, cache: 'no-store' })
    if (answer.ok) return (await answer.json()) as Office
    if (answer.status === 401 || answer.status === 403) return 'token'
    return answer.status === 429 ? 'slow' : 'unreachable'
  } catch {
    return 'unreachable'
  }
}
