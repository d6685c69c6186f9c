// What a keyboard, a pointer and a clipboard add to pages that work without them.

import { brushDates } from "./brush.js";
import { offerCopies } from "./copy.js";
import { followKeys } from "./keys.js";
import { seekValues } from "./seek.js";
import { suggestQueries } from "./suggest.js";

followKeys();
offerCopies();
brushDates();
seekValues();
suggestQueries();

// A menu closes when one looks elsewhere.
document.addEventListener("click", (event) => {
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    if (!menu.contains(event.target)) menu.open = false;
  }
});
