import { describe, expect, test } from 'vitest'
import { bareWebp } from '../../src/cli/input/bare-webp.ts'

const u32 = (value: number): Buffer => {
  const four = Buffer.alloc(4)
  four.writeUInt32LE(value)
  return four
}
const part = (name: string, content: Uint8Array): Buffer =>
  Buffer.concat([Buffer.from(name), u32(content.length), content, Buffer.alloc(content.length % 2)])
const file = (...parts: readonly Buffer[]): Buffer => {
  const body = Buffer.concat([Buffer.from('WEBP'), ...parts])
  return Buffer.concat([Buffer.from('RIFF'), u32(body.length), body])
}

/** One pixel. */
const PIXEL = Buffer.from('MAEAnQEqAQABAAMANCWkAANwAP77lAAA', 'base64')
const picture = part('VP8 ', PIXEL)
const extended = (flags: number): Buffer => part('VP8X', Buffer.from([flags, 0, 0, 0, 0, 0, 0, 0, 0, 0]))
const secret = (name: string): Buffer => part(name, Buffer.from('GPS 20.95 N 107.08 E, Nguyen Van A'))

describe('A WebP picture', () => {
  test('loses what the camera wrote into it, and says so no more', () => {
    const shot = file(
      extended(0b0011_1100),
      secret('ICCP'),
      part('ALPH', Buffer.from([0, 1, 2])),
      picture,
      secret('EXIF'),
      secret('XMP '),
      secret('note'),
    )
    const bare = bareWebp(shot)!
    expect(Buffer.from(bare).includes('GPS')).toBe(false)
    expect(bare).toEqual(
      Uint8Array.from(file(extended(0b0001_0000), part('ALPH', Buffer.from([0, 1, 2])), picture)),
    )
  })

  test('loses it in each frame of an animation, and behind its end', () => {
    const head = Buffer.alloc(16, 7)
    const frame = (...parts: readonly Buffer[]): Buffer => part('ANMF', Buffer.concat([head, ...parts]))
    const shot = file(extended(0b0000_0010), part('ANIM', Buffer.alloc(6)), frame(picture, secret('EXIF')))
    expect(bareWebp(Buffer.concat([shot, secret('EXIF')]))).toEqual(
      Uint8Array.from(file(extended(0b0000_0010), part('ANIM', Buffer.alloc(6)), frame(picture))),
    )
  })

  test('stays as it is where there is nothing to lose', () => {
    expect(bareWebp(file(picture))).toEqual(Uint8Array.from(file(picture)))
  })

  test('is refused where it is cut off, at each of its bytes', () => {
    const shot = file(extended(0), picture)
    for (let length = 12; length < shot.length; length++)
      expect(bareWebp(shot.subarray(0, length)), `${length} bytes`).toBeUndefined()
    // A part that says it is longer than what is left.
    expect(bareWebp(file(picture.subarray(0, -2)))).toBeUndefined()
    expect(bareWebp(file(secret('EXIF')))).toBeUndefined()
  })
})
