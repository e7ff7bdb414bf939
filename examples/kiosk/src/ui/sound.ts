import type { Tone } from '../core/answer.ts'

/** Hertz, one after the other: up for good, down for bad, so that nobody needs to look. */
const MELODIES: Readonly<Record<Tone, readonly number[]>> = {
  good: [880, 1320],
  copy: [880, 660, 880, 660],
  bad: [330, 220],
  unsure: [550, 550],
}
const NOTE = 0.14

let context: AudioContext | undefined

/** Browsers keep quiet until the page was used once. */
export function play(tone: Tone): void {
  context ??= new AudioContext()
  if (context.state === 'suspended') void context.resume()
  for (const [i, frequency] of MELODIES[tone].entries()) sound(context, frequency, i * NOTE)
}

function sound(context: AudioContext, frequency: number, after: number): void {
  const start = context.currentTime + after
  const oscillator = new OscillatorNode(context, { frequency, type: tone(frequency) })
  const volume = new GainNode(context, { gain: 0.25 })
  volume.gain.setTargetAtTime(0, start + NOTE * 0.7, 0.02)
  oscillator.connect(volume).connect(context.destination)
  oscillator.start(start)
  oscillator.stop(start + NOTE)
}

const tone = (frequency: number): OscillatorType => (frequency < 400 ? 'square' : 'sine')
