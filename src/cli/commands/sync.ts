import { createCaptureClient } from '../../gs1/capture-client.ts'
import type { CaptureResult, RefusedEvent } from '../../gs1/capture-delivery.ts'
import { type EventOptions, eventsAtHand } from '../exports/events-at-hand.ts'
import { type CredentialOptions, credentialsOf, serverAddress } from '../exports/server-credentials.ts'
import { withMemory } from '../exports/server-memory.ts'
import { trustListAtHand } from '../lists/lists.ts'
import { readConfig } from '../project/config.ts'
import { journalFaultsOf } from '../runs/doubts.ts'
import { warn, warningsOf } from '../shell/confirm.ts'
import type { Context } from '../shell/context.ts'
import { EXIT, type ExitCode, Failure } from '../shell/io.ts'
import { progressOf } from '../shell/progress.ts'

export interface SyncOptions extends EventOptions, CredentialOptions {
  readonly allowHttp?: boolean | undefined
}

/** Gives a server of EPCIS 2.0 every event that it has not yet. Nothing is sent before all of it was made once. */
export async function syncCommand(
  context: Context,
  url: string,
  { tokenFile, clientCert, clientKey, allowHttp = false, ...options }: SyncOptions,
): Promise<ExitCode> {
  const { io, words } = context
  const { badAddress, badAddressHow } = words.epcis
  const base = serverAddress(url, allowHttp, (got) => [badAddress(got), badAddressHow])
  const config = readConfig(context)
  const trustList = trustListAtHand(context, config)
  const credentials = await credentialsOf(context, { tokenFile, clientCert, clientKey })
  const { settings, events } = eventsAtHand(context, [], options, { config, trustList })
  const count = await countOf(context, events())
  for (const { text } of journalFaultsOf(context)) warn(context, text)
  const show = progressOf(context, 'sync')
  const result = await withMemory(context, base, settings, (store) =>
    createCaptureClient({ ...credentials, url: base, store, allowHttp, now: io.now }).send(events(), {
      signal: io.signal,
      onProgress: ({ sent, known, refused }) => show(sent + known + refused, count),
    }),
  )
  return tell(context, base, result)
}

async function countOf({ io }: Context, events: AsyncIterable<unknown>): Promise<number> {
  let count = 0
  for await (const _ of events) {
    io.signal.throwIfAborted()
    count++
  }
  return count
}

function tell(context: Context, url: string, { sent, known, refused, complete }: CaptureResult): ExitCode {
  const { epcis } = context.words
  for (const each of refused) context.report({ refused: each }, refusedText(context, each))
  context.report(
    { url, sent, known, refused: refused.length, complete, ...warningsOf(context) },
    epcis.synced(sent, known),
  )
  if (refused.length === 0) return EXIT.valid
  const fact = complete ? epcis.refusedCount(refused.length) : epcis.refusedTooMany(refused.length)
  throw new Failure('refused', fact, epcis.refusedHow, EXIT.invalid)
}

function refusedText(
  { words: { epcis } }: Context,
  { event, declaration, reason, problems }: RefusedEvent,
): string {
  const why = reason === 'too_large' ? epcis.tooLarge : problems.join('; ')
  return epcis.refused(event, declaration, why)
}
