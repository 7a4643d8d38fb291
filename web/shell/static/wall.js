// The wall chart turns its pages by itself, and comes round again with fresh figures. A button stops it.
const sheet = document.querySelector("[data-wall]");
const stop = document.querySelector("[data-wall-stop]");
const turns = 20_000;

function start() {
  let timer = 0;
  const turn = () => { location.replace(sheet.dataset.next); };
  const go = () => { timer = setTimeout(turn, turns); };
  if (stop) {
    stop.hidden = false;
    stop.addEventListener("click", () => {
      const stopped = stop.getAttribute("aria-pressed") !== "true";
      stop.setAttribute("aria-pressed", String(stopped));
      stop.textContent = stopped ? stop.dataset.go : stop.dataset.stop;
      clearTimeout(timer);
      if (!stopped) go();
    });
  }
  if (!matchMedia("(prefers-reduced-motion: reduce)").matches) go();
}

if (sheet && sheet.dataset.next) start();
