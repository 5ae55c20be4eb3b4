// An invented rule pack with everything that the built-in ones forbid or lack: pauses with grounds and caps, extensions,
// a clock that hangs on another, a ladder of its own, recurring duties. It comes in as a file, as rules of others do.
import { writeFileSync } from "node:fs";
import path from "node:path";

const text = (zh) => ({ zh, en: zh });
const named = (id, zh) => ({ id, label: text(zh) });
const clock = (id, zh, more) => ({ id, label: text(zh), kind: "hard", owner: ["clerk"], start: ["received"], stop: [], clause: "X 1", ...more });
const step = (id, zh, emits, more = {}) => ({ id, label: text(zh), roles: ["clerk"], emits: [emits], again: true, clause: "X 1", ...more });
const level = (id, at, tell, zh, clause) => ({ id, at, tell, say: text(zh), ...(clause ? { clause } : {}) });
const GROUNDS = [named("expert", "等待鉴定"), named("consent", "当事人书面同意")];

// Its id sorts before the built-in ones: intake begins with it.
export const INVENTED = {
  format: "shouwen-pack/1", id: "a-trial", version: 1, effective_from: "2026-01-01",
  title: text("试验制度"), summary: text("只用于测试"), workplaces: ["campus"],
  sources: [{ id: "X", title: text("试验办法"), state: text("虚构") }],
  roles: [named("clerk", "办事员"), named("lead", "组长"), named("boss", "校长")],
  fields: [
    { id: "text", label: text("内容"), kind: "paragraph", intake: true },
    { id: "name", label: text("姓名"), kind: "line", intake: true, personal: true },
    { id: "phone", label: text("电话"), kind: "phone", intake: true, personal: true },
  ],
  axes: [{ id: "kind", label: text("类"), question: text("哪一类？"), clause: "X 1",
    classes: [{ id: "a", label: text("甲类"), criteria: text("甲"), clause: "X 1" }, { id: "b", label: text("乙类"), criteria: text("乙"), clause: "X 1" }] }],
  events: [named("received", "接到"), named("replied", "已答复"), named("informed", "已告知"), named("inspected", "已核查"), named("hearing_set", "已定听证日"), named("heard", "已听证"), named("notified", "已通知")],
  clocks: [
    clock("reply", "书面答复", { stop: ["replied"], limit: { count: 5, unit: "working_day" }, extend_by: ["lead"], extend_max: 3,
      pause: { roles: ["lead"], grounds: GROUNDS, evidence: true, cap: 4, clause: "X 2" } }),
    clock("inform", "告知进展", { stop: ["informed"], limit: { count: 10, unit: "natural_day" }, extend_by: ["boss"], pause: { clause: "X 2" },
      ladder: [level("soon", { before: { count: 2, unit: "natural_day" } }, ["lead"], "还有两天要告知进展", "X 3")] }),
    clock("hearing", "听证", { kind: "case_set", start: ["hearing_set"], stop: ["heard"] }),
    clock("notify", "听证通知", { start: [], stop: ["notified"], limit: { count: 3, unit: "working_day" }, relative: { clock: "hearing", edge: "due", before: true } }),
    clock("weekly", "周例会纪要", { kind: "recurring", every: "week_end", start: [], owner: ["clerk", "lead"] }),
    clock("monthly", "月度统计", { kind: "recurring", every: "month_end", start: [], owner: ["lead"] }),
    clock("yearly", "年度总结", { kind: "recurring", every: "year_end", start: [], owner: ["boss"] }),
    clock("period", "抽查回访", { kind: "recurring", every: { period: "days" }, start: [] }),
    clock("standing", "意见箱", { kind: "recurring", every: "continuous", start: [] }),
  ],
  ladder: [
    level("half", { percent: 50 }, ["owner"], "时限过半"),
    level("last", "last_working_day", ["owner", "lead"], "最后一个工作日"),
    level("over", "overdue", ["owner", "lead"], "已超期，马上补办"),
    level("late", { after: { count: 1, unit: "working_day" } }, ["lead", "headquarters"], "请上级过问"),
  ],
  steps: [
    step("inspect", "现场核查", "inspected"), step("reply", "答复家长", "replied", { after: ["inspected"] }), step("inform", "告知进展", "informed"),
    step("set_hearing", "定听证日", "hearing_set"), step("hear", "举行听证", "heard"), step("notify", "发听证通知", "notified"),
  ],
  parameters: [{ id: "days", label: text("抽查周期天数"), kind: "number", clause: "X 4" }],
};

/** Writes the pack as a rules file; gives its path. */
export function inventedFile(folder) {
  const file = path.join(folder, "a-trial.json");
  writeFileSync(file, JSON.stringify(INVENTED));
  return file;
}
