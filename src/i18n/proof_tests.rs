//! Sentences checked word by word: what a person reads must follow from a paper calendar and the notices of 2026.

use std::sync::Arc;

use shouwen_core::calendar::{Base, Calendar, Schedule};
use shouwen_core::embedded;
use shouwen_core::limit::{self, Due, Limit, Pause, Roll, Unit};
use shouwen_core::time;

use super::*;

fn statutory() -> Calendar {
    Calendar::statutory(Arc::new(embedded::statutory().expect("notices")))
}

/// Wednesday to Friday 9–12 and 14–18, weekends 9–17; rests on Mondays and Tuesdays.
fn campus() -> Calendar {
    let split = r#"[["09:00","12:00"],["14:00","18:00"]]"#;
    let text = format!(
        r#"{{"wed":{split},"thu":{split},"fri":{split},"sat":[["09:00","17:00"]],"sun":[["09:00","17:00"]],
        "holidays":["2026-11-26"]}}"#
    );
    let schedule: Schedule = serde_json::from_str(&text).expect("timetable");
    Calendar::campus(schedule, Base::Statutory(Arc::new(embedded::statutory().expect("notices"))))
}

fn at(text: &str) -> Civil {
    time::parse(text).expect(text)
}

fn limit(count: u32, unit: Unit) -> Limit {
    Limit { count, unit, roll: Roll::None, at_close: false }
}

fn rolling(count: u32, unit: Unit) -> Limit {
    Limit { roll: Roll::NextWorkingDay, ..limit(count, unit) }
}

fn closing(count: u32, unit: Unit) -> Limit {
    Limit { at_close: true, ..limit(count, unit) }
}

/// What is asked: start, limit, calendar (`s`tatutory or `c`ampus), pauses.
fn due(start: &str, limit: Limit, calendar: char, pauses: &[(&str, &str)]) -> Due {
    let pauses: Vec<Pause> = pauses.iter().map(|(from, to)| Pause { from: at(from), to: Some(at(to)) }).collect();
    let calendar = if calendar == 'c' { campus() } else { statutory() };
    limit::due(at(start), &limit, &calendar, &pauses).expect(start)
}

fn before(target: &str, limit: Limit, calendar: char) -> Due {
    let calendar = if calendar == 'c' { campus() } else { statutory() };
    limit::before(at(target), &limit, &calendar).expect(target)
}

/// The sentence in Chinese and in English. (The language belongs to the whole program, so one test asks for both.)
fn check(cases: Vec<(Due, &str, &str)>) {
    let now = at("2026-06-01T00:00:00");
    let mut wrong = Vec::new();
    for (english, index) in [(false, 0), (true, 1)] {
        crate::i18n::set_english(english);
        for (due, zh, en) in &cases {
            let (got, want) = (proof(due, now), [*zh, *en][index]);
            if got != want {
                wrong.push(format!("  got  {got}\n  want {want}"));
            }
        }
    }
    crate::i18n::set_english(false);
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn sentences() {
    use Unit::*;
    let year = [("2026-02-16T09:00:00", "2026-02-17T18:00:00")];
    check(vec![
        (
            due("2026-02-13T10:00:00", limit(7, WorkingDay), 's', &[]),
            "2月13日（周五）10:00 起算，当日不计，从 2月14日（春节调休上班）数起，跳过 2月15–23日（春节），2月28日（春节调休上班）照计，跳过 3月1日（周末），第 7 个工作日是 3月2日（周一），到 24:00 止。",
            "Starts Fri 02-13 10:00, that day is not counted, day 1 is 02-14 (make-up working day, 春节), skipping 02-15 to 02-23 (春节), counting 02-28 (make-up working day, 春节), skipping 03-01 (weekend), working day 7 is Mon 03-02, until 24:00.",
        ),
        (
            due("2026-02-13T10:00:00", limit(1, WorkingDay), 's', &[]),
            "2月13日（周五）10:00 起算，当日不计，第 1 个工作日是 2月14日（周六，春节调休上班），到 24:00 止。",
            "Starts Fri 02-13 10:00, that day is not counted, working day 1 is Sat 02-14 (make-up working day, 春节), until 24:00.",
        ),
        (
            due("2026-11-20T10:00:00", limit(3, WorkingDay), 's', &[]),
            "11月20日（周五）10:00 起算，当日不计，跳过 11月21–22日（周末），从 11月23日数起，第 3 个工作日是 11月25日（周三），到 24:00 止。",
            "Starts Fri 11-20 10:00, that day is not counted, skipping 11-21 to 11-22 (weekend), day 1 is 11-23, working day 3 is Wed 11-25, until 24:00.",
        ),
        (
            due("2026-09-18T17:30:00", limit(15, WorkingDay), 's', &[]),
            "9月18日（周五）17:30 起算，当日不计，跳过 9月19日（周末），从 9月20日（国庆节调休上班）数起，跳过 9月25–27日（中秋节）、10月1–7日（国庆节），10月10日（国庆节调休上班）照计，跳过 10月11日（周末），第 15 个工作日是 10月15日（周四），到 24:00 止。",
            "Starts Fri 09-18 17:30, that day is not counted, skipping 09-19 (weekend), day 1 is 09-20 (make-up working day, 国庆节), skipping 09-25 to 09-27 (中秋节), 10-01 to 10-07 (国庆节), counting 10-10 (make-up working day, 国庆节), skipping 10-11 (weekend), working day 15 is Thu 10-15, until 24:00.",
        ),
        (
            due("2026-01-05T09:00:00", limit(60, WorkingDay), 's', &[]),
            "1月5日（周一）09:00 起算，当日不计，周末一律跳过，从 1月6日数起，2月4日–3月4日计 17 个工作日，第 60 个工作日是 4月3日（周五），到 24:00 止。",
            "Starts Mon 01-05 09:00, that day is not counted, all weekends are skipped, day 1 is 01-06, 17 working days in 02-04 to 03-04, working day 60 is Fri 04-03, until 24:00.",
        ),
        (
            due("2026-02-13T10:00:00", limit(7, WorkingDay), 's', &year),
            "2月13日（周五）10:00 起算，当日不计，从 2月14日（春节调休上班）数起，跳过 2月15–23日（春节），2月28日（春节调休上班）照计，跳过 3月1日（周末），第 7 个工作日是 3月2日（周一），到 24:00 止；2月16日（周一）09:00 至 2月17日（周二）18:00 中止，正值休息日，不影响。",
            "Starts Fri 02-13 10:00, that day is not counted, day 1 is 02-14 (make-up working day, 春节), skipping 02-15 to 02-23 (春节), counting 02-28 (make-up working day, 春节), skipping 03-01 (weekend), working day 7 is Mon 03-02, until 24:00; paused Mon 02-16 09:00 to Tue 02-17 18:00, on rest days only, no effect.",
        ),
        (
            due("2026-02-13T10:00:00", limit(7, WorkingDay), 's', &[("2026-02-24T09:00:00", "2026-02-26T09:00:00")]),
            "2月13日（周五）10:00 起算，当日不计，从 2月14日（春节调休上班）数起，跳过 2月15–23日（春节），2月28日（春节调休上班）照计，跳过 3月1日（周末），第 7 个工作日是 3月4日（周三），到 24:00 止；2月24日（周二）09:00 至 2月26日（周四）09:00 中止，2 天不计。",
            "Starts Fri 02-13 10:00, that day is not counted, day 1 is 02-14 (make-up working day, 春节), skipping 02-15 to 02-23 (春节), counting 02-28 (make-up working day, 春节), skipping 03-01 (weekend), working day 7 is Wed 03-04, until 24:00; paused Tue 02-24 09:00 to Thu 02-26 09:00, 2 day(s) not counted.",
        ),
        (
            due("2026-12-28T10:00:00", limit(5, WorkingDay), 's', &[]),
            "12月28日（周一）10:00 起算，当日不计，从 12月29日数起，跳过 2027年1月1日（元旦）、1月2–3日（周末），第 5 个工作日是 1月5日（周二），到 24:00 止；1月1–5日取决于 2027 年的放假通知，通知公布前是暂定。",
            "Starts Mon 12-28 10:00, that day is not counted, day 1 is 12-29, skipping 2027-01-01 (元旦), 01-02 to 01-03 (weekend), working day 5 is Tue 01-05, until 24:00; 01-01 to 01-05 depend on the holiday notice of 2027, so this is provisional.",
        ),
        (
            due("2026-11-20T10:00:00", limit(5, WorkingDay), 'c', &[]),
            "11月20日（周五）10:00 起算，当日不计，从 11月21日数起，跳过 11月23–24日（休息日）、11月26日（停课），第 5 个工作日是 11月28日（周六），到 24:00 止。",
            "Starts Fri 11-20 10:00, that day is not counted, day 1 is 11-21, skipping 11-23 to 11-24 (rest day), 11-26 (closed), working day 5 is Sat 11-28, until 24:00.",
        ),
        (
            due("2026-11-20T10:00:00", closing(3, WorkingDay), 'c', &[]),
            "11月20日（周五）10:00 起算，当日不计，从 11月21日数起，跳过 11月23–24日（休息日），第 3 个工作日是 11月25日（周三），到下班（18:00）止。",
            "Starts Fri 11-20 10:00, that day is not counted, day 1 is 11-21, skipping 11-23 to 11-24 (rest day), working day 3 is Wed 11-25, until closing (18:00).",
        ),
        (
            due("2026-02-10T10:00:00", limit(5, NaturalDay), 's', &[]),
            "2月10日（周二）10:00 起算，当日不计，第 5 天是 2月15日（周日），遇休息日也不顺延，到 24:00 止。",
            "Starts Tue 02-10 10:00, that day is not counted, day 5 is Sun 02-15, a rest day, but this limit does not move, until 24:00.",
        ),
        (
            due("2026-02-10T10:00:00", rolling(10, NaturalDay), 's', &[]),
            "2月10日（周二）10:00 起算，当日不计，第 10 天是 2月20日（周五），正是休息日，越过 2月20–23日（春节），顺延到 2月24日（周二），到 24:00 止。",
            "Starts Tue 02-10 10:00, that day is not counted, day 10 is Fri 02-20, a rest day: 02-20 to 02-23 (春节) passed over, so it moves to Tue 02-24, until 24:00.",
        ),
        (
            due("2026-02-10T10:00:00", rolling(4, NaturalDay), 's', &[]),
            "2月10日（周二）10:00 起算，当日不计，第 4 天是 2月14日（周六），当天春节调休上班，不顺延，到 24:00 止。",
            "Starts Tue 02-10 10:00, that day is not counted, day 4 is Sat 02-14, a make-up working day, 春节, so it does not move, until 24:00.",
        ),
        (
            due("2026-12-25T10:00:00", rolling(7, NaturalDay), 's', &[]),
            "12月25日（周五）10:00 起算，当日不计，第 7 天是 2027年1月1日（周五），正是休息日，越过 1月1日（元旦）、1月2–3日（周末），顺延到 1月4日（周一），到 24:00 止；1月1–4日取决于 2027 年的放假通知，通知公布前是暂定。",
            "Starts Fri 12-25 10:00, that day is not counted, day 7 is Fri 2027-01-01, a rest day: 01-01 (元旦), 01-02 to 01-03 (weekend) passed over, so it moves to Mon 01-04, until 24:00; 01-01 to 01-04 depend on the holiday notice of 2027, so this is provisional.",
        ),
        (
            due("2026-01-31T10:00:00", limit(1, Month), 's', &[]),
            "1月31日（周六）10:00 起算，满 1 个月的那个月没有 31 日，取月末 2月28日（周六），到 24:00 止。",
            "Starts Sat 01-31 10:00, that month has no day 31: its last day, Sat 02-28, until 24:00.",
        ),
        (
            due("2026-01-31T10:00:00", limit(3, Month), 's', &[]),
            "1月31日（周六）10:00 起算，满 3 个月的那个月没有 31 日，取月末 4月30日（周四），到 24:00 止。",
            "Starts Sat 01-31 10:00, that month has no day 31: its last day, Thu 04-30, until 24:00.",
        ),
        (
            due("2026-09-01T10:00:00", rolling(1, Month), 's', &[]),
            "9月1日（周二）10:00 起算，满 1 个月是 10月1日（周四），正是休息日，越过 10月1–7日（国庆节），顺延到 10月8日（周四），到 24:00 止。",
            "Starts Tue 09-01 10:00, 1 month(s) later is Thu 10-01, a rest day: 10-01 to 10-07 (国庆节) passed over, so it moves to Thu 10-08, until 24:00.",
        ),
        (
            due("2026-09-01T10:00:00", limit(1, Month), 's', &[("2026-09-05T10:00:00", "2026-09-08T10:00:00")]),
            "9月1日（周二）10:00 起算，满 1 个月、加上中止的天数是 10月4日（周日），遇休息日也不顺延，到 24:00 止；9月5日（周六）10:00 至 9月8日（周二）10:00 中止，3 天不计。",
            "Starts Tue 09-01 10:00, 1 month(s) later, the days of the pause added, is Sun 10-04, a rest day, but this limit does not move, until 24:00; paused Sat 09-05 10:00 to Tue 09-08 10:00, 3 day(s) not counted.",
        ),
        (
            due("2026-11-20T10:00:00", limit(0, SameDay), 's', &[]),
            "11月20日（周五）10:00 起算，限当日，到 24:00 止。",
            "Starts Fri 11-20 10:00, on the same day, until 24:00.",
        ),
        (
            due("2026-11-20T10:00:00", closing(0, NextDay), 'c', &[]),
            "11月20日（周五）10:00 起算，次日是 11月21日（周六），到下班（17:00）止。",
            "Starts Fri 11-20 10:00, the next day is Sat 11-21, until closing (17:00).",
        ),
        (
            due("2026-11-20T10:00:30", limit(48, Hour), 's', &[]),
            "11月20日（周五）10:00:30 起算，连续计 48 小时，夜间和休息日照计，到 11月22日（周日）10:00:30 止。",
            "Starts Fri 11-20 10:00:30, 48 hours run on through nights and rest days, until Sun 11-22 10:00:30.",
        ),
        (
            due("2026-11-20T10:00:00", limit(30, Minute), 's', &[("2026-11-20T10:10:00", "2026-11-20T10:20:00")]),
            "11月20日（周五）10:00 起算，连续计 30 分钟，夜间和休息日照计，到 11月20日（周五）10:40 止；11月20日（周五）10:10 至 10:20 中止，扣除 10分。",
            "Starts Fri 11-20 10:00, 30 min run on through nights and rest days, until Fri 11-20 10:40; paused Fri 11-20 10:10 to 10:20, 10min not counted.",
        ),
        (
            due("2026-11-20T16:30:00", limit(4, WorkingHour), 'c', &[]),
            "11月20日（周五）16:30 起算，只计作息时间，当日计 1时30分，还差 2时30分，到 11月21日（周六）11:30 满 4 工作小时。",
            "Starts Fri 11-20 16:30, working hours only, 1h 30min that day, the last 2h 30min end at Sat 11-21 11:30: 4 working hours.",
        ),
        (
            due("2026-11-20T11:00:00", limit(90, WorkingMinute), 'c', &[]),
            "11月20日（周五）11:00 起算，只计作息时间，当日 14:30 满 90 工作分钟。",
            "Starts Fri 11-20 11:00, working hours only, 90 working min are over at 14:30 that day.",
        ),
        (
            due("2026-11-20T19:00:00", limit(24, WorkingHour), 'c', &[]),
            "11月20日（周五）19:00 起算，只计作息时间，当日已过作息时间，11月21–22日每天 8时，11月23–24日（休息日）不计，11月25日计 7时，11月26日（停课）不计，还差 1时，到 11月27日（周五）10:00 满 24 工作小时。",
            "Starts Fri 11-20 19:00, working hours only, that day's hours are over, 8h each on 11-21 to 11-22, nothing on 11-23 to 11-24 (rest day), 7h on 11-25, nothing on 11-26 (closed), the last 1h end at Fri 11-27 10:00: 24 working hours.",
        ),
        (
            due("2026-11-23T09:00:00", limit(2, WorkingHour), 'c', &[("2026-11-23T09:00:00", "2026-11-24T09:00:00")]),
            "11月23日（周一）09:00 起算，只计作息时间，11月23–24日（休息日）不计，还差 2时，到 11月25日（周三）11:00 满 2 工作小时；11月23日（周一）09:00 至 11月24日（周二）09:00 中止，不在作息时间内，不影响。",
            "Starts Mon 11-23 09:00, working hours only, nothing on 11-23 to 11-24 (rest day), the last 2h end at Wed 11-25 11:00: 2 working hours; paused Mon 11-23 09:00 to Tue 11-24 09:00, outside working hours, no effect.",
        ),
        (
            due("2026-01-07T09:00:00", limit(100, WorkingHour), 'c', &[]),
            "1月7日（周三）09:00 起算，只计作息时间，1月7–9日每天 7时，1月10–11日每天 8时，1月12–13日（休息日）不计，……其间 3 天共 21时……，1月17–18日每天 8时，1月19–20日（休息日）不计，1月21–23日每天 7时，还差 5时，到 1月24日（周六）14:00 满 100 工作小时。",
            "Starts Wed 01-07 09:00, working hours only, 7h each on 01-07 to 01-09, 8h each on 01-10 to 01-11, nothing on 01-12 to 01-13 (rest day), … 21h on the 3 days between …, 8h each on 01-17 to 01-18, nothing on 01-19 to 01-20 (rest day), 7h each on 01-21 to 01-23, the last 5h end at Sat 01-24 14:00: 100 working hours.",
        ),
        (
            due("2026-01-07T09:00:00", limit(500, WorkingHour), 'c', &[]),
            "1月7日（周三）09:00 起算，只计作息时间，1月7–9日每天 7时，1月10–11日每天 8时，1月12–13日（休息日）不计，……其间 91 天共 420时……，4月15–17日每天 7时，4月18–19日每天 8时，4月20–21日（休息日）不计，还差 6时，到 4月22日（周三）17:00 满 500 工作小时。",
            "Starts Wed 01-07 09:00, working hours only, 7h each on 01-07 to 01-09, 8h each on 01-10 to 01-11, nothing on 01-12 to 01-13 (rest day), … 420h on the 91 days between …, 7h each on 04-15 to 04-17, 8h each on 04-18 to 04-19, nothing on 04-20 to 04-21 (rest day), the last 6h end at Wed 04-22 17:00: 500 working hours.",
        ),
        (
            before("2026-10-12T10:00:00", limit(3, WorkingDay), 's'),
            "从 10月12日（周一）10:00 往前数，当日不计，跳过 10月11日（周末），从 10月10日（国庆节调休上班）数起，往前第 3 个工作日是 10月8日（周四），最迟到当天 24:00。",
            "Counted back from Mon 10-12 10:00, that day is not counted, skipping 10-11 (weekend), day 1 is 10-10 (make-up working day, 国庆节), working day 3 backwards is Thu 10-08, at the latest at 24:00.",
        ),
        (
            before("2026-10-12T10:00:00", limit(7, NaturalDay), 's'),
            "从 10月12日（周一）10:00 往前数，当日不计，往前第 7 天是 10月5日（周一），最迟到当天 24:00。",
            "Counted back from Mon 10-12 10:00, that day is not counted, day 7 backwards is Mon 10-05, at the latest at 24:00.",
        ),
        (
            before("2026-03-31T10:00:00", limit(1, Month), 's'),
            "从 3月31日（周二）10:00 往前数，当日不计，往前 1 个月是 2月28日（周六），最迟到当天 24:00。",
            "Counted back from Tue 03-31 10:00, that day is not counted, 1 month(s) earlier is Sat 02-28, at the latest at 24:00.",
        ),
        (
            before("2026-11-20T10:00:00", limit(24, Hour), 's'),
            "从 11月20日（周五）10:00 往前数，连续往前扣 24 小时，夜间和休息日照计，最迟是 11月19日（周四）10:00。",
            "Counted back from Fri 11-20 10:00, 24 hours back, through nights and rest days, at the latest Thu 11-19 10:00.",
        ),
        (
            before("2026-11-20T10:00:00", limit(10, WorkingHour), 'c'),
            "从 11月20日（周五）10:00 往前数，只计作息时间，当日计 1时，11月19日计 7时，再往前 2时，最迟是 11月18日（周三）16:00。",
            "Counted back from Fri 11-20 10:00, working hours only, 1h that day, 7h on 11-19, and 2h more: at the latest Wed 11-18 16:00.",
        ),
        (
            limit::entered(at("2026-11-20T10:00:00"), at("2026-12-01T18:00:00"), &Calendar::weekdays())
                .expect("entered"),
            "按填写的日期，到 12月1日（周二）18:00 止。",
            "As entered: until Tue 12-01 18:00.",
        ),
    ]);
}
