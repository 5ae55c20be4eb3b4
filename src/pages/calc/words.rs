//! Texts of the calculator, and how it says what is wrong.

use shouwen_core::calendar::Schedule;
use shouwen_core::limit::{LimitError, MAX_COUNT, Unit};

use super::ask::{self, CAMPUS, WEEKDAYS};
use super::when::Unread;
use crate::i18n::{T, fill, is_english, tr};

crate::texts! {
    TITLE = "期限计算器" | "Deadline calculator";
    LEAD = "只计算，不登记，不保存；网址里带着这道题，可以收藏或发给同事。" | "Computes only: nothing is registered or stored. The address carries the question; keep it or pass it on.";
    WAY = "怎么算" | "What to compute";
    AFTER = "往后算到期" | "Due time";
    BEFORE = "从目标日倒推" | "Back from a date";
    BETWEEN = "两个时刻相隔多少" | "Between two moments";
    FROM = "起算时间" | "Start";
    TARGET = "目标时间" | "Target";
    BEGIN = "从" | "From";
    END = "到" | "To";
    MOMENT_HINT = "可以直接写：2月13日 10点、昨天 15:00、2026.2.13" | "For example 2026-02-13 10:00, 2.13, yesterday 15:00";
    PICK = "选日期" | "Pick";
    COUNT = "期限" | "Limit";
    COUNT_BEFORE = "至少提前" | "At least";
    UNIT = "单位" | "Unit";
    UNIT_BETWEEN = "按什么计" | "Counted in";
    CALENDAR = "日历" | "Calendar";
    CAL_LAW = "法定工作日（放假通知、调休）" | "Statutory (holiday notices)";
    CAL_WEEK = "周一至周五（不看节假日）" | "Monday to Friday, no holidays";
    CAL_HOURS = "法定工作日，自定上下班时间" | "Statutory, with office hours";
    QUESTION_BY = "{question} · {calendar}" | "{question} · {calendar}";
    CAL_CAMPUS = "作息：{name}" | "Timetable: {name}";
    HOURS = "上下班时间" | "Office hours";
    HOURS_HINT = "例：9:00-12:00 14:00-18:00；法定工作日都按这个时间" | "For example 9:00-12:00 14:00-18:00, on every statutory working day";
    ROLL = "最后一天遇休息日顺延（民法典第二百零三条）" | "A last day that is a rest day moves on (Civil Code art. 203)";
    CLOSE = "到下班为止（不是 24:00）" | "Ends at closing, not at 24:00";
    PAUSE_N = "第 {n} 次中止" | "Pause {n}";
    PAUSE_FROM = "开始" | "From";
    PAUSE_TO = "恢复" | "Until";
    PAUSE_ADD = "加一次中止" | "Add a pause";
    PAUSE_REMOVE = "去掉" | "Remove";
    RESULT = "结果" | "Result";
    DUE = "到期" | "Due";
    LATEST = "最迟" | "At the latest";
    APART = "相隔" | "In between";
    LEFT = "还剩 {span}" | "{span} left";
    PAST = "已过 {span}" | "{span} ago";
    COPY = "复制这句话" | "Copy the sentence";
    COPIED = "已复制" | "Copied";
    NOT_COPIED = "浏览器不让复制；这句话已选中，请按 Ctrl+C。" | "The browser refuses to copy; the sentence is selected: press Ctrl+C.";
    FILL_IN = "请按提示改正，结果会马上出来。" | "Correct what is marked; the result appears at once.";
    QUESTION_AFTER = "{from} 起 {limit}" | "{limit} from {from}";
    QUESTION_BEFORE = "{from} 之前 {limit}" | "{limit} before {from}";
    QUESTION_BETWEEN = "{from} 至 {to}" | "{from} to {to}";
    APART_IS = "{from} 至 {to} 相隔 {amount}" | "{amount} between {from} and {to}";
    APART_PROOF = "{apart}：{proof}" | "{apart}: {proof}";
    LESS = "不到 1 {unit}" | "less than 1 {unit}";
    WORKING_TIME = "作息时间内 {span}" | "{span} of working time";
    SOURCES = "放假安排依据：{list}" | "Holidays by: {list}";
    SOURCE = "{year} 年通知 {url}" | "notice of {year} {url}";
    TIMETABLE = "作息：{list}" | "Timetable: {list}";
    PRINTED = "首问 · 期限计算器 · {at} 打印" | "Shouwen · Deadline calculator · printed {at}";
    W_EMPTY = "请填时间" | "please give a time";
    W_NOT_A_DATE = "看不懂这个时间，请写成 2026-02-13 10:00 或 2月13日 10点" | "not understood; write 2026-02-13 10:00";
    W_NO_DAY = "没有这一天" | "there is no such day";
    W_NO_TIME = "没有这个钟点，请写成 10:00 这样" | "there is no such time; write 10:00";
    W_RANGE = "只能计算 2000 年到 2099 年之间的日子" | "only 2000 to 2099 can be computed";
    W_COUNT = "请填 1 到 {max} 之间的整数" | "a whole number from 1 to {max}, please";
    W_BEYOND = "算到了 2000–2099 年之外，请把数量填小" | "this leaves 2000–2099; take a smaller number";
    W_SCHEDULE = "工作小时和工作分钟要有上下班时间：请改选“自定上下班时间”或一个校区的作息" | "working time needs hours: choose office hours or a campus timetable";
    W_CAMPUS = "本机没有这个校区的作息，请另选" | "this computer has no timetable of that campus";
    W_BACKWARDS = "恢复早于开始，请改正" | "ends before it begins";
    W_STILL = "还没有恢复，到期时间要等恢复后才能算；请填恢复时间" | "not ended yet, so the due time is not known; say until when";
    W_END = "早于开始时间，请对调或改正" | "lies before the start; swap or correct them";
    W_HOURS = "看不懂上下班时间，请写成 9:00-12:00 14:00-18:00" | "not understood; write 9:00-12:00 14:00-18:00";
    U_WORKING_DAY = "工作日" | "working days";
    U_NATURAL_DAY = "自然日（天）" | "days";
    U_MONTH = "个月" | "months";
    U_SAME = "当日" | "same day";
    U_NEXT = "次日" | "next day";
    U_HOUR = "小时（连续）" | "hours";
    U_MINUTE = "分钟（连续）" | "minutes";
    U_WORKING_HOUR = "工作小时" | "working hours";
    U_WORKING_MINUTE = "工作分钟" | "working minutes";
}

/// The unit as the list names it.
pub fn unit(unit: Unit) -> &'static str {
    tr(match unit {
        Unit::NaturalDay => U_NATURAL_DAY,
        Unit::Month => U_MONTH,
        Unit::SameDay => U_SAME,
        Unit::NextDay => U_NEXT,
        Unit::Hour => U_HOUR,
        Unit::Minute => U_MINUTE,
        Unit::WorkingHour => U_WORKING_HOUR,
        Unit::WorkingMinute => U_WORKING_MINUTE,
        _ => U_WORKING_DAY,
    })
}

/// The calendar as the list names it.
pub fn calendar(name: &str) -> String {
    match name {
        WEEKDAYS => tr(CAL_WEEK).to_owned(),
        ask::HOURS => tr(CAL_HOURS).to_owned(),
        name => match name.strip_prefix(CAMPUS) {
            Some(campus) => fill(CAL_CAMPUS, &[("name", campus)]),
            None => tr(CAL_LAW).to_owned(),
        },
    }
}

/// Why a text is no moment.
pub fn unread(why: Unread) -> String {
    tr(match why {
        Unread::Empty => W_EMPTY,
        Unread::NotADate => W_NOT_A_DATE,
        Unread::NoSuchDay => W_NO_DAY,
        Unread::NoSuchTime => W_NO_TIME,
        Unread::OutOfRange => W_RANGE,
    })
    .to_owned()
}

/// A number that cannot be the count.
pub fn bad_count() -> String {
    fill(W_COUNT, &[("max", &MAX_COUNT.to_string())])
}

/// Why nothing could be computed: the field to correct and the words.
pub fn refused(error: &LimitError) -> (&'static str, String) {
    let (field, text): (_, T) = match error {
        LimitError::StartOutOfRange { .. } => ("from", W_RANGE),
        LimitError::ZeroCount { .. } | LimitError::CountTooLarge { .. } => return ("count", bad_count()),
        LimitError::BeyondCalendar => ("count", W_BEYOND),
        LimitError::NoSchedule => ("calendar", W_SCHEDULE),
        LimitError::PauseBackwards { .. } => ("pauses", W_BACKWARDS),
        LimitError::StillPaused { .. } => ("pauses", W_STILL),
        LimitError::EndBeforeStart { .. } => ("to", W_END),
        other => return ("count", other.to_string()),
    };
    (field, tr(text).to_owned())
}

const DAYS: [(&str, &str); 7] = [
    ("周一", "Mon"),
    ("周二", "Tue"),
    ("周三", "Wed"),
    ("周四", "Thu"),
    ("周五", "Fri"),
    ("周六", "Sat"),
    ("周日", "Sun"),
];

/// `周一至周五 09:00-12:00 14:00-18:00，周六 09:00-17:00`; days that rest are not named.
pub fn timetable(schedule: &Schedule) -> String {
    let week = schedule.week();
    let day = |index: usize| if is_english() { DAYS[index].1 } else { DAYS[index].0 };
    let mut parts: Vec<String> = Vec::new();
    let mut first = 0;
    while first < week.len() {
        let same = week[first..].iter().take_while(|windows| **windows == week[first]).count();
        if !week[first].is_empty() {
            let hours: Vec<String> = week[first].iter().map(ToString::to_string).collect();
            let days = match same {
                1 => day(first).to_owned(),
                _ => format!("{}{}{}", day(first), if is_english() { "–" } else { "至" }, day(first + same - 1)),
            };
            parts.push(format!("{days} {}", hours.join(" ")));
        }
        first += same;
    }
    parts.join(if is_english() { ", " } else { "，" })
}
