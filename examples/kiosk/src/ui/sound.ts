import type { Tone } from '../../../shared/answer.ts'

/** `again`: a reading came to nothing. */
export type Signal = Tone | 'again'

/** Hertz, one after the other: up for good, down for bad, so that nobody needs to look. */
const MELODIES: Readonly<Record<Signal, readonly number[]>> = {
  good: [880, 1320],
  copy: [880, 660, 880, 660],
  bad: [330, 220],
  unsure: [550, 550],
  again: [660],
}
const NOTE = 0.14

/** Milliseconds on and off: felt in the hand in a loud market. */
const TREMORS: Readonly<Record<Signal, readonly number[]>> = {
  good: [60],
  copy: [80, 60, 80, 60, 80],
  bad: [400],
  unsure: [120, 80, 120],
  again: [200],
}

let context: AudioContext | undefined

/** Says an answer to ears and hands. Browsers keep quiet until the page was used once. */
export function play(signal: Signal, isLoud: boolean): void {
  navigator.vibrate?.([...TREMORS[signal]])
  if (!isLoud) return
  context ??= new AudioContext()
  if (context.state === 'suspended') void context.resume()
  for (const [i, frequency] of MELODIES[signal].entries()) sound(context, frequency, i * NOTE)
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
