// The phone of a witness makes the hash itself: the word stays on the phone until words are told. Written without the crypto
// module of the browser for hashing, as that works over https only; random letters come from getRandomValues.
const round = new Uint32Array([
  0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5, 0xd807aa98, 0x12835b01, 0x243185be,
  0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174, 0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa,
  0x5cb0a9dc, 0x76f988da, 0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967, 0x27b70a85,
  0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85, 0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3,
  0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070, 0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f,
  0x682e6ff3, 0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2]);

// sha256 returns the hash of bytes in hexadecimal digits (FIPS 180-4).
function sha256(bytes) {
  const length = bytes.length;
  const padded = new Uint8Array(((length + 8) >> 6 << 6) + 64);
  padded.set(bytes);
  padded[length] = 0x80;
  const view = new DataView(padded.buffer);
  view.setUint32(padded.length - 4, length * 8);
  const state = new Uint32Array([0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19]);
  const w = new Uint32Array(64);
  const turn = (x, n) => (x >>> n) | (x << (32 - n));
  for (let at = 0; at < padded.length; at += 64) {
    for (let i = 0; i < 16; i++) w[i] = view.getUint32(at + 4 * i);
    for (let i = 16; i < 64; i++) {
      const a = w[i - 15];
      const b = w[i - 2];
      w[i] = w[i - 16] + w[i - 7] + (turn(a, 7) ^ turn(a, 18) ^ (a >>> 3)) + (turn(b, 17) ^ turn(b, 19) ^ (b >>> 10));
    }
    let [a, b, c, d, e, f, g, h] = state;
    for (let i = 0; i < 64; i++) {
      const one = (h + (turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)) + ((e & f) ^ (~e & g)) + round[i] + w[i]) | 0;
      const two = ((turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))) | 0;
      [h, g, f, e, d, c, b, a] = [g, f, e, (d + one) | 0, c, b, a, (one + two) | 0];
    }
    [a, b, c, d, e, f, g, h].forEach((x, i) => { state[i] += x; });
  }
  return Array.from(state, (x) => x.toString(16).padStart(8, "0")).join("");
}

const letters = "23456789abcdefghjkmnpqrstuvwxyz";

// randomLetters are letters that nobody can guess: with them a short word is as good as a long one.
function randomLetters(count) {
  let text = "";
  const one = new Uint8Array(1);
  while (text.length < count) {
    crypto.getRandomValues(one);
    if (one[0] % 32 < letters.length) text += letters[one[0] % 32];
  }
  return text;
}

const page = document.querySelector("[data-witness]");
const kept = page ? "jiaoheng-witness-" + page.dataset.witness : "";

// Where the browser keeps nothing, the person keeps the word.
function keep(word) {
  try { localStorage.setItem(kept, word); } catch (refused) { /* the page shows the word */ }
}
function keptWord() {
  try { return localStorage.getItem(kept) || ""; } catch (refused) { return ""; }
}

function commit(form) {
  const word = form.querySelector("[name=word]");
  const hidden = form.querySelector("[data-hash]");
  const tail = randomLetters(16);
  form.querySelector("[data-plain]").hidden = true;
  const generate = form.querySelector("[data-generate]");
  generate.hidden = false;
  generate.addEventListener("click", () => { word.value = randomLetters(6); show(); });
  const full = () => word.value.trim().replace(/[\p{Cc}\u2028\u2029]/gu, "") + "-" + tail;
  const show = () => {
    const sealed = form.querySelector("[data-sealed]");
    sealed.hidden = word.value.trim() === "";
    if (sealed.hidden) return;
    form.querySelector("[data-shown]").textContent = sha256(new TextEncoder().encode("jiaoheng-draw/1 witness\n" + full()));
    form.querySelector("[data-full]").textContent = full();
  };
  word.addEventListener("input", show);
  show();
  form.addEventListener("submit", () => {
    hidden.value = sha256(new TextEncoder().encode("jiaoheng-draw/1 witness\n" + full()));
    keep(full());
    word.disabled = true; // the word itself is not sent
  });
}

if (page) {
  const form = page.querySelector("[data-commit]");
  if (form && window.crypto && crypto.getRandomValues) commit(form);
  const tell = page.querySelector("[data-tell] [name=word]");
  if (tell && !tell.value) tell.value = keptWord();
  const shown = page.querySelector("[data-word-shown]");
  if (shown && keptWord()) {
    shown.querySelector("strong").textContent = keptWord();
    shown.hidden = false;
  }
}
window.addEventListener("pageshow", () => {
  const word = document.querySelector("[data-commit] [name=word]");
  if (word) word.disabled = false;
});
