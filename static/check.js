/* A file dropped on the box or chosen is checked at once; the box is as high as its text. ES2017. */
(() => {
  "use strict";

  var form = seek("form.draft");
  if (!form) return;
  var box = form.querySelector("textarea");
  var file = form.querySelector("input[type=file]");

  function grow() {
    box.style.height = "auto";
    box.style.height = Math.min(box.scrollHeight + 4, innerHeight * 0.7) + "px";
  }

  function over(event) {
    if (!event.dataTransfer || Array.from(event.dataTransfer.types).indexOf("Files") < 0) return;
    event.preventDefault();
    form.classList.toggle("over", event.type !== "dragleave" && event.type !== "drop");
    if (event.type !== "drop" || !event.dataTransfer.files.length) return;
    file.files = event.dataTransfer.files;
    form.submit();
  }

  on(box, "input", grow);
  ["dragenter", "dragover", "dragleave", "drop"].forEach(name => { on(form, name, over); });
  on(file, "change", () => { if (file.files.length) form.submit(); });
})();
