//! The arithmetic behind a due time as one sentence that can be followed with a paper calendar. Everything said is
//! read off the trace of the computation that gave the due time. Must not compute a date.

use std::cell::Cell;

use chrono::{Datelike, NaiveDate, Timelike};
use shouwen_core::calendar::DayReason;
use shouwen_core::limit::{Amount, Due, Mark, NoEffect, PauseEffect, Roll, Trace, TraceDay, Unit};
use shouwen_core::time::{Civil, end_of};

use super::clocks::{day_reason, limit_words};
use super::{fill, is_english, time, tr};

/// Ranges of days that are named one by one; of more, the two ends are named and the middle is summed up.
const NAMED: usize = 6;
/// Ordinary rest days (weekends) that are named; of more it is said once that they do not count.
const WEEKENDS: usize = 2;
/// Pauses that are named.
const PAUSES: usize = 3;

/// The sentence. Dates of the year `now` come without their year; the first date of another year names it.
pub fn proof(due: &Due, now: Civil) -> String {
    let trace = &due.trace;
    let tell = Teller { trace, year: Cell::new(now.year()), backward: is_backward(trace) };
    let mut clauses = match trace.limit.unit {
        Unit::Minute | Unit::Hour => tell.continuous(),
        Unit::WorkingMinute | Unit::WorkingHour => tell.working_time(),
        Unit::WorkingDay => tell.working_days(),
        Unit::NaturalDay | Unit::Month | Unit::SameDay | Unit::NextDay => tell.whole_days(),
        Unit::ByDate | Unit::None => vec![fill(ENTERED, &[("due", &tell.moment(trace.due))])],
    };
    clauses.retain(|clause| !clause.is_empty());
    let mut parts = vec![clauses.join(comma())];
    parts.extend(tell.pauses());
    if due.provisional {
        parts.push(tell.provisional());
    }
    format!("{}{}", parts.join(tr(SEMICOLON)), tr(STOP))
}

/// Counted backwards from a target (an entered date may lie before the start as well).
fn is_backward(trace: &Trace) -> bool {
    trace.due < trace.start && trace.limit.unit != Unit::ByDate
}

fn comma() -> &'static str {
    tr(COMMA)
}

/// Days next to each other of which the same is said.
struct Stretch<'a> {
    first: &'a TraceDay,
    last: &'a TraceDay,
    days: usize,
}

struct Teller<'a> {
    trace: &'a Trace,
    /// The year of the date named last.
    year: Cell<i32>,
    backward: bool,
}

impl<'a> Teller<'a> {
    /// `2月13日`, with the year when it is not the one of the date named last.
    fn day(&self, date: NaiveDate) -> String {
        let same = self.year.replace(date.year()) == date.year();
        match (is_english(), same) {
            (true, true) => format!("{:02}-{:02}", date.month(), date.day()),
            (true, false) => date.to_string(),
            (false, true) => format!("{}月{}日", date.month(), date.day()),
            (false, false) => format!("{}年{}月{}日", date.year(), date.month(), date.day()),
        }
    }

    /// `2月13日（周五）`
    fn named(&self, date: NaiveDate) -> String {
        fill(DAY_NAMED, &[("day", &self.day(date)), ("week", time::weekday(date))])
    }

    /// `2月15–23日`, earlier day first.
    fn range(&self, a: NaiveDate, b: NaiveDate) -> String {
        let (a, b) = (a.min(b), a.max(b));
        let first = self.day(a);
        if a == b {
            first
        } else if !is_english() && (a.year(), a.month()) == (b.year(), b.month()) {
            format!("{}–{}日", first.trim_end_matches('日'), b.day())
        } else if is_english() {
            format!("{first} to {}", self.day(b))
        } else {
            format!("{first}–{}", self.day(b))
        }
    }

    /// `2月13日（周五）10:00`
    fn moment(&self, at: Civil) -> String {
        format!("{}{}{}", self.named(at.date()), tr(BLANK), clock(at))
    }

    /// The days in the order in which they are counted.
    fn days(&self) -> Vec<&'a TraceDay> {
        let mut days: Vec<&TraceDay> = self.trace.days.iter().collect();
        if self.backward {
            days.reverse();
        }
        days
    }

    /// Neighbours with the same saying; `None` says nothing and separates.
    fn stretches(&self, same: impl Fn(&TraceDay) -> Option<(u8, u32)>) -> Vec<Stretch<'a>> {
        let mut list: Vec<(Stretch, (u8, u32))> = Vec::new();
        for day in self.days() {
            let Some(said) = same(day) else { continue };
            match list.last_mut() {
                Some((stretch, before))
                    if *before == said
                        && stretch.last.reason == day.reason
                        && (day.date - stretch.last.date).num_days().abs() == 1 =>
                {
                    (stretch.last, stretch.days) = (day, stretch.days + 1);
                }
                _ => list.push((Stretch { first: day, last: day, days: 1 }, said)),
            }
        }
        list.into_iter().map(|(stretch, _)| stretch).collect()
    }

    /// `2月15–23日（春节）`
    fn with_reason(&self, stretch: &Stretch) -> String {
        let range = self.range(stretch.first.date, stretch.last.date);
        let reason = day_reason(&stretch.first.reason);
        if reason.is_empty() { range } else { fill(BRACKETS, &[("what", &range), ("why", &reason)]) }
    }

    fn start(&self) -> String {
        let text = if self.backward { FROM_TARGET } else { FROM_START };
        fill(text, &[("at", &self.moment(self.trace.start))])
    }

    /// The day of the due time.
    fn due_day(&self) -> Option<&'a TraceDay> {
        if self.backward { self.trace.days.first() } else { self.trace.days.last() }
    }

    /// `到 24:00 止`, `到下班（18:00）止`, `最迟当天 24:00`
    fn until(&self) -> String {
        let due = self.trace.due;
        let closes = self.trace.limit.at_close && due != end_of(due.date());
        let text = match (self.backward, closes) {
            (true, _) => AT_LATEST,
            (false, true) => UNTIL_CLOSE,
            (false, false) => UNTIL,
        };
        fill(text, &[("time", &clock(due))])
    }

    fn working_days(&self) -> Vec<String> {
        let count = self.trace.limit.count;
        let mut clauses = vec![self.start(), tr(NOT_COUNTED).to_owned()];
        clauses.extend(self.skips_and_shifts());
        if let Some(day) = self.due_day() {
            let text = if self.backward { NTH_WORKING_BACK } else { NTH_WORKING };
            clauses.push(fill(text, &[("n", &count.to_string()), ("day", &self.due_named(day))]));
        }
        clauses.push(self.until());
        clauses
    }

    fn due_named(&self, day: &TraceDay) -> String {
        match &day.reason {
            DayReason::Shift(_) => {
                let (date, why) = (self.day(day.date), day_reason(&day.reason));
                fill(DAY_NAMED_WHY, &[("day", &date), ("week", time::weekday(day.date)), ("why", &why)])
            }
            _ => self.named(day.date),
        }
    }

    /// The days on both sides of what a long strip leaves out, in the order of the count.
    fn gap(&self) -> Option<(&'a TraceDay, &'a TraceDay)> {
        let at = if self.trace.elided > 0 { self.trace.days.len() / 2 } else { return None };
        let (a, b) = (self.trace.days.get(at.checked_sub(1)?)?, self.trace.days.get(at)?);
        Some(if self.backward { (b, a) } else { (a, b) })
    }

    /// Whether a day lies behind the days left out.
    fn behind(&self, day: &TraceDay) -> bool {
        self.gap().is_some_and(|(_, next)| if self.backward { day.date <= next.date } else { day.date >= next.date })
    }

    /// How many days are left out and how many of them count.
    fn left_out(&self) -> Option<String> {
        let (before, next) = self.gap()?;
        let number = |day: &&TraceDay| match day.mark {
            Mark::Counted(n) | Mark::Due(n) => Some(n),
            _ => None,
        };
        let days = self.days();
        let last = days.iter().filter(|day| !self.behind(day)).filter_map(number).last().unwrap_or(0);
        let first = days.iter().filter(|day| self.behind(day)).find_map(number)?;
        let ends = if self.backward {
            (next.date.succ_opt()?, before.date.pred_opt()?)
        } else {
            (before.date.succ_opt()?, next.date.pred_opt()?)
        };
        let (days, counted) = (self.range(ends.0, ends.1), first.saturating_sub(last + 1));
        Some(fill(LEFT_OUT, &[("days", &days), ("n", &counted.to_string())]))
    }

    /// What is passed over, which make-up days count, and where the count begins, in the order of the calendar.
    fn skips_and_shifts(&self) -> Vec<String> {
        let (skipped, shift, first) = (0, 1, 2);
        let many = self.trace.limit.count > 1;
        let mut list = self.stretches(|day| match day.mark {
            Mark::Skipped => Some((skipped, 0)),
            Mark::Counted(1) if many => Some((first, 0)),
            Mark::Counted(_) if matches!(day.reason, DayReason::Shift(_)) => Some((shift, 0)),
            _ => None,
        });
        let usual = |one: &Stretch| {
            matches!(one.first.mark, Mark::Skipped)
                && matches!(one.first.reason, DayReason::Weekend | DayReason::RestDay)
        };
        let weekends = list.iter().filter(|one| usual(one)).count() > WEEKENDS;
        let by_week = list.iter().any(|one| one.first.reason == DayReason::Weekend);
        if weekends {
            list.retain(|one| !usual(one));
        }
        let gap = (list.len() > NAMED).then(|| list.len() - NAMED);
        if let Some(gap) = gap {
            list.drain(NAMED - 2..NAMED - 2 + gap);
        }
        let mut clauses: Vec<String> = Vec::new();
        if weekends {
            clauses.push(tr(if by_week { WEEKENDS_SKIPPED } else { REST_SKIPPED }).to_owned());
        }
        let mut skipping = false;
        let mut left_out = self.left_out();
        for (index, one) in list.iter().enumerate() {
            if gap.is_some() && index == NAMED - 2 {
                clauses.push(tr(AND_SO_ON).to_owned());
                skipping = false;
            }
            if self.behind(one.first)
                && let Some(words) = left_out.take()
            {
                clauses.push(words);
                skipping = false;
            }
            let days = self.with_reason(one);
            match (one.first.mark, clauses.last_mut()) {
                (Mark::Skipped, Some(last)) if skipping => last.push_str(&format!("{}{days}", tr(LIST))),
                (Mark::Skipped, _) => clauses.push(fill(SKIPPING, &[("days", &days)])),
                (Mark::Counted(1), _) => clauses.push(fill(FIRST_DAY, &[("day", &days)])),
                _ => clauses.push(fill(SHIFT_COUNTS, &[("day", &days)])),
            }
            skipping = one.first.mark == Mark::Skipped;
        }
        clauses.extend(left_out);
        clauses
    }

    /// Natural days, months, the same and the next day.
    fn whole_days(&self) -> Vec<String> {
        let mut clauses = vec![self.start()];
        let limit = &self.trace.limit;
        if limit.unit == Unit::NaturalDay || self.backward {
            clauses.push(tr(NOT_COUNTED).to_owned());
        }
        let rolled = self.stretches(|day| (day.mark == Mark::Rolled).then_some((0, 0)));
        let nth = rolled.first().map(|one| one.first).or(self.due_day());
        if let Some(nth) = nth {
            clauses.push(self.nth(nth.date));
        }
        if !rolled.is_empty() {
            let days: Vec<String> = rolled.iter().map(|one| self.with_reason(one)).collect();
            clauses.push(fill(ROLLING, &[("days", &days.join(tr(LIST)))]));
            clauses.extend(self.due_day().map(|day| fill(ROLLED_TO, &[("day", &self.due_named(day))])));
        } else if limit.roll == Roll::NextWorkingDay
            && let Some(day) = self.due_day().filter(|day| matches!(day.reason, DayReason::Shift(_)))
        {
            clauses.push(fill(NO_ROLL, &[("why", &day_reason(&day.reason))]));
        } else if limit.roll == Roll::None
            && matches!(limit.unit, Unit::NaturalDay | Unit::Month)
            && !self.backward
            && self.due_day().is_some_and(|day| !matches!(day.reason, DayReason::Weekday | DayReason::Shift(_)))
        {
            clauses.push(tr(STAYS).to_owned());
        }
        clauses.push(self.until());
        clauses
    }

    /// The day at which the count arrives, before it rolls.
    fn nth(&self, date: NaiveDate) -> String {
        let limit = &self.trace.limit;
        let start = self.trace.start.date();
        let (count, day) = (limit.count.to_string(), self.named(date));
        let paused = self.trace.pauses.iter().any(|pause| pause.no_effect.is_none());
        let text = match limit.unit {
            Unit::Month if self.backward => MONTHS_BACK,
            _ if self.backward => NTH_BACK,
            Unit::NaturalDay => NTH_DAY,
            Unit::SameDay if date == start => return tr(SAME_DAY).to_owned(),
            Unit::SameDay => AFTER_PAUSE,
            Unit::NextDay => NEXT_DAY,
            _ if date.day() == start.day() => MONTHS,
            _ if paused => MONTHS_PAUSED,
            _ => MONTH_END,
        };
        let there = fill(DAY_OF_MONTH, &[("n", &start.day().to_string())]);
        fill(text, &[("n", &count), ("day", &day), ("there", &there), ("limit", &limit_words(limit))])
    }

    fn continuous(&self) -> Vec<String> {
        let limit = limit_words(&self.trace.limit);
        let text = if self.backward { RUNS_BACK } else { RUNS };
        let end = if self.backward { LATEST_AT } else { RUNS_OUT };
        vec![self.start(), fill(text, &[("limit", &limit)]), fill(end, &[("due", &self.moment(self.trace.due))])]
    }

    fn working_time(&self) -> Vec<String> {
        let mut clauses = vec![self.start(), tr(OPEN_ONLY).to_owned()];
        let list = self.stretches(|day| match day.mark {
            Mark::Ran(seconds) => Some((0, seconds)),
            Mark::Skipped | Mark::Start => Some((1, 0)),
            _ => None,
        });
        clauses.extend(self.cut(&list));
        let limit = limit_words(&self.trace.limit);
        let last = self.due_day().map_or(0, seconds);
        let due = if list.is_empty() { clock(self.trace.due) } else { self.moment(self.trace.due) };
        let text = match (self.backward, list.is_empty()) {
            (true, _) => OPEN_BACK,
            (false, true) => OPEN_TODAY,
            (false, false) => OPEN_END,
        };
        let places: [(&str, &str); 3] = [("span", &hours(last)), ("due", &due), ("limit", &limit)];
        clauses.push(fill(text, &places));
        clauses
    }

    /// The days of working time; of many, both ends and the sum of the middle.
    fn cut(&self, list: &[Stretch]) -> Vec<String> {
        let elided = self.trace.elided as usize;
        if list.len() <= NAMED && elided == 0 {
            return list.iter().map(|one| self.ran(one)).collect();
        }
        let half = NAMED / 2;
        let gap = list.iter().position(|one| self.behind(one.first)).unwrap_or(list.len());
        let gap = if elided > 0 { gap } else { half };
        let (head, rest) = list.split_at(gap.min(half));
        let (middle, tail) = rest.split_at((list.len().saturating_sub(half)).max(gap) - head.len());
        let days = elided + middle.iter().map(|one| one.days).sum::<usize>();
        let told: u32 = head.iter().chain(tail).map(|one| seconds(one.first) * one.days as u32).sum();
        let last = self.due_day().map_or(0, seconds);
        let unit = if self.trace.limit.unit == Unit::WorkingMinute { 60 } else { 3600 };
        let between = (self.trace.limit.count * unit).saturating_sub(told + last);
        let mut clauses: Vec<String> = head.iter().map(|one| self.ran(one)).collect();
        clauses.push(fill(BETWEEN, &[("n", &days.to_string()), ("span", &hours(between))]));
        clauses.extend(tail.iter().map(|one| self.ran(one)));
        clauses
    }

    fn ran(&self, one: &Stretch) -> String {
        let span = hours(seconds(one.first));
        let start = one.first.date == self.trace.start.date() && one.days == 1;
        match (seconds(one.first), start, one.days) {
            (0, true, _) => match day_reason(&one.first.reason) {
                why if !why.is_empty() && !matches!(one.first.reason, DayReason::Shift(_)) => {
                    fill(TODAY_RESTS, &[("why", &why)])
                }
                _ => tr(TODAY_OVER).to_owned(),
            },
            (0, ..) => fill(CLOSED_DAYS, &[("days", &self.with_reason(one))]),
            (_, true, _) => fill(TODAY_RAN, &[("span", &span)]),
            (_, _, 1) => fill(DAY_RAN, &[("days", &self.with_reason(one)), ("span", &span)]),
            _ => fill(DAYS_RAN, &[("days", &self.with_reason(one)), ("span", &span)]),
        }
    }

    fn pauses(&self) -> Vec<String> {
        let pauses = &self.trace.pauses;
        let mut list: Vec<String> = pauses.iter().take(PAUSES).map(|pause| self.pause(pause)).collect();
        if pauses.len() > PAUSES {
            list.push(fill(MORE_PAUSES, &[("n", &(pauses.len() - PAUSES).to_string())]));
        }
        list
    }

    fn pause(&self, pause: &PauseEffect) -> String {
        let effect = match (pause.no_effect, pause.effect) {
            (Some(why), _) => tr(match why {
                NoEffect::BeforeStart => P_BEFORE,
                NoEffect::AfterDue => P_AFTER,
                NoEffect::WithinDay => P_WITHIN,
                NoEffect::RestDay => P_REST,
                NoEffect::OutsideHours => P_OUTSIDE,
            })
            .to_owned(),
            (None, Amount::Days(days)) => fill(P_DAYS, &[("n", &days.to_string())]),
            (None, Amount::Seconds(seconds)) => fill(P_TIME, &[("span", &hours(seconds))]),
        };
        let from = self.moment(pause.from);
        let same = pause.from.date() == pause.to.date();
        let to = if same { clock(pause.to) } else { self.moment(pause.to) };
        fill(PAUSE, &[("from", &from), ("to", &to), ("effect", &effect)])
    }

    /// Which days depend on the notice of which year.
    fn provisional(&self) -> String {
        let mut open = self.trace.days.iter().filter(|day| day.provisional);
        let Some(first) = open.next() else { return tr(PROVISIONAL_SOMEWHERE).to_owned() };
        let last = open.next_back().unwrap_or(first);
        let years: Vec<String> = (first.date.year()..=last.date.year()).map(|year| year.to_string()).collect();
        let days = self.range(first.date, last.date);
        fill(PROVISIONAL, &[("days", &days), ("years", &years.join(tr(LIST)))])
    }
}

/// Seconds that ran on a day of a limit in time.
fn seconds(day: &TraceDay) -> u32 {
    match day.mark {
        Mark::Ran(seconds) | Mark::Due(seconds) => seconds,
        _ => 0,
    }
}

/// `7时`, `2时30分`, to the second where there are seconds.
pub fn hours(seconds: u32) -> String {
    let units = if is_english() { ["h", "min", "s"] } else { ["时", "分", "秒"] };
    let counts = [seconds / 3600, seconds / 60 % 60, seconds % 60];
    let parts: Vec<String> = counts
        .iter()
        .zip(units)
        .filter(|(count, _)| **count > 0)
        .map(|(count, unit)| format!("{count}{unit}"))
        .collect();
    if parts.is_empty() { format!("0{}", units[1]) } else { parts.join(if is_english() { " " } else { "" }) }
}

/// `10:00`, with seconds where there are any; the last second of a day is `24:00`.
pub fn clock(at: Civil) -> String {
    match at.second() {
        0 => time::clock_time(at),
        _ if at == end_of(at.date()) => time::clock_time(at),
        second => format!("{}:{second:02}", time::clock_time(at)),
    }
}

crate::texts! {
    COMMA = "，" | ", ";
    SEMICOLON = "；" | "; ";
    STOP = "。" | ".";
    LIST = "、" | ", ";
    BLANK = "" | " ";
    DAY_NAMED = "{day}（周{week}）" | "{week} {day}";
    DAY_NAMED_WHY = "{day}（周{week}，{why}）" | "{week} {day} ({why})";
    BRACKETS = "{what}（{why}）" | "{what} ({why})";
    FROM_START = "{at} 起算" | "Starts {at}";
    FROM_TARGET = "从 {at} 往前数" | "Counted back from {at}";
    NOT_COUNTED = "当日不计" | "that day is not counted";
    FIRST_DAY = "从 {day}数起" | "day 1 is {day}";
    SKIPPING = "跳过 {days}" | "skipping {days}";
    SHIFT_COUNTS = "{day}照计" | "counting {day}";
    WEEKENDS_SKIPPED = "周末一律跳过" | "all weekends are skipped";
    REST_SKIPPED = "每周休息日一律跳过" | "all weekly rest days are skipped";
    AND_SO_ON = "……" | "…";
    LEFT_OUT = "{days}计 {n} 个工作日" | "{n} working days in {days}";
    NTH_WORKING = "第 {n} 个工作日是 {day}" | "working day {n} is {day}";
    NTH_DAY = "第 {n} 天是 {day}" | "day {n} is {day}";
    NTH_WORKING_BACK = "往前第 {n} 个工作日是 {day}" | "working day {n} backwards is {day}";
    NTH_BACK = "往前第 {n} 天是 {day}" | "day {n} backwards is {day}";
    SAME_DAY = "限当日" | "on the same day";
    AFTER_PAUSE = "恢复后的第一天是 {day}" | "the first day after the pause is {day}";
    NEXT_DAY = "次日是 {day}" | "the next day is {day}";
    MONTHS = "满 {limit}是 {day}" | "{limit} later is {day}";
    MONTHS_BACK = "往前 {limit}是 {day}" | "{limit} earlier is {day}";
    MONTHS_PAUSED = "满 {limit}、加上中止的天数是 {day}" | "{limit} later, the days of the pause added, is {day}";
    MONTH_END = "满 {limit}的那个月没有 {there}，取月末 {day}" | "that month has no {there}: its last day, {day}";
    DAY_OF_MONTH = "{n} 日" | "day {n}";
    ROLLING = "正是休息日，越过 {days}" | "a rest day: {days} passed over";
    ROLLED_TO = "顺延到 {day}" | "so it moves to {day}";
    STAYS = "遇休息日也不顺延" | "a rest day, but this limit does not move";
    NO_ROLL = "当天{why}，不顺延" | "a {why}, so it does not move";
    UNTIL = "到 {time} 止" | "until {time}";
    UNTIL_CLOSE = "到下班（{time}）止" | "until closing ({time})";
    AT_LATEST = "最迟到当天 {time}" | "at the latest at {time}";
    LATEST_AT = "最迟是 {due}" | "at the latest {due}";
    RUNS = "连续计 {limit}，夜间和休息日照计" | "{limit} run on through nights and rest days";
    RUNS_BACK = "连续往前扣 {limit}，夜间和休息日照计" | "{limit} back, through nights and rest days";
    RUNS_OUT = "到 {due} 止" | "until {due}";
    OPEN_ONLY = "只计作息时间" | "working hours only";
    TODAY_RAN = "当日计 {span}" | "{span} that day";
    TODAY_OVER = "当日已过作息时间" | "that day's hours are over";
    TODAY_RESTS = "当日不计（{why}）" | "nothing that day ({why})";
    DAY_RAN = "{days}计 {span}" | "{span} on {days}";
    DAYS_RAN = "{days}每天 {span}" | "{span} each on {days}";
    CLOSED_DAYS = "{days}不计" | "nothing on {days}";
    BETWEEN = "……其间 {n} 天共 {span}……" | "… {span} on the {n} days between …";
    OPEN_END = "还差 {span}，到 {due} 满 {limit}" | "the last {span} end at {due}: {limit}";
    OPEN_TODAY = "当日 {due} 满 {limit}" | "{limit} are over at {due} that day";
    OPEN_BACK = "再往前 {span}，最迟是 {due}" | "and {span} more: at the latest {due}";
    ENTERED = "按填写的日期，到 {due} 止" | "As entered: until {due}";
    PAUSE = "{from} 至 {to} 中止，{effect}" | "paused {from} to {to}, {effect}";
    MORE_PAUSES = "另有 {n} 次中止" | "{n} more pauses";
    P_DAYS = "{n} 天不计" | "{n} day(s) not counted";
    P_TIME = "扣除 {span}" | "{span} not counted";
    P_BEFORE = "在起算之前，不影响" | "before the start, no effect";
    P_AFTER = "在到期之后，不影响" | "after the due time, no effect";
    P_WITHIN = "当天已恢复，不影响" | "over within the day, no effect";
    P_REST = "正值休息日，不影响" | "on rest days only, no effect";
    P_OUTSIDE = "不在作息时间内，不影响" | "outside working hours, no effect";
    PROVISIONAL = "{days}取决于 {years} 年的放假通知，通知公布前是暂定" | "{days} depend on the holiday notice of {years}, so this is provisional";
    PROVISIONAL_SOMEWHERE = "其中有尚无放假通知的日子，是暂定" | "some days have no holiday notice yet, so this is provisional";
}

#[cfg(test)]
#[path = "proof_tests.rs"]
mod tests;
