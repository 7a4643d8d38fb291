// The screen of the hall counts down to the announced time. Everything else is fetched anew by the page itself.
function tick() {
  for (const element of document.querySelectorAll("[data-until]")) {
    const left = Math.max(0, Number(element.dataset.until) - Math.floor(Date.now() / 1000));
    const parts = [Math.floor(left / 3600), Math.floor(left / 60) % 60, left % 60];
    if (left < 86400) element.textContent = parts.map((n) => String(n).padStart(2, "0")).join(":");
  }
}
setInterval(tick, 1000);
document.addEventListener("htmx:afterSwap", tick);
tick();
