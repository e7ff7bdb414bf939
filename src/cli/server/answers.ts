/** What every answer to a program carries. */
const HEADERS = {
  'Content-Type': 'application/json',
  'Cache-Control': 'no-store',
  'X-Content-Type-Options': 'nosniff',
} as const

/** An answer in JSON. */
export const jsonAnswer = (status: number, body: object, headers: Record<string, string> = {}): Response =>
  new Response(`${JSON.stringify(body)}\n`, { status, headers: { ...HEADERS, ...headers } })

/** An answer that says why not. */
export const refusal = (
  status: number,
  reason: string,
  rest: object = {},
  headers: Record<string, string> = {},
): Response => jsonAnswer(status, { reason, ...rest }, headers)
