// Look for values of a facet where they stand; without this, Enter opens a page of them.

const PAUSE_MS = 150;

export function seekValues() {
  for (const form of document.querySelectorAll(".facet .seek")) {
    const list = form.parentElement.querySelector(":scope > .values");
    const rest = form.parentElement.querySelector(":scope > .more, :scope > .note");
    const input = form.elements.find;
    const shown = [...list.children];
    let timer = 0;
    let latest = 0;
    list.setAttribute("aria-live", "polite");

    const show = (rows, whole) => {
      list.replaceChildren(...rows);
      if (rest) rest.hidden = !whole;
    };
    const look = async () => {
      const mine = ++latest;
      if (!input.value.trim()) return show(shown, true);
      const params = new URLSearchParams(new FormData(form));
      try {
        const answer = await fetch(`${form.action}?${params}`);
        const page = new DOMParser().parseFromString(await answer.text(), "text/html");
        // An answer that was overtaken by a later one is not shown.
        if (mine !== latest || !answer.ok) return;
        show(page.querySelectorAll(".values > li"), false);
      } catch {
        show(shown, true); // the network is gone; what was there still holds
      }
    };
    input.addEventListener("input", () => {
      clearTimeout(timer);
      timer = setTimeout(look, PAUSE_MS);
    });
  }
}
