// A button beside each text that is made to be pasted.

export function offerCopies() {
  if (!navigator.clipboard) return; // only on secure addresses; a click still selects it all
  const { copy, copied } = document.body.dataset;
  for (const text of document.querySelectorAll("[data-copyable]")) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "copy";
    button.textContent = copy;
    button.addEventListener("click", async () => {
      try {
        await navigator.clipboard.writeText(text.textContent);
        button.textContent = copied;
        setTimeout(() => (button.textContent = copy), 2000);
      } catch {
        getSelection().selectAllChildren(text);
      }
    });
    text.after(button);
  }
}
