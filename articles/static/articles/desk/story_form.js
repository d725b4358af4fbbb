// What the form of a story does by itself: rows of names, suggestions for tags, the picture.

const SEPARATOR = /[,，、；;]\s*/

const startBylines = (list) => {
  const button = list.querySelector("[data-add]")
  const rows = () => [...list.querySelectorAll("[data-row]")]
  const blank = rows().at(-1).cloneNode(true)
  blank.querySelector("input").removeAttribute("id")
  const changed = () => {
    list.querySelectorAll("[data-up], [data-remove]").forEach((b) => (b.hidden = false))
    list.dispatchEvent(new Event("change", { bubbles: true }))
  }
  button.hidden = false
  button.addEventListener("click", () => {
    const row = blank.cloneNode(true)
    row.querySelector("input").value = ""
    button.before(row)
    changed()
    row.querySelector("input").focus()
  })
  list.addEventListener("click", ({ target }) => {
    const row = target.closest("[data-row]")
    if (target.closest("[data-up]")) row.previousElementSibling?.before(row)
    else if (target.closest("[data-remove]") && rows().length > 1) row.remove()
    else if (target.closest("[data-remove]")) row.querySelector("input").value = ""
    else return
    changed()
  })
  changed()
}

const startTags = (box) => {
  const input = box.querySelector("input")
  const shown = box.querySelector("ul")
  const known = [...box.querySelectorAll("option")].map((option) => option.value)
  const parts = () => input.value.split(SEPARATOR)
  const take = (name) => {
    input.value = [...parts().slice(0, -1), name, ""].join("，")
    shown.hidden = true
    input.dispatchEvent(new Event("change", { bubbles: true }))
    input.focus()
  }
  const suggest = () => {
    const names = parts().map((name) => name.trim().toLowerCase())
    const begun = names.pop()
    const fits = (name) => name.toLowerCase().includes(begun) && !names.includes(name.toLowerCase())
    const found = begun ? known.filter(fits).slice(0, 8) : []
    shown.replaceChildren(...found.map((name) => suggestion(name, take)))
    shown.hidden = !found.length
  }
  input.addEventListener("input", suggest)
  input.addEventListener("keydown", (event) => {
    if (event.key === "Escape") shown.hidden = true
    if (event.key === "ArrowDown") shown.querySelector("button")?.focus()
  })
  box.addEventListener("focusout", (event) => {
    if (!box.contains(event.relatedTarget)) shown.hidden = true
  })
}

const suggestion = (name, take) => {
  const item = document.createElement("li")
  const button = document.createElement("button")
  button.type = "button"
  button.textContent = name
  button.addEventListener("mousedown", (event) => event.preventDefault())
  button.addEventListener("click", () => take(name))
  item.append(button)
  return item
}

const startHeaderPicture = (select) => {
  const image = document.createElement("img")
  image.className = "desk-header-preview"
  image.alt = ""
  image.referrerPolicy = "no-referrer"
  image.addEventListener("error", () => (image.hidden = true))
  const { picturePreview } = document.querySelector("[data-picture-preview]").dataset
  const show = () => {
    image.hidden = !select.value
    if (select.value) image.src = picturePreview.replace("/0/", `/${select.value}/`)
  }
  ;(select.closest(".related-widget-wrapper") ?? select).after(image)
  // Select2 tells jQuery only.
  window.django?.jQuery?.(select).on("change", show)
  show()
}

document.querySelectorAll("[data-desk-bylines]").forEach(startBylines)
document.querySelectorAll("[data-desk-tags]").forEach(startTags)
const header = document.getElementById("id_header_image")
if (header) startHeaderPicture(header)
