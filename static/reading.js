/* What scripts add to pages that work without: the hit counter and the outline follow the reader, n and p go from
   hit to hit, passages and citations are copied, searches followed. ES2017. */
(() => {
  "use strict";

  var bar = seek(".hit-bar[data-hits]");
  var total = bar ? +bar.dataset.hits : 0;
  var current = bar ? +bar.dataset.current : 0;

  /* Which the scripts after this one use, too. */
  own.made = (tag, text, inside) => {
    var one = document.createElement(tag);
    one.textContent = text;
    if (inside) inside.appendChild(one);
    return one;
  };

  own.pressed = (text, inside, does) => {
    var one = own.made("button", text, inside);
    one.type = "button";
    on(one, "click", () => does(one));
    return one;
  };

  /* The hit the address points at: #hit-2 itself, or the first one in the passage #p7 or after it; 0 for none. */
  function pointedAt() {
    var target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!target) return current;
    var marks = all("mark[id^='hit-']");
    var first = marks.find(mark => target.contains(mark) || target.compareDocumentPosition(mark) & Node.DOCUMENT_POSITION_FOLLOWING);
    return first ? +first.id.slice(4) : current;
  }

  function around(number) {
    return (number - 1 + total) % total + 1;
  }

  function show(number) {
    var old = seek("mark.at");
    if (old) old.classList.remove("at");
    current = number;
    if (!number) return;
    seek("#hit-" + number).classList.add("at");
    bar.querySelector(".counter").textContent = "第 " + number + "/" + total + " 处";
    bar.querySelectorAll("[data-step]").forEach(link => {
      link.href = "#hit-" + around(number + +link.dataset.step);
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
    on(window, "hashchange", () => { show(pointedAt()); });
    on(bar, "click", event => {
      var link = event.target.closest("[data-step]");
      if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      step(+link.dataset.step);
    });
  }

  /* A key of its own must be possible to turn off (WCAG 2.1.4): in 显示. */
  function keys() {
    on(document, "keydown", event => {
      if (own.get("keys") === "off" || composing(event)) return;
      if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input:not([type=checkbox]), textarea")) return;
      if (event.key === "n") step(1);
      if (event.key === "p") step(-1);
    });
  }

  /* The outline marks the part that stands under the bar. */
  function followOutline() {
    var links = all(".outline li:not(.check) a");
    var at = null;
    function mark() {
      var last = links.filter(link => seek(link.hash).getBoundingClientRect().top < 160).pop();
      if (last === at) return;
      if (at) at.removeAttribute("aria-current");
      if (last) last.setAttribute("aria-current", "true");
      at = last;
    }
    on(window, "scroll", () => requestAnimationFrame(mark));
    mark();
  }

  /* The text stays free to be selected: a click opens it only when nothing is selected. */
  function openPassages() {
    all(".passage").forEach(passage => {
      on(passage, "click", event => {
        if (!event.target.closest("a, button") && String(getSelection()) === "") passage.querySelector("a").click();
      });
    });
  }

  /* The words as plain text, and for Word as an official paper has them (仿宋 of size three, indented); nothing of the
     page's form. The clipboard interface exists only on https and localhost. */
  function copy(text, told) {
    function put(event) {
      event.clipboardData.setData("text/plain", text);
      event.clipboardData.setData("text/html", official(text));
      event.preventDefault();
    }
    on(document, "copy", put);
    document.execCommand("copy");
    document.removeEventListener("copy", put);
    var status = seek("#told");
    if (status) status.textContent = told;
  }

  /* As a string: a style on an element is against the pages' own policy. */
  function official(text) {
    var form = "font-family:仿宋_GB2312,仿宋,FangSong;font-size:16pt;line-height:28pt;text-indent:2em;margin:0";
    return text.replace(/&/g, "&amp;").replace(/</g, "&lt;").split("\n").map(line => '<p style="' + form + '">' + line + "</p>").join("");
  }

  function quotation(said, source) {
    return "“" + said.replace(/“/g, "‘").replace(/”/g, "’") + "”" + source;
  }

  /* 复制 and 引用 beside every ＋摘录: what a card shows of the passage, else all of it. */
  function passageTools() {
    all(".pick").forEach(pick => {
      if (pick.closest(".para")) return;
      var card = pick.closest(".passage"), shown = card && card.querySelector("p").textContent;
      [said => said, quotation].forEach((text, cited) => {
        pick.before(own.pressed(cited ? "引用" : "复制", null, made => {
          function put(one) {
            copy(text(shown || one.text, one.source), "已复制");
            confirmed(made);
          }
          if (card && !cited) return put({});
          fetch(pick.href.replace("/basket", "/api/basket")).then(answer => answer.json()).then(found => put(found.excerpts[0])
          ).catch(() => { made.textContent = "没连上，再点"; });
        }));
      });
    });
  }

  function confirmed(button) {
    var label = button.textContent;
    button.textContent = "已复制";
    setTimeout(() => button.textContent = label, 2000);
  }

  function copyButtons() {
    all("[data-copy]").forEach(button => {
      on(button, "click", () => {
        copy(seek("#" + button.dataset.copy).textContent, "已复制");
        confirmed(button);
      });
    });
  }

  /* The passage that the address leads to, where the paragraph has others beside it. */
  function shown(para) {
    return para.querySelectorAll(".piece").length > 1 && para.querySelector(".piece:target");
  }

  /* What is selected inside a paragraph, else the passage shown of it, else the whole of it, on one line. */
  function words(para) {
    var chosen = getSelection();
    var own = chosen.rangeCount && para.contains(chosen.anchorNode) && para.contains(chosen.focusNode);
    return (own && String(chosen).trim()) || (shown(para) || para.querySelector("p, h2")).textContent;
  }

  /* Buttons that come to the paragraph one points at or tabs to: its text, its text with the source, its address.
     Quotation marks inside become single ones (GB/T 15834). */
  function paragraphTools() {
    var text = seek(".text[data-source]");
    if (!text) return;
    var tools = own.made("span", "");
    tools.className = "para-tools";
    function button(name, what, content) {
      var made = own.pressed(name, tools, () => {
        copy(content(words(tools.parentNode)), "已复制：" + made.title);
        confirmed(made);
      });
      made.dataset.testid = what;
      on(made, "mousedown", event => event.preventDefault());
      return made;
    }
    /* Words that the speech itself cites (习近平总书记强调，…) are quoted at second hand. */
    function source() {
      var chosen = getSelection();
      var cited = String(chosen) && chosen.anchorNode.parentElement.closest(".cited");
      var second = cited && cited.contains(chosen.focusNode);
      return second ? text.dataset.source.replace("（", "（转引自") : text.dataset.source;
    }
    var plain = button("复制", "copy-paragraph", said => said);
    var cited = button("引用", "quote-paragraph", said => quotation(said, source()));
    var link = button("链接", "copy-link", () => {
      var number = tools.parentNode.querySelector(".number");
      return seek("#link").textContent + number.hash;
    });
    function come(event) {
      var para = event.target.closest(".para");
      if (!para) return;
      plain.title = "复制" + (shown(para) ? "标出的几句" : "第 " + para.querySelector(".number").textContent + " 自然段");
      cited.title = plain.title + "并注明出处";
      link.title = "复制这一段的链接";
      [plain, cited, link].forEach(one => one.setAttribute("aria-label", one.title));
      if (tools.parentNode !== para) para.appendChild(tools);
    }
    ["mouseover", "focusin", "click"].forEach(name => { on(text, name, come); });
  }

  /* The page itself names no host; a citation needs the one it was read from. */
  function wholeAddress() {
    all(".cite").forEach(cite => {
      cite.textContent = cite.textContent.replace(/(^| )(\/\S*doc\/)/, "$1" + location.origin + "$2");
    });
  }

  /* On paper the whole address. */
  function paper() {
    var address = seek(".address");
    if (!address) return;
    on(window, "beforeprint", () => {
      address.textContent = location.href.replace(/(%[89A-F][0-9A-F])+/g, decodeURIComponent);
      all(".doubt-box").forEach(box => { box.open = true; });
    });
  }

  /* 关注: searches with what they last had; 上次以来: what came since home was opened. */
  function followed() {
    var kept, button = seek("[data-follow]"), list = seek("[data-api]"), last = own.get("visit"), fresh = 0;
    try { kept = JSON.parse(own.get("followed")); } catch (none) { kept = {}; }
    function put(state, value) {
      kept[state] = value;
      own.keep("followed", JSON.stringify(kept));
      button.textContent = value ? "不再关注" : "关注这个检索";
    }
    if (button) {
      var state = button.dataset.follow, now = [button.dataset.title, +button.dataset.count];
      put(state, kept[state] && now);
      on(button, "click", () => put(state, kept[state] ? undefined : now));
    }
    if (!list) return;
    Object.keys(kept).forEach(state => {
      var line = own.made("li", "", list);
      own.made("a", kept[state][0] || "（筛选）", line).href = list.dataset.page + "?" + state;
      fetch(list.dataset.api + "?size=1&" + state).then(answer => answer.json()).then(found => {
        var there = found.total.documents, more = there - kept[state][1];
        own.made("small", there + " 篇" + (more ? `，${more > 0 ? "多" : "少"}了 ${Math.abs(more)} 篇` : ""), line);
      });
    });
    all("[data-came]").reverse().forEach(run => {
      if (run.dataset.came > last) fresh += +run.dataset.count;
      own.keep("visit", run.dataset.came);
    });
    if (last) seek("#since").textContent = "上次打开以来 " + fresh + " 篇";
  }

  if (total) { followHits(); keys(); }
  openPassages();
  wholeAddress();
  copyButtons();
  paragraphTools();
  followOutline();
  followed();
  passageTools();
  paper();
})();
