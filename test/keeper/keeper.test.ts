import { beforeEach, describe, expect, it, vi } from 'vitest'
import type { Engine, VerifyKey } from '../../src/ed25519/engine.ts'
import { createKeeper } from '../../src/keeper/keeper.ts'
import type { KeeperAlarm, KeeperState } from '../../src/keeper/state.ts'
import { memoryKeeperStore } from '../../src/keeper/store.ts'
import { contentOf, fastEngine, issuerOf, keyOf, listOf, rootsOf } from '../support/trust-lists.ts'
import {
  at,
  createServer,
  DAY,
  filesOf,
  keeperOf,
  pinsOf,
  revocationOf,
  type Server,
  stampOf,
  trustOf,
} from './world.ts'

const A = 'a.example'
const now = at(DAY)

let server: Server
beforeEach(async () => {
  server = createServer()
  server.sites.set(
    A,
    filesOf({
      authority: A,
      trust: trustOf(A, { sequence: 1 }),
      trustSequence: 1,
      revocation: await revocationOf(A, 1),
    }),
  )
})

describe('a keeper', () => {
  it('brings lists, and verifies with them', async () => {
    const keeper = keeperOf(server, { store: memoryKeeperStore() })
    expect(keeper.verify(await stampOf(A, 7), { now })).toMatchObject({
      status: 'indeterminate',
      reason: 'trust_list_missing',
    })
    const { authorities } = await keeper.refresh({ now })
    expect(authorities).toMatchObject([
      { authority: A, trustList: { sequence: 1 }, revocationList: { sequence: 1 } },
    ])
    expect(keeper.verify(await stampOf(A, 7), { now })).toMatchObject({ status: 'valid', warnings: [] })
    expect(keeper.verify(await stampOf(A, 1), { now })).toMatchObject({
      status: 'invalid',
      reason: 'revoked',
    })
    expect(server.asked.map(({ address }) => address)).toEqual([
      'https://a.example/lists/lists.json',
      'https://a.example/lists/revocation.cbor',
      'https://a.example/lists/trust.cbor',
    ])
  })

  it('verifies once what it brought, and once what its store has', async () => {
    let signatures = 0
    const counting: Engine = {
      ...fastEngine,
      importKey(publicKey) {
        const imported = fastEngine.importKey(publicKey)
        if (!imported.ok) return imported
        const verify: VerifyKey['verify'] = (...given) => {
          signatures += 1
          return imported.key.verify(...given)
        }
        return { ok: true, key: { publicKey, verify } }
      },
    }
    const store = memoryKeeperStore()
    for (const _ of ['from the server', 'from the store']) {
      signatures = 0
      await keeperOf(server, { store, engine: counting }).refresh({ now })
      expect(signatures).toBe(2)
    }
  })

  it('takes a delta where one fits, and asks for nothing that is here', async () => {
    const keeper = keeperOf(server, { store: memoryKeeperStore() })
    await keeper.refresh({ now })
    const first = server.sites.get(A)!.get('revocation.cbor')!
    server.sites.set(
      A,
      filesOf({
        ...{ authority: A, trust: trustOf(A, { sequence: 1 }), trustSequence: 1 },
        ...{
          revocation: await revocationOf(A, 2, { issued: at(DAY / 2) }),
          revocationSequence: 2,
          before: [first],
        },
      }),
    )
    server.asked.length = 0
    await keeper.refresh({ now })
    await keeper.refresh({ now })
    expect(server.asked.map(({ address }) => address.split('/').at(-1))).toEqual([
      'lists.json',
      'delta-0.cbor',
      'lists.json',
    ])
    expect(keeper.state.authorities[0]!.revocationList!.sequence).toBe(2)
  })

  it('asks politely, and with a signal', async () => {
    await keeperOf(server).refresh({ now })
    for (const { request } of server.asked)
      expect(request).toEqual({
        ...{ redirect: 'error', credentials: 'omit', referrerPolicy: 'no-referrer', cache: 'no-store' },
        ...{ headers: {}, signal: expect.any(AbortSignal) },
      })
  })

  it('follows its authority from root keys to root keys', async () => {
    const keeper = keeperOf(server, { store: memoryKeeperStore() })
    await keeper.refresh({ now })
    const [old, next] = [`${A} root`, 'next root']
    const content = { ...contentOf({ authority: A }), sequence: 2, revocationEpoch: 0 }
    const revocationKey = keyOf(`${A} revocation 0`).publicKey
    const roots = rootsOf(2, 1, next)
    const first = server.sites.get(A)!
    const trust = listOf({ ...content, revocationKey, roots, issuers: [issuerOf(`${A} issuer`)] }, old, next)
    const revocation = first.get('revocation.cbor')!
    server.sites.set(A, filesOf({ authority: A, trust, trustSequence: 2, revocation, rootVersion: 2 }))
    await keeper.refresh({ now })
    expect(keeper.state.authorities[0]).toMatchObject({ trustList: { sequence: 2 } })
    // The old keys have no power left.
    server.sites.set(
      A,
      filesOf({
        authority: A,
        trust: trustOf(A, { sequence: 9 }),
        trustSequence: 9,
        revocation,
        rootVersion: 2,
      }),
    )
    await keeper.refresh({ now })
    expect(keeper.state.authorities[0]).toMatchObject({
      trustList: { sequence: 2 },
      lastFailure: { reason: 'threshold' },
    })
  })
})

describe('a refresh', () => {
  const waiting = () => {
    const signals: AbortSignal[] = []
    server.answer = (_, { signal }) => {
      signals.push(signal)
      return new Promise(() => {})
    }
    return signals
  }

  it('under way is shared by all who ask meanwhile', async () => {
    const keeper = keeperOf(server)
    const states = await Promise.all([1, 2, 3].map(() => keeper.refresh({ now })))
    expect(server.asked.length).toBe(3)
    for (const { authorities } of states) expect(authorities[0]).toMatchObject({ trustList: { sequence: 1 } })
  })

  it('is left by each who stops waiting, and ended by the last', async () => {
    const keeper = keeperOf(server)
    const signals = waiting()
    const [one, two] = [new AbortController(), new AbortController()]
    const both = [one, two].map(({ signal }) => keeper.refresh({ signal, now }))
    await vi.waitFor(() => expect(signals.length).toBe(1))
    one.abort(new Error('enough'))
    await expect(both[0]).rejects.toThrow('enough')
    expect(signals[0]!.aborted).toBe(false)
    two.abort(new Error('me too'))
    await expect(both[1]).rejects.toThrow('me too')
    expect(signals[0]!.aborted).toBe(true)
    server.answer = () => undefined
    const { authorities } = await keeper.refresh({ now })
    expect(authorities[0]).toMatchObject({ trustList: { sequence: 1 } })
    expect(authorities[0]).not.toHaveProperty('lastFailure')
  })

  it('is not begun by whoever has stopped already', async () => {
    const signal = AbortSignal.abort(new Error('no'))
    await expect(keeperOf(server).refresh({ signal })).rejects.toThrow('no')
    expect(server.asked).toEqual([])
  })

  it('tells of what changed, and survives whoever is told', async () => {
    const told: KeeperState[] = []
    const thrown: unknown[] = []
    const timers = vi.spyOn(globalThis, 'setTimeout').mockImplementation(((
      act: () => void,
      wait?: number,
    ) => {
      if (wait === undefined) {
        try {
          act()
        } catch (error) {
          thrown.push(error)
        }
      }
      return 0
    }) as never)
    const keeper = keeperOf(server, {
      onChange: (state) => {
        told.push(state)
        throw new Error('of the app')
      },
    })
    await keeper.refresh({ now })
    timers.mockRestore()
    expect(told).toMatchObject([
      { authorities: [{ trustList: { sequence: 1 }, revocationList: { sequence: 1 } }] },
    ])
    expect(thrown).toEqual([new Error('of the app')])
  })
})

describe('the state', () => {
  it('says how old lists are, what went well, and that their end is near', async () => {
    const alarms: KeeperAlarm[] = []
    const keeper = keeperOf(server, { onAlarm: (alarm) => alarms.push(alarm) })
    await keeper.refresh({ now })
    const [state] = keeper.state.authorities
    expect(state).toMatchObject({ lastSuccess: now, staleCopy: false, alarms: [] })
    await keeper.refresh({ now: at(12 * DAY) })
    await keeper.refresh({ now: at(13 * DAY) })
    expect(keeper.state.authorities[0]!.alarms).toEqual(['expiry_near'])
    await keeper.refresh({ now: at(-DAY) })
    expect(keeper.state.authorities[0]!.alarms).toEqual(['clock'])
    await keeper.refresh({ now })
    expect(keeper.state.authorities[0]!.alarms).toEqual([])
    expect(alarms.map(({ kind }) => kind)).toEqual(['expiry_near', 'clock'])
  })
})

describe('createKeeper', () => {
  const pins = pinsOf(A)
  it.each<[RegExp, unknown]>([
    [/options\.pins: expected/, {}],
    [/options\.pins\.lists: .*pass options\.addresses/, { pins: { ...pins, lists: undefined } }],
    [/options\.pins: expected one authority or more/, { pins: [] }],
    [/options\.pins: expected each authority once/, { pins: [pins, pins] }],
    [/options\.pins\[1\]/, { pins: [pins, 7] }],
    [/options\.pins\.roots/, { pins: { ...pins, roots: undefined } }],
    [
      /options\.addresses: expected authorities of the pins/,
      { pins, addresses: { 'b.example': 'https://b.example/' } },
    ],
    [/options\.store: expected a KeeperStore/, { pins, store: {} }],
    [/did you mean onAlarm/, { pins, onalarm: () => {} }],
    ...[
      'lists/',
      'https://a.example/lists',
      'ftp://a.example/',
      'https://a.example/?x/',
      'https://a.example/#/',
      'https:///',
      '',
    ].map((address): [RegExp, unknown] => [
      /options\.addresses: expected a whole address/,
      { pins, addresses: { [A]: address } },
    ]),
  ])('refuses what it cannot use: %s', (message, options) => {
    expect(() => createKeeper(options as never)).toThrow(message)
  })
})
