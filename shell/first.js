// The single file's first module: unpacks shell/start.js, which brings the tighter unpacking of everything else.
// Must stay tiny; the browser's own gzip serves here.
import { undense } from "./dense.js";

window.shouwenUndense = undense;
if (!window.shouwenBoot.old) {
  window.shouwenBoot.begin();
  const packed = document.getElementById("shouwen-start");
  const stream = new Blob([undense(packed.textContent)]).stream().pipeThrough(new DecompressionStream("gzip"));
  new Response(stream).text().then((text) => {
    const script = document.createElement("script");
    script.textContent = text;
    packed.replaceWith(script);
  }).catch(window.shouwenBoot.fail);
}
