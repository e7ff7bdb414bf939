import type { Notice } from '../core/reading.ts'
import type { App } from './app.ts'
import type { ScanView } from './scan-view.ts'
import type { SetupView } from './setup-view.ts'

/** What those who take scans in need of the page. */
export interface Page {
  readonly app: App
  /** The scan page, while it is shown. */
  readonly view: ScanView | undefined
  /** The page of the set-up, while it is shown. */
  readonly setup: SetupView | undefined
  /** Shows the scan page. */
  toScan(): void
  /** Says something quietly, for a while. */
  say(text: string): void
  tell(notice: Notice): void
  /** Ends what is said quietly. */
  silence(): void
  /** Without data nothing can be answered: that is said, whatever was shown. */
  lacksData(): boolean
  /** How old the data is may have changed. */
  renewStatus(): void
  /** Marks the page until all is on disk: a reload before would lose it. */
  whileSaving(saved: Promise<unknown>): Promise<void>
}
