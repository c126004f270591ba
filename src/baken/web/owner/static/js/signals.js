// Files that are dropped, and how far the sending is. Without this the form works as it stands.
"use strict";
(() => {
  const form = document.getElementById("geef");
  const files = document.getElementById("files");
  const drop = document.getElementById("drop");
  const chosen = document.getElementById("chosen");
  const box = form.querySelector(".signals__progress");
  const bar = document.getElementById("progress");
  const says = document.getElementById("progress-says");
  const words = form.dataset;

  const tell = () => {
    const size = [...files.files].reduce((sum, file) => sum + file.size, 0);
    const shown = size < 1e6 ? `${Math.ceil(size / 1e3)} kB` : `${(size / 1e6).toFixed(1)} MB`;
    const count = files.files.length;
    const text = count === 1 ? words.one : words.chosen;
    const tooMuch = size > words.most * 1e6 ? ` ${words.tooMuch}` : "";
    chosen.textContent = count ? text.replace("#", count).replace("@", shown) + tooMuch : "";
    chosen.classList.toggle("field-error", Boolean(tooMuch));
    return !tooMuch;
  };
  files.addEventListener("change", tell);

  drop.querySelector(".drop__says").hidden = false;
  for (const name of ["dragenter", "dragover"]) {
    drop.addEventListener(name, (event) => {
      event.preventDefault();
      drop.classList.add("drop--over");
    });
  }
  for (const name of ["dragleave", "drop"]) {
    drop.addEventListener(name, (event) => {
      event.preventDefault();
      drop.classList.remove("drop--over");
    });
  }
  drop.addEventListener("drop", (event) => {
    if (event.dataTransfer.files.length) {
      files.files = event.dataTransfer.files;
      tell();
    }
  });

  form.addEventListener("submit", (event) => {
    if (!files.files.length) {
      return;
    }
    event.preventDefault();
    if (!tell()) {
      files.focus();
      return;
    }
    const body = new FormData(form);
    body.append("step", "upload");
    const request = new XMLHttpRequest();
    request.open("POST", form.action);
    request.setRequestHeader("Accept", "application/json");
    request.responseType = "json";
    const button = form.querySelector("button");
    button.disabled = true;
    box.hidden = false;
    let told = -1;
    request.upload.addEventListener("progress", (part) => {
      const pct = Math.floor((100 * part.loaded) / part.total);
      bar.value = pct;
      if (pct >= told + 10) {
        told = pct;
        says.textContent = words.sending.replace("#", pct);
      }
    });
    request.upload.addEventListener("load", () => {
      bar.removeAttribute("value");
      says.textContent = words.reading;
    });
    const failed = (text) => {
      button.disabled = false;
      bar.value = 0;
      says.textContent = text || words.failed;
    };
    request.addEventListener("error", () => failed());
    request.addEventListener("load", () => {
      const answer = request.response;
      if (request.status !== 200 || !answer || !answer.code) {
        failed(answer && answer.error ? answer.error.problem : "");
        return;
      }
      // On to the result as any form goes: by POST, so that no address holds the code.
      const next = document.createElement("form");
      next.method = "post";
      next.action = form.action;
      next.enctype = "multipart/form-data";
      const code = document.createElement("input");
      code.type = "hidden";
      code.name = "code";
      code.value = answer.code;
      next.append(code);
      document.body.append(next);
      next.submit();
    });
    request.send(body);
  });
})();
