import { applyDeltas } from '../../../../src/revocation/delta.ts'
import { loadRevocationList } from '../../../../src/revocation/load.ts'
import type { RevocationList } from '../../../../src/revocation/revocation-list.ts'

export { applyDeltas, loadRevocationList, type RevocationList }
