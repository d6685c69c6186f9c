// Completion below the query: arrows choose, Enter searches, Escape leaves it as it was typed.

const PAUSE_MS = 90;
const MOST = 8;

export function suggestQueries() {
  const input = document.getElementById("q");
  if (!input?.dataset.suggest) return;
  const names = JSON.parse(input.dataset.kinds);
  const list = document.createElement("ul");
  list.id = "offers";
  list.className = "offers";
  list.hidden = true;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", input.dataset.offers);
  input.form.append(list);
  for (const [name, value] of [
    ["role", "combobox"],
    ["aria-autocomplete", "list"],
    ["aria-controls", list.id],
    ["aria-expanded", "false"],
  ]) {
    input.setAttribute(name, value);
  }
  let typed = input.value;
  let at = -1;
  let timer = 0;
  let asking = new AbortController();

  const mark = (place) => {
    at = place;
    [...list.children].forEach((item, index) => {
      item.setAttribute("aria-selected", String(index === at));
    });
    const chosen = list.children[at];
    if (chosen) input.setAttribute("aria-activedescendant", chosen.id);
    else input.removeAttribute("aria-activedescendant");
    input.value = chosen ? chosen.dataset.query : typed;
  };
  const close = () => {
    clearTimeout(timer);
    asking.abort();
    list.hidden = true;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
    at = -1;
  };
  const show = (offers) => {
    list.replaceChildren(
      ...offers.map((offer, index) => {
        const item = document.createElement("li");
        item.id = `offer-${index}`;
        item.setAttribute("role", "option");
        item.setAttribute("aria-selected", "false");
        item.dataset.query = offer.query;
        const parts = { t: offer.label, kind: names[offer.kind], n: offer.count };
        for (const [name, text] of Object.entries(parts)) {
          const part = document.createElement("span");
          part.className = name;
          part.textContent = text;
          item.append(part, " ");
        }
        return item;
      }),
    );
    at = -1;
    list.hidden = !offers.length;
    input.setAttribute("aria-expanded", String(!list.hidden));
  };
  const ask = async () => {
    asking.abort();
    asking = new AbortController();
    const params = new URLSearchParams({ q: typed, limit: MOST, lang: document.documentElement.lang });
    try {
      const answer = await fetch(`${input.dataset.suggest}?${params}`, { signal: asking.signal });
      if (!answer.ok) return close();
      const { suggestions } = await answer.json();
      if (document.activeElement === input) show(suggestions);
    } catch {
      // Overtaken by a later letter, or the network is gone: what is typed can still be sent.
    }
  };

  input.addEventListener("input", () => {
    typed = input.value;
    clearTimeout(timer);
    if (typed.trim().length < 2 || input.selectionEnd !== typed.length) return close();
    timer = setTimeout(ask, PAUSE_MS);
  });
  input.addEventListener("keydown", (event) => {
    if (list.hidden || event.isComposing) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      // One step beyond either end is what was typed.
      const places = list.children.length + 1;
      mark(((at + 1 + step + places) % places) - 1);
      event.preventDefault();
    } else if (event.key === "Escape") {
      mark(-1);
      close();
      event.stopPropagation();
      event.preventDefault();
    }
  });
  // Pressing must not take the focus away, or the list would be gone before the click.
  list.addEventListener("pointerdown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => {
    const item = event.target.closest("li");
    if (!item) return;
    input.value = item.dataset.query;
    close();
    input.form.requestSubmit();
  });
  input.addEventListener("blur", close);
  input.form.addEventListener("submit", close);
}
