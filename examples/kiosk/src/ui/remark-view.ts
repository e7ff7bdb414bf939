import { h } from '../../../shared/dom.ts'
import { filePicker } from '../../../shared/parts.ts'
import { run } from '../../../shared/run.ts'
import { pictureFaultOf } from '../scan/picture-file.ts'
import { shrinkPhoto } from '../scan/shrink-photo.ts'
import type { App } from './app.ts'
import { icon } from './icons.ts'
import { settings } from './settings.ts'

/** What an inspector writes beside a check: a note, a photo, where it was. All of it is kept at once. */
export function remarkView(entry: number, app: App): HTMLElement {
  const { kiosk, words } = app
  const { remarks: said } = words
  const { note = '', spot = '' } = kiosk.remarks.of(entry)
  const id = (name: string): string => `${name}-${entry}`
  const noteField = h('textarea', {
    ...{ id: id('note'), rows: '2', maxlength: '1000' },
    oninput: () => run(() => kiosk.remarks.change(entry, { note: noteField.value })),
  })
  noteField.value = note
  const spotField = h('input', {
    ...{ id: id('spot'), maxlength: '200', autocomplete: 'off', placeholder: said.spotHint },
    oninput: () => {
      settings.spot = spotField.value
      keepSpot()
    },
  })
  spotField.value = spot
  const keepSpot = (): void => run(() => kiosk.remarks.change(entry, { spot: spotField.value }))
  return h(
    'section',
    { class: 'card remark' },
    h('h2', {}, said.title),
    h('p', { class: 'hint' }, said.kept),
    h('label', { for: id('note') }, said.note),
    noteField,
    h('label', { for: id('spot') }, said.spot),
    spotField,
    spot === '' && sameSpot(said.sameSpot, spotField, keepSpot),
    positionView(entry, app),
    photoView(entry, app),
  )
}

/** The next check is most often made at the same stall: offered, for a report that nobody meant would be signed too. */
function sameSpot(
  label: (spot: string) => string,
  field: HTMLInputElement,
  onTaken: () => void,
): HTMLElement | undefined {
  const { spot } = settings
  if (spot === '') return undefined
  const take = (): void => {
    field.value = spot
    button.remove()
    onTaken()
  }
  const button = h('button', { type: 'button', class: 'quiet same-spot', onclick: take }, label(spot))
  return button
}

/** Where this device is on earth, where it can tell. */
function positionView(entry: number, { kiosk, words: { remarks: said } }: App): HTMLElement | undefined {
  if (!('geolocation' in navigator)) return undefined
  const place = h('div', { class: 'row position' })
  const draw = (problem = ''): void => {
    const { position } = kiosk.remarks.of(entry)
    const [label, change] =
      position === undefined || position === '' ? [said.position, locate] : [said.dropPosition, drop]
    place.replaceChildren(
      h('button', { type: 'button', class: 'quiet', onclick: () => run(change) }, label),
      h('span', { class: 'hint', role: 'status' }, problem || position || ''),
    )
  }
  async function locate(): Promise<void> {
    const position = await whereAmI()
    if (position !== undefined) await kiosk.remarks.change(entry, { position })
    draw(position === undefined ? said.noPosition : '')
  }
  async function drop(): Promise<void> {
    await kiosk.remarks.change(entry, { position: '' })
    draw()
  }
  draw()
  return place
}

const whereAmI = (): Promise<string | undefined> =>
  new Promise((resolve) => {
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => resolve(written(coords.latitude, 2) + written(coords.longitude, 3)),
      () => resolve(undefined),
      { enableHighAccuracy: true, timeout: 20_000, maximumAge: 60_000 },
    )
  })

/** Degrees as ISO 6709 writes them, to a metre. */
const written = (degrees: number, figures: number): string =>
  (degrees < 0 ? '-' : '+') +
  Math.abs(degrees)
    .toFixed(5)
    .padStart(figures + 6, '0')

function photoView(entry: number, app: App): HTMLElement {
  const { kiosk, words } = app
  const place = h('div', { class: 'photo' })
  async function draw(): Promise<void> {
    const photo = kiosk.remarks.of(entry).hasPhoto ? await kiosk.remarks.photo(entry) : undefined
    place.replaceChildren(...(photo === undefined ? [picker()] : taken(photo)))
  }
  function picker(): HTMLElement {
    const label = filePicker(words.remarks.photo, { accept: 'image/*' }, ([file]) =>
      run(async () => file && take(file)),
    )
    label.querySelector('input')!.setAttribute('capture', 'environment')
    label.classList.add('quiet')
    label.prepend(icon('camera'))
    return label
  }
  async function take(file: File): Promise<void> {
    const fault = await pictureFaultOf(file)
    const photo = fault === undefined || fault === 'heic' ? await shrinkPhoto(file) : undefined
    if (photo !== undefined) {
      await kiosk.remarks.setPhoto(entry, photo)
      await draw()
      // It stands below the button, where a phone's screen ends.
      place.scrollIntoView({ block: 'center' })
      return
    }
    const why = words.pictures[fault ?? 'not_picture']
    place.replaceChildren(picker(), h('p', { class: 'problem', role: 'alert' }, why))
  }
  function taken(photo: Uint8Array): readonly HTMLElement[] {
    const picture = h('img', { alt: words.remarks.photoAlt })
    picture.src = URL.createObjectURL(new Blob([Uint8Array.from(photo)], { type: 'image/jpeg' }))
    picture.onload = () => URL.revokeObjectURL(picture.src)
    const drop = () => run(() => kiosk.remarks.setPhoto(entry, undefined).then(draw))
    return [picture, h('button', { type: 'button', class: 'quiet', onclick: drop }, words.remarks.dropPhoto)]
  }
  run(draw)
  return place
}
