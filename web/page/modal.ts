/** The way back from a dialog that has just gone, until the focus is given back or the next dialog takes it over. */
let owed: Way | undefined

/** Where the focus was when a dialog opened, then all that it stood in, from the inside out. */
type Way = readonly Element[]

/** Of each dialog: the way back from something inside it goes on to where the dialog itself was opened from. */
const ways = new WeakMap<Element, Way>()

const FOCUSABLE = ':is(a[href], button, input, select, textarea, [tabindex]):not([tabindex="-1"], :disabled)'

/**
 * An attachment for a dialog that is open as long as it is there. The focus then goes back to where it was; if that is
 * gone too, to the first place in the list, or whatever else is left of what it stood in.
 */
export function modal(dialog: HTMLDialogElement) {
  const way = owed ?? wayTo(document.activeElement)
  owed = undefined
  ways.set(dialog, way)
  dialog.showModal()
  return () => {
    owed = way
    // What else goes, and what opens instead, is only known when the page has been brought up to date.
    queueMicrotask(() => {
      if (owed !== way) return
      owed = undefined
      goBack(way)
    })
  }
}

function wayTo(place: Element | null): Way {
  if (place === null) return []
  return [place, ...(ways.get(place) ?? wayTo(place.parentElement))]
}

function goBack(way: Way): void {
  for (const place of way) {
    // A dialog that its own button closed leaves the focus nowhere; else somebody has put it where it is to be.
    if (document.activeElement !== document.body) return
    if (!place.isConnected) continue
    for (const one of [place, ...place.querySelectorAll(FOCUSABLE)]) {
      if (one instanceof HTMLElement) one.focus()
      if (document.activeElement === one) return
    }
  }
}
