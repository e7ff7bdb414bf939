import type { ReasonWords } from './words.ts'

const noMoreHere = 'Do not buy it. If you bought it already, keep it and report it.'
const scanAgain = 'Wipe the stamp and scan it again, with the whole code in the frame.'
const onlineAgain = 'Go online and check again.'

export const en: ReasonWords = {
  wrongCode: {
    why: 'The stamp exists, but the code under the layer belongs to another one. This is most likely a copy.',
    now: noMoreHere,
  },
  reasons: {
    malformed: { why: 'This code is not one of our stamps.', now: scanAgain },
    url_prefix: { why: 'The web address on this stamp is not one of the authority’s.', now: noMoreHere },
    unknown_key: { why: 'Nobody who is allowed to issue stamps signed this one.', now: noMoreHere },
    bad_signature: { why: 'The stamp is forged, or somebody changed it.', now: noMoreHere },
    out_of_scope: { why: 'The issuer of this stamp may not stamp this product.', now: noMoreHere },
    issuer_not_yet_valid: { why: 'The issuer of this stamp may not issue stamps yet.', now: noMoreHere },
    issuer_expired: { why: 'The issuer of this stamp may no longer issue stamps.', now: noMoreHere },
    expired: {
      why: 'The product is past the last day on its stamp.',
      now: 'Do not buy or use it. If you bought it already, take it back to the shop.',
    },
    not_issued: { why: 'The authority has not released this stamp.', now: noMoreHere },
    unsupported_version: { why: 'This stamp is newer than this page.', now: onlineAgain },
    unsupported_claim: {
      why: 'The stamp says something that this page does not understand.',
      now: onlineAgain,
    },
    clock_suspect: {
      why: 'The date on this phone is behind.',
      now: 'Set date and time, then check again.',
    },
    slice_missing: {
      why: 'The part of the lists for this stamp is not on this phone yet, so nothing is known about it.',
      now: onlineAgain,
    },
    trust_list_missing: { why: 'The authority’s lists are missing.', now: onlineAgain },
    trust_list_stale: { why: 'The lists on this phone are too old.', now: onlineAgain },
    revocation_list_missing: { why: 'The list of revoked stamps is missing.', now: onlineAgain },
    revocation_list_stale: { why: 'The list of revoked stamps is too old.', now: onlineAgain },
  },
  revoked: (date) => `Revoked on ${date}.`,
  revocations: {
    recalled: { why: 'This product is being recalled.', now: 'Do not use it. Take it back to the shop.' },
    lost: { why: 'This stamp was lost before it was put on any goods.', now: noMoreHere },
    stolen: { why: 'This stamp was stolen.', now: noMoreHere },
    damaged: {
      why: 'This stamp was damaged and thrown away before it was put on any goods.',
      now: noMoreHere,
    },
    withdrawn: {
      why: 'This product may no longer be sold.',
      now: 'Do not buy it. If you bought it already, ask the shop.',
    },
    'key-compromise': { why: 'Somebody got hold of the key that signed this stamp.', now: noMoreHere },
    other: {
      why: 'The authority has cancelled this stamp.',
      now: 'Do not buy it. If you bought it already, ask the shop.',
    },
  },
  finding: (word) => `The old lists on this phone say: ${word.toLowerCase()}.`,
  noLists: { why: 'The authority’s lists could not be loaded.', now: onlineAgain },
  elsewhere: (site) => ({
    why: `This page is not at ${site}.`,
    now: `Type ${site} into your browser yourself, and scan the stamp from there.`,
  }),
  framed: {
    why: 'This page is open inside another page.',
    now: 'Trust an answer only when this page is open by itself.',
    open: 'Open this page by itself',
  },
  retry: 'Check again',
}
