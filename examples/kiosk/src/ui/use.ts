/** Whether somebody uses what is on the screen. */

const USES = ['input', 'focusin', 'keydown', 'pointerdown', 'wheel', 'touchmove'] as const

let last = Number.NEGATIVE_INFINITY

const isField = (element: Element | null): boolean => element?.matches('input, textarea') ?? false

export const inUse = {
  /** Tells of every touch and key. */
  onUse(onUse: () => void): void {
    for (const type of USES)
      document.addEventListener(
        type,
        () => {
          last = performance.now()
          onUse()
        },
        { capture: true, passive: true },
      )
  },
  /** True where a field has the focus, and was used not long ago. @param within milliseconds */
  isTyping: (within: number): boolean => isField(document.activeElement) && performance.now() - last < within,
}
