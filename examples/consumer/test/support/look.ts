import { mkdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Page } from 'playwright-core'

/** Pictures of every state, for people to look at: VERISTAMP_SHOTS=1 takes them. They take longer than all the rest. */
const SHOTS = fileURLToPath(new URL('../../out/screens/', import.meta.url))
mkdirSync(SHOTS, { recursive: true })

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/** What axe is asked about, which takes a second for all: colours are all that the dark changes. */
const RULES = {
  all: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
  colours: { type: 'rule', values: ['color-contrast', 'link-in-text-block'] },
} as const

/**
 * Looks at a screen.
 * @param rules what axe is asked about
 * @param folder where the picture goes
 * @returns what is wrong with it: rules of WCAG 2.2 A and AA, and where its parts lie
 */
export async function look(
  page: Page,
  name: string,
  rules: keyof typeof RULES | 'none',
  folder = SHOTS,
): Promise<string[]> {
  await page.evaluate(() => Promise.all(document.getAnimations().map((each) => each.finished.catch(() => 0))))
  await page.evaluate(() => document.fonts.ready.then(() => undefined))
  if (process.env.VERISTAMP_SHOTS === '1')
    await page.screenshot({ path: join(folder, `${name}.png`), fullPage: true })
  return [...(rules === 'none' ? [] : await axeFaults(page, rules)), ...(await layoutFaults(page))]
}

async function axeFaults(page: Page, rules: keyof typeof RULES): Promise<string[]> {
  if (await page.evaluate(() => !('axe' in globalThis))) await page.evaluate(axe)
  const { violations } = await page.evaluate(
    (runOnly) =>
      (
        globalThis as unknown as { axe: { run(options: object): Promise<{ violations: Violation[] }> } }
      ).axe.run({ runOnly }),
    RULES[rules],
  )
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)
}

interface Violation {
  readonly id: string
  readonly nodes: readonly { readonly html: string }[]
}

/** Measures every part: none sticks out of the screen, none cuts its own words off, and no two lie over each other. */
const layoutFaults = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const faults: string[] = []
    const nameOf = (element: Element): string =>
      `<${element.localName} class="${element.getAttribute('class') ?? ''}"> ${(element.textContent ?? '').trim().slice(0, 40)}`
    // What a dialog covers is out of reach.
    const root = document.querySelector('dialog[open]') ?? document.body
    const shown = [...root.querySelectorAll<HTMLElement>('*')].filter((element) => {
      const { width, height } = element.getBoundingClientRect()
      return width > 1 && height > 1 && element.checkVisibility({ visibilityProperty: true })
    })
    for (const element of shown) {
      const { left, right } = element.getBoundingClientRect()
      if (left < -0.5 || right > innerWidth + 0.5) faults.push(`sticks out: ${nameOf(element)}`)
      const { overflowX } = getComputedStyle(element)
      if (element.scrollWidth > element.clientWidth + 1 && element.clientWidth > 0 && overflowX !== 'visible')
        faults.push(`cuts off: ${nameOf(element)}`)
    }
    if (document.documentElement.scrollWidth > innerWidth) faults.push('the page scrolls sideways')
    const leaves = shown.filter(
      (element) =>
        !element.closest('svg') &&
        ([...element.childNodes].some((node) => node.nodeType === 3 && node.textContent!.trim() !== '') ||
          ['img', 'input', 'svg'].includes(element.localName)),
    )
    /** What is left of an element within all that scrolls or is cut off around it. */
    const seen = (element: Element) => {
      let { left, top, right, bottom } = element.getBoundingClientRect()
      for (let around = element.parentElement; around; around = around.parentElement) {
        if (getComputedStyle(around).overflowY === 'visible' || around === document.body) continue
        const box = around.getBoundingClientRect()
        left = Math.max(left, box.left)
        top = Math.max(top, box.top)
        right = Math.min(right, box.right)
        bottom = Math.min(bottom, box.bottom)
      }
      return { left, top, right, bottom }
    }
    for (const [i, one] of leaves.entries()) {
      for (const other of leaves.slice(i + 1)) {
        if (one.contains(other) || other.contains(one)) continue
        const [a, b] = [seen(one), seen(other)]
        const across = Math.min(a.right, b.right) - Math.max(a.left, b.left)
        const down = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top)
        if (across > 1 && down > 1) faults.push(`lie over each other: ${nameOf(one)} | ${nameOf(other)}`)
      }
    }
    return faults
  })
