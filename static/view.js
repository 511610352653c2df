/* How a reader wants the pages: colours, size of the letters, the / key. Loaded before anything is painted, so that no
   page flashes in the wrong colours; the choices stay in this browser. ES2017. */
(() => {
  "use strict";

  var root = document.documentElement;
  var chosen = {}; /* of this page alone, where the browser keeps nothing */

  function get(name) {
    try { return localStorage.getItem(name) || ""; } catch (blocked) { return chosen[name] || ""; }
  }

  function keep(name, value) {
    chosen[name] = value;
    try { localStorage.setItem(name, value); } catch (blocked) { /* this page only */ }
  }

  function composing(event) {
    return event.isComposing || event.keyCode === 229;
  }

  function apply() {
    ["scheme", "size"].forEach(name => {
      var value = get(name);
      if (value) root.dataset[name] = value; else delete root.dataset[name];
    });
  }

  function showPanel() {
    var panel = document.querySelector(".view");
    if (!panel) return;
    panel.querySelectorAll("input").forEach(input => {
      input.checked = input.type === "radio" ? get(input.name) === input.value : get(input.name) !== "off";
    });
    panel.addEventListener("change", event => {
      var input = event.target;
      keep(input.name, input.type === "radio" ? input.value : input.checked ? "" : "off");
      apply();
    });
  }

  /* A key of its own must be possible to turn off (WCAG 2.1.4), and never takes a character that is being typed. */
  function slash(event) {
    var box = document.querySelector("input[type=search]");
    if (event.key !== "/" || !box || get("slash") === "off" || composing(event)) return;
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest && event.target.closest("input:not([type=checkbox]):not([type=radio]), select, textarea")) return;
    event.preventDefault();
    box.focus();
    box.select();
  }

  /* What the other scripts use, too. */
  Object.assign(window, {
    own: { get: get, keep: keep },
    all: selector => Array.from(document.querySelectorAll(selector)),
    seek: selector => document.querySelector(selector),
    on: (at, name, does) => at.addEventListener(name, does),
    composing: composing
  });
  root.dataset.scripts = ""; /* by which the style sheet shows what only scripts can do */
  apply();
  window.addEventListener("pageshow", apply);
  document.addEventListener("DOMContentLoaded", showPanel);
  document.addEventListener("keydown", slash);
})();
