// Looks every second how far the reading is, and goes on when it is over. Without this there is a button.
"use strict";
(() => {
  const form = document.getElementById("verder");
  const bar = document.getElementById("progress");
  const says = document.getElementById("progress-says");

  const look = async () => {
    const body = new FormData(form);
    body.append("step", "progress");
    const answer = await fetch(form.action, { method: "POST", body });
    const state = answer.ok ? await answer.json() : { ready: true };
    if (state.ready) {
      form.submit();
      return;
    }
    if (state.total) {
      bar.value = Math.floor((100 * state.done) / state.total);
      says.textContent = says.dataset.soFar.replace("#", state.done).replace("@", state.total);
    }
    setTimeout(look, 1000);
  };
  setTimeout(look, 1000);
})();
