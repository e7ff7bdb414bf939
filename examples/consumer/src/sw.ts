import { keepBuild } from '../../shared/keep-build.ts'

/** What lies beside the page and is none of its files: pages of their own, and what has to be asked for anew. */
const OTHERS = /^(kiosk|lists|pictures|linksets)\//

keepBuild({ prefix: 'page-', isPage: (path) => !OTHERS.test(path), takesOver: true })
