// How long the story is, while it is written: by the rule of `articles/body/text.py`.

import { filledIn } from "desk/elements"
import { labels, onStoryChange, storyForm, terms } from "desk/story"

const PAUSE = 120 // milliseconds without a key after which the body is counted

const linesOf = (root, isLine) => {
  const lines = [""]
  const collect = (element) => {
    const { localName } = element
    if (element.dataset?.embed || localName === "script" || localName === "style") {
      lines.push("")
      element.querySelectorAll("figcaption").forEach(collect)
      return lines.push("")
    }
    const isOwn = isLine.has(localName)
    if (isOwn) lines.push("")
    for (const node of element.childNodes) {
      if (node.nodeType === Node.TEXT_NODE) lines[lines.length - 1] += node.data
      if (node.nodeType === Node.ELEMENT_NODE) collect(node)
    }
    return isOwn && lines.push("")
  }
  collect(root)
  return lines
}

// `rule`: what `counting_rule()` says; returns `{ characters, minutes }` of a body's HTML.
export const count = (html, rule) => {
  const template = document.createElement("template")
  template.innerHTML = html
  const counted = new RegExp(rule.pattern, "gv")
  const lines = linesOf(template.content, new Set(rule.lines))
  const characters = lines.reduce((sum, line) => sum + (line.match(counted)?.length ?? 0), 0)
  return { characters, minutes: Math.max(1, Math.ceil(characters / rule.charactersAMinute)) }
}

const startBody = (form) => {
  const place = document.querySelector("[data-desk-counts]")
  let timer = null
  const show = () => {
    const { characters, minutes } = count(form.elements.body.value, terms.counting)
    const said = { characters: characters.toLocaleString(), minutes }
    place.textContent = filledIn(labels.counts, said)
  }
  show()
  onStoryChange((name) => {
    if (name !== "body") return
    clearTimeout(timer)
    timer = setTimeout(show, PAUSE)
  })
}

// As Python counts them: a sign outside the first plane is one, too.
const startLine = (place) => {
  const field = document.getElementById(place.htmlFor.value)
  const most = place.dataset.deskCount === "title" ? terms.titleLength : Infinity
  const show = () => {
    const length = [...field.value.trim()].length
    place.textContent = !length ? "" : most < Infinity ? `${length} / ${most}` : String(length)
    place.dataset.isLong = String(length > most)
  }
  show()
  onStoryChange((name) => name === field.name && show())
}

export const startCounting = () => {
  startBody(storyForm())
  document.querySelectorAll("[data-desk-count]").forEach(startLine)
}
