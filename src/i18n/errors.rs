//! Errors and refusals in words: what happened, where, what to do.

use shouwen_core::case::{Refusal, ValueProblem};
use shouwen_core::pack::Pack;

use super::{fill, say, time, tr};
use crate::store::StoreError;

crate::texts! {
    NO_CASE = "没有找到这个案件，它可能在另一个标签页里被删除。请返回台账重新打开。" | "The case was not found. Go back to the register and open it again.";
    NOT_OPEN = "案件已结案或作废，不能再记录这一项。需要继续办理时，请先重新打开案件。" | "The case is closed or void. Reopen it first.";
    NOT_CLOSED = "案件正在办理中，不需要重新打开。" | "The case is open already.";
    VALUE = "「{field}」{problem}" | "“{field}”: {problem}";
    V_REQUIRED = "必须填写" | "is required";
    V_TOO_LONG = "共 {got} 字，最多 {max} 字，请删减后再保存" | "has {got} characters, at most {max}";
    V_NUMBER = "请填 0 到 10 亿之间的整数" | "must be a whole number from 0 to 1,000,000,000";
    V_DATE = "不是有效的日期时间（2000–2099 年）" | "is not a date between 2000 and 2099";
    V_FUTURE = "不能晚于现在" | "must not lie in the future";
    V_PHONE = "不像电话号码，请填 5–20 位数字，可带区号和分机" | "does not look like a phone number (5–20 digits)";
    V_OPTION = "不在可选项里" | "is not one of the options";
    UNKNOWN = "制度里没有「{id}」，可能制度包版本不同。" | "This rule pack has no “{id}”; its version may differ.";
    REASON_REQUIRED = "请写明理由，日后需要说明依据。" | "Please give a reason; it stays in the record.";
    IN_FUTURE = "时间晚于现在，请更正。" | "The time lies in the future.";
    BEFORE_RECEIPT = "时间早于接到投诉的时间，请更正。" | "The time lies before the complaint was received.";
    TOO_EARLY = "还不能记录「{step}」，要先发生：{missing}。" | "“{step}” cannot be recorded yet; first: {missing}.";
    NOT_APPLICABLE = "这一项不适用于本案。" | "This does not apply to the case.";
    ALREADY_DONE = "「{step}」已经记录过了；如有错误，请在经过中撤回后重新记录。" | "“{step}” is already recorded; withdraw it in the timeline to correct it.";
    OUTCOME_REQUIRED = "请选择结果。" | "Please choose how it ended.";
    SECOND_REVIEWER = "这一类别必须由另一位同事复核，请填写复核人（不能是本人）。" | "This class needs a second reviewer other than yourself.";
    UNDECIDED = "请先确认「{axis}」。" | "Please decide “{axis}” first.";
    CONFLICT = "还有未解决的冲突，请先在案件页选择以哪个为准。" | "Resolve the conflicting values on the case page first.";
    NO_CHANGE = "内容没有变化，未写入。" | "Nothing changed; nothing was written.";
    TOO_LONG = "文字共 {got} 字，最多 {max} 字，请删减。" | "The text has {got} characters, at most {max}.";
    NOT_EXTENDABLE = "制度没有允许您延长这一时限。" | "The rules do not let you extend this limit.";
    EXPIRED = "这一时限已于 {at} 到期，不能再延长或中止；如有原因，请写明超期理由。" | "The limit ran out at {at}; it can no longer be extended or paused. Record why it is late instead.";
    NOT_LATER = "新的到期时间要晚于现在的到期时间（{at}）。" | "The new due time must be after the present one ({at}).";
    TOO_LATE = "制度最多允许延到 {at}。" | "The rules allow no later than {at}.";
    NOT_RUNNING = "这一时限现在没有在计时。" | "This limit is not running.";
    NOT_PAUSABLE = "制度没有允许中止这一时限，或者不由您的岗位决定。" | "The rules do not allow pausing this limit, or not by your role.";
    GROUND_REQUIRED = "请选择制度列明的中止事由。" | "Choose one of the grounds that the rules name.";
    EVIDENCE_REQUIRED = "请写明凭据，例如文书编号或照片名称。" | "Name what proves it, for example a document number.";
    ENDS_BEFORE_START = "预计恢复时间要晚于中止时间。" | "The planned end must lie after the beginning.";
    S_NEWER = "本机数据是由更新版本的首问写入的，这个旧文件不会改动它。请使用新版文件打开；也可以先导出原始数据。" | "The data here was written by a newer build. Open the newer file; you can still export the raw data.";
    S_BLOCKED = "另一个标签页正开着旧版本，请关闭它后重试。" | "Another tab holds an old version open. Close it and retry.";
    S_FULL = "本机存储空间已满，这一条没有写入。您填写的内容仍在屏幕上：请先导出案件包或清理磁盘，再保存一次。" | "The disk is full; this was NOT saved. What you typed is still on screen: free space, then save again.";
    S_REFUSED = "浏览器拒绝写入本机（可能处于无痕模式或被策略禁止），这一条没有写入。{what}" | "The browser refused to store data (private mode or policy); this was NOT saved. {what}";
    S_OUTDATED = "另一个标签页已升级到新版本。为保护数据，本页已停止写入，请刷新。" | "Another tab was upgraded. This page stopped writing to protect your data; please reload.";
    S_BROKEN = "读写本机数据时出错，这一条没有写入。{what}" | "Reading or writing local data failed; this was NOT saved. {what}";
}

/// A refusal for the person who tried.
pub fn refusal(refusal: &Refusal, pack: Option<&Pack>) -> String {
    match refusal {
        Refusal::NoCase => tr(NO_CASE).to_owned(),
        Refusal::NotOpen => tr(NOT_OPEN).to_owned(),
        Refusal::NotClosed => tr(NOT_CLOSED).to_owned(),
        Refusal::Value { field, problem } => {
            let label =
                pack.and_then(|pack| pack.field(field)).map_or_else(|| field.clone(), |field| say(&field.label));
            fill(VALUE, &[("field", &label), ("problem", &value_problem(problem))])
        }
        Refusal::Unknown(id) => fill(UNKNOWN, &[("id", id)]),
        Refusal::ReasonRequired => tr(REASON_REQUIRED).to_owned(),
        Refusal::InFuture => tr(IN_FUTURE).to_owned(),
        Refusal::BeforeReceipt => tr(BEFORE_RECEIPT).to_owned(),
        Refusal::TooEarly { step, missing } => {
            let missing: Vec<String> = missing.iter().map(|id| event_label(pack, id)).collect();
            fill(TOO_EARLY, &[("step", &step_label(pack, step)), ("missing", &missing.join("、"))])
        }
        Refusal::NotApplicable(_) => tr(NOT_APPLICABLE).to_owned(),
        Refusal::AlreadyDone(step) => fill(ALREADY_DONE, &[("step", &step_label(pack, step))]),
        Refusal::OutcomeRequired => tr(OUTCOME_REQUIRED).to_owned(),
        Refusal::SecondReviewer => tr(SECOND_REVIEWER).to_owned(),
        Refusal::Undecided(axis) => {
            let label = pack.and_then(|pack| pack.axis(axis)).map_or_else(|| axis.clone(), |axis| say(&axis.label));
            fill(UNDECIDED, &[("axis", &label)])
        }
        Refusal::Conflict(_) => tr(CONFLICT).to_owned(),
        Refusal::NoChange => tr(NO_CHANGE).to_owned(),
        Refusal::TooLong { got, max } => fill(TOO_LONG, &[("got", &got.to_string()), ("max", &max.to_string())]),
        Refusal::NotExtendable => tr(NOT_EXTENDABLE).to_owned(),
        Refusal::Expired { due } => fill(EXPIRED, &[("at", &time::exact(*due))]),
        Refusal::NotLater { due } => fill(NOT_LATER, &[("at", &time::exact(*due))]),
        Refusal::TooLate { latest } => fill(TOO_LATE, &[("at", &time::exact(*latest))]),
        Refusal::NotRunning(_) => tr(NOT_RUNNING).to_owned(),
        Refusal::NotPausable => tr(NOT_PAUSABLE).to_owned(),
        Refusal::GroundRequired => tr(GROUND_REQUIRED).to_owned(),
        Refusal::EvidenceRequired => tr(EVIDENCE_REQUIRED).to_owned(),
        Refusal::EndsBeforeStart => tr(ENDS_BEFORE_START).to_owned(),
    }
}

/// What is wrong with a value, to stand after or below the field's name.
pub fn value_problem(problem: &ValueProblem) -> String {
    match problem {
        ValueProblem::Required => tr(V_REQUIRED).to_owned(),
        ValueProblem::TooLong { got, max } => fill(V_TOO_LONG, &[("got", &got.to_string()), ("max", &max.to_string())]),
        ValueProblem::NotANumber => tr(V_NUMBER).to_owned(),
        ValueProblem::NotADate => tr(V_DATE).to_owned(),
        ValueProblem::InFuture => tr(V_FUTURE).to_owned(),
        ValueProblem::NotAPhone => tr(V_PHONE).to_owned(),
        ValueProblem::NotAnOption => tr(V_OPTION).to_owned(),
    }
}

/// A storage error for the person whose action was not written.
pub fn store(error: &StoreError) -> String {
    match error {
        StoreError::Newer => tr(S_NEWER).to_owned(),
        StoreError::Blocked => tr(S_BLOCKED).to_owned(),
        StoreError::Full => tr(S_FULL).to_owned(),
        StoreError::Refused { what } => fill(S_REFUSED, &[("what", what)]),
        StoreError::Outdated => tr(S_OUTDATED).to_owned(),
        StoreError::Broken { what } => fill(S_BROKEN, &[("what", what)]),
    }
}

/// The label of a case event.
pub fn event_label(pack: Option<&Pack>, id: &str) -> String {
    pack.and_then(|pack| pack.events.iter().find(|event| event.id == id))
        .map_or_else(|| id.to_owned(), |event| say(&event.label))
}

/// The label of a step.
pub fn step_label(pack: Option<&Pack>, id: &str) -> String {
    pack.and_then(|pack| pack.step(id)).map_or_else(|| id.to_owned(), |step| say(&step.label))
}
