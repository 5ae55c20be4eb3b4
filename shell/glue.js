// wasm-bindgen's glue as a plain script: hands its start to shell/start.js, which is another script.
import initialise from "glue";

window.shouwenGlue = initialise;
