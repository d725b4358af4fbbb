// The scheme a reader chose, set before anything is painted.
{
  const root = document.documentElement;
  const choices = ["system", "light", "dark"];
  const current = () => root.dataset.theme ?? "system";
  const kept = (word) => {
    try {
      return word ? (localStorage.theme = word) : localStorage.theme;
    } catch {} // storage may be shut
  };
  const apply = (choice) => {
    if (choices.indexOf(choice) > 0) root.dataset.theme = choice;
    else delete root.dataset.theme;
    document.querySelectorAll("meta[name=theme-color]").forEach((meta, at) => {
      const scheme = choices[at + 1];
      const media = { [scheme]: "all", system: `(prefers-color-scheme: ${scheme})` };
      meta.media = media[current()] ?? "not all";
    });
  };
  apply(kept());
  document.addEventListener("DOMContentLoaded", () => {
    const button = document.querySelector("[data-theme-switch]");
    if (!button) return;
    const show = () => (button.textContent = button.dataset[current()]);
    show();
    button.hidden = false;
    button.addEventListener("click", () => {
      apply(choices[(choices.indexOf(current()) + 1) % 3]);
      kept(current());
      show();
    });
  });
}
