/**
 * A second reading of the format, in big integers and without any of the product's code: the coded bytes are
 * one exact fraction, and the interval is never shifted, only scaled up.
 */
export function decodeByTheBook(bytes: Uint8Array): [bigint, bigint][] {
  // The fraction in units of 2^−(8·places), and the interval [low, low + range) in the same units.
  let places = 4n
  let low = 0n
  let range = 2n ** 32n - 1n
  const fraction = (): bigint => {
    let value = 0n
    for (let i = 0; i < Number(places); i++) value = value * 256n + BigInt(bytes[i] ?? 0)
    return value
  }
  const decide = (states: Map<string, { zero: bigint; step: bigint }>, slot: string): bigint => {
    const start = slot.startsWith('digits') ? { zero: 16384n, step: 2n } : { zero: 32768n, step: 8n }
    const { zero, step } = states.get(slot) ?? start
    const bound = (range / 65536n) * zero
    const bit = fraction() < low + bound ? 0n : 1n
    if (bit === 1n) low += bound
    range = bit === 0n ? bound : range - bound
    states.set(slot, {
      zero: bit === 0n ? zero + (65536n - zero) / step : zero - zero / step,
      step: step < 255n ? step + 1n : step,
    })
    while (range < 2n ** 24n) {
      places += 1n
      low *= 256n
      range *= 256n
    }
    return bit
  }
  const number = (states: Map<string, { zero: bigint; step: bigint }>): bigint => {
    let digits = 0
    while (digits < 53 && decide(states, `digits ${digits}`) === 1n) digits++
    if (digits < 2) return BigInt(digits)
    let value = 2n + decide(states, `second ${digits}`)
    for (let place = digits - 3; place >= 0; place--) value = 2n * value + decide(states, `lower ${place}`)
    return value
  }

  const [gaps, lengths] = [new Map(), new Map()]
  const runs: [bigint, bigint][] = []
  let lowest = 0n
  for (let left = number(new Map()); left > 0n; left--) {
    const first = lowest + number(gaps)
    const last = first + number(lengths)
    runs.push([first, last])
    lowest = last + 2n
  }
  return runs
}
