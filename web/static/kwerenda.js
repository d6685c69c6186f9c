// What a keyboard and a clipboard add to pages that work without them.

import { followKeys } from "./keys.js";
import { offerCopies } from "./copy.js";

followKeys();
offerCopies();

// A menu closes when one looks elsewhere.
document.addEventListener("click", (event) => {
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    if (!menu.contains(event.target)) menu.open = false;
  }
});
