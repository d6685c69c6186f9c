// One letter, one action; never while typing, never with another key held, and all can be
// switched off on the help page.

import { showKeys } from "./keyhelp.js";

const STORED = "kwerenda.keys";
let hit = -1;
let mark = -1;

const ACTIONS = {
  "/": () => document.getElementById("q"),
  j: () => step(1),
  k: () => step(-1),
  o: () => follow(".src a, .sources a"),
  w: () => follow(".acts summary"),
  c: () => follow("a.cite") || document.querySelector("#cite summary"),
  f: () => toFacets(),
  "[": () => follow("[rel=prev]", document),
  "]": () => follow("[rel=next]", document),
  n: () => stepMark(1),
  p: () => stepMark(-1),
  "?": () => void showKeys(),
};

export function followKeys() {
  const toggle = document.getElementById("keys-on");
  if (toggle) {
    toggle.checked = areOn();
    toggle.addEventListener("change", () => {
      localStorage.setItem(STORED, toggle.checked ? "on" : "off");
      showHints();
    });
  }
  showHints();
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") return leave();
    if (!areOn() || event.ctrlKey || event.altKey || event.metaKey) return;
    if (event.target.closest("input, textarea, select, [contenteditable]")) return;
    const act = event.target.closest("dialog") && event.key !== "?" ? null : ACTIONS[event.key];
    if (!act) return;
    const target = act();
    if (target instanceof HTMLElement) target.focus();
    if (target?.select) target.select();
    event.preventDefault();
  });
}

function areOn() {
  try {
    return localStorage.getItem(STORED) !== "off";
  } catch {
    return true; // storage is refused: the keys stay on
  }
}

function showHints() {
  document.documentElement.classList.toggle("has-keys", areOn());
  for (const label of document.querySelectorAll("label.keys")) label.hidden = false;
}

function leave() {
  for (const menu of document.querySelectorAll("details.menu[open]")) menu.open = false;
  if (document.activeElement instanceof HTMLInputElement) document.activeElement.blur();
}

function step(by) {
  const hits = [...document.querySelectorAll(".hit")];
  if (!hits.length) return null;
  const focused = hits.findIndex((item) => item.contains(document.activeElement));
  hit = Math.min(Math.max((focused < 0 ? hit : focused) + by, 0), hits.length - 1);
  hits.forEach((item, at) => item.toggleAttribute("data-here", at === hit));
  hits[hit].scrollIntoView({ block: "nearest" });
  return hits[hit].querySelector("h2 a");
}

function toFacets() {
  const first = document.querySelector(".facets a");
  return first?.checkVisibility() ? first : follow(".open-facets", document);
}

function stepMark(by) {
  const marks = [...document.querySelectorAll(".this mark, .part mark")];
  if (!marks.length) return null;
  mark = (mark + by + marks.length) % marks.length;
  marks.forEach((item, at) => item.classList.toggle("now", at === mark));
  marks[mark].scrollIntoView({ block: "center" });
  return null;
}

// Click what stands in the result one is at, or on the page when there are no results.
function follow(selector, place) {
  const at = place ?? document.querySelectorAll(".hit")[hit] ?? document.querySelector(".side");
  const found = at?.querySelector(selector);
  found?.click();
  return found ?? null;
}
