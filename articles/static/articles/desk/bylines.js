// Rows of a name and a role, in the order in which readers find them: dragged by their handle with
// mouse, pen or finger, or moved with keys and buttons.

import { filledIn } from "desk/elements"
import { labels } from "desk/story"

export const startBylines = (list) => {
  const add = list.querySelector("[data-add]")
  const said = list.querySelector("[data-said]")
  const rows = () => [...list.querySelectorAll("[data-row]")]
  const blank = rows().at(-1).cloneNode(true)
  blank.querySelector("input").removeAttribute("id")

  const changed = () => {
    list.querySelectorAll("[data-handle], [data-up], [data-down], [data-remove]").forEach((b) => (b.hidden = false))
    const all = rows()
    all.forEach((row, index) => {
      row.querySelector("[data-up]").disabled = index === 0
      row.querySelector("[data-down]").disabled = index === all.length - 1
    })
    list.dispatchEvent(new Event("change", { bubbles: true }))
  }
  const say = (row) => {
    const name = row.querySelector("input").value
    said.textContent = filledIn(labels.movedTo, { name, place: rows().indexOf(row) + 1, all: rows().length })
  }
  const move = (row, step, button) => {
    const neighbour = rows()[rows().indexOf(row) + step]
    if (!neighbour) return
    if (step < 0) neighbour.before(row)
    else neighbour.after(row)
    changed()
    say(row)
    const next = button.disabled ? row.querySelector("[data-handle]") : button
    next.focus()
  }
  const remove = (row) => {
    const next = rows()[rows().indexOf(row) + 1] ?? rows()[rows().indexOf(row) - 1]
    if (rows().length > 1) row.remove()
    else row.querySelector("input").value = ""
    changed()
    ;(next ?? row).querySelector("input").focus()
  }

  add.hidden = false
  add.addEventListener("click", () => {
    const row = blank.cloneNode(true)
    row.querySelector("input").value = ""
    add.before(row)
    changed()
    row.querySelector("input").focus()
  })
  list.addEventListener("click", ({ target }) => {
    const row = target.closest("[data-row]")
    const button = target.closest("button")
    if (button?.matches("[data-up]")) move(row, -1, button)
    else if (button?.matches("[data-down]")) move(row, 1, button)
    else if (button?.matches("[data-remove]")) remove(row)
  })
  list.addEventListener("keydown", (event) => {
    const handle = event.target.closest("[data-handle]")
    const step = { ArrowUp: -1, ArrowDown: 1 }[event.key]
    if (!handle || !step) return
    event.preventDefault()
    move(handle.closest("[data-row]"), step, handle)
  })
  startDragging(list, rows, (row) => {
    changed()
    say(row)
  })
  changed()
}

// The row follows the pointer's height: past the middle of a neighbour it takes that one's place.
const startDragging = (list, rows, dropped) => {
  list.addEventListener("pointerdown", (event) => {
    const handle = event.target.closest("[data-handle]")
    if (!handle || event.button !== 0) return
    event.preventDefault()
    handle.focus()
    drag(event, handle, rows, dropped)
  })
}

const middle = (row) => {
  const { top, height } = row.getBoundingClientRect()
  return top + height / 2
}

const drag = ({ pointerId }, handle, rows, dropped) => {
  const row = handle.closest("[data-row]")
  const before = rows()
  // The others give way: an element that is itself moved would lose the pointer that holds it.
  const follow = ({ clientY }) => {
    const [above, below] = [row.previousElementSibling, row.nextElementSibling]
    if (above?.matches("[data-row]") && clientY < middle(above)) row.after(above)
    else if (below?.matches("[data-row]") && clientY > middle(below)) row.before(below)
  }
  const giveUp = (event) => {
    if (event.key !== "Escape") return
    event.preventDefault()
    before.forEach((one, index) => index && before[index - 1].after(one))
    end()
  }
  const end = () => {
    stop.abort()
    row.classList.remove("desk-dragged")
    if (rows().some((one, index) => one !== before[index])) dropped(row)
  }
  const stop = new AbortController()
  const { signal } = stop
  window.addEventListener("pointermove", (event) => event.pointerId === pointerId && follow(event), { signal })
  window.addEventListener("pointerup", (event) => event.pointerId === pointerId && end(), { signal })
  window.addEventListener("pointercancel", end, { signal })
  window.addEventListener("keydown", giveUp, { signal, capture: true })
  row.classList.add("desk-dragged")
}
