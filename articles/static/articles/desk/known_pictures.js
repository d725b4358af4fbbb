// What the newsroom said about pictures when it sent the form, and has said since.

import { filledIn } from "desk/elements"

const said = JSON.parse(document.getElementById("desk-pictures")?.textContent ?? "{}")
const known = new Map(Object.entries(said.known ?? {}))

export const terms = said
export const labels = said.labels ?? {}

// What is known of a picture by its id in the library, or else by its address.
export const knownOf = ({ image, src }) => known.get(image ?? src) ?? null

// The library's answer to a choice or an upload.
export const learn = (picture) => {
  const before = known.get(String(picture.id)) ?? { state: "" }
  known.set(String(picture.id), { ...before, ...picture })
}

// Why readers do not see a copy of ours, if they do not.
export const sentenceFor = (picture) => {
  if (!picture || !picture.state || picture.state === "home") return ""
  if (picture.state === "outside" && picture.why) return filledIn(labels.outsideBecause, picture)
  return filledIn(labels[picture.state], picture)
}

const text = (number) => (number === null || number === undefined ? null : String(number))

// The attributes of a figure's image that refers to a picture of the library.
export const attributesFor = ({ id, src, width, height, alt, is_decorative: decorates }) => ({
  src,
  alt: decorates ? "" : (alt ?? ""),
  role: decorates ? "presentation" : null,
  width: text(width),
  height: text(height),
  image: String(id),
})
