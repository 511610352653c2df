/* What a script adds to pages that work without it: the hit counter stays in step with the address, n and p go to the
   next and previous hit (with a switch to turn them off), a click on a quoted passage opens it, a button copies. ES2017. */
(function () {
  "use strict";

  var bar = document.querySelector(".hit-bar[data-hits]");
  var total = bar ? Number(bar.dataset.hits) : 0;
  var current = bar ? Number(bar.dataset.current) : 0;

  /* The hit the address points at: #hit-2 itself, or the first one in the passage #p7 or after it; 0 for none. */
  function pointedAt() {
    var target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!target) return current;
    var marks = Array.from(document.querySelectorAll("mark[id^='hit-']"));
    var first = marks.find(function (mark) {
      return target.contains(mark) || target.compareDocumentPosition(mark) & Node.DOCUMENT_POSITION_FOLLOWING;
    });
    return first ? Number(first.id.slice(4)) : current;
  }

  function around(number) {
    return (number - 1 + total) % total + 1;
  }

  function show(number) {
    var old = document.querySelector("mark.at");
    if (old) old.classList.remove("at");
    current = number;
    if (!number) return;
    document.getElementById("hit-" + number).classList.add("at");
    bar.querySelector(".counter").textContent = "第 " + number + "/" + total + " 处";
    bar.querySelectorAll("[data-step]").forEach(function (link) {
      link.setAttribute("href", "#hit-" + around(number + Number(link.dataset.step)));
    });
  }

  /* Replaces the address instead of adding to the history: “back” leads to the results, not to the last hit. */
  function step(by) {
    var next = current ? around(current + by) : by > 0 ? 1 : total;
    location.replace("#hit-" + next);
    show(next);
  }

  function followHits() {
    show(pointedAt());
    window.addEventListener("hashchange", function () { show(pointedAt()); });
    bar.addEventListener("click", function (event) {
      var link = event.target.closest("[data-step]");
      if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      step(Number(link.dataset.step));
    });
  }

  /* A key of its own must be possible to turn off (WCAG 2.1.4); the choice is kept in this browser. */
  function keys() {
    var label = bar.querySelector(".keys");
    var box = label.querySelector("input");
    label.hidden = false;
    try { box.checked = localStorage.getItem("keys") !== "off"; } catch (blocked) { box.checked = true; }
    box.addEventListener("change", function () {
      try { localStorage.setItem("keys", box.checked ? "on" : "off"); } catch (blocked) { /* this page only */ }
    });
    document.addEventListener("keydown", function (event) {
      if (!box.checked || event.isComposing || event.keyCode === 229) return;
      if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input:not([type=checkbox]), textarea")) return;
      if (event.key === "n") step(1);
      if (event.key === "p") step(-1);
    });
  }

  /* The text stays free to be selected: a click opens it only when nothing is selected. */
  function openPassages() {
    document.querySelectorAll(".passage").forEach(function (passage) {
      passage.addEventListener("click", function (event) {
        if (!event.target.closest("a") && String(getSelection()) === "") passage.querySelector("a").click();
      });
    });
  }

  function copyButtons() {
    document.querySelectorAll("[data-copy]").forEach(function (button) {
      button.hidden = false;
      button.addEventListener("click", function () {
        getSelection().selectAllChildren(document.getElementById(button.dataset.copy));
        document.execCommand("copy"); /* the clipboard interface exists only on https and localhost */
        button.textContent = "已复制";
      });
    });
  }

  /* The page itself names no host; a citation needs the one it was read from. */
  function wholeAddress() {
    var cite = document.querySelector(".cite");
    if (cite) cite.textContent = cite.textContent.replace(" /doc/", " " + location.origin + "/doc/");
  }

  /* On paper the whole address and the day. */
  function paper() {
    var address = document.querySelector(".address");
    if (!address) return;
    window.addEventListener("beforeprint", function () {
      address.textContent = location.href + "　打印于 " + new Date().toLocaleDateString("zh-CN");
    });
  }

  if (total) { followHits(); keys(); }
  openPassages();
  wholeAddress();
  copyButtons();
  paper();
})();
