import { fingerprintOf } from 'veristamp/authority'
import { h } from '../../../shared/dom.ts'
import { fact } from '../../../shared/parts.ts'
import { run } from '../../../shared/run.ts'
import { buildId, newBuild } from '../kiosk/builds.ts'
import { forgetAll } from '../kiosk/keep.ts'
import type { App } from './app.ts'
import { mayOperate, setPin } from './dialogs.ts'
import { scannerView } from './scanner-view.ts'
import { settings } from './settings.ts'
import { SetupView } from './setup-view.ts'

declare const __VERSION__: string

/** What belongs to this device: whom it believes, how it speaks, who may change it. */
export const settingsView = (app: App): HTMLElement =>
  h(
    'section',
    { class: 'panel settings' },
    h('h1', {}, app.words.tabs.settings),
    deviceView(app),
    authoritiesView(app),
    scannerView(app),
    operatorView(app),
    versionView(app),
  )

function switchOf(label: string, isOn: boolean, onSwitch: (isOn: boolean) => void): HTMLElement {
  const onchange = (event: Event): void => onSwitch((event.target as HTMLInputElement).checked)
  return h(
    'label',
    { class: 'switch' },
    h('span', {}, label),
    h('input', { type: 'checkbox', checked: isOn, onchange }),
  )
}

const deviceView = ({ words: { settings: words } }: App): HTMLElement =>
  h(
    'div',
    { class: 'card' },
    h('h2', {}, words.device),
    switchOf(words.sound, settings.sound, (isOn) => {
      settings.sound = isOn
    }),
    switchOf(words.camera, settings.camera, (isOn) => {
      settings.camera = isOn
    }),
    switchOf(words.inspector, settings.inspector, (isOn) => {
      settings.inspector = isOn
    }),
    h('p', { class: 'hint' }, words.inspectorHint),
  )

function authoritiesView(app: App): HTMLElement {
  const { kiosk, words } = app
  const place = h('div', {})
  const add = h(
    'button',
    {
      type: 'button',
      class: 'quiet',
      onclick: () => {
        const view = new SetupView(app)
        // It is the only camera of this page: what is typed or dropped meanwhile is no set-up.
        place.replaceChildren(view.element)
        add.hidden = true
      },
    },
    words.settings.add,
  )
  return h(
    'div',
    { class: 'card' },
    h('h2', {}, words.settings.authorities),
    h(
      'dl',
      { class: 'facts stacked' },
      ...kiosk.authorities.map(({ setup }) => fact(setup.authority, h('code', {}, fingerprintOf(setup)))),
      fact(words.facts.place, kiosk.setup!.place),
    ),
    add,
    place,
  )
}

function operatorView(app: App): HTMLElement {
  const { pin, words, refresh } = app
  const change = () =>
    run(async () => {
      if (!(await mayOperate(app))) return
      if (pin.isSet) await pin.remove()
      else await setPin(app)
      refresh()
    })
  const forget = () =>
    run(async () => {
      if (!(await mayOperate(app, true)) || !window.confirm(words.setup.resetSure)) return
      await forgetAll()
      settings.spot = ''
      settings.inspectorName = ''
      location.reload()
    })
  return h(
    'div',
    { class: 'card reset' },
    h('h2', {}, words.settings.operator),
    h(
      'button',
      { type: 'button', class: 'quiet', onclick: change },
      pin.isSet ? words.pin.change : words.pin.set,
    ),
    h('p', { class: 'hint' }, words.pin.hint),
    h('button', { type: 'button', class: 'danger', onclick: forget }, words.setup.reset),
    h('p', { class: 'hint' }, words.setup.resetHint),
  )
}

function versionView({ kiosk, words: { settings: words } }: App): HTMLElement {
  const build = h('p', { class: 'build' }, words.build(__VERSION__, '…'))
  const waiting = h('div', {})
  run(async () => {
    build.textContent = words.build(__VERSION__, await buildId())
    const start = await newBuild()
    if (start === undefined) return
    const button = h('button', { type: 'button', class: 'quiet', onclick: start }, words.startBuild)
    waiting.append(h('p', { class: 'hint' }, words.newBuild), button)
  })
  return h(
    'div',
    { class: 'card version' },
    h('h2', {}, words.version),
    build,
    waiting,
    h('p', { class: 'hint' }, kiosk.keep.lasts ? words.kept : words.notKept),
  )
}
