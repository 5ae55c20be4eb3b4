//! Due times as a calendar file: which obligations go in, what their entries say, when they ring.
//! Must not compute a due time, and puts in nothing about the person who complained: calendars are synchronised and
//! shown on locked screens.

use shouwen_bundle::ics::{Entry, Standing, calendar};
use shouwen_core::case::Actor;
use shouwen_core::clock::{Duty, State, duties, duty_log, soon_from};
use shouwen_core::order::Order as _;
use shouwen_core::pack::{Clock, ClockKind, Pack};
use shouwen_core::register::{Brief, Summary};
use shouwen_core::time::Civil;

use super::{desk_name, file_name};
use crate::files;
use crate::i18n::{T, clocks, common, emergency as words, fill, role_label, say, time, tr};
use crate::state::{App, Library};
use leptos::prelude::{GetUntracked, WithUntracked};

/// How many entries one file holds, the nearest ones first. Calendar programs refuse files of more than a megabyte.
pub const MOST: usize = 2_000;

/// Days that an ended obligation stays in the files as cancelled, so that an older import loses it.
const KEPT_DAYS: i64 = 31;

crate::texts! {
    FILE_CASE = "案件日历" | "case-calendar";
    FILE_MINE = "我的日历" | "my-calendar";
    FILE_ALL = "全部日历" | "full-calendar";
    TARGET = "参考时限" | "target";
    DUE = "应于 {at} 前完成（北京时间）" | "Due {at} (Beijing time)";
    OWNER = "负责：{who}（{campus}）" | "Responsible: {who} ({campus})";
    FOOT = "由首问导出，不含投诉人信息；以首问中的时限为准。" | "Exported by Shouwen, nothing about the complainant; the time in Shouwen holds.";
}

/// Whose due times.
#[derive(Clone, Debug, PartialEq)]
pub enum Whose {
    /// Of one case.
    Case(String),
    /// Of cases that this person registered, and those that this person's role has to meet: at a campus there, at
    /// headquarters everywhere.
    Mine,
    All,
}

/// The person in front of this desk; at headquarters the role counts for every campus.
struct Me {
    actor: Actor,
    everywhere: bool,
}

impl Me {
    fn concerns(&self, row: &Summary, clock: Option<&Clock>) -> bool {
        let here = self.everywhere || row.campus == self.actor.campus;
        row.opened_by == self.actor.name || (here && clock.is_some_and(|clock| clock.owner.contains(&self.actor.role)))
    }
}

/// What was saved.
#[derive(Clone, Debug, PartialEq)]
pub struct Calendar {
    pub file: String,
    pub open: usize,
    pub cancelled: usize,
    /// Did not fit.
    pub left_out: usize,
}

/// One run on its case.
struct Line<'a> {
    row: &'a Summary,
    clock: &'a Brief,
    /// Which run of this clock on this case, from 1.
    nth: usize,
    /// The start, when it stands still and nobody knows until when: its old due time must go from calendars.
    due: Civil,
    paused: bool,
    open: bool,
}

/// Makes the file and offers it for saving. `None`: there is nothing to put in.
pub async fn export_calendar(app: App, whose: &Whose) -> Option<Calendar> {
    let duties = if matches!(whose, Whose::Case(_)) { Vec::new() } else { duty_entries(app, whose).await };
    let now = app.at_once();
    let desk = desk_name(app);
    let (mut entries, left_out) = app.rows.with_untracked(|rows| {
        let lines: Vec<Line> = match whose {
            Whose::Case(id) => rows.get(id).into_iter().flat_map(|row| lines(row, now)).collect(),
            _ => rows.values().flat_map(|row| lines(row, now)).collect(),
        };
        let me = (*whose == Whose::Mine).then(|| Me { actor: app.actor.get_untracked(), everywhere: app.is_hq() });
        entries(&app.books(), lines, me.as_ref(), now)
    });
    entries.extend(duties);
    let cancelled = entries.iter().filter(|entry| entry.standing == Standing::Cancelled).count();
    let open = entries.len() - cancelled;
    if entries.is_empty() {
        return None;
    }
    let what: T = match whose {
        Whose::Case(_) => FILE_CASE,
        Whose::Mine => FILE_MINE,
        Whose::All => FILE_ALL,
    };
    let file = file_name(&desk, now, what, 1, "ics");
    let name = format!("{} · {desk}", tr(common::APP));
    files::save(&file, "text/calendar;charset=utf-8", calendar(&name, now, &entries).as_bytes());
    Some(Calendar { file, open, cancelled, left_out })
}

/// The present term of every duty of this desk; what is done in it is cancelled, so that it stops ringing.
async fn duty_entries(app: App, whose: &Whose) -> Vec<Entry> {
    let actor = app.actor.get_untracked();
    let log = app.load_case(&duty_log(&actor.campus)).await.ok().flatten();
    let (now, library) = (app.at_once(), app.books());
    let entry = |pack: &Pack, duty: Duty| {
        let term = duty.term.filter(|_| *whose == Whose::All || duty.clock.owner.contains(&actor.role))?;
        let from = shouwen_core::time::start_of(term.from);
        let label = say(&duty.clock.label);
        Some(Entry {
            uid: format!("duty.{}.{}.{}.{}@shouwen", uid_part(&actor.campus), pack.id, duty.clock.id, term.id),
            // Recording and withdrawing both add an entry to the log.
            sequence: log.as_ref().map_or(0, |log| log.entries.len() as u32),
            due: term.due,
            changed: log.as_ref().and_then(|log| log.entries.last()).map_or(from, |last| last.event.recorded_at),
            title: format!("{label} · {}", fill(words::IN_CALENDAR, &[("campus", &actor.campus)])),
            text: [fill(DUE, &[("at", &time::exact(term.due))]), duty.clock.clause.clone()].join("\n"),
            alarms: [soon_from(from, term.due)].into_iter().filter(|at| *at > now).collect(),
            standing: if duty.done.is_some() { Standing::Cancelled } else { Standing::Confirmed },
        })
    };
    let mut all = Vec::new();
    for book in app.with_duties() {
        let open = duties(&book.pack, &library.world, log.as_ref(), now.date());
        all.extend(open.into_iter().filter_map(|duty| entry(&book.pack, duty)));
    }
    all
}

/// A name that may hold anything, as a part of an identifier.
fn uid_part(name: &str) -> String {
    shouwen_bundle::canonical::sha256_hex(name.as_bytes()).chars().take(12).collect()
}

/// What is open, and what has ended but may stand in a calendar from an earlier file.
fn lines(row: &Summary, now: Civil) -> Vec<Line<'_>> {
    let line = |index: usize| {
        let clock = &row.clocks[index];
        let nth = 1 + row.clocks[..index].iter().filter(|one| one.clock == clock.clock).count();
        let state = clock.state(now);
        let paused = state == State::Paused && clock.due.is_none();
        let open = row.is_open() && state.is_open() && !paused;
        let due = clock.due.or(clock.start.filter(|_| paused))?;
        Some(Line { row, clock, nth, due, paused, open }).filter(|line| open || may_linger(line, now))
    };
    (0..row.clocks.len()).filter_map(line).collect()
}

/// It was open for a while, and a calendar could still ring for it or show it near today.
fn may_linger(line: &Line, now: Civil) -> bool {
    let ended = line.clock.done.or(line.clock.superseded).unwrap_or(line.row.updated_at);
    line.clock.start.is_some_and(|start| ended > start) && (now - ended.max(line.due)).num_days() < KEPT_DAYS
}

/// Open ones before ended ones, coming ones before passed ones, the nearest first; and how many did not fit.
fn entries(library: &Library, mut lines: Vec<Line>, me: Option<&Me>, now: Civil) -> (Vec<Entry>, usize) {
    let book = |line: &Line| library.of_row(line.row);
    if let Some(me) = me {
        lines.retain(|line| {
            let book = book(line);
            me.concerns(line.row, book.as_ref().and_then(|book| book.pack.clock(&line.clock.clock)))
        });
    }
    lines.order_by_key(|line| {
        let ahead = (line.due - now).num_seconds();
        (!line.open, ahead < 0, ahead.abs(), line.row.id.as_str(), line.clock.clock.as_str(), line.nth)
    });
    let left_out = lines.len().saturating_sub(MOST);
    lines.truncate(MOST);
    (lines.iter().map(|line| entry(line, book(line).as_ref().map(|book| &book.pack), now)).collect(), left_out)
}

fn entry(line: &Line, pack: Option<&Pack>, now: Civil) -> Entry {
    let (row, brief) = (line.row, line.clock);
    let clock = pack.and_then(|pack| pack.clock(&brief.clock));
    Entry {
        uid: uid(&row.id, &brief.clock, line.nth),
        sequence: row.events,
        due: line.due,
        changed: row.updated_at,
        title: title(line, clock),
        text: description(line, clock, pack),
        alarms: alarms(brief, line.due, now),
        standing: match (line.open, brief.provisional) {
            (false, _) => Standing::Cancelled,
            (true, true) => Standing::Tentative,
            (true, false) => Standing::Confirmed,
        },
    }
}

/// The same on every device and in every export. Counted, not dated: when the time of an event is corrected, the
/// entry in people's calendars must move, not stay behind as a second one.
fn uid(case: &str, clock: &str, nth: usize) -> String {
    format!("{case}.{clock}.{nth}@shouwen")
}

/// `[参考时限·暂定] 传递接收单 · 城北-26-0001`. Programs that only show cancelled entries differently, or not at all,
/// can still be read.
fn title(line: &Line, clock: Option<&Clock>) -> String {
    let brief = line.clock;
    let state = match brief.done {
        Some(_) => common::DONE,
        None if line.paused => common::PAUSED,
        None => common::SUPERSEDED,
    };
    let marks: Vec<&str> = [(!line.open, state), (brief.is_soft(), TARGET), (brief.provisional, common::PROVISIONAL)]
        .into_iter()
        .filter(|(holds, _)| *holds)
        .map(|(_, text)| tr(text))
        .collect();
    let mark = if marks.is_empty() { String::new() } else { format!("[{}] ", marks.join("·")) };
    format!("{mark}{} · {}", clock.map_or_else(|| brief.clock.clone(), |clock| say(&clock.label)), line.row.number)
}

fn description(line: &Line, clock: Option<&Clock>, pack: Option<&Pack>) -> String {
    let mut parts: Vec<String> = line.clock.due.iter().map(|due| fill(DUE, &[("at", &time::exact(*due))])).collect();
    if let Some((clock, pack)) = clock.zip(pack) {
        // Where the rule leaves the value out, the count is this desk's own and not in the pack.
        let limit = clock.limit.as_ref().filter(|_| clock.kind != ClockKind::Missing);
        let kind = clocks::kind_word(clock.kind).to_owned();
        parts.push(limit.map(clocks::limit_words).into_iter().chain([kind]).collect::<Vec<_>>().join(" · "));
        if !clock.phrase.is_empty() {
            parts.push(fill(clocks::RULE_SAYS, &[("phrase", &clock.phrase), ("clause", &clock.clause)]));
        }
        let who: Vec<String> = clock.owner.iter().map(|id| role_label(pack, id)).collect();
        parts.push(fill(OWNER, &[("who", &who.join("、")), ("campus", &line.row.campus)]));
    }
    match line.clock.kind {
        ClockKind::Soft => parts.push(tr(clocks::SOFT_NOTE).to_owned()),
        ClockKind::Softened => parts.push(tr(clocks::SOFTENED_NOTE).to_owned()),
        _ => {}
    }
    if line.clock.provisional {
        parts.push(format!("{}：{}", tr(common::PROVISIONAL), tr(common::PROVISIONAL_WHY)));
    }
    parts.push(tr(FOOT).to_owned());
    parts.join("\n")
}

/// The reminder levels up to the due time; without one ahead, when it becomes due soon and, for a limit that can be
/// broken, the due time itself. Later levels do not ring: by then it may be done, and a calendar would not know.
/// Nor does what has passed: some programs ring for everything that was missed as soon as a file is taken in.
fn alarms(clock: &Brief, due: Civil, now: Civil) -> Vec<Civil> {
    let ahead = |at: &Civil| *at > now && *at <= due;
    let mut list: Vec<Civil> = clock.rungs.iter().map(|rung| rung.at).filter(ahead).collect();
    list.dedup();
    if list.is_empty() {
        let last = (!clock.is_soft()).then_some(due);
        list.extend([soon_from(clock.start.unwrap_or(clock.since), due)].into_iter().chain(last).filter(ahead));
    }
    list
}

#[cfg(test)]
mod tests {
    use super::*;
    use shouwen_core::clock::Rung;
    use shouwen_core::limit::Pause;

    const NOW: &str = "2026-11-20T10:00:00";

    fn at(text: &str) -> Civil {
        shouwen_core::time::parse(text).unwrap()
    }

    /// A hard clock with a limit and an owner, of whatever pack is built in.
    fn some_clock(library: &Library) -> (Pack, Clock) {
        let found = library.current().into_iter().find_map(|book| {
            let fits =
                |clock: &&Clock| clock.kind == ClockKind::Hard && clock.limit.is_some() && !clock.owner.is_empty();
            let clock = book.pack.clocks.iter().find(fits)?.clone();
            Some((book.pack.clone(), clock))
        });
        found.unwrap()
    }

    fn brief(clock: &Clock, start: &str, due: &str) -> Brief {
        let json = serde_json::json!({
            "clock": clock.id, "kind": clock.kind, "since": 0, "provisional": false,
        });
        let mut brief: Brief = serde_json::from_value(json).unwrap();
        (brief.since, brief.start, brief.due) = (at(start), Some(at(start)), Some(at(due)));
        brief
    }

    fn row(pack: &Pack, clocks: Vec<Brief>) -> Summary {
        let json = serde_json::json!({
            "id": "0190-case", "number": "城北-26-0001", "campus": "城北", "packs": [pack.reference()],
            "received_at": 0, "updated_at": 0, "opened_by": "周老师", "name": "林女士", "phone": "13800001234",
            "headline": "要求退费", "channel": "", "classes": {}, "status": "open", "conflicts": [], "anomalies": 0,
            "events": 4, "clocks": [], "search": "",
        });
        let mut row: Summary = serde_json::from_value(json).unwrap();
        (row.received_at, row.updated_at, row.clocks) = (at(NOW), at(NOW), clocks);
        row
    }

    fn made(library: &Library, row: &Summary) -> Vec<Entry> {
        entries(library, lines(row, at(NOW)), None, at(NOW)).0
    }

    #[test]
    fn runs_of_one_clock_are_counted() {
        let library = Library::build(&[]).unwrap();
        let (pack, clock) = some_clock(&library);
        let mut first = brief(&clock, "2026-11-18T09:00:00", "2026-11-21T23:59:59");
        first.superseded = Some(at("2026-11-19T09:00:00"));
        let second = brief(&clock, "2026-11-19T09:00:00", "2026-11-22T23:59:59");
        let mut case = row(&pack, vec![first, second]);
        let uids =
            |case: &Summary| made(&library, case).iter().map(|one| (one.uid.clone(), one.standing)).collect::<Vec<_>>();
        let uid = |nth: usize| format!("0190-case.{}.{nth}@shouwen", clock.id);
        let want = vec![(uid(2), Standing::Confirmed), (uid(1), Standing::Cancelled)];
        assert_eq!(uids(&case), want);
        // The time of the event is corrected: the same entries, at other times.
        case.clocks[1].start = Some(at("2026-11-19T15:00:00"));
        case.clocks[1].due = Some(at("2026-11-23T23:59:59"));
        assert_eq!(uids(&case), want);
    }

    #[test]
    fn only_what_a_calendar_may_hold_is_cancelled() {
        let library = Library::build(&[]).unwrap();
        let (pack, clock) = some_clock(&library);
        let check = |start: &str, due: &str, done: &str, want: usize| {
            let mut one = brief(&clock, start, due);
            one.done = Some(at(done));
            let entries = made(&library, &row(&pack, vec![one]));
            assert_eq!(entries.len(), want, "{start} {due} {done}");
            assert!(entries.iter().all(|one| one.standing == Standing::Cancelled));
        };
        check("2026-11-18T09:00:00", "2026-11-21T23:59:59", "2026-11-19T09:00:00", 1);
        check("2026-11-20T09:00:00", "2026-11-21T23:59:59", "2026-11-20T09:00:00", 0); // never open
        check("2026-09-01T09:00:00", "2026-09-02T23:59:59", "2026-09-02T09:00:00", 0); // long ago
        check("2026-09-01T09:00:00", "2026-09-02T23:59:59", "2026-11-19T09:00:00", 1); // late
        check("2026-09-01T09:00:00", "2027-09-01T23:59:59", "2026-09-02T09:00:00", 1); // would still ring
    }

    #[test]
    fn open_ones_come_first_and_past_alarms_are_left_out() {
        let library = Library::build(&[]).unwrap();
        let (pack, clock) = some_clock(&library);
        let mut done = brief(&clock, "2026-11-18T09:00:00", "2026-11-20T12:00:00");
        done.done = Some(at("2026-11-19T09:00:00"));
        let late = brief(&clock, "2026-11-10T09:00:00", "2026-11-19T23:59:59");
        let soon = brief(&clock, "2026-11-19T11:00:00", "2026-11-20T11:00:00");
        let far = brief(&clock, "2026-11-20T09:00:00", "2026-11-30T23:59:59");
        let case = row(&pack, vec![done, late, far, soon]);
        let made = made(&library, &case);
        let seen: Vec<(Civil, usize)> = made.iter().map(|one| (one.due, one.alarms.len())).collect();
        let want = [
            ("2026-11-20T11:00:00", 1),
            ("2026-11-30T23:59:59", 2),
            ("2026-11-19T23:59:59", 0),
            ("2026-11-20T12:00:00", 1),
        ];
        assert_eq!(seen, want.map(|(due, rings)| (at(due), rings)));
        let text = calendar("x", at(NOW), &made).replace("\r\n ", "");
        for personal in ["林女士", "13800001234", "退费", "周老师"] {
            assert!(!made.iter().any(|one| one.title.contains(personal)), "{personal}");
            assert!(!text.contains(personal), "{personal}");
        }
    }

    #[test]
    fn levels_ring_up_to_the_due_time() {
        let library = Library::build(&[]).unwrap();
        let (_, clock) = some_clock(&library);
        let check = |rungs: &[&str], want: &[&str]| {
            let mut one = brief(&clock, "2026-11-20T09:00:00", "2026-11-23T23:59:59");
            one.rungs = rungs.iter().map(|text| Rung { level: 0, at: at(text) }).collect();
            let want: Vec<Civil> = want.iter().map(|text| at(text)).collect();
            assert_eq!(alarms(&one, one.due.unwrap(), at(NOW)), want, "{rungs:?}");
        };
        let fallback = ["2026-11-23T06:36:00", "2026-11-23T23:59:59"];
        check(&[], &fallback);
        check(&["2026-11-20T17:00:00", "2026-11-23T09:00:00"], &["2026-11-20T17:00:00", "2026-11-23T09:00:00"]);
        check(&["2026-11-23T09:00:00", "2026-11-23T09:00:00", "2026-11-24T09:00:00"], &["2026-11-23T09:00:00"]);
        check(&["2026-11-20T09:30:00", "2026-11-24T09:00:00"], &fallback);
        check(&["2026-11-20T10:00:00", "2026-11-23T23:59:59"], &["2026-11-23T23:59:59"]);
    }

    #[test]
    fn a_pause_without_an_end_takes_the_entry_away() {
        let library = Library::build(&[]).unwrap();
        let (pack, clock) = some_clock(&library);
        let mut one = brief(&clock, "2026-11-18T09:00:00", "2026-11-21T23:59:59");
        let open = made(&library, &row(&pack, vec![one.clone()]));
        one.due = None;
        one.pauses = vec![Pause { from: at("2026-11-19T09:00:00"), to: None }];
        let paused = made(&library, &row(&pack, vec![one.clone()]));
        assert_eq!((open.len(), paused.len()), (1, 1));
        assert_eq!(open[0].uid, paused[0].uid);
        assert_eq!((open[0].standing, paused[0].standing), (Standing::Confirmed, Standing::Cancelled));
        // A task that never had a due time was in no calendar.
        one.pauses.clear();
        assert_eq!(made(&library, &row(&pack, vec![one])), Vec::new());
    }

    #[test]
    fn mine() {
        let library = Library::build(&[]).unwrap();
        let (pack, clock) = some_clock(&library);
        let case = row(&pack, vec![brief(&clock, NOW, "2026-11-30T23:59:59")]);
        let check = |name: &str, role: &str, campus: &str, everywhere: bool, want: bool| {
            let (name, role, campus) = (name.to_owned(), role.to_owned(), campus.to_owned());
            let me = Me { actor: Actor { name, role, campus }, everywhere };
            let found = entries(&library, lines(&case, at(NOW)), Some(&me), at(NOW)).0.len() == 1;
            assert_eq!(found, want, "{:?}", me.actor);
        };
        let owner = clock.owner[0].as_str();
        check("周老师", "", "城南", false, true); // registered it
        check("吴老师", owner, "城北", false, true);
        check("吴老师", owner, "城南", false, false);
        check("吴老师", owner, "总部", true, true);
        check("吴老师", "nobody", "城北", false, false);
        check("吴老师", "", "城北", true, false);
    }

    #[test]
    fn a_full_file_keeps_the_nearest() {
        let library = Library::build(&[]).unwrap();
        let (pack, clock) = some_clock(&library);
        let due = |minutes: i64| at(NOW) + chrono::Duration::minutes(minutes);
        let many = (0..MOST as i64 + 5).rev().map(|n| Brief { due: Some(due(60 + n)), ..brief(&clock, NOW, NOW) });
        let case = row(&pack, many.collect());
        let (made, left_out) = entries(&library, lines(&case, at(NOW)), None, at(NOW));
        assert_eq!((made.len(), left_out), (MOST, 5));
        assert_eq!((made[0].due, made[MOST - 1].due), (due(60), due(60 + MOST as i64 - 1)));
        assert_eq!(made[0].uid, format!("0190-case.{}.{}@shouwen", clock.id, MOST + 5));
    }
}
