/** A worker that leaves signatures to others: its task ends when they have taken all. */
export async function verifyTask({ taken, answers }) {
  while (Atomics.load(taken, 0) < answers.length) await new Promise((resume) => setTimeout(resume, 1))
}
