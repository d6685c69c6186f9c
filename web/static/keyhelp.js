// The keys, over the page one is at; they stand on the help page, and are taken from there.

let sheet = null;

export async function showKeys() {
  const { help, close } = document.body.dataset;
  if (sheet) return sheet.open ? sheet.close() : sheet.showModal();
  try {
    const answer = await fetch(help);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const [title, keys] = [page.querySelector("#keys"), page.querySelector("#keys ~ .syntax")];
    if (sheet || !answer.ok) return;
    sheet = document.createElement("dialog");
    sheet.className = "sheet";
    title.id = "sheet-title";
    sheet.setAttribute("aria-labelledby", title.id);
    const form = document.createElement("form");
    form.method = "dialog";
    const button = document.createElement("button");
    button.className = "btn";
    button.textContent = close;
    form.append(button);
    sheet.append(title, keys, form);
    // A click beside the sheet, which is its backdrop, puts it away.
    sheet.addEventListener("click", (event) => event.target === sheet && sheet.close());
    document.body.append(sheet);
    sheet.showModal();
  } catch {
    location.assign(help);
  }
}
