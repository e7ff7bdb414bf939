import { createIssuer, type Reason, type Verifier } from 'veristamp'
import { AUTHORITY, dateText, daysAfter, LAST_SERIAL, newSigner, PREFIX, type Province } from './province.ts'

/** What a kiosk may be shown, and what it has to answer. */
export interface Scene {
  readonly title: string
  readonly text: string
  readonly verifier: Verifier
  readonly now: Date
  readonly expected: 'valid' | Reason
}

/** The main job: forgeries, mistakes, and lists and clocks that can't be relied on. */
export async function mainScenes(
  { issuers }: Province,
  verifier: Verifier,
  now: Date,
): Promise<readonly Scene[]> {
  const issuer = issuers.get(12)!
  const tea = { facility: 12, product: 104, serial: 90_001 }
  const code = await issuer.issue(tea)
  const text = code.toText()
  const stranger = createIssuer({ keyId: 200, signer: newSigner() })
  const impostor = createIssuer({ keyId: 12, signer: newSigner() })
  const scene = (title: string, expected: Scene['expected'], shown: string, at: Date = now): Scene => ({
    title,
    text: shown,
    verifier,
    now: at,
    expected,
  })
  const old = await issuer.issue({ ...tea, expires: dateText(daysAfter(now, -1)) })
  return [
    scene('a good stamp', 'valid', text),
    scene('the same as a web address', 'valid', code.toUrl(PREFIX)),
    scene('one letter changed in the base45 text', 'bad_signature', changeOne(text)),
    scene('one digit changed in the digits', 'bad_signature', changeOne(code.toText('digits'))),
    scene('one digit changed in the web address', 'bad_signature', changeOne(code.toUrl(PREFIX))),
    scene('a key that nobody trusts', 'unknown_key', (await stranger.issue(tea)).toText()),
    scene("a forger who claims facility 12's key", 'bad_signature', (await impostor.issue(tea)).toText()),
    scene(
      "facility 12's key on a product of facility 1",
      'out_of_scope',
      (await issuer.issue({ facility: 1, product: 1, serial: 1 })).toText(),
    ),
    scene(
      "a serial beyond the key's range",
      'out_of_scope',
      (await issuer.issue({ ...tea, serial: LAST_SERIAL + 1 })).toText(),
    ),
    scene('a web address of another host', 'url_prefix', code.toUrl('HTTPS://TEM.FAKE.EXAMPLE/')),
    scene('a product past its expiry day', 'expired', old.toText()),
    scene('a text that is no stamp', 'malformed', `https://${AUTHORITY}/tem?id=104`),
    scene('a trust list past its date', 'trust_list_stale', text, daysAfter(now, 365)),
    scene('a clock set to 1970', 'clock_suspect', text, new Date(86_400_000)),
  ]
}

/** Another character in the middle, where the signature is. A smaller one, so that base45 still decodes. */
function changeOne(text: string): string {
  const middle = Math.floor(text.length / 2) + 20
  return text.slice(0, middle) + (text[middle] === '0' ? '1' : '0') + text.slice(middle + 1)
}
