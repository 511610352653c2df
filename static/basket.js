/* 摘录篮, kept in this browser: ＋摘录 puts a passage or what is selected into it, the drawer shows it. Without this
   script ＋摘录 leads to a page that does the same by links. ES2017. */
(() => {
  "use strict";

  var MOST = 200;
  var made = own.made;
  var opener = seek("[data-drawer]");
  var held = []; /* {e, text, title, note} */
  var drawer = null;

  function load() {
    try { held = JSON.parse(own.get("basket")); } catch (strange) { held = []; }
    if (!Array.isArray(held)) held = [];
  }

  function keep() {
    own.keep("basket", JSON.stringify(held));
  }

  function save() {
    keep();
    show();
  }

  function at(e) {
    return held.findIndex(one => one.e === e);
  }

  function ownOf(link) {
    return new URL(link.href).searchParams.get("e");
  }

  /* What is selected inside the paragraph of a link, as offsets into its text; empty where nothing is. */
  function chosen(link) {
    var text = link.closest(".para") && link.closest(".para").querySelector("p, h2");
    var range = text && getSelection().rangeCount ? getSelection().getRangeAt(0) : null;
    if (!range || range.collapsed || !text.contains(range.startContainer) || !text.contains(range.endContainer)) return "";
    var before = document.createRange();
    before.setStart(text, 0);
    before.setEnd(range.startContainer, range.startOffset);
    var begin = Array.from(String(before)).length;
    return "." + begin + "-" + (begin + Array.from(String(range)).length);
  }

  function toggle(link) {
    var part = chosen(link);
    var e = ownOf(link) + part;
    var place = at(e);
    var box = link.closest(".passage, .para, tr, li");
    var title = (link.closest(".card, .kwic li") || document).querySelector("h3 a, .doc-head h1, td a, small");
    if (place >= 0) held.splice(place, 1);
    else if (held.length >= MOST) return tell("摘录篮最多 " + MOST + " 段，已经满了");
    else held.push({ e: e, text: part ? String(getSelection()) : (box.querySelector("p") || box.querySelector("h2")).textContent, title: title ? title.textContent.trim() : "", note: "" });
    save();
    tell(place >= 0 ? "已从摘录篮去掉" : "已放进摘录篮，共 " + held.length + " 段");
  }

  function tell(said) {
    var told = seek("#basket-told");
    if (!told) {
      told = made("p", "", document.body);
      told.id = "basket-told";
      told.className = "hidden";
      told.setAttribute("role", "status");
    }
    told.textContent = said;
  }

  function show() {
    if (opener) opener.textContent = "摘录篮" + (held.length ? " " + held.length : "");
    all(".pick").forEach(link => {
      var is = at(ownOf(link)) >= 0;
      link.classList.toggle("in", is);
      link.textContent = link.classList.contains("add") ? is ? "✓" : "＋" : is ? "✓摘录" : "＋摘录";
    });
    if (drawer) fill();
  }

  function pressed(text, inside, does, label) {
    var one = own.pressed(text, inside, does);
    if (label) one.setAttribute("aria-label", label);
  }

  function move(from, to) {
    held.splice(to, 0, held.splice(from, 1)[0]);
    save();
  }

  function item(one, number, list) {
    var line = made("li", "", list);
    line.dataset.testid = "basket-item";
    line.draggable = true;
    made("span", one.text.slice(0, 60) + (one.text.length > 60 ? "…" : ""), line);
    made("p", one.title, line);
    var note = made("input", "", line);
    note.value = one.note;
    note.maxLength = 200;
    note.placeholder = "备注";
    note.setAttribute("aria-label", "第 " + (number + 1) + " 段的备注");
    on(note, "change", () => { one.note = note.value.trim(); keep(); });
    if (number) pressed("上移", line, () => move(number, number - 1), "上移第 " + (number + 1) + " 段");
    if (number < held.length - 1) pressed("下移", line, () => move(number, number + 1), "下移第 " + (number + 1) + " 段");
    pressed("去掉", line, () => { held.splice(number, 1); save(); }, "去掉第 " + (number + 1) + " 段");
    on(line, "dragstart", event => { event.dataTransfer.setData("text/plain", String(number)); });
    on(line, "dragover", event => event.preventDefault());
    on(line, "drop", event => {
      event.preventDefault();
      move(+event.dataTransfer.getData("text/plain"), number);
    });
  }

  function fill() {
    drawer.textContent = "";
    var head = made("h2", "摘录篮 " + held.length + " 段", drawer);
    pressed("关闭", head, close);
    var list = made("ol", "", drawer);
    held.forEach((one, number) => item(one, number, list));
    if (!held.length) made("p", "还没有摘录", drawer);
    /* As a form: no address holds that many notes. */
    var takes = made("form", "", drawer);
    takes.method = "post";
    [["打开", ""], ["Word", ".docx"], ["Markdown", ".md"], ["CSV", ".csv"]].forEach(way => {
      if (held.length) made("button", way[0], takes).formAction = opener.pathname + way[1];
    });
    on(takes, "submit", () => {
      takes.querySelectorAll("input").forEach(last => last.remove());
      held.forEach(one => {
        Object.assign(made("input", "", takes), { type: "hidden", name: "e", value: one.e + (one.note ? "!" + one.note : "") });
      });
    });
    if (held.length) pressed("清空", takes, () => { held = []; save(); });
  }

  function close() {
    drawer.remove();
    drawer = null;
    opener.setAttribute("aria-expanded", "false");
    opener.focus();
  }

  function open() {
    drawer = made("aside", "", document.body);
    drawer.className = "drawer";
    drawer.dataset.testid = "drawer";
    drawer.setAttribute("aria-label", "摘录篮");
    fill();
    opener.setAttribute("aria-expanded", "true");
    drawer.querySelector("button").focus();
  }

  /* The page of an address: what it shows can be taken over into the own basket. */
  function takeOver() {
    var button = seek("[data-take]");
    if (!button) return;
    on(button, "click", () => {
      var shown = all("[data-e]").map(line => {
        var said = line.dataset.e.split("!");
        var words = line.querySelector("blockquote, .notice");
        var title = line.querySelector(".origin a");
        return { e: said[0], note: said.slice(1).join("!"), text: words.textContent, title: title ? title.textContent : "" };
      });
      load();
      var kept = held.filter(one => !shown.some(other => other.e === one.e));
      if (shown.length + kept.length > MOST) return button.textContent = "会超过 " + MOST + " 段，没有收进";
      held = shown.concat(kept);
      save();
      button.textContent = "已收进，共 " + held.length + " 段";
    });
  }

  on(document, "click", event => {
    var link = event.target.closest(".pick, [data-drawer]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    load();
    if (link === opener) return drawer ? close() : open();
    toggle(link);
  });
  on(document, "mousedown", event => {
    if (event.target.closest(".pick")) event.preventDefault(); /* keeps what is selected */
  });
  on(document, "keydown", event => { if (event.key === "Escape" && drawer) close(); });
  on(window, "storage", () => { load(); show(); });
  on(window, "pageshow", () => { load(); show(); });
  takeOver();
})();
