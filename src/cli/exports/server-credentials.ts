import { baseOf } from '../../lib/server-address.ts'
import { certificateFetch } from '../../node/certificate-fetch.ts'
import { readGiven } from '../project/files.ts'
import { readPassphrase } from '../project/passphrase.ts'
import { warnIfOpen } from '../project/private-file.ts'
import type { Context } from '../shell/context.ts'
import { argumentOf } from '../shell/failure.ts'
import { Failure } from '../shell/io.ts'

/** What a server knows us by: from files alone, because other users see command lines. */
export interface CredentialOptions {
  readonly tokenFile?: string | undefined
  readonly clientCert?: string | undefined
  readonly clientKey?: string | undefined
}

export interface Credentials {
  readonly token?: string | undefined
  readonly fetch?: typeof fetch | undefined
}

const MAX_SECRET = 65_536

/** @throws Failure `no_file`, `too_long`, `bad_token`, `bad_certificate`, `misuse` or `passphrase` */
export async function credentialsOf(
  context: Context,
  { tokenFile, clientCert, clientKey }: CredentialOptions,
): Promise<Credentials> {
  const { epcis } = context.words
  if ((clientCert === undefined) !== (clientKey === undefined))
    throw new Failure('misuse', epcis.bothOrNone, epcis.bothOrNoneHow)
  return {
    ...(tokenFile !== undefined && { token: tokenIn(context, tokenFile) }),
    ...(clientCert !== undefined && { fetch: await fetchWith(context, clientCert, clientKey!) }),
  }
}

/** The token of a server: from a file, or from VERISTAMP_TOKEN. @throws as `tokenIn` does */
export function serverToken(context: Context, file: string | undefined): string | undefined {
  return file === undefined ? context.io.env.VERISTAMP_TOKEN || undefined : tokenIn(context, file)
}

/**
 * The address of a server, without a slash at its end.
 * @param wrong makes the message and the hint for a bad address; what it gets has no password in it
 * @throws Failure `bad_address`
 */
export function serverAddress(
  url: string,
  allowHttp: boolean,
  wrong: (got: string) => [string, string],
): string {
  try {
    return baseOf('url', url, allowHttp)
  } catch (error) {
    const got = argumentOf(error)?.got
    if (got === undefined) throw error
    throw new Failure('bad_address', ...wrong(got))
  }
}

function textIn(context: Context, file: string): string {
  return new TextDecoder().decode(readGiven(context, file, MAX_SECRET))
}

/**
 * The first line of a file, with or without the word that stands before it in a header.
 * @throws Failure `no_file`, `too_long` or `bad_token`
 */
export function tokenIn(context: Context, file: string): string {
  const { epcis } = context.words
  warnIfOpen(context, context.path(file))
  const [line = ''] = textIn(context, file).split(/\r?\n/)
  const token = line.trim().replace(/^bearer +/i, '')
  if (!/^[\w.~+/-]+=*$/.test(token)) throw new Failure('bad_token', epcis.badToken(file), epcis.badTokenHow)
  return token
}

async function fetchWith(context: Context, certFile: string, keyFile: string): Promise<typeof fetch> {
  const { epcis } = context.words
  warnIfOpen(context, context.path(keyFile))
  const [cert, key] = [textIn(context, certFile), textIn(context, keyFile)]
  const passphrase = key.includes('ENCRYPTED') ? await readPassphrase(context) : undefined
  try {
    return certificateFetch({ cert, key, passphrase })
  } catch (error) {
    const { code = 'PEM' } = error as { code?: string | undefined }
    throw new Failure(
      'bad_certificate',
      epcis.badCertificate(certFile, keyFile, code),
      epcis.badCertificateHow,
    )
  }
}
