/** A worker that leaves texts to others: its task ends when they have taken all. */
export async function verifyTask({ taken, ends }) {
  while (Atomics.load(taken, 0) < ends.length) await new Promise((resume) => setTimeout(resume, 1))
  return { count: 0, tables: { traits: [], outcomes: [] } }
}
