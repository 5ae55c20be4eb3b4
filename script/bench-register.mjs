// Measures registering: from the click until the case is written (strict transaction) and shown.
// Usage: node script/bench-register.mjs [runs]. Must not be part of the tests: times depend on the machine.
import { desk, go } from "../tests/e2e/lib/desk.mjs";

const runs = Number(process.argv[2] ?? 15);
const opened = await desk({ campus: "城北校区", name: "周老师" });
const { page } = opened;
const times = [];
for (let run = 0; run < runs; run += 1) {
  await go(page, "#/new");
  await page.locator("#f-text").fill(`孩子一个月换了三个老师，要求退费。第 ${run} 次测量。`);
  await page.getByRole("button", { name: "全部采纳推荐" }).click();
  await page.waitForTimeout(400);
  times.push(
    await page.evaluate(
      () =>
        new Promise((done) => {
          const started = performance.now();
          const watch = new MutationObserver(() => {
            if (!location.hash.startsWith("#/cases/") || !document.getElementById("clocks")) return;
            watch.disconnect();
            done(performance.now() - started);
          });
          watch.observe(document.body, { childList: true, subtree: true });
          document.querySelector("#intake button[type=submit]").click();
        }),
    ),
  );
}
await opened.close();
times.sort((a, b) => a - b);
const ms = (value) => `${value.toFixed(0)} ms`;
console.log(`register (click to durable and shown, ${runs} runs): median ${ms(times[runs >> 1])}, min ${ms(times[0])}, max ${ms(times.at(-1))}`);
