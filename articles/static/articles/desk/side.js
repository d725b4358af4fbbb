// The side column where there is no room beside the story: it comes in over it, and goes again.

import { element, iconButton } from "desk/elements"
import { labels } from "desk/story"

const NARROW = "(width < 960px)"

// The field in which choices are searched is the skin's, made when it likes, and has no name.
const nameSearchFields = (side) => {
  for (const field of side.querySelectorAll(".select2-search__field")) {
    const { id } = field.closest(".select2-container").previousElementSibling
    const label = document.querySelector(`label[for="${CSS.escape(id)}"]`)
    if (label) field.setAttribute("aria-label", label.textContent.trim())
  }
}

export const startSide = () => {
  const side = document.querySelector("[data-desk-side]")
  const button = document.querySelector("[data-desk-side-button]")
  const narrow = matchMedia(NARROW)
  const close = iconButton("close", labels.close, () => show(false))
  side.prepend(element("div", { className: "desk-side-head" }, close))
  const show = (isOpen) => {
    side.dataset.isOpen = String(isOpen)
    side.inert = narrow.matches && !isOpen
    button.setAttribute("aria-expanded", String(isOpen))
    if (!narrow.matches) return
    if (isOpen) close.focus()
    else button.focus()
  }
  const fit = () => {
    const isWrong = side.querySelector(".desk-wrong") !== null
    side.classList.add("desk-side-drawer")
    button.hidden = !narrow.matches
    side.dataset.isOpen = String(isWrong)
    side.inert = narrow.matches && !isWrong
    button.setAttribute("aria-expanded", String(isWrong))
  }
  button.addEventListener("click", () => show(side.dataset.isOpen !== "true"))
  side.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !event.defaultPrevented && narrow.matches) show(false)
  })
  document.addEventListener("pointerdown", ({ target }) => {
    const isOutside = !side.contains(target) && !button.contains(target)
    if (narrow.matches && side.dataset.isOpen === "true" && isOutside && target.closest(".desk-story")) show(false)
  })
  narrow.addEventListener("change", fit)
  nameSearchFields(side)
  new MutationObserver(() => nameSearchFields(side)).observe(side, { childList: true, subtree: true })
  fit()
}
