/* Suggestions under the search box, after the combobox pattern of the ARIA practices. Nothing is asked while an input
   method composes, and without this script the box is an ordinary one. ES2017. */
(() => {
  "use strict";

  var PAUSE = 150; /* milliseconds without a key before the server is asked */
  var box = document.querySelector("input[data-suggest]");
  if (!box || !window.fetch) return;

  var list = document.createElement("ul");
  var status = document.createElement("p");
  var timer = 0;
  var asked = 0; /* numbers the questions, so that a late answer to an old one is dropped */
  var active = -1;

  list.className = "completions";
  list.id = "completions";
  list.hidden = true;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", "建议");
  status.className = "hidden";
  status.setAttribute("role", "status");
  box.form.appendChild(list);
  box.form.appendChild(status);
  box.setAttribute("role", "combobox");
  box.setAttribute("aria-autocomplete", "list");
  box.setAttribute("aria-expanded", "false");
  box.setAttribute("aria-controls", list.id);

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
    var item = window.own.made("li", completion.text, list);
    item.id = "completion-" + number;
    item.dataset.testid = "completion";
    item.dataset.url = completion.url;
    item.setAttribute("role", "option");
    item.setAttribute("aria-selected", "false");
    window.own.made("small", completion.kind + (completion.documents === null ? "" : "　" + completion.documents + " 篇"), item);
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

  function composing(event) {
    return event.isComposing || event.keyCode === 229;
  }

  box.addEventListener("input", event => { if (!composing(event)) askSoon(); });
  box.addEventListener("compositionstart", close);
  box.addEventListener("compositionend", askSoon);
  box.addEventListener("blur", close);
  box.form.addEventListener("submit", close);

  box.addEventListener("keydown", event => {
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

  list.addEventListener("mousedown", event => { event.preventDefault(); });
  list.addEventListener("click", event => {
    var chosen = event.target.closest("li");
    if (chosen) location.assign(chosen.dataset.url);
  });
})();
