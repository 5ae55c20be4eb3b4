//! Texts of clocks: states, laws, and what the rule says. The arithmetic itself is said by `proof`.
//! Must not compute a due time.

use shouwen_core::calendar::DayReason;
use shouwen_core::clock::{Run, RunProblem, State};
use shouwen_core::limit::{Limit, Mark, Roll, Trace, TraceDay, Unit};
use shouwen_core::pack::{CalendarChoice, Clock, ClockKind, Edge, Pack};
use shouwen_core::time::Civil;

use super::{T, common, errors, fill, is_english, proof, say, time, tr};

crate::texts! {
    LEFT = "剩 {span}" | "{span} left";
    OVER = "超 {span}" | "{span} over";
    WAITED = "已等 {span}" | "waiting {span}";
    AFTER_EVENT = "等待：{event}" | "waits for: {event}";
    START_FROM = "从「{event}」{at} 起算。" | "Counted from “{event}”, {at}.";
    START_PLAN = "{at} 加用应急预案，从那时起算。" | "Starts with the plan, added {at}.";
    START_CLASS = "改变类别后重新起算：{at}。" | "Counted anew from the change of class, {at}.";
    LAW_MINUTE = "{n} 分钟连续计算，夜间和节假日照算。" | "{n} minutes run without a break, through nights and holidays.";
    LAW_HOUR = "{n} 小时连续计算，夜间和节假日照算。" | "{n} hours run without a break, through nights and holidays.";
    LAW_WORKING_TIME = "{n} {unit}只在作息时间内计算。" | "{n} {unit} run inside working hours only.";
    LAW_NATURAL = "{n} 个自然日，当日不计，到第 {n} 天 24:00 止。" | "{n} natural days; the day of the event is not counted; ends at 24:00 of day {n}.";
    LAW_WORKING = "{n} 个工作日，当日不计，按放假通知（含调休上班）数，到第 {n} 个工作日 24:00 止。" | "{n} working days; the day of the event is not counted; holidays and make-up days by the official notice; ends at 24:00 of working day {n}.";
    LAW_WORKING_CAMPUS = "{n} 个工作日，当日不计，按本校作息数，到第 {n} 个工作日 24:00 止。" | "{n} working days by the campus timetable; the day of the event is not counted; ends at 24:00 of day {n}.";
    LAW_SAME = "当日 24:00 止。" | "Until 24:00 of the same day.";
    LAW_NEXT = "次日 24:00 止。" | "Until 24:00 of the next day.";
    LAW_MONTH = "{n} 个月：同一日期 24:00 止，没有该日期时为月末。" | "{n} month(s): same date, 24:00; else the last day of the month.";
    LAW_DATE = "经办人填写的日期。" | "A date entered by the handler.";
    ROLL = "最后一天遇法定休息日顺延。" | "A last day that is a rest day moves to the next working day.";
    CAPPED = "同时不得晚于「{clock}」，取较早者。" | "Not later than “{clock}”: the earlier of both.";
    RULE_SAYS = "制度原文：“{phrase}”（{clause}）" | "The rule says “{phrase}” ({clause})";
    READING = "我们的读法：{text}" | "Our reading: {text}";
    SOFT_NOTE = "制度没有写明数字，这是本程序的参考时限，不计超期、不作处罚依据。" | "The rule gives no number; this target is ours, never counts as a breach and never feeds penalties.";
    SOFTENED_NOTE = "制度用语留有余地：超过时须写明理由，不作处罚依据。" | "Softened in the rule: being late needs a recorded reason, never a penalty.";
    VALUE_MISSING_NOTE = "制度提到时限但没有写数值，请在“设置 · 制度参数”里填写。" | "The rule names a limit without a value; fill it in under Settings.";
    STILL_PAUSED = "自 {at} 起中止，恢复计时后才能算出到期时间。" | "Paused since {at}; the due time is known once it resumes.";
    EDGE_START = "{clock}：开始" | "{clock}: start";
    EDGE_DUE = "{clock}：到期" | "{clock}: due";
    EDGE_BEFORE = "{clock}：到期之前（倒推）" | "{clock}: before it is due (counted backwards)";
    EDGE_DONE = "{clock}：办结" | "{clock}: done";
    WEEKEND = "周末" | "weekend";
    CLOSED = "停课" | "closed";
    REST = "休息日" | "rest day";
    SHIFT_DAY = "{name}调休上班" | "make-up working day, {name}";
    SHIFT_HOURS = "当日另有作息" | "special hours";
    BY_LAW = "法定工作日" | "statutory calendar";
    BY_WEEK = "周一至周五" | "Monday to Friday";
    BY_CAMPUS = "本校作息" | "campus timetable";
    DAY_REST = "休" | "off";
    DAY_START = "起" | "start";
    DAY_DUE = "到期" | "due";
    DAY_SHIFT = "班" | "w";
    DAY_PAUSED = "停" | "stop";
    DAY_ROLLED = "顺延" | "roll";
    DAY_LATEST = "最迟" | "by";
    DAY_TARGET = "目标" | "aim";
    DAY_HOURS = "{n}时" | "{n}h";
    DAY_MINUTES = "{n}分" | "{n}m";
    SAY_START = "起算日，不计" | "the day of the start, not counted";
    SAY_TARGET = "目标日，不计" | "the target's day, not counted";
    SAY_DAY = "第 {n} 天" | "day {n}";
    SAY_WORKING = "第 {n} 个工作日" | "working day {n}";
    SAY_RAN = "计 {span}" | "{span} ran";
    SAY_OVER = "当日没有剩余时间" | "no time left that day";
    SAY_SKIPPED = "不计" | "not counted";
    SAY_PAUSED = "中止，不计" | "paused, not counted";
    SAY_ROLLED = "休息日，顺延" | "a rest day, the end moves on";
    SAY_DUE = "到期日" | "the due day";
    SAY_LATEST = "最迟的一天" | "the latest day";
    SAY_PROVISIONAL = "暂定：{year} 年还没有放假通知" | "provisional: no holiday notice for {year} yet";
    LEGEND = "图例" | "Signs";
    LEGEND_START = "起算日，不计" | "day of the start, not counted";
    LEGEND_COUNTED = "第几天" | "counted, its number";
    LEGEND_SHIFT = "调休上班，照计" | "make-up working day, counted";
    LEGEND_RAN = "当日计的时间" | "time that ran";
    LEGEND_REST = "休息日或节日，不计" | "rest day or holiday";
    LEGEND_PAUSED = "中止，不计" | "paused";
    LEGEND_ROLLED = "遇休息日，顺延" | "rest day, moves on";
    LEGEND_DUE = "到期日" | "due";
    LEGEND_MAYBE = "点线框：暂定，放假通知公布后可能改变" | "dotted: provisional until the notice";
    STRIP_HELP = "左右方向键逐日查看" | "arrow keys: day by day";
    DAYS_LEFT_OUT = "……中间 {n} 天" | "… {n} days";
    STRIP_LABEL = "时限推算，逐日" | "The limit, day by day";
    SOFT_LATE = "已完成（过参考时限）" | "done (past the target)";
    UNIT_MINUTES = "分钟" | "minutes";
    UNIT_HOURS = "小时" | "hours";
    L_MINUTE = "{n} 分钟" | "{n} min";
    L_HOUR = "{n} 小时" | "{n} hours";
    L_WMINUTE = "{n} 工作分钟" | "{n} working min";
    L_WHOUR = "{n} 工作小时" | "{n} working hours";
    L_NATURAL = "{n} 天" | "{n} days";
    L_WORKING = "{n} 个工作日" | "{n} working days";
    L_SAME = "当日" | "same day";
    L_NEXT = "次日" | "next day";
    L_MONTH = "{n} 个月" | "{n} month(s)";
    L_DATE = "按填写日期" | "entered date";
    L_NONE = "无期限" | "no limit";
    K_HARD = "硬性" | "hard";
    K_SOFTENED = "有余地" | "softened";
    K_ONSPOT = "当场" | "on the spot";
    K_SOFT = "参考" | "target";
    K_RECURRING = "定期" | "recurring";
    K_CASESET = "逐案" | "case by case";
    K_MISSING = "缺数值" | "value missing";
    K_UNTIMED = "无期限" | "untimed";
}

/// The word for a state.
pub fn state_word(state: State) -> &'static str {
    tr(match state {
        State::Overdue => common::OVERDUE,
        State::DueSoon => common::DUE_SOON,
        State::Running => common::RUNNING,
        State::Paused => common::PAUSED,
        State::Waiting => common::WAITING,
        State::Open => common::OPEN_TASK,
        State::ValueMissing => common::VALUE_MISSING,
        State::DateMissing => common::DATE_MISSING,
        State::Failed => common::FAILED,
        State::MetLate => common::MET_LATE,
        State::Met => common::MET,
        State::Superseded => common::SUPERSEDED,
    })
}

/// The word for a state of a soft target: never "overdue".
pub fn soft_word(state: State) -> &'static str {
    match state {
        State::MetLate => tr(SOFT_LATE),
        other => state_word(other),
    }
}

/// The word for a kind of clock.
pub fn kind_word(kind: ClockKind) -> &'static str {
    tr(match kind {
        ClockKind::Hard => K_HARD,
        ClockKind::Softened => K_SOFTENED,
        ClockKind::OnSpot => K_ONSPOT,
        ClockKind::Soft => K_SOFT,
        ClockKind::Recurring => K_RECURRING,
        ClockKind::CaseSet => K_CASESET,
        ClockKind::Missing => K_MISSING,
        ClockKind::Untimed => K_UNTIMED,
    })
}

/// `剩 5时18分`, `超 1天`, `已等 3时`; a plain word when nothing runs.
pub fn countdown(state: State, soft: bool, since: Civil, due: Option<Civil>, now: Civil) -> String {
    let seconds = |at: Civil| (now - at).num_seconds();
    match (state, due) {
        (State::Overdue, Some(due)) => fill(OVER, &[("span", &time::span(seconds(due).max(60)))]),
        (State::DueSoon | State::Running, Some(due)) => fill(LEFT, &[("span", &time::span(-seconds(due)))]),
        (State::Waiting | State::Open, _) => fill(WAITED, &[("span", &time::span(seconds(since)))]),
        _ if soft => soft_word(state).to_owned(),
        _ => state_word(state).to_owned(),
    }
}

/// `5 个工作日`
pub fn limit_words(limit: &Limit) -> String {
    let text = match limit.unit {
        Unit::Minute => L_MINUTE,
        Unit::Hour => L_HOUR,
        Unit::WorkingMinute => L_WMINUTE,
        Unit::WorkingHour => L_WHOUR,
        Unit::NaturalDay => L_NATURAL,
        Unit::WorkingDay => L_WORKING,
        Unit::SameDay => L_SAME,
        Unit::NextDay => L_NEXT,
        Unit::Month => L_MONTH,
        Unit::ByDate => L_DATE,
        Unit::None => L_NONE,
    };
    fill(text, &[("n", &limit.count.to_string())])
}

fn law(limit: &Limit, calendar: CalendarChoice, by_schedule: bool) -> String {
    let text: T = match limit.unit {
        Unit::Minute => LAW_MINUTE,
        Unit::Hour => LAW_HOUR,
        Unit::WorkingMinute | Unit::WorkingHour => LAW_WORKING_TIME,
        Unit::NaturalDay => LAW_NATURAL,
        Unit::WorkingDay if calendar == CalendarChoice::Campus && by_schedule => LAW_WORKING_CAMPUS,
        Unit::WorkingDay => LAW_WORKING,
        Unit::SameDay => LAW_SAME,
        Unit::NextDay => LAW_NEXT,
        Unit::Month => LAW_MONTH,
        Unit::ByDate | Unit::None => LAW_DATE,
    };
    let unit = tr(if limit.unit == Unit::WorkingMinute { UNIT_MINUTES } else { UNIT_HOURS });
    let mut words = fill(text, &[("n", &limit.count.to_string()), ("unit", unit)]);
    if limit.roll == Roll::NextWorkingDay {
        words.push_str(tr(ROLL));
    }
    words
}

/// Whose working days a limit is counted by; nothing where no calendar matters.
pub fn calendar_word(limit: &Limit, calendar: CalendarChoice, by_schedule: bool) -> Option<&'static str> {
    let asks = matches!(limit.unit, Unit::WorkingDay | Unit::WorkingHour | Unit::WorkingMinute)
        || limit.roll == Roll::NextWorkingDay
        || limit.at_close;
    let campus = calendar == CalendarChoice::Campus && by_schedule;
    asks.then(|| tr(if campus { BY_CAMPUS } else { BY_LAW }))
}

/// The letters of a day in the strip.
pub fn day_sign(day: &TraceDay, backward: bool) -> String {
    let shift = matches!(day.reason, DayReason::Shift(_));
    match day.mark {
        Mark::Due(_) => tr(if backward { DAY_LATEST } else { DAY_DUE }).to_owned(),
        Mark::Start => tr(if backward { DAY_TARGET } else { DAY_START }).to_owned(),
        Mark::Counted(n) if shift => format!("{}{n}", tr(DAY_SHIFT)),
        Mark::Counted(n) => n.to_string(),
        Mark::Ran(seconds) => short_hours(seconds),
        Mark::Skipped => match &day.reason {
            // Two letters of the holiday's name fit a cell.
            DayReason::Holiday(name) => name.chars().take(2).collect(),
            _ => tr(DAY_REST).to_owned(),
        },
        Mark::Paused => tr(DAY_PAUSED).to_owned(),
        Mark::Rolled => tr(DAY_ROLLED).to_owned(),
    }
}

/// `7时`, `2:30`, `40分`: what fits a cell.
fn short_hours(seconds: u32) -> String {
    let (hours, minutes) = (seconds / 3600, seconds / 60 % 60);
    match (hours, minutes) {
        (0, _) => fill(DAY_MINUTES, &[("n", &minutes.to_string())]),
        (_, 0) => fill(DAY_HOURS, &[("n", &hours.to_string())]),
        _ => format!("{hours}:{minutes:02}"),
    }
}

/// Everything about a day of the strip in one line: date, what it did to the count, why, provisional or not.
pub fn day_words(day: &TraceDay, trace: &Trace, backward: bool) -> String {
    let in_time = trace.limit.unit.in_time();
    let number = |n: u32| match trace.limit.unit {
        _ if n == 0 => String::new(),
        Unit::WorkingDay => fill(SAY_WORKING, &[("n", &n.to_string())]),
        _ => fill(SAY_DAY, &[("n", &n.to_string())]),
    };
    let ran = |seconds: u32| fill(SAY_RAN, &[("span", &proof::hours(seconds))]);
    let (first, second) = match day.mark {
        Mark::Start if in_time => (tr(SAY_OVER).to_owned(), String::new()),
        Mark::Start => (tr(if backward { SAY_TARGET } else { SAY_START }).to_owned(), String::new()),
        Mark::Counted(n) => (number(n), String::new()),
        Mark::Ran(seconds) => (ran(seconds), String::new()),
        Mark::Skipped => (tr(SAY_SKIPPED).to_owned(), String::new()),
        Mark::Paused => (tr(SAY_PAUSED).to_owned(), String::new()),
        Mark::Rolled => (tr(SAY_ROLLED).to_owned(), String::new()),
        Mark::Due(n) => {
            let text = tr(if backward { SAY_LATEST } else { SAY_DUE }).to_owned();
            (text, if in_time { ran(n) } else { number(n) })
        }
    };
    let year = chrono::Datelike::year(&day.date).to_string();
    let provisional = if day.provisional { fill(SAY_PROVISIONAL, &[("year", &year)]) } else { String::new() };
    let mut parts = vec![time::long_date(day.date), first, second, day_reason(&day.reason), provisional];
    parts.retain(|part| !part.is_empty());
    parts.join(if is_english() { ", " } else { "，" })
}

/// Why a day does not count, in a word.
pub fn day_reason(reason: &DayReason) -> String {
    match reason {
        DayReason::Weekday => String::new(),
        DayReason::Weekend => tr(WEEKEND).to_owned(),
        DayReason::Holiday(name) => name.clone(),
        DayReason::Shift(name) if name.is_empty() => tr(SHIFT_HOURS).to_owned(),
        DayReason::Shift(name) => fill(SHIFT_DAY, &[("name", name)]),
        DayReason::Closed => tr(CLOSED).to_owned(),
        DayReason::RestDay => tr(REST).to_owned(),
    }
}

/// What stands around the arithmetic, sentence by sentence: the start event, the law, the rule and our reading of it.
pub fn explain(run: &Run, clock: &Clock, pack: &Pack, by_schedule: bool, now: Civil) -> Vec<String> {
    let mut lines = Vec::new();
    if let Some(start) = run.start {
        let at = time::moment(start, now);
        lines.push(if run.restarted {
            fill(START_CLASS, &[("at", &at)])
        } else if let Some(field) = run.from_field.as_ref().and_then(|id| pack.field(id)) {
            fill(START_FROM, &[("event", &say(&field.label)), ("at", &at)])
        } else if run.with_plan {
            fill(START_PLAN, &[("at", &at)])
        } else {
            fill(START_FROM, &[("event", &beginning(clock, pack)), ("at", &at)])
        });
    } else {
        lines.push(after_event(clock, pack));
    }
    if let Some(due) = &run.due {
        lines.push(law(&due.trace.limit, clock.calendar, by_schedule));
    }
    if let Some(other) = run.capped_by.as_ref().and_then(|id| pack.clock(id)) {
        lines.push(fill(CAPPED, &[("clock", &say(&other.label))]));
    }
    match &run.problem {
        Some(RunProblem::ValueMissing { .. }) => lines.push(tr(VALUE_MISSING_NOTE).to_owned()),
        Some(RunProblem::StillPaused { since }) => {
            lines.push(fill(STILL_PAUSED, &[("at", &time::moment(*since, now))]));
        }
        Some(RunProblem::Limit(what)) => lines.push(format!("{}: {what}", tr(common::FAILED))),
        _ => {}
    }
    match clock.kind {
        ClockKind::Soft => lines.push(tr(SOFT_NOTE).to_owned()),
        ClockKind::Softened => lines.push(tr(SOFTENED_NOTE).to_owned()),
        _ => {}
    }
    if !clock.phrase.is_empty() {
        lines.push(fill(RULE_SAYS, &[("phrase", &clock.phrase), ("clause", &clock.clause)]));
    }
    if let Some(reading) = &clock.reading {
        lines.push(fill(READING, &[("text", &say(reading))]));
    }
    lines
}

/// `等待：审批通过`
pub fn after_event(clock: &Clock, pack: &Pack) -> String {
    fill(AFTER_EVENT, &[("event", &beginning(clock, pack))])
}

/// What starts a clock: its events, or the edge of the clock that it hangs on.
pub fn beginning(clock: &Clock, pack: &Pack) -> String {
    if let Some(relative) = &clock.relative {
        let label = pack.clock(&relative.clock).map_or_else(|| relative.clock.clone(), |other| say(&other.label));
        let text = match relative.edge {
            Edge::Start => EDGE_START,
            Edge::Due if relative.before => EDGE_BEFORE,
            Edge::Due => EDGE_DUE,
            Edge::Done => EDGE_DONE,
        };
        return fill(text, &[("clock", &label)]);
    }
    let names: Vec<String> = clock.start.iter().map(|id| errors::event_label(Some(pack), id)).collect();
    names.join(" / ")
}
