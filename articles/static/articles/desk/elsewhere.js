// How the story will look in search results and where it is shared, while it is written. The rules are
// those of the reader pages: templates/articles/_meta.html and articles/reader/structured_data.py.

import { createCrop, parsePoint } from "desk/focal_point"
import { onHeaderPicture } from "desk/header_picture"
import { onStoryChange, storyForm, terms } from "desk/story"

const SHARED = [1200, 630] // pixels of the picture other sites show
const WORDS = ["title", "standfirst", "body", "seo_title", "seo_description", "slug"]
const SUMMARY = 120 // characters of a text that has no standfirst

const beginning = (html) => {
  const template = document.createElement("template")
  template.innerHTML = html
  const lines = [...template.content.querySelectorAll("p")].map((p) => p.textContent.trim())
  const text = [...lines.filter(Boolean).join(" ")]
  return text.length > SUMMARY ? `${text.slice(0, SUMMARY - 1).join("")}…` : text.join("")
}

const said = () => {
  const { elements } = storyForm()
  const value = (name) => elements[name].value.trim()
  const title = value("seo_title") || value("title")
  const { outlet, host, path, slug } = terms.elsewhere
  return {
    title,
    outlet,
    host,
    "search-title": title && `${title} – ${outlet}`,
    description: value("seo_description") || value("standfirst") || beginning(elements.body.value),
    address: [host, ...path, value("slug") || slug].filter(Boolean).join(" › "),
  }
}

const showPicture = (place, picture) => {
  place.hidden = !picture?.src
  if (place.hidden) return place.replaceChildren()
  const { figure, show } = createCrop("", SHARED, picture.src)
  show([picture.width || 1200, picture.height || 630], parsePoint(picture.focal_point))
  return place.replaceChildren(figure.firstElementChild)
}

export const startElsewhere = () => {
  const box = document.querySelector("[data-desk-elsewhere]")
  const panel = box.closest("details")
  const show = () => {
    if (!panel.open) return
    for (const [name, words] of Object.entries(said())) {
      box.querySelectorAll(`[data-${name}]`).forEach((place) => (place.textContent = words))
    }
  }
  box.hidden = false
  panel.addEventListener("toggle", show)
  show()
  onStoryChange((name) => WORDS.includes(name) && show())
  onHeaderPicture((picture) => showPicture(box.querySelector("[data-picture]"), picture))
}
