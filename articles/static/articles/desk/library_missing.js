// Pictures that do not come, from other sites above all, leave an empty frame and no broken one.

for (const image of document.querySelectorAll("[data-frame] img")) {
  const hide = () => image.closest("[data-frame]").toggleAttribute("data-broken", true)
  if (image.complete && !image.naturalWidth && image.currentSrc) hide()
  image.addEventListener("error", hide)
}
