/* Suggestions under the search box (the combobox of the ARIA practices). Nothing is asked while an input method
   composes. ES2017. */
(() => {
  "use strict";

  var PAUSE = 150; /* milliseconds without a key before the server is asked */
  var box = seek("input[data-suggest]");
  if (!box || !window.fetch) return;

  var list = document.createElement("ul");
  var status = document.createElement("p");
  var timer = 0;
  var asked = 0; /* numbers the questions, so that a late answer to an old one is dropped */
  var active = -1;

  list.className = list.id = "completions";
  list.hidden = true;
  status.className = "hidden";
  [
    [list, "role", "listbox"], [list, "aria-label", "建议"], [status, "role", "status"], [box, "role", "combobox"],
    [box, "aria-autocomplete", "list"], [box, "aria-expanded", "false"], [box, "aria-controls", list.id]
  ].forEach(said => said[0].setAttribute(said[1], said[2]));
  box.form.append(list, status);

  function close() {
    asked += 1;
    clearTimeout(timer);
    list.hidden = true;
    box.setAttribute("aria-expanded", "false");
    mark(-1);
  }

  function mark(number) {
    var options = list.children;
    if (options[active]) options[active].setAttribute("aria-selected", "false");
    active = number;
    if (!options[active]) {
      box.removeAttribute("aria-activedescendant");
      return;
    }
    options[active].setAttribute("aria-selected", "true");
    options[active].scrollIntoView({ block: "nearest" });
    box.setAttribute("aria-activedescendant", options[active].id);
  }

  function option(completion, number) {
    var item = own.made("li", completion.text, list);
    item.id = "completion-" + number;
    item.dataset.url = completion.url;
    item.setAttribute("role", "option");
    item.setAttribute("aria-selected", "false");
    own.made("small", completion.kind + (completion.documents === null ? "" : "　" + completion.documents + " 篇"), item);
  }

  function show(completions) {
    active = -1;
    list.textContent = "";
    completions.forEach(option);
    list.hidden = !completions.length;
    box.setAttribute("aria-expanded", String(!list.hidden));
    box.removeAttribute("aria-activedescendant");
    status.textContent = completions.length ? completions.length + " 条建议，用上下键选择" : "";
  }

  function ask() {
    var typed = box.value.trim();
    asked += 1;
    var mine = asked;
    if (!typed) {
      show([]);
      return;
    }
    fetch(box.dataset.suggest + "?q=" + encodeURIComponent(typed)).then(answer => {
      return answer.ok ? answer.json() : { suggestions: [] };
    }).then(found => {
      if (mine !== asked || document.activeElement !== box) return;
      list.dataset.of = typed;
      show(found.suggestions);
    }).catch(() => { /* the box works without */ });
  }

  function askSoon() {
    clearTimeout(timer);
    timer = setTimeout(ask, PAUSE);
  }

  on(box, "input", event => { if (!composing(event)) askSoon(); });
  on(box, "compositionstart", close);
  on(box, "compositionend", askSoon);
  on(box, "blur", close);
  on(box.form, "submit", close);

  on(box, "keydown", event => {
    if (composing(event)) return;
    var count = list.hidden ? 0 : list.children.length;
    if ((event.key === "ArrowDown" || event.key === "ArrowUp") && count) {
      event.preventDefault();
      var by = event.key === "ArrowDown" ? 1 : -1; /* round the options and the box itself, which is -1 */
      mark((active + 1 + by + count + 1) % (count + 1) - 1);
    } else if (event.key === "ArrowDown") {
      askSoon();
    } else if (event.key === "Escape" && count) {
      event.preventDefault();
      close();
    } else if (event.key === "Enter" && active >= 0) {
      event.preventDefault();
      location.assign(list.children[active].dataset.url);
    }
  });

  on(list, "mousedown", event => event.preventDefault());
  on(list, "click", event => {
    var chosen = event.target.closest("li");
    if (chosen) location.assign(chosen.dataset.url);
  });
})();
