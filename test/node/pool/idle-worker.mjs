/** A worker that leaves texts to others: its task ends when they have taken all. */
export async function verifyTask({ taken, ends }) {
  while (Atomics.load(taken, 0) < ends.length) await new Promise((resume) => setTimeout(resume, 1))
  const rows = { places: [], numbers: [], traits: [], outcomes: [], seals: new Uint8Array() }
  return { count: 0, rows }
}
