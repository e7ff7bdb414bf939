import type { Page } from 'playwright-core'
import QRCode from 'qrcode'

/** A camera whose every part a test holds: what it can do, what is asked of it, and what becomes of it. */
export interface FakeCamera {
  readonly streams: MediaStream[]
  readonly asked: object[]
  isFrozen: boolean
}

/** Puts the fake in place of the page's cameras; it draws something new ten times a second. */
export const fakeCamera = (page: Page, abilities: object = {}): Promise<void> =>
  page.evaluate((abilities) => {
    const fake: FakeCamera = { streams: [], asked: [], isFrozen: false }
    Object.assign(window, { fake })
    // A film goes on between two looks at it, however soon they come.
    let time = 0
    Object.defineProperty(HTMLMediaElement.prototype, 'currentTime', {
      get() {
        if (!fake.isFrozen) time += 0.1
        return time
      },
    })
    navigator.mediaDevices.getUserMedia = async () => {
      const canvas = document.createElement('canvas')
      const context = canvas.getContext('2d')!
      const timer = setInterval(() => {
        context.fillStyle = `hsl(${performance.now() % 360} 50% 50%)`
        context.fillRect(0, 0, canvas.width, canvas.height)
      }, 100)
      const stream = canvas.captureStream()
      const [track] = stream.getVideoTracks()
      const stop = track!.stop.bind(track)
      Object.assign(track!, {
        getCapabilities: () => abilities,
        applyConstraints: async (wanted: object) => void fake.asked.push(wanted),
        stop() {
          clearInterval(timer)
          stop()
        },
      })
      fake.streams.push(stream)
      return stream
    }
  }, abilities)

/** How many cameras were opened, and how many of them are still on. */
export const camerasOn = (page: Page): Promise<readonly [opened: number, on: number]> =>
  page.evaluate(() => {
    const { streams } = (window as unknown as { fake: FakeCamera }).fake
    const live = streams.filter((each) => each.getTracks().some(({ readyState }) => readyState === 'live'))
    return [streams.length, live.length] as const
  })

/** Puts a camera in place of the page's before which a test holds one code after the other. */
export async function holdBeforeCamera(page: Page, text: string): Promise<void> {
  const picture = (await QRCode.toBuffer(text, { width: 440, margin: 4 })).toString('base64')
  await page.evaluate(async (picture) => {
    const held = window as unknown as { code?: ImageBitmap }
    const isOpen = held.code !== undefined
    const png = Uint8Array.from(atob(picture), (letter) => letter.charCodeAt(0))
    held.code = await createImageBitmap(new Blob([png]))
    if (isOpen) return
    const canvas = Object.assign(document.createElement('canvas'), { width: 640, height: 480 })
    const context = canvas.getContext('2d')!
    setInterval(() => {
      context.fillStyle = `hsl(0 0% ${80 + (performance.now() % 10)}%)`
      context.fillRect(0, 0, 640, 480)
      context.drawImage(held.code!, 100, 20)
    }, 60)
    navigator.mediaDevices.getUserMedia = async () => canvas.captureStream()
  }, picture)
}
