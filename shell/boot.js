// The page's first script: tells in plain words why the program cannot start, or that it has stopped.
// Must stay ES5 (it is what very old browsers run), must not touch stored data, must not need the app.
(function (window, document) {
  "use strict";

  var begun = false; // the app's module was run by the browser
  var running = false; // the app has been started
  var lastPanic = ""; // the text a Rust panic leaves in the console just before it stops the app

  function show(id, detail) {
    var box = document.getElementById(id);
    var line = document.getElementById(id + "-detail");
    var loading = document.getElementById("boot");
    if (loading) { loading.hidden = true; loading.style.display = "none"; }
    if (line && detail) { line.textContent = String(detail).slice(0, 600); }
    if (!box) { return; }
    box.hidden = false;
    box.style.display = "block";
  }

  // The first thing this browser lacks, or "" when it has all that is needed.
  function missing() {
    var needs = [
      ["WebAssembly", typeof window.WebAssembly === "object"],
      ["DecompressionStream", typeof window.DecompressionStream === "function"],
      ["ES modules", "noModule" in document.createElement("script")],
      ["IndexedDB", "indexedDB" in window],
      ["structuredClone", typeof window.structuredClone === "function"],
      ["crypto", !!(window.crypto && window.crypto.getRandomValues)]
    ];
    for (var i = 0; i < needs.length; i++) {
      if (!needs[i][1]) { return needs[i][0]; }
    }
    return document.documentMode ? "IE " + document.documentMode : "";
  }

  function tooOld(what) {
    api.old = true;
    show("boot-old", "缺少 missing: " + what + " · " + window.navigator.userAgent);
  }

  function fail(error) {
    if (api.old || document.documentElement.getAttribute("data-failed")) { return; }
    var text = error && error.message ? error.name + ": " + error.message : String(error);
    // Browsers before the baseline refuse to compile wasm under this page's security policy.
    if (!running && /unsafe-eval|Content Security Policy/i.test(text)) { tooOld(text); return; }
    document.documentElement.setAttribute("data-failed", "1");
    var children = document.body.children;
    for (var i = 0; i < children.length; i++) {
      if (!/^boot/.test(children[i].id)) { children[i].inert = true; }
    }
    show("boot-failure", lastPanic ? lastPanic.split("\n\n")[0] : text);
    document.getElementById("boot-reload").focus();
  }

  // A trap or an exhausted stack means that the app's memory can no longer be trusted. Other errors of a running page
  // (an extension, a refused clipboard) are not ours to stop for. Chromium 109 hides errors of file:// pages from this
  // event ("Script error."), which is why a panic is recognised by its text in the console instead.
  function isFatal(error) {
    return error instanceof window.WebAssembly.RuntimeError || (error instanceof RangeError && /stack/i.test(error.message));
  }

  function watch(error, fallback) {
    if (!running || isFatal(error)) { fail(error || fallback); }
  }

  var api = window.shouwenBoot = {
    old: false,
    begin: function () { begun = true; },
    started: function () {
      running = true;
      var loading = document.getElementById("boot");
      if (loading) { loading.parentNode.removeChild(loading); }
    },
    fail: fail
  };

  document.getElementById("boot-reload").onclick = function () { window.location.reload(); };

  var lack = missing();
  if (lack) { tooOld(lack); return; }

  window.addEventListener("error", function (event) { watch(event.error, event.message); });
  window.addEventListener("unhandledrejection", function (event) { watch(event.reason, "rejected"); });
  document.addEventListener("DOMContentLoaded", function () {
    if (!begun) { fail("文件不完整或被改动，请重新复制一份。 The file is incomplete or was altered; copy it again."); }
  });

  var error = window.console.error;
  window.console.error = function (first) {
    if (typeof first === "string" && /^panicked at /.test(first)) {
      lastPanic = first;
      window.setTimeout(function () { fail(first); }, 0);
    }
    return error.apply(window.console, arguments);
  };
})(window, document);
