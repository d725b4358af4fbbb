// The preview beside the text: the readers' page of what is being written, as wide as a phone or as a
// desk. It is renewed whenever something was kept, in a second frame behind the first, so that
// nothing flickers and the place one reads at stays.

import { element, icon, iconButton } from "desk/elements"
import { labels } from "desk/story"

const WIDTHS = { phone: 390, desk: 1280 }
const WIDE = "(width >= 960px)"
const PATIENCE = 10_000 // milliseconds until a preview that does not come is given up
const KEY = "desk-preview"

const recall = () => {
  try {
    return JSON.parse(localStorage.getItem(KEY)) ?? {}
  } catch {
    return {}
  }
}

const remember = (facts) => {
  try {
    localStorage.setItem(KEY, JSON.stringify({ ...recall(), ...facts }))
  } catch {
    // Without room to remember, it is as it was opened.
  }
}

// A page is there as soon as its text and its style are; pictures may still be on their way.
const hasArrived = ({ contentDocument: page }) => {
  if (!page || page.URL === "about:blank" || page.readyState === "loading") return false
  return [...page.querySelectorAll("link[rel=stylesheet]")].every((link) => link.sheet)
}

const arrival = (frame) =>
  new Promise((resolve) => {
    const finish = () => {
      clearInterval(looking)
      clearTimeout(waiting)
      resolve(frame.contentDocument?.querySelector(".preview-bar") != null)
    }
    const looking = setInterval(() => hasArrived(frame) && finish(), 40)
    const waiting = setTimeout(finish, PATIENCE)
    frame.addEventListener("load", finish)
  })

// What is clicked in the preview opens elsewhere, so that the preview stays one.
const leadElsewhere = (event) => {
  const link = event.target.closest?.("a[href]")
  if (!link || link.getAttribute("href").startsWith("#")) return
  event.preventDefault()
  window.open(link.href, "_blank", "noopener")
}

// `ofPreview()`: what is said of a preview that came.
const startFrames = (stage, address, said, ofPreview) => {
  let shown = null
  let coming = null
  let isStale = false

  const take = (frame) => {
    frame.contentWindow.scrollTo(0, shown?.contentWindow.scrollY ?? 0)
    frame.contentDocument.addEventListener("click", leadElsewhere)
    frame.classList.remove("desk-preview-coming")
    frame.inert = false
    shown?.remove()
    shown = frame
  }

  const renew = async () => {
    if (coming) {
      isStale = true
      return
    }
    const frame = element("iframe", { src: address(), title: labels.preview })
    frame.className = "desk-preview-frame desk-preview-coming"
    frame.inert = true
    coming = frame
    stage.append(frame)
    const isPreview = await arrival(frame)
    said.textContent = isPreview ? ofPreview() : labels.previewAway
    if (isPreview) take(frame)
    else frame.remove()
    coming = null
    if (isStale) {
      isStale = false
      renew()
    }
  }
  return renew
}

const widthButton = (name, sign, label, choose) => {
  const button = iconButton(sign, label, () => choose(name))
  button.className = "desk-icon"
  button.dataset.width = name
  return button
}

const linkTo = (href, sign, label) => {
  const link = element("a", { href, target: "_blank", title: label, className: "desk-icon" }, icon(sign))
  link.setAttribute("aria-label", label)
  return link
}

const makePane = (opener, choose, close) => {
  const stage = element("div", { className: "desk-preview-stage" })
  const said = element("p", { className: "desk-preview-said" })
  said.setAttribute("role", "status")
  const head = element(
    "div",
    { className: "desk-preview-head" },
    widthButton("phone", "smartphone", labels.previewPhone, choose),
    widthButton("desk", "desktop_windows", labels.previewDesk, choose),
    said,
    linkTo(opener.href, "open_in_new", labels.previewTab),
  )
  if (opener.dataset.share) head.append(linkTo(opener.dataset.share, "share", labels.previewShare))
  const button = iconButton("close", labels.close, close)
  button.className = "desk-icon"
  head.append(button)
  const pane = element("aside", { className: "desk-preview" }, head, stage)
  pane.setAttribute("aria-label", labels.preview)
  return { pane, stage, said, tabLink: head.querySelector("a") }
}

// A page as wide as a desk is drawn smaller where there is less room.
const fit = (stage, width) => {
  const scale = Math.min(1, stage.clientWidth / WIDTHS[width])
  stage.style.setProperty("--desk-preview-scale", scale)
  stage.style.setProperty("--desk-preview-frame", `${WIDTHS[width]}px`)
}

export const startPreview = () => {
  const opener = document.querySelector("[data-desk-preview]")
  const story = document.querySelector("[data-desk-story]")
  if (!opener || !story) return
  const root = document.documentElement
  const wide = matchMedia(WIDE)
  const plain = opener.href
  let parts = null
  let renew = () => {}
  let behind = "" // why it does not show what is typed

  const choose = (width) => {
    remember({ width })
    root.dataset.deskPreview = width
    for (const button of parts.pane.querySelectorAll("[data-width]")) {
      button.setAttribute("aria-pressed", String(button.dataset.width === width))
    }
    fit(parts.stage, width)
  }

  const show = (isOpen) => {
    remember({ isOpen })
    opener.setAttribute("aria-expanded", String(isOpen))
    root.classList.toggle("desk-is-previewing", isOpen)
    parts?.pane.remove()
    parts = null
    if (!isOpen) return
    parts = makePane(opener, choose, () => {
      show(false)
      opener.focus()
    })
    story.append(parts.pane)
    choose(recall().width === "desk" ? "desk" : "phone")
    new ResizeObserver(() => parts && fit(parts.stage, root.dataset.deskPreview)).observe(parts.stage)
    renew = startFrames(parts.stage, () => opener.href, parts.said, () => behind)
    renew()
  }

  opener.setAttribute("aria-expanded", "false")
  opener.addEventListener("click", (event) => {
    const wantsTab = event.ctrlKey || event.metaKey || event.shiftKey || !wide.matches
    if (wantsTab) return
    event.preventDefault()
    show(parts === null)
  })
  document.addEventListener("desk:refused", () => {
    behind = labels.previewBehind
    if (parts) parts.said.textContent = behind
  })
  document.addEventListener("desk:kept", ({ detail }) => {
    behind = ""
    opener.href = `${plain}?tab=${encodeURIComponent(detail.tab)}`
    if (!parts) return
    parts.tabLink.href = opener.href
    renew()
  })
  if (recall().isOpen && wide.matches) show(true)
}
