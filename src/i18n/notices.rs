//! Words about holiday notices: what a text lacks, what is wrong with it and where, days in a short list.
//! Must not read notices.

use chrono::{Datelike, Days, NaiveDate, Weekday};
use shouwen_core::calendar::NoticeDay;
use shouwen_core::calendar::import::{Difference, Form, ImportError, Place, Remark, Trouble, Why};

use super::{exchange, fill, is_english, tr};

crate::texts! {
    TITLE_OF = "{year} 年放假通知" | "Holiday notice {year}";

    FORM_OWN = "首问的日历文件" | "a calendar file of Shouwen";
    FORM_JSON = "节假日数据（JSON）" | "holiday data (JSON)";
    FORM_ICS = "日历订阅文件（ICS）" | "a calendar (ICS)";
    FORM_PROSE = "通知原文" | "the wording of a notice";
    FORM_LINES = "逐行填写的日期" | "lines of dates";

    AT_LINE = "第 {n} 行" | "line {n}";
    AT = "（{place}）" | " ({place})";

    R_MISSING = "没有找到{name}的放假日{date}" | "no day off for {name}{date}";
    R_MISSING_DATE = "（{date}）" | " ({date})";
    R_FEW = "扣除周末和调休上班，这份通知 {year} 年只放假 {given} 天，现行规定是 {due} 天：可能不完整" | "weekends and make-up days apart, it gives {given} days off in {year}; the regulation gives {due}: perhaps incomplete";
    R_WEEKDAY = "{date} 写的是{stated}，日历上是{real}：请核对原文" | "{date} is said to be {stated}, the calendar says {real}: check the text";
    R_TOTAL = "{name}：写明共 {stated} 天，列出的是 {listed} 天：请核对原文" | "{name}: {stated} days are stated, {listed} are listed: check the text";
    R_SHIFT = "{date}（{real}）写成了调休上班，但那天本来就上班：请核对" | "{date} ({real}) is said to be a make-up day, but is a working day anyway: check";
    R_UNNAMED = "{date} 没有名称，记作“{name}”" | "{date} has no name; it is called “{name}”";
    R_IGNORED = "没有采用：“{what}”，{why}" | "left aside: “{what}”, {why}";
    WHY_NAME = "只有名称或日期，没有写放假还是上班" | "names a day without saying off or work";
    WHY_RECOMMENDED = "是建议，不是放假" | "is a recommendation, no day off";
    WHY_RESUMES = "是恢复正常上班，不是调休" | "says that work resumes, no make-up day";
    WHY_REPEATS = "是每年重复的日子，不是某一年的通知" | "repeats every year";
    WHY_CANCELLED = "已取消" | "is cancelled";

    E_EMPTY = "没有内容。请选择文件，或把通知原文粘贴进来。" | "There is nothing. Choose a file or paste the notice.";
    E_LARGE = "内容太大，不像放假通知，没有读取。" | "Too large for a holiday notice; it was not read.";
    E_JSON = "JSON 不完整或已损坏。请重新取得文件。" | "The JSON is damaged. Get the file again.";
    E_CUT = "日历文件缺了后面一段。请重新取得文件。" | "The end of the calendar is missing. Get the file again.";
    E_NOTHING = "没有认出任何放假或调休日期。请粘贴通知原文（如“元旦：1月1日至3日放假”），或逐行填写“2027-01-01 2027-01-03 元旦 放假”。" | "No day off or make-up day is recognised. Paste the notice, or write lines like “2027-01-01 2027-01-03 元旦 off”.";
    E_NO_YEAR = "没有写是哪一年。请在“年份”里填写后再看。" | "The year is not stated. Fill in the year and look again.";
    E_DATE = "“{what}”不是日期（2000–2099 年）。" | "“{what}” is not a date (2000–2099).";
    E_BACKWARDS = "结束早于开始：{what}。" | "It ends before it begins: {what}.";
    E_LONG = "一段超过 31 天：{what}。请核对年份和月份。" | "More than 31 days in a row: {what}. Check year and month.";
    E_LINE = "“{what}”看不懂。请写成“2027-01-01 2027-01-03 元旦 放假”。" | "“{what}” is not understood. Write “2027-01-01 2027-01-03 元旦 off”.";
    E_FOREIGN = "{date} 不属于 {year} 年的通知。" | "{date} is not part of the notice of {year}.";
    E_TWICE = "{date} 一处写放假、另一处写上班，互相矛盾。请核对后再导入。" | "{date} is off in one place and working in another. Check it first.";

    D_OFF = "放假" | "off";
    D_WORK = "调休上班" | "make-up day";
    D_NONE = "未列出" | "not listed";
    D_LINE = "{date}（{name}）：{before} → {after}" | "{date} ({name}): {before} → {after}";

    L_OFF = "{span} 放假（{n} 天）" | "{span} off ({n} d)";
    L_WORK = "{span} 上班" | "{span} working";
}

pub fn form(form: Form) -> &'static str {
    tr(match form {
        Form::Own => FORM_OWN,
        Form::Json => FORM_JSON,
        Form::Ics => FORM_ICS,
        Form::Prose => FORM_PROSE,
        Form::Lines => FORM_LINES,
    })
}

/// `2月5日` / `02-05`
fn day(date: NaiveDate) -> String {
    if is_english() {
        format!("{:02}-{:02}", date.month(), date.day())
    } else {
        format!("{}月{}日", date.month(), date.day())
    }
}

fn full_day(date: NaiveDate) -> String {
    if is_english() { date.to_string() } else { format!("{}年{}", date.year(), day(date)) }
}

fn weekday(day: Weekday) -> &'static str {
    tr(exchange::DAYS[day.num_days_from_monday() as usize % 7])
}

fn place(place: &Place) -> String {
    let words = match place {
        Place::Whole => return String::new(),
        Place::Line(line) => fill(AT_LINE, &[("n", &line.to_string())]),
        Place::Path(path) => path.clone(),
    };
    fill(AT, &[("place", &words)])
}

/// A remark in words.
pub fn remark(remark: &Remark) -> String {
    match remark {
        Remark::MissingFestival { name, date, .. } => {
            let date = date.map(|date| fill(R_MISSING_DATE, &[("date", &day(date))])).unwrap_or_default();
            fill(R_MISSING, &[("name", name), ("date", &date)])
        }
        Remark::FewDays { year, given, due } => {
            fill(R_FEW, &[("year", &year.to_string()), ("given", &given.to_string()), ("due", &due.to_string())])
        }
        Remark::WrongWeekday { place: at, date, stated } => {
            let (stated, real) = (weekday(*stated), weekday(date.weekday()));
            fill(R_WEEKDAY, &[("date", &full_day(*date)), ("stated", stated), ("real", real)]) + &place(at)
        }
        Remark::WrongTotal { place: at, name, stated, listed } => {
            let (stated, listed) = (stated.to_string(), listed.to_string());
            fill(R_TOTAL, &[("stated", &stated), ("listed", &listed), ("name", name)]) + &place(at)
        }
        Remark::ShiftOnWeekday { date } => {
            fill(R_SHIFT, &[("date", &full_day(*date)), ("real", weekday(date.weekday()))])
        }
        Remark::Unnamed { date, given } => fill(R_UNNAMED, &[("date", &full_day(*date)), ("name", given)]),
        Remark::Ignored { place: at, what, why } => {
            let why = match why {
                Why::OnlyAName => WHY_NAME,
                Why::Recommended => WHY_RECOMMENDED,
                Why::Resumes => WHY_RESUMES,
                Why::Repeats => WHY_REPEATS,
                Why::Cancelled => WHY_CANCELLED,
            };
            fill(R_IGNORED, &[("why", tr(why)), ("what", what)]) + &place(at)
        }
    }
}

/// Why nothing could be read, where, and what to do.
pub fn import_error(error: &ImportError) -> String {
    let date = |date: &NaiveDate| full_day(*date);
    let words = match &error.trouble {
        Trouble::Empty => tr(E_EMPTY).to_owned(),
        Trouble::TooLarge | Trouble::TooMany => tr(E_LARGE).to_owned(),
        Trouble::Json(_) => tr(E_JSON).to_owned(),
        Trouble::Own(problem) => {
            return exchange::calendar_fault(&error.place.to_string(), problem);
        }
        Trouble::CutOff => tr(E_CUT).to_owned(),
        Trouble::Nothing => tr(E_NOTHING).to_owned(),
        Trouble::NoYear => tr(E_NO_YEAR).to_owned(),
        Trouble::NotADate(what) => fill(E_DATE, &[("what", what)]),
        Trouble::Backwards(what) => fill(E_BACKWARDS, &[("what", what)]),
        Trouble::TooLong(what) => fill(E_LONG, &[("what", what)]),
        Trouble::NotALine(what) => fill(E_LINE, &[("what", what)]),
        Trouble::Foreign { date: one, year } => fill(E_FOREIGN, &[("date", &date(one)), ("year", &year.to_string())]),
        Trouble::Contradiction(one) => fill(E_TWICE, &[("date", &date(one))]),
    };
    words + &place(&error.place)
}

/// One date of two notices that differ.
pub fn difference(one: &Difference) -> String {
    let state = |off: Option<bool>| {
        tr(match off {
            Some(true) => D_OFF,
            Some(false) => D_WORK,
            None => D_NONE,
        })
    };
    let (before, after) = (state(one.before), state(one.after));
    fill(D_LINE, &[("date", &full_day(one.date)), ("before", before), ("after", after), ("name", &one.name)])
}

/// A year's days by festival: name, and `2月5日–11日 放假（7 天）；1月30日 上班`.
pub fn by_festival(days: &[NoticeDay]) -> Vec<(String, String)> {
    let mut list: Vec<(String, String)> = Vec::new();
    for one in days {
        if list.iter().any(|(name, _)| *name == one.name) {
            continue;
        }
        let of = |off: bool| days.iter().filter(move |day| day.name == one.name && day.off == off);
        let (rest, work) =
            (of(true).map(|day| day.date).collect::<Vec<_>>(), of(false).map(|day| day.date).collect::<Vec<_>>());
        let mut parts = Vec::new();
        if !rest.is_empty() {
            parts.push(fill(L_OFF, &[("span", &spans(&rest)), ("n", &rest.len().to_string())]));
        }
        if !work.is_empty() {
            parts.push(fill(L_WORK, &[("span", &spans(&work))]));
        }
        list.push((one.name.clone(), parts.join(if is_english() { "; " } else { "；" })));
    }
    list
}

/// Dates in order, stretches as first and last.
fn spans(dates: &[NaiveDate]) -> String {
    let mut runs: Vec<(NaiveDate, NaiveDate)> = Vec::new();
    for date in dates {
        match runs.last_mut() {
            Some((_, last)) if last.checked_add_days(Days::new(1)) == Some(*date) => *last = *date,
            _ => runs.push((*date, *date)),
        }
    }
    let words = |(from, to): &(NaiveDate, NaiveDate)| {
        if from == to { day(*from) } else { format!("{}–{}", day(*from), day(*to)) }
    };
    runs.iter().map(words).collect::<Vec<_>>().join(if is_english() { ", " } else { "、" })
}
