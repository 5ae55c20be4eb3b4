//! Holiday notices in every form that people have them in. The sentences are invented around the facts of the notices.

mod limit_support;

use chrono::{Datelike, NaiveDate};
use limit_support::*;
use proptest::prelude::*;
use serde_json::{Value, json};
use shouwen_core::calendar::import::{
    Difference, Form, Found, Place, Remark, Trouble, Why, differences, merged, read, remarks_on,
};
use shouwen_core::calendar::{CalendarFile, Notice, NoticeDay, Statutory};

fn notices() -> Vec<Notice> {
    CalendarFile::parse(CN).unwrap().notices
}

fn notice(year: i32) -> Notice {
    notices().into_iter().find(|notice| notice.year == year).unwrap()
}

/// Days as `01-04 元旦 班`, with the year where it is not the notice's.
fn shown(notice: &Notice) -> Vec<String> {
    let line = |day: &NoticeDay| {
        let date = day.date.to_string();
        let date = date.strip_prefix(&format!("{}-", notice.year)).unwrap_or(&date).to_owned();
        format!("{date} {}{}", day.name, if day.off { "" } else { " 班" })
    };
    notice.days.iter().map(line).collect()
}

#[track_caller]
fn one(text: &str, year: Option<i32>) -> (Found, Notice) {
    let found = read(text, year).unwrap_or_else(|error| panic!("{error}\n{text}"));
    assert_eq!(found.notices.len(), 1, "{text}");
    let notice = found.notices[0].clone();
    (found, notice)
}

// ---- The official wording ----

const WEEKDAYS: [&str; 7] = ["一", "二", "三", "四", "五", "六", "日"];

/// How a year's text is written.
#[derive(Clone, Copy)]
struct Style {
    weekday: &'static str,
    /// Behind every date, or behind single dates only.
    every: bool,
    full: bool,
    dash: &'static str,
}

fn said(date: NaiveDate, before: Option<NaiveDate>, year: i32, weekday: bool, style: Style) -> String {
    let same_month = before.is_some_and(|last| (last.year(), last.month()) == (date.year(), date.month()));
    let other_year = date.year() != before.map_or(year, |last| last.year());
    let year = if other_year { format!("{}年", date.year()) } else { String::new() };
    let month = if same_month { String::new() } else { format!("{}月", date.month()) };
    let behind = match weekday {
        true => format!("（{}{}）", style.weekday, WEEKDAYS[date.weekday().num_days_from_monday() as usize]),
        false => String::new(),
    };
    format!("{year}{month}{}日{behind}", date.day())
}

/// A text in the notices' style that sets exactly these days.
fn prose(notice: &Notice, style: Style) -> String {
    let mut text =
        format!("某办公室关于{}年部分节假日安排的通知\n\n各有关单位：\n　　现把安排告知如下。\n", notice.year);
    let mut names: Vec<&str> = Vec::new();
    for day in &notice.days {
        if !names.contains(&day.name.as_str()) {
            names.push(&day.name);
        }
    }
    for (index, name) in names.iter().enumerate() {
        let number = ["一", "二", "三", "四", "五", "六", "七", "八"][index];
        text.push_str(&format!("　　{number}、{name}：{}\n", section(notice, name, style)));
    }
    text.push_str(&format!("　　节假日期间请安排好值班。\n{}年11月4日\n", notice.year - 1));
    if style.full {
        let wide = |c: char| if c.is_ascii_digit() { char::from_u32(c as u32 + 0xfee0).unwrap() } else { c };
        text = text.chars().map(wide).collect();
    }
    text
}

fn section(notice: &Notice, name: &str, style: Style) -> String {
    let days = |off: bool| notice.days.iter().filter(move |day| day.name == name && day.off == off).map(|day| day.date);
    let mut runs: Vec<(NaiveDate, NaiveDate)> = Vec::new();
    for date in days(true) {
        match runs.last_mut() {
            Some((_, last)) if last.succ_opt() == Some(date) => *last = date,
            _ => runs.push((date, date)),
        }
    }
    let mut text = String::new();
    for (index, (from, to)) in runs.iter().enumerate() {
        let stretch = match from == to {
            true => said(*from, None, notice.year, style.every, style),
            false => {
                let (one, two) = (
                    said(*from, None, notice.year, style.every, style),
                    said(*to, Some(*from), notice.year, style.every, style),
                );
                format!("{one}{}{two}", style.dash)
            }
        };
        let length = (*to - *from).num_days() + 1;
        match (index, runs.len(), length) {
            (0, 1, 1) if from.weekday().num_days_from_monday() == 0 => {
                text.push_str(&format!("{stretch}放假，与周末连休"))
            }
            (0, 1, 1) => text.push_str(&format!("{stretch}放假1天，不调休")),
            (0, 1, _) => text.push_str(&format!("{stretch}放假调休，共{length}天")),
            (0, ..) => text.push_str(&format!("{stretch}放假，")),
            _ => text.push_str(&format!("{}补休", said(*from, None, notice.year, true, style))),
        }
    }
    text.push('。');
    let work: Vec<String> = days(false).map(|date| said(date, None, notice.year, true, style)).collect();
    if !work.is_empty() {
        text.push_str(&format!("{}上班。", work.join("、")));
    }
    text
}

#[test]
fn every_year_s_notice_is_read_back_from_words() {
    let styles = [
        Style { weekday: "星期", every: false, full: false, dash: "至" },
        Style { weekday: "周", every: true, full: false, dash: "至" },
        Style { weekday: "星期", every: false, full: true, dash: "—" },
        Style { weekday: "礼拜", every: true, full: true, dash: "－" },
    ];
    for want in notices() {
        for style in styles {
            let text = prose(&want, style);
            let (found, got) = one(&text, None);
            assert_eq!(found.form, Form::Prose);
            assert_eq!(shown(&got), shown(&want), "{text}");
            assert_eq!(got.year, want.year);
            assert!(!got.partial, "{text}");
            // 2020: the exceptional end of that spring's holiday is named as a working day, a Monday.
            let odd = found.remarks.iter().filter(|one| !matches!(one, Remark::ShiftOnWeekday { .. })).count();
            assert_eq!((odd, found.remarks.len()), (0, usize::from(want.year == 2020)), "{:?}\n{text}", found.remarks);
        }
    }
}

/// A section's text within a notice of `year` gives these days.
#[track_caller]
fn check_section(year: i32, text: &str, want: &[&str]) {
    let (_, notice) = one(&format!("关于{year}年放假安排的通知\n{text}"), None);
    assert_eq!(shown(&notice), want, "{text}");
}

#[test]
fn wordings_of_twenty_years() {
    for (year, text, want) in [
        // Reasons behind 其中, days that are moved.
        (
            2007,
            "一、元旦：1月1日—3日放假，共3天。其中1月1日为法定假日，把2006年12月30日（星期六)、31日（星期日）两个公休日分别调至2007年1月2日、3日，2006年12月30日（星期六)、31日（星期日）上班。",
            &["2006-12-30 元旦 班", "2006-12-31 元旦 班", "01-01 元旦", "01-02 元旦", "01-03 元旦"][..],
        ),
        (
            2007,
            "二、春节：2月18日—20日（大年初一至初三）放假，共3天。其中18日、19日为法定假日，将17日（星期六)、25日（星期日）两个公休日分别调至19日（星期一)、20日（星期二)；24日（星期六）照常公休，17日、25日上班。",
            &["02-17 春节 班", "02-18 春节", "02-19 春节", "02-20 春节", "02-25 春节 班"],
        ),
        (
            2008,
            "元旦：2007年12月30日－2008年1月1日放假，共3天。其中，1月1日（星期二）为法定节假日，12月30日（星期日）为公休日，12月29日（星期六）公休日调至12月31日（星期一），12月29日（星期六）上班。",
            &["2007-12-29 元旦 班", "2007-12-30 元旦", "2007-12-31 元旦", "01-01 元旦"],
        ),
        (
            2008,
            "5月1日放假。\n端午节：6月7日—9日放假，共3天。其中，6月7日（星期六）照常公休，6月8日（农历五月初五，端午节）为法定节假日，6月8日（星期日）公休日调至6月9日（星期一）。",
            &["05-01 放假", "06-07 端午节", "06-08 端午节", "06-09 端午节"],
        ),
        // Without a word for the year before: New Year's holiday reaches back.
        (2023, "元旦：12月31日至1月2日放假，共3天。", &["2022-12-31 元旦", "01-01 元旦", "01-02 元旦"]),
        (
            2019,
            "元旦：2018年12月30日至2019年1月1日放假调休，共3天。2018年12月29日（星期六）上班。",
            &["2018-12-29 元旦 班", "2018-12-30 元旦", "2018-12-31 元旦", "01-01 元旦"],
        ),
        // A recommendation is no day off.
        (
            2024,
            "春节：2月10日至11日放假调休，共2天。2月4日（星期日）上班。鼓励各单位安排职工在除夕（2月9日）休息。",
            &["02-04 春节 班", "02-10 春节", "02-11 春节"],
        ),
        (2016, "四、劳动节：5月1日放假，5月2日（星期一）补休。", &["05-01 劳动节", "05-02 劳动节"]),
        (2014, "（五）端午节：6月2日放假，与周末连休，共3天。", &["06-02 端午节"]),
        // As people pass it on: no colon, no 日 before the dash, 号, 自…起至, broken lines, commas between dates.
        (
            2027,
            "1. 春节2月5-7日放假,共3天\n2. 清明节：自4月3号起至5号放假",
            &["02-05 春节", "02-06 春节", "02-07 春节", "04-03 清明节", "04-04 清明节", "04-05 清明节"],
        ),
        (
            2027,
            "春节：2月5日（周五）至\n7日（周日）放假\n调休，共3天。1月30日（周六），2月13日（周六）\n调休上班。",
            &["01-30 春节 班", "02-05 春节", "02-06 春节", "02-07 春节", "02-13 春节 班"],
        ),
        (2027, "劳动节：2027-05-01至2027-05-03放假。", &["05-01 劳动节", "05-02 劳动节", "05-03 劳动节"]),
        // A day of its own between other festivals.
        (
            2015,
            "某某战争胜利70周年纪念日：9月3日（星期四）至5日（星期六）调休放假，共3天。其中9月3日（星期四）放假，9月4日（星期五）调休，9月6日（星期日）上班。",
            &[
                "09-03 某某战争胜利70周年纪念日",
                "09-04 某某战争胜利70周年纪念日",
                "09-05 某某战争胜利70周年纪念日",
                "09-06 某某战争胜利70周年纪念日 班",
            ],
        ),
    ] {
        check_section(year, text, want);
    }
}

#[test]
fn an_amendment_supplements_the_notice_in_force() {
    let text = "关于调整2019年劳动节假期安排的通知\n劳动节：2019年5月1日至4日放假调休，共4天。4月28日（星期日）、5月5日（星期日）上班。\nhttps://example.org/a";
    let (_, amendment) = one(text, None);
    assert!(amendment.partial);
    assert_eq!(amendment.sources, ["关于调整2019年劳动节假期安排的通知", "https://example.org/a"]);
    let want = notice(2019);
    let mut before = want.clone();
    before.days.retain(|day| day.name != "劳动节");
    before.days.push(NoticeDay { date: day("2019-05-01"), name: "劳动节".into(), off: true });
    let after = merged(Some(&before), &amendment);
    assert_eq!(shown(&after), shown(&want));
    assert!(!after.partial);
    assert_eq!(
        differences(&before, &after)
            .iter()
            .map(|one| (one.date.to_string(), one.before, one.after))
            .collect::<Vec<_>>(),
        [
            ("2019-04-28".to_owned(), None, Some(false)),
            ("2019-05-02".to_owned(), None, Some(true)),
            ("2019-05-03".to_owned(), None, Some(true)),
            ("2019-05-04".to_owned(), None, Some(true)),
            ("2019-05-05".to_owned(), None, Some(false)),
        ]
    );
    // A whole notice replaces.
    assert_eq!(merged(Some(&before), &want), want);
    assert_eq!(merged(None, &amendment), amendment);
    let swap = Difference { date: day("2019-05-01"), before: Some(true), after: None, name: "劳动节".into() };
    assert!(differences(&amendment, &Notice { days: Vec::new(), ..amendment.clone() }).contains(&swap));
}

#[test]
fn what_the_words_state_is_checked() {
    let text =
        "2027年放假安排\n元旦：1月1日（周六）至3日（周日）放假，共4天。1月4日起正常上班。\n春节：2月5日（周五）。";
    let (found, _) = one(text, None);
    let told: Vec<&Remark> = found
        .remarks
        .iter()
        .filter(|one| !matches!(one, Remark::MissingFestival { .. } | Remark::FewDays { .. }))
        .collect();
    assert_eq!(
        told,
        [
            &Remark::WrongWeekday { place: Place::Line(2), date: day("2027-01-01"), stated: chrono::Weekday::Sat },
            &Remark::WrongTotal { place: Place::Line(2), name: "元旦".into(), stated: 4, listed: 3 },
            &Remark::Ignored { place: Place::Line(2), what: "1月4日起正常上班。".into(), why: Why::Resumes },
            &Remark::Ignored { place: Place::Line(3), what: "春节:2月5日(周五)。".into(), why: Why::OnlyAName },
        ]
    );
}

// ---- JSON ----

/// The days of a notice, as JSON members by `make`.
fn listed(notice: &Notice, make: impl Fn(&NoticeDay) -> Value) -> Vec<Value> {
    notice.days.iter().map(make).collect()
}

fn public(notice: &Notice) -> Value {
    let days = listed(notice, |day| json!({"name": day.name, "date": day.date.to_string(), "isOffDay": day.off}));
    json!({"$schema": "x", "year": notice.year, "papers": notice.sources, "days": days})
}

fn keyed<'a>(
    days: impl Iterator<Item = &'a NoticeDay>,
    key: fn(&NoticeDay) -> String,
    value: impl Fn(&NoticeDay) -> Value,
) -> Value {
    Value::Object(days.map(|day| (key(day), value(day))).collect())
}

#[test]
fn public_json_forms() {
    let want = notice(2026);
    let iso = |day: &NoticeDay| day.date.to_string();
    let short = |day: &NoticeDay| day.date.to_string()[5..].to_owned();
    let named = |day: &NoticeDay| json!(format!("Some Festival,{},3", day.name));
    let flagged = |day: &NoticeDay| json!({"holiday": day.off, "name": day.name, "wage": 3, "date": day.date.to_string(), "rest": 1});
    let flagged_shift = |day: &NoticeDay| match day.off {
        true => json!({"holiday": true, "name": day.name, "date": day.date.to_string()}),
        false => json!({"holiday": false, "name": format!("{}前补班", day.name), "target": day.name, "after": false}),
    };
    let (off, work) = (|| want.days.iter().filter(|day| day.off), || want.days.iter().filter(|day| !day.off));
    let typed = listed(
        &want,
        |day| json!({"date": day.date.to_string(), "name": "x", "name_cn": day.name, "type": if day.off { "public_holiday" } else { "transfer_workday" }}),
    );
    for (value, year) in [
        (public(&want), None),
        (json!([public(&want)]), None),
        (json!({"2026": public(&want)}), None),
        (json!({"data": {"list": public(&want)["days"]}}), None),
        (json!({"code": 0, "holiday": keyed(want.days.iter(), short, flagged)}), None),
        (json!({"2026": keyed(want.days.iter(), short, flagged_shift)}), None),
        (json!({"code": 0, "holiday": keyed(want.days.iter(), short, flagged_shift)}), Some(2026)),
        (json!({"year": 2026, "region": "CN", "dates": typed}), None),
        (
            json!({"holidays": keyed(off(), iso, named), "workdays": keyed(work(), iso, named), "inLieuDays": {"2026-01-02": "x,元旦,1"}}),
            None,
        ),
        (json!({"x": keyed(want.days.iter(), iso, |day| json!({"name": day.name, "isOffDay": day.off}))}), None),
    ] {
        let text = value.to_string();
        let (found, got) = one(&text, year);
        assert_eq!((found.form, shown(&got)), (Form::Json, shown(&want)), "{text}");
        assert_eq!((got.partial, found.remarks), (false, Vec::new()), "{text}");
    }
    // Without names the neighbours' are taken, and it is said.
    let bare = json!({"holidays": off().map(iso).collect::<Vec<_>>(), "workdays": work().map(iso).collect::<Vec<_>>()});
    let (found, got) = one(&bare.to_string(), None);
    assert_eq!(got.days.iter().filter(|day| day.off).count(), off().count());
    assert!(found.remarks.contains(&Remark::Unnamed { date: day("2026-01-01"), given: "放假".into() }));
}

#[test]
fn several_years_in_one_file() {
    let all = notices();
    let value = Value::Array(all.iter().map(public).collect());
    assert_eq!(read(&value.to_string(), None).unwrap().notices, all);
    // By calendar year: the December days of the next notice stay where they are.
    let of_2022 = notice(2022).days.into_iter().chain(notice(2023).days.into_iter().take(1)).collect::<Vec<_>>();
    let rows: Vec<Value> = of_2022
        .iter()
        .map(|day| json!({"name": day.name, "date": day.date.to_string(), "isOffDay": day.off}))
        .collect();
    let (_, got) = one(&Value::Array(rows).to_string(), None);
    assert_eq!((got.year, got.days.len(), got.partial), (2022, of_2022.len(), false));
}

#[test]
fn our_own_file_is_taken_as_it_is() {
    let found = read(CN, None).unwrap();
    assert_eq!((found.form, found.notices), (Form::Own, notices()));
    assert!(found.remarks.iter().all(|one| matches!(one, Remark::ShiftOnWeekday { .. })), "{:?}", found.remarks);
}

// ---- ICS ----

/// A calendar with these events; each is its lines, separated by `|`.
fn ics(events: &[&str]) -> String {
    let events: Vec<String> = events
        .iter()
        .map(|event| format!("BEGIN:VEVENT\r\n{}\r\nEND:VEVENT\r\n", event.replace('|', "\r\n")))
        .collect();
    format!(
        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VTIMEZONE\r\nBEGIN:STANDARD\r\nDTSTART:19700101T000000\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\n{}END:VCALENDAR\r\n",
        events.concat()
    )
}

#[test]
fn calendars_of_the_year_2026() {
    let want = notice(2026);
    let digits = |date: NaiveDate| date.to_string().replace('-', "");
    let after = |date: NaiveDate| digits(date.succ_opt().unwrap());
    let make = |write: &dyn Fn(&NoticeDay) -> String| {
        let events: Vec<String> = want.days.iter().map(write).collect();
        ics(&events.iter().map(String::as_str).collect::<Vec<_>>())
    };
    let special = |day: &NoticeDay| if day.off { "WORK-HOLIDAY" } else { "ALTERNATE-WORKDAY" };
    for text in [
        make(&|day| {
            format!(
                "DTSTART;VALUE=DATE:{}|DTEND;VALUE=DATE:{}|SUMMARY;LANGUAGE=zh_CN:{}（{}）|X-APPLE-SPECIAL-DAY:{}",
                digits(day.date),
                after(day.date),
                day.name,
                if day.off { "休" } else { "班" },
                special(day)
            )
        }),
        make(&|day| {
            format!(
                "DTSTART;VALUE=DATE:{}|SUMMARY:{} {}|BEGIN:VALARM|TRIGGER:-P1D|SUMMARY:班|END:VALARM",
                digits(day.date),
                day.name,
                if day.off { "假期 第1天/共9天" } else { "补班 第1天/共1天" }
            )
        }),
        make(&|day| {
            format!(
                "DTSTART;TZID=\"Asia/Shanghai: east\":{}T000000|DURATION:P1D|SUMMARY:{}\r\n {}",
                digits(day.date),
                day.name,
                if day.off { " 休" } else { " 调休上班" }
            )
        }),
        make(&|day| {
            format!(
                "DTSTART:{}T160000Z|DTEND:{}T160000Z|SUMMARY:{}|CATEGORIES:节日\\,{}",
                digits(day.date.pred_opt().unwrap()),
                digits(day.date),
                day.name,
                if day.off { "放假" } else { "补班" }
            )
        }),
    ] {
        let (found, got) = one(&text, None);
        assert_eq!((found.form, shown(&got)), (Form::Ics, shown(&want)), "{text}");
        assert_eq!((got.partial, found.remarks), (false, Vec::new()), "{text}");
    }
    let stretch = ics(&["DTSTART;VALUE=DATE:20260215|DTEND;VALUE=DATE:20260224|SUMMARY:春节（休）"]);
    assert_eq!(one(&stretch, None).1.days.len(), 9, "the end does not belong to it");
}

#[test]
fn a_festival_s_name_is_no_day_off() {
    let text = ics(&[
        "DTSTART;VALUE=DATE:20270101|SUMMARY:元旦（休）",
        "DTSTART;VALUE=DATE:20270206|SUMMARY:春节",
        "DTSTART;VALUE=DATE:20270214|SUMMARY:情人节|RRULE:FREQ=YEARLY",
        "DTSTART;VALUE=DATE:20270405|SUMMARY:清明节（休）|STATUS:CANCELLED",
        "DTSTART;VALUE=DATE:20270930|SUMMARY:国庆节 调休",
    ]);
    let (found, got) = one(&text, None);
    assert_eq!(shown(&got), ["01-01 元旦"]);
    assert!(got.partial);
    let ignored: Vec<(String, Why)> = found
        .remarks
        .iter()
        .filter_map(|one| match one {
            Remark::Ignored { what, why, .. } => Some((what.clone(), *why)),
            _ => None,
        })
        .collect();
    let want = [
        ("春节", Why::OnlyAName),
        ("情人节", Why::Repeats),
        ("清明节（休）", Why::Cancelled),
        ("国庆节 调休", Why::OnlyAName),
    ];
    assert_eq!(ignored, want.map(|(what, why)| (what.to_owned(), why)));
    // Nothing but names: refused, not adopted as an empty year.
    let error = read(&ics(&["DTSTART;VALUE=DATE:20270206|SUMMARY:春节"]), None).unwrap_err();
    assert_eq!(error.trouble, Trouble::Nothing);
}

// ---- Lines ----

#[test]
fn lines_as_people_write_them() {
    for (text, want) in [
        ("2027-01-01 元旦 放假", &["01-01 元旦"][..]),
        ("1月1日至1月3日 元旦 放假", &["01-01 元旦", "01-02 元旦", "01-03 元旦"]),
        ("２０２７年１０月９日　国庆节　上班\n\n2027/10/1 国庆节 休", &["10-01 国庆节", "10-09 国庆节 班"]),
        ("2027-01-01,2027-01-02,元旦,休\n2027-01-04,元旦,班", &["01-01 元旦", "01-02 元旦", "01-04 元旦 班"]),
        ("2026-12-31 2027-01-02 元旦 放假", &["2026-12-31 元旦", "01-01 元旦", "01-02 元旦"]),
        ("10月1日 - 10月2日 国庆节 放假调休", &["10-01 国庆节", "10-02 国庆节"]),
    ] {
        let (found, got) = one(text, Some(2027));
        assert_eq!((found.form, shown(&got)), (Form::Lines, want.iter().map(ToString::to_string).collect()), "{text}");
        assert!(got.partial);
    }
}

// ---- What is wrong, and where ----

#[test]
fn every_fault_is_named_with_its_place() {
    let event = |lines: &str| ics(&[lines]);
    let big = "x".repeat((2 << 20) + 1);
    for (text, want) in [
        ("", "$: nothing to read"),
        ("\u{feff} \n", "$: nothing to read"),
        (&big, "$: larger than"),
        ("{", "line 1: not JSON"),
        ("{\"a\":\n1,}", "line 2: not JSON"),
        (&"[".repeat(100_000), "line 1: not JSON"),
        ("{}", "$: no date"),
        ("[1,2,\"2026-01-01\"]", "$: no date"),
        (
            "{\"year\":2026,\"days\":[{\"name\":\"元旦\",\"date\":\"2026-02-30\",\"isOffDay\":true}]}",
            "days[0]: not a date",
        ),
        (
            "{\"year\":2026,\"days\":[{\"name\":\"元旦\",\"date\":\"2027-05-01\",\"isOffDay\":true}]}",
            "days[0]: 2027-05-01 is not part of the notice of 2026",
        ),
        ("{\"holiday\":{\"01-01\":{\"holiday\":true,\"name\":\"元旦\"}}}", "holiday.01-01: no year"),
        (
            "[{\"date\":\"2027-01-01\",\"holiday\":true},{\"date\":\"2027-01-01\",\"holiday\":false}]",
            "$[1]: 2027-01-01 is a day off",
        ),
        ("{\"format\":\"shouwen-calendar/1\"}", "title: missing field"),
        (
            "{\"format\":\"shouwen-calendar/1\",\"id\":\"x\",\"title\":{\"zh\":\"x\",\"en\":\"x\"},\"notices\":[]}",
            "notices: no date",
        ),
        ("BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n", "$: the calendar ends"),
        ("BEGIN:VCALENDAR\nEND:VCALENDAR", "$: no date"),
        (&event("DTSTART;VALUE=DATE:20270230|SUMMARY:元旦 休"), "line 9: not a date"),
        (&event("SUMMARY:元旦 休"), "line 8: not a date"),
        (&event("DTSTART:20270105|DTEND:20270101|SUMMARY:元旦 休"), "line 8: ends before it begins"),
        (&event("DTSTART:20270105|DTEND:20280105|SUMMARY:元旦 休"), "line 8: more than 31 days"),
        ("2027-01-01 元旦 放假\n元旦放假", "line 2: expected dates"),
        ("2027-01-01 元旦", "line 1: expected dates"),
        ("2027-01-01 放假", "line 1: expected dates"),
        ("2027-01-05 2027-01-01 元旦 放假", "line 1: ends before"),
        ("2027-01-01 2027-12-31 元旦 放假", "line 1: more than 31"),
        ("元旦：1月1日至3日放假，共3天。", "line 1: no year"),
        ("2027年放假安排\n元旦：13月1日放假。", "line 2: not a date"),
        ("2027年放假安排\n春节：2月9日至5日放假。", "line 2: ends before"),
        ("2027年放假安排\n春节：2月5日至7日放假。\n2月6日上班。", "line 3: 2027-02-06 is a day off"),
        ("今天下雨。", "$: no date"),
    ] {
        let error = read(text, None).unwrap_err().to_string();
        assert!(error.starts_with(want), "{}\n gives {error}\n not {want}", text.chars().take(200).collect::<String>());
    }
}

#[test]
fn what_a_notice_lacks_by_law() {
    let (found, got) = one("2027年放假安排\n元旦：1月1日至3日放假。\n中秋节：9月14日放假。10月8日上班。", None);
    assert!(got.partial);
    let missing: Vec<(&str, Option<String>)> = found
        .remarks
        .iter()
        .filter_map(|one| match one {
            Remark::MissingFestival { name, date, .. } => Some((*name, date.map(|date| date.to_string()))),
            _ => None,
        })
        .collect();
    let on = |date: &str| Some(date.to_owned());
    assert_eq!(
        missing,
        [
            ("春节", on("2027-02-06")),
            ("清明节", on("2027-04-05")),
            ("劳动节", on("2027-05-01")),
            ("端午节", on("2027-06-09")),
            // Named, but on another day than the festival's.
            ("中秋节", on("2027-09-15")),
            ("国庆节", on("2027-10-01")),
        ]
    );
    assert!(found.remarks.contains(&Remark::FewDays { year: 2027, given: 2, due: 13 }));
    assert!(found.remarks.contains(&Remark::ShiftOnWeekday { date: day("2027-10-08") }));
}

#[test]
fn no_notice_so_far_lacks_anything() {
    for notice in notices() {
        let remarks = remarks_on(&notice);
        assert!(remarks.iter().all(|one| matches!(one, Remark::ShiftOnWeekday { .. })), "{} {remarks:?}", notice.year);
    }
}

// ---- Garbage ----

fn texts() -> impl Strategy<Value = String> {
    let pieces = prop::collection::vec(
        prop::sample::select(vec![
            "2027年",
            "1月",
            "31日",
            "至",
            "（周",
            "四）",
            "放假",
            "上班",
            "，",
            "。",
            "\n",
            "共3天",
            "元旦：",
            "一、",
            "99",
            "-",
            "调至",
            "起",
            "{",
            "}",
            "[",
            "]",
            "\"date\"",
            ":",
            ",",
            "\"2027-01-01\"",
            "true",
            "BEGIN:VCALENDAR\n",
            "BEGIN:VEVENT\n",
            "DTSTART:",
            "20270101",
            "END:VEVENT\n",
            "END:VCALENDAR\n",
            "DURATION:P99999999999D\n",
            "SUMMARY:休",
            "\u{feff}",
            "9999999999",
            "元旦 放假",
            "(",
            ")",
            "〔",
            "12月31日",
            "“",
            "\\",
            "4294967295日",
            "鼓励",
        ]),
        0..40,
    );
    prop_oneof![
        pieces.prop_map(|list| list.concat()),
        "\\PC{0,120}",
        "\\{\"holidays\":\\{\"[0-9-]{4,12}\":[\\[\\]{}\",:0-9a-z-]{0,40}"
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 3_000, ..ProptestConfig::default() })]

    #[test]
    fn no_text_breaks_the_reader(text in texts(), year in prop::option::of(1990..2110)) {
        if let Ok(found) = read(&text, year) {
            for notice in &found.notices {
                prop_assert!(!notice.days.is_empty());
                prop_assert!(notice.days.windows(2).all(|pair| pair[0].date < pair[1].date));
            }
            // Whatever is read can be put in force and written down.
            prop_assert!(Statutory::new(&found.notices).is_ok(), "{found:?}");
            let file = CalendarFile {
                format: shouwen_core::calendar::FORMAT.to_owned(),
                id: "x".into(),
                title: shouwen_core::calendar::Title { zh: "x".into(), en: "x".into() },
                notices: found.notices,
            };
            prop_assert_eq!(CalendarFile::parse(&file.to_text()), Ok(file));
        }
    }

    #[test]
    fn a_damaged_notice_is_no_panic(at in 0..400_usize, cut in 1..20_usize, year in 2014..2027) {
        let style = Style { weekday: "周", every: true, full: false, dash: "至" };
        let text: Vec<char> = prose(&notice(year), style).chars().collect();
        let kept: String = text.iter().take(at).chain(text.iter().skip(at + cut)).collect();
        let _ = read(&kept, None);
    }
}
