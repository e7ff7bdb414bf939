/** A worker that dies as its first message or signature tells it to: the first byte of the first 40 of the task. */

const held = []

function die(how) {
  if (how === 1) throw new Error('thrown')
  if (how === 2) return new Promise((_, reject) => setTimeout(() => reject(new Error('thrown late')), 5))
  if (how === 3) process.exit(3)
  if (how === 4) for (;;) held.push(new Array(1000).fill(Math.random()))
  if (how === 5)
    return new Promise(() =>
      setTimeout(() => {
        throw new Error('thrown by a timer')
      }, 5),
    )
  if (how === 6)
    setTimeout(() => {
      throw new Error('thrown after the answer')
    }, 5)
  if (how === 7) return 'nonsense'
  return undefined
}

/** Says yes to all, unless the text of some job is deadly: its signature begins with seven zeros and a number. */
export async function verifyTask({ signatures, answers }) {
  for (let i = 0; i < answers.length; i++) {
    const start = signatures.subarray(64 * i, 64 * i + 8)
    if (start.subarray(0, 7).some((byte) => byte !== 0)) continue
    const answer = await die(start[7])
    if (answer !== undefined) return answer
  }
  answers.fill(2)
  return undefined
}

/** Signs with zeros, unless the payload's fourth number, the serial, is deadly: 1000 and a number. */
export async function signTask({ messages }) {
  for (const message of messages) {
    const serial = message.at(-2) * 256 + message.at(-1)
    if (serial > 1000 && serial < 1010) {
      const answer = await die(serial - 1000)
      if (answer !== undefined) return answer
    }
  }
  return messages.map(() => new Uint8Array(64))
}
