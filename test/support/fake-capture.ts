/** The `fetch` of a capture server that takes everything. */
export const captureServer: typeof fetch = async (_address, { method } = {}) => {
  if (method === 'OPTIONS') return new Response(null, { status: 204 })
  if (method === 'POST') return new Response(null, { status: 202, headers: { location: '/v2/capture/1' } })
  return Response.json({ running: false, success: true })
}
