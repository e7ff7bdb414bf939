/**
 * Keeps the lists of one authority or of several fresh, wherever there is `fetch`: what an app needs to verify with the
 * newest lists, and to go on without a network.
 *
 * The examples speak of `pins`, which `decodePins` read, and of `scanned`, the text that a camera read.
 * @module veristamp/keeper
 */

export {
  applySlicePatches,
  type PatchedSlices,
  type SliceSource,
} from './document/slice-patches.ts'
export { type AnswerOptions, createKeeper, type Keeper, type RefreshOptions } from './keeper/keeper.ts'
export {
  type DecodedIndex,
  decodeListsIndex,
  type IndexedFile,
  type IndexedList,
  type IndexedRevocation,
  type IndexedStep,
  type ListsIndex,
} from './keeper/lists-index.ts'
export type { KeeperOptions } from './keeper/options.ts'
export type { KeeperFetch, KeeperRequest, KeeperResponse } from './keeper/request.ts'
export type {
  AlarmKind,
  AuthorityState,
  KeeperAlarm,
  KeeperFailure,
  KeeperReason,
  KeeperState,
} from './keeper/state.ts'
export { type KeeperStore, memoryKeeperStore } from './keeper/store.ts'
