// Which panels of the side column are open, as this browser was left. Not a module: it runs before
// the column is seen, so that nothing jumps. A panel in which something is wrong is open.

{
  const KEY = "desk-panels"
  const read = () => {
    try {
      return JSON.parse(localStorage.getItem(KEY)) ?? {}
    } catch {
      return {}
    }
  }
  const keep = (panel) => {
    try {
      localStorage.setItem(KEY, JSON.stringify({ ...read(), [panel.dataset.deskPanel]: panel.open }))
    } catch {
      // Without room to remember, it is as the page says.
    }
  }
  const remembered = read()
  for (const panel of document.querySelectorAll("[data-desk-panel]")) {
    const isOpen = remembered[panel.dataset.deskPanel]
    if (typeof isOpen === "boolean" && !panel.matches(".desk-wrong")) panel.open = isOpen
    panel.querySelector("summary").addEventListener("click", () => setTimeout(() => keep(panel)))
  }
}
