/** The kiosk's pages. */
export type Tab = 'scan' | 'history' | 'lists' | 'settings'
