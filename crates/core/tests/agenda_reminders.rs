//! What the agenda says of reminder levels: reached ones are named until somebody takes note, a further level names the
//! clock again, a paused clock keeps quiet until it counts again.

mod case_support;

use std::sync::{Arc, LazyLock};

use case_support::*;
use proptest::prelude::*;
use shouwen_core::agenda::Agenda;
use shouwen_core::clock::Rung;
use shouwen_core::limit::Pause;
use shouwen_core::register::Summary;
use shouwen_core::time::Civil;

/// A row with one running clock: 24 hours from Monday 10:00.
static ROW: LazyLock<Summary> = LazyLock::new(|| {
    let story = Story::open("train-hq", "2026-11-16T10:00", &[("nature", "suggestion")]);
    let mut row = Summary::of(&story.case().unwrap(), &story.runs());
    row.clocks.retain(|brief| brief.clock == "D1");
    row
});

fn row(rungs: &[&str], pauses: &[(&str, Option<&str>)]) -> Summary {
    let mut row = ROW.clone();
    let rung = |(level, at_): (usize, &&str)| Rung { level: level as u16, at: at(at_) };
    row.clocks[0].rungs = rungs.iter().enumerate().map(rung).collect();
    row.clocks[0].pauses = pauses.iter().map(|(from, to)| Pause { from: at(from), to: to.map(at) }).collect();
    row
}

fn agenda(row: &Summary, now: &str) -> Agenda {
    Agenda::new([Arc::new(row.clone())].into_iter(), at(now))
}

/// Takes note of everything that is named; gives how much it was.
fn note(agenda: &mut Agenda) -> usize {
    let named = agenda.reminded();
    named.iter().for_each(|(index, _)| agenda.noted(*index));
    named.len()
}

#[test]
fn every_level_names_the_clock_once() {
    let row = row(&["2026-11-16T12:00", "2026-11-16T15:00", "2026-11-17T10:00"], &[]);
    let mut agenda = agenda(&row, "2026-11-16T11:00");
    for (now, named) in [
        ("2026-11-16T11:59", 0),
        ("2026-11-16T12:00", 1),
        ("2026-11-16T14:59", 0),
        // Two levels at once are one line.
        ("2026-11-18T10:00", 1),
        ("2026-11-30T10:00", 0),
    ] {
        let before = agenda.rung();
        agenda.tick(at(now));
        assert_eq!(agenda.rung() != before, named > 0, "{now}");
        assert_eq!(note(&mut agenda), named, "{now}");
    }
    agenda.remind_anew();
    assert_eq!(note(&mut agenda), 1, "somebody else is asked again");
}

#[test]
fn a_row_that_changed_is_asked_about_again_and_a_closed_one_never() {
    let row = row(&["2026-11-16T12:00"], &[]);
    let mut agenda = agenda(&row, "2026-11-16T13:00");
    assert_eq!(note(&mut agenda), 1);
    let before = agenda.rung();
    agenda.put(Arc::new(row.clone()));
    assert_ne!(agenda.rung(), before);
    assert_eq!(note(&mut agenda), 1);
    agenda.put(Arc::new(Summary { status: "closed".into(), ..row }));
    assert_eq!(note(&mut agenda), 0);
}

#[test]
fn a_paused_clock_keeps_quiet_until_it_counts_again() {
    let row = row(&["2026-11-16T12:00"], &[("2026-11-16T11:00", Some("2026-11-16T14:00"))]);
    let mut agenda = agenda(&row, "2026-11-16T10:30");
    for (now, named) in
        [("2026-11-16T12:30", 0), ("2026-11-16T13:59", 0), ("2026-11-16T14:00", 1), ("2026-11-16T15:00", 0)]
    {
        let before = agenda.rung();
        agenda.tick(at(now));
        assert!(named == 0 || agenda.rung() != before, "{now}");
        assert_eq!(note(&mut agenda), named, "{now}");
    }
}

proptest! {
    /// In whatever steps the time goes on, nothing is named twice and nothing is left out.
    #[test]
    fn steps_of_time_do_not_matter(hours in proptest::collection::vec(1_i64..40, 1..5), steps in proptest::collection::vec(1_i64..20, 1..12)) {
        let start = at("2026-11-16T10:00");
        let mut times: Vec<Civil> = hours.iter().map(|hour| start + chrono::Duration::hours(*hour)).collect();
        times.sort();
        times.dedup();
        let mut row = row(&[], &[]);
        row.clocks[0].rungs = times.iter().enumerate().map(|(level, at)| Rung { level: level as u16, at: *at }).collect();
        let mut agenda = Agenda::new([Arc::new(row)].into_iter(), start);
        let (mut now, mut named) = (start, 0);
        for step in steps {
            let since = now;
            now += chrono::Duration::hours(step);
            agenda.tick(now);
            let reached = times.iter().any(|at| *at > since && *at <= now);
            prop_assert_eq!(note(&mut agenda), usize::from(reached));
            named += usize::from(reached);
        }
        let full = Agenda::new(agenda.all().into_iter().map(|item| item.case), now).reminded().len();
        prop_assert_eq!(full, usize::from(named > 0));
    }
}
