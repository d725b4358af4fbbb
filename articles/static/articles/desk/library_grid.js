// The library's grid: pictures are dropped onto it, described at once, and selected.

import { element, filledIn, onFiles } from "desk/elements"
import "desk/library_missing"
import { token } from "desk/token"
import { createQueue, picturesIn, uploadFile } from "desk/upload"

const terms = JSON.parse(document.getElementById("desk-library-terms").textContent)
const { labels } = terms

// --- what is said of a picture that has just arrived ---

const say = async (picture, words) => {
  const body = new URLSearchParams(words)
  const address = terms.words.replace("/0/", `/${picture.id}/`)
  const answer = await fetch(address, { method: "POST", body, headers: { "X-CSRFToken": token() } })
  const isSaid = answer.ok && !answer.redirected
  const said = await answer.json().catch(() => null)
  if (!isSaid) throw new Error(said?.error ?? String(answer.status))
}

const wordsOf = (picture, state) => {
  const alt = element("input", { type: "text", maxLength: 300, value: picture.alt })
  const credit = element("input", { type: "text", maxLength: 200, value: picture.credit })
  const decorative = element("input", { type: "checkbox", checked: picture.is_decorative })
  let isSaving = false
  let isChanged = false
  // One request at a time: what is said last must arrive last.
  const save = async () => {
    isChanged = true
    if (isSaving) return
    isSaving = true
    state.textContent = labels.saving
    try {
      while (isChanged) {
        isChanged = false
        await say(picture, { alt: alt.value, credit: credit.value, is_decorative: decorative.checked })
      }
      state.textContent = labels.saved
    } catch (error) {
      state.textContent = filledIn(labels.notSaved, { reason: error.message || "—" })
    }
    isSaving = false
  }
  for (const input of [alt, credit, decorative]) {
    input.addEventListener("change", save)
    input.addEventListener("keydown", (event) => {
      if (event.key === "Enter") event.preventDefault()
    })
  }
  credit.dataset.creditOf = picture.id
  const box = element("div", { className: "desk-upload-words" })
  box.append(
    element("label", {}, labels.alt, alt),
    element("label", {}, labels.credit, credit),
    element("label", { className: "desk-upload-check" }, decorative, labels.decorative),
  )
  return box
}

// --- one line for each file ---

const line = (file) => {
  const bar = element("progress", { max: 1, value: 0 })
  bar.setAttribute("aria-label", file.name)
  const state = element("span", { className: "desk-upload-state", textContent: labels.waiting })
  const picture = element("span", { className: "desk-upload-picture" })
  const name = element("strong", { textContent: file.name })
  const head = element("p", { className: "desk-upload-head" }, name, state)
  const rest = element("div", { className: "desk-upload-rest" }, head, bar)
  return { item: element("li", { className: "desk-upload" }, picture, rest), bar, state, picture, rest, head }
}

const arrived = (row, answer) => {
  const { item, bar, state, picture, rest, head } = row
  bar.remove()
  picture.append(element("img", { src: answer.thumb, alt: "", width: 96, height: 72 }))
  state.textContent = labels[answer.outcome]
  item.dataset.outcome = answer.outcome
  const isNew = answer.outcome === "created"
  const text = isNew ? labels.open : labels.openKnown
  head.append(element("a", { className: "desk-link", href: answer.page, textContent: text }))
  if (isNew) rest.append(wordsOf(answer, state))
}

const failed = (row, error, again) => {
  const { item, bar, state, head } = row
  bar.hidden = true
  item.dataset.outcome = "failed"
  state.textContent = error.message
  state.setAttribute("role", "alert")
  if (error.isFinal) return
  const retry = element("button", { type: "button", className: "desk-button", textContent: labels.retry })
  retry.addEventListener("click", () => {
    retry.remove()
    state.removeAttribute("role")
    again()
  })
  head.append(retry)
}

// --- the place where files are dropped ---

const startUploads = (place) => {
  const queue = createQueue(2)
  const list = place.querySelector("[data-list]")
  const state = place.querySelector("[data-state]")
  const counts = { all: 0, running: 0 }

  const tell = () => {
    const done = counts.all - counts.running
    const lost = list.querySelectorAll("[data-outcome=failed]").length
    const parts = [filledIn(labels.progress, { done, all: counts.all })]
    if (lost) parts.push(filledIn(labels.failed, { failed: lost }))
    state.textContent = parts.join(" · ")
    place.querySelector("[data-done]").hidden = counts.running > 0 || lost === counts.all
    place.querySelector("[data-all]").hidden = list.querySelectorAll("[data-credit-of]").length < 2
  }

  const send = async (file, row) => {
    counts.running += 1
    delete row.item.dataset.outcome
    Object.assign(row.bar, { hidden: false, value: 0 })
    row.state.textContent = labels.waiting
    tell()
    const onProgress = (part) => {
      row.bar.value = part
      row.state.textContent = part < 1 ? labels.sending : labels.working
    }
    try {
      arrived(row, await queue(() => uploadFile(file, { ...terms.upload, csrf: token(), onProgress })))
    } catch (error) {
      failed(row, error, () => send(file, row))
    }
    counts.running -= 1
    tell()
  }

  const take = (files) => {
    if (!files.length) return
    place.querySelector("[data-uploads]").hidden = false
    for (const file of files) {
      const row = line(file)
      list.append(row.item)
      counts.all += 1
      send(file, row)
    }
  }

  const chooser = place.querySelector("[data-files]")
  onFiles(chooser, (files) => {
    take(files)
    chooser.value = ""
  })
  startDropping(place, take)
  place.querySelector("[data-credit-all]").addEventListener("click", () => {
    const said = place.querySelector("[data-credit]").value
    for (const input of list.querySelectorAll("[data-credit-of]")) {
      if (input.value || !said) continue
      input.value = said
      input.dispatchEvent(new Event("change"))
    }
  })
  window.addEventListener("beforeunload", (event) => {
    if (counts.running) event.preventDefault()
  })
}

const startDropping = (place, take) => {
  const bringsFiles = (event) => event.dataTransfer?.types.includes("Files")
  const mark = (isOver) => place.toggleAttribute("data-over", isOver)
  document.addEventListener("dragover", (event) => {
    if (!bringsFiles(event)) return
    event.preventDefault()
    mark(true)
  })
  document.addEventListener("dragleave", (event) => {
    if (!event.relatedTarget) mark(false)
  })
  document.addEventListener("drop", (event) => {
    if (!bringsFiles(event)) return
    event.preventDefault()
    mark(false)
    take(picturesIn(event.dataTransfer))
  })
  document.addEventListener("paste", (event) => {
    if (event.target.closest?.("input:not([type=file]), textarea")) return
    take(picturesIn(event.clipboardData))
  })
}

// --- the selection ---

const startSelection = (bar) => {
  const boxes = [...document.querySelectorAll(".desk-picture-select")]
  const all = bar.querySelector("[data-select-all]")
  const show = () => {
    const chosen = boxes.filter((box) => box.checked).length
    bar.toggleAttribute("data-any", chosen > 0)
    bar.querySelector("[data-selected]").textContent = filledIn(labels.selected, { n: chosen })
    bar.querySelectorAll("button").forEach((button) => (button.disabled = !chosen))
    all.checked = chosen === boxes.length
    all.indeterminate = chosen > 0 && chosen < boxes.length
  }
  let last = null
  document.querySelector("[data-grid]").addEventListener("click", (event) => {
    const index = boxes.indexOf(event.target)
    if (index < 0) return
    if (event.shiftKey && last !== null) {
      const [from, to] = [Math.min(last, index), Math.max(last, index)]
      boxes.slice(from, to + 1).forEach((box) => (box.checked = event.target.checked))
    }
    last = index
    show()
  })
  all.addEventListener("change", () => {
    boxes.forEach((box) => (box.checked = all.checked))
    show()
  })
  window.addEventListener("pageshow", show)
  show()
}

const place = document.querySelector("[data-drop]")
if (place) startUploads(place)
const selection = document.querySelector("[data-selection]")
if (selection) startSelection(selection)
