// The header picture of a story: chosen, uploaded, dropped or pasted; its crops and its focal point.

import { element, filledIn, iconButton, pictureElement, wordButton } from "desk/elements"
import { createFocalPoint, parsePoint } from "desk/focal_point"
import { labels, sentenceFor, terms } from "desk/known_pictures"
import { askLibrary } from "desk/library"
import { send } from "desk/sending"
import { token } from "desk/token"
import { picturesIn } from "desk/upload"

const PAUSE = 500 // milliseconds without a move after which a focal point is kept

// Keeps the focal point with the picture: the story is not changed by it.
const focalPointKeeper = (say) => {
  let wanted = null
  let timer = null
  const keep = async () => {
    clearTimeout(timer)
    if (!wanted) return
    const { id, point } = wanted
    wanted = null
    const body = new URLSearchParams({ x: point[0], y: point[1] })
    const headers = { "X-CSRFToken": token() }
    const address = terms.focus.replace("/0/", `/${id}/`)
    const sent = { method: "POST", body, headers, keepalive: true }
    const answer = await fetch(address, sent).catch(() => null)
    const said = await answer?.json().catch(() => null)
    say(answer?.ok ? labels.focalPointKept : (said?.error ?? labels.noAnswer))
  }
  const want = (picture, point) => {
    if (wanted && wanted.id !== picture.id) keep()
    wanted = { id: picture.id, point }
    picture.focal_point = point.join("x")
    say("")
    clearTimeout(timer)
    timer = setTimeout(keep, PAUSE)
  }
  return { want, keep }
}

const watchers = new Set()
let now = null

// `callback(picture)` at once and whenever there is another one, or its focal point moves; null is none.
export const onHeaderPicture = (callback) => {
  watchers.add(callback)
  callback(now)
}

const changedTo = (picture) => {
  now = picture
  watchers.forEach((callback) => callback(picture))
}

const preview = (picture, keeper) => {
  if (picture.state === "dead" || picture.state === "lost") return pictureElement("", picture.alt)
  return createFocalPoint({
    src: picture.src,
    width: picture.width,
    height: picture.height,
    point: parsePoint(picture.focal_point),
    terms: terms.focal,
    onChange: (point) => {
      keeper.want(picture, point)
      changedTo(picture)
    },
  })
}

// The words of the library stand in grey where the story has none of its own.
const showLibrarysWords = (picture) => {
  for (const name of ["caption", "credit"]) {
    const field = document.getElementById(`id_header_${name}`)
    if (field) field.placeholder = picture?.[name] ?? ""
  }
}

const build = (box) => {
  const status = element("p", { className: "desk-header-status" })
  status.setAttribute("role", "status")
  const progress = element("progress", { max: 1, value: 0, hidden: true })
  const shown = element("div", { className: "desk-header-shown" })
  const note = element("p", { className: "desk-figure-note" })
  const alt = element("p", { className: "desk-header-alt" })
  const buttons = element("div", { className: "desk-header-buttons" })
  box.append(shown, alt, note, progress, status, buttons)
  return { status, progress, shown, alt, note, buttons }
}

// What the library says to those who cannot see the picture; if nothing, where to write it.
const showAlt = (line, picture) => {
  const isMissing = Boolean(picture) && !picture.alt && !picture.is_decorative
  line.hidden = !picture
  line.dataset.missing = String(isMissing)
  if (!picture) return
  if (isMissing) line.replaceChildren(pageLink(labels.altIsMissing, picture.page))
  else if (picture.is_decorative) line.replaceChildren(labels.decorative)
  else line.replaceChildren(filledIn(labels.altSaid, picture))
}

const pageLink = (textContent, href = "") => {
  const link = element("a", { target: "_blank", rel: "noopener", textContent, href })
  link.className = "desk-link"
  return link
}

export const startHeaderPicture = (box) => {
  const input = box.querySelector("input")
  const said = document.getElementById("desk-header-facts").textContent
  box.querySelector(".desk-header-preview")?.remove()
  input.hidden = true
  const parts = build(box)
  const say = (sentence) => (parts.status.textContent = sentence)
  const keeper = focalPointKeeper(say)
  input.form.addEventListener("submit", () => keeper.keep())

  const show = (picture) => {
    parts.shown.replaceChildren(picture ? preview(picture, keeper) : labels.noHeader)
    parts.shown.classList.toggle("desk-empty", !picture)
    showAlt(parts.alt, picture)
    parts.note.textContent = sentenceFor(picture)
    parts.note.hidden = !parts.note.textContent
    remove.hidden = page.hidden = !picture
    if (picture) page.href = picture.page
    choose.textContent = picture ? labels.replace : labels.choose
    showLibrarysWords(picture)
    changedTo(picture)
  }
  const take = (picture) => {
    input.value = picture?.id ?? ""
    input.dispatchEvent(new Event("change", { bubbles: true }))
    show(picture)
  }
  const upload = async ([file, ...more]) => {
    say(filledIn(labels.uploading, { name: file.name }))
    Object.assign(parts.progress, { hidden: false, value: 0 })
    parts.progress.setAttribute("aria-label", parts.status.textContent)
    try {
      take(await send(file, (part) => (parts.progress.value = part)))
      say(more.length ? filledIn(labels.onlyFirst, { name: file.name }) : "")
    } catch (error) {
      say(filledIn(labels.refused, { name: file.name, reason: error.message }))
    }
    parts.progress.hidden = true
  }
  const choose = wordButton(labels.choose, async () => {
    const choice = await askLibrary()
    if (choice?.files) await upload(choice.files)
    else if (choice) take(choice.picture)
    choose.focus()
  })
  const remove = iconButton("delete", labels.remove, () => {
    take(null)
    choose.focus()
  })
  const page = pageLink(labels.openInLibrary)
  parts.buttons.append(choose, remove, page)
  takeFiles(box, upload)
  show(JSON.parse(said))
}

// Files dropped onto the picture's place, or pasted while the focus is in it.
const takeFiles = (box, upload) => {
  box.tabIndex = -1
  const taken = (event, transfer) => {
    const files = picturesIn(transfer)
    if (!files.length) return
    event.preventDefault()
    upload(files)
  }
  box.addEventListener("dragover", (event) => event.preventDefault())
  box.addEventListener("drop", (event) => taken(event, event.dataTransfer))
  box.addEventListener("paste", (event) => taken(event, event.clipboardData))
}
