import type { ErrorDetails } from '../../lib/error-details.ts'
import { byFault } from './error-words.ts'

const said = (detail: string | undefined): string => (detail === undefined ? '' : `: ${detail}`)

/** Why a server was given no events, in English. */
export const captureEn = byFault<ErrorDetails['capture_failed']>({
  unreachable: ({ server }) => `${server} can’t be reached`,
  timeout: ({ server }) => `${server} did not answer in time`,
  redirected: ({ server, status }) => `${server} sends us to another address (HTTP ${status})`,
  unauthorized: ({ server, status, detail }) =>
    `${server} does not let us in (HTTP ${status})${said(detail)}`,
  no_capture: ({ server, status }) => `${server} takes no events (HTTP ${status})`,
  busy: ({ server, status, detail }) =>
    `${server} is busy${status ? ` (HTTP ${status})` : ''}${said(detail)}`,
  job_open: ({ server }) => `${server} has the events, and still works on them`,
  strange_answer: ({ server, status, detail }) =>
    `${server} does not answer like a server of EPCIS 2.0 (HTTP ${status})${said(detail)}`,
})

const GO_ON = 'give the same command again: it goes on where it stopped'

export const captureHowEn = byFault<ErrorDetails['capture_failed']>({
  unreachable: () => `check the address and the network, then ${GO_ON}`,
  timeout: () => GO_ON,
  redirected: () => 'give the server’s own address: redirections are not followed',
  unauthorized: () =>
    'ask for a token or a certificate that may capture: --token-file, or --client-cert and --client-key',
  no_capture: () => 'give the address that ends before /capture',
  busy: ({ until }) => `${until === undefined ? '' : `not before ${until}: `}${GO_ON}`,
  job_open: ({ until }) => `${until === undefined ? '' : `not before ${until}: `}${GO_ON}`,
  strange_answer: () => 'check the address, and ask those who run the server',
})
