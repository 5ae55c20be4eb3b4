//! Merging is lawful: any order, any grouping, any repetition gives the same cases; doubts are named.

mod common;

use std::collections::BTreeMap;

use common::*;
use proptest::prelude::*;
use serde_json::{Value, json};
use shouwen_bundle::container::{Bundle, Head, Kind, write};
use shouwen_bundle::merge::{ForkKind, Reason, ack_for, delta_since, examine, heads_of, ranges, union, union_all};
use shouwen_bundle::seal::{MAX_AHEAD_MS, ReadError, Sealed};
use shouwen_core::case::{Body, Hlc, SCHEMA};

/// One thing that happens somewhere.
#[derive(Clone, Debug)]
enum Op {
    Act {
        desk: usize,
        case: usize,
        what: usize,
        pick: usize,
    },
    /// `to` gets all that `from` has.
    Sync {
        from: usize,
        to: usize,
    },
    /// The clock of a desk is moved, also back.
    Clock {
        desk: usize,
        minutes: i64,
    },
    /// A profile is copied: two desks go on under one device id.
    Copy {
        from: usize,
        to: usize,
    },
}

const DESKS: usize = 4;

fn op() -> impl Strategy<Value = Op> {
    let desk = 0..DESKS;
    prop_oneof![
        12 => (desk.clone(), 0..3_usize, 0..17_usize, 0..50_usize)
            .prop_map(|(desk, case, what, pick)| Op::Act { desk, case, what, pick }),
        4 => (desk.clone(), desk.clone()).prop_map(|(from, to)| Op::Sync { from, to }),
        1 => (desk.clone(), -3000..3000_i64).prop_map(|(desk, minutes)| Op::Clock { desk, minutes }),
        1 => (desk.clone(), desk).prop_map(|(from, to)| Op::Copy { from, to }),
    ]
}

fn body(desk: &Desk, case: &str, what: usize, pick: usize) -> Body {
    let of_case: Vec<_> = desk.log.iter().filter(|one| one.event.case == case).collect();
    let target = of_case.get(pick % of_case.len().max(1)).map(|one| one.event.id.clone()).unwrap_or_default();
    match every_body(&target).swap_remove(what) {
        Body::Set { .. } => set(["phone", "name"][pick % 2], json!(pick)),
        Body::Classified { axis, suggested, reason, second, events, .. } => {
            let classes = vec![format!("class{}", pick % 3)];
            Body::Classified { axis, classes, suggested, reason, second, events }
        }
        other => other,
    }
}

/// Plays the story; all desks with their logs at its end.
fn play(ops: &[Op]) -> Vec<Desk> {
    let mut desks: Vec<Desk> = (0..DESKS).map(|n| Desk::new(&format!("desk{n}"))).collect();
    let mut ids = 0;
    for op in ops {
        match *op {
            Op::Act { desk, case, what, pick } => {
                let case = format!("c-{case}");
                let body = body(&desks[desk], &case, what, pick);
                desks[desk].act(&mut ids, &case, body);
            }
            Op::Sync { from, to } => drop({
                let file = desks[from].export();
                desks[to].import(&file)
            }),
            Op::Clock { desk, minutes } => {
                let desk = &mut desks[desk];
                desk.wall_ms = desk.wall_ms.saturating_add_signed(minutes * 60_000).max(START_MS);
            }
            Op::Copy { from, to } => desks[to] = desks[from].clone(),
        }
    }
    desks
}

/// Some texts are changed behind the back of the desk that wrote them.
fn with_forgeries(mut desks: Vec<Desk>, picks: &[usize]) -> Vec<Desk> {
    for (n, pick) in picks.iter().enumerate() {
        let desk = n % desks.len();
        if let Some(one) = desks[desk].log.get(pick % desks[desk].log.len().max(1)).cloned() {
            desks[desk].log.push(changed(&one, "actor", format!("forger {n}").into()));
        }
    }
    desks
}

/// Everything in a union that later unions need.
fn all(one: &shouwen_bundle::merge::Union) -> Vec<Sealed> {
    [one.events.clone(), one.altered.clone()].concat()
}

/// Equal but for the count of duplicates, which tells the story and not the set.
fn same(a: &shouwen_bundle::merge::Union, b: &shouwen_bundle::merge::Union) -> bool {
    (&a.events, &a.altered, &a.gaps, &a.forks) == (&b.events, &b.altered, &b.gaps, &b.forks)
}

/// A shuffle that a seed decides.
fn shuffled<T: Clone>(items: &[T], mut seed: u64) -> Vec<T> {
    let mut items = items.to_vec();
    for last in (1..items.len()).rev() {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        items.swap(last, (seed >> 33) as usize % (last + 1));
    }
    items
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn union_is_commutative_associative_idempotent(
        ops in proptest::collection::vec(op(), 1..60),
        forged in proptest::collection::vec(0..100_usize, 0..4),
    ) {
        let desks = with_forgeries(play(&ops), &forged);
        let (a, b, c) = (&desks[0].log, &desks[1].log, &desks[2].log);
        prop_assert!(same(&union(a, b), &union(b, a)));
        let left = union(&all(&union(a, b)), c);
        let right = union(a, &all(&union(b, c)));
        prop_assert!(same(&left, &right));
        prop_assert!(same(&left, &union_all([c.as_slice(), a, b])));
        prop_assert!(same(&union(&all(&left), &all(&left)), &left));
        prop_assert!(same(&union(&all(&left), &[]), &left));
        prop_assert_eq!(cases(&left.events), cases(&right.events));
    }

    #[test]
    fn the_order_of_arrival_does_not_change_a_case(ops in proptest::collection::vec(op(), 1..60), seed in any::<u64>()) {
        let desks = play(&ops);
        let logs: Vec<&[Sealed]> = desks.iter().map(|desk| desk.log.as_slice()).collect();
        let united = union_all(logs.iter().copied());
        prop_assert!(united.altered.is_empty());
        let want = cases(&united.events);
        let twice = [united.events.clone(), united.events.clone()].concat();
        prop_assert_eq!(&cases(&shuffled(&twice, seed)), &want);

        // The same by way of files, in any order, some of them twice.
        let mut hq = Desk::new("hq");
        for desk in shuffled(&[0, 1, 2, 3, 0, 1, 2, 3], seed) {
            hq.import(&desks[desk].export());
        }
        prop_assert_eq!(&cases(&hq.log), &want);
        prop_assert!(hq.quarantine.is_empty());
        prop_assert_eq!(hq.log.len(), united.events.len());
        for desk in &desks {
            prop_assert!(hq.import(&desk.export()).is_no_op());
        }
    }

    /// Two receivers that hear the same in different order end with the same texts, forged ones included.
    #[test]
    fn nothing_is_lost(
        ops in proptest::collection::vec(op(), 1..40),
        forged in proptest::collection::vec(0..100_usize, 0..4),
        seed in any::<u64>(),
    ) {
        let desks = with_forgeries(play(&ops), &forged);
        let files: Vec<String> = desks.iter().map(Desk::export).collect();
        let (mut one, mut other) = (Desk::new("one"), Desk::new("other"));
        files.iter().for_each(|file| drop(one.import(file)));
        shuffled(&files, seed).iter().for_each(|file| drop(other.import(file)));
        prop_assert_eq!(one.texts(), other.texts());
        prop_assert!(one.import(&other.export()).is_no_op());
    }

    #[test]
    fn a_delta_after_an_ack_brings_exactly_what_is_missing(
        before in proptest::collection::vec(op(), 1..30),
        after in proptest::collection::vec(op(), 1..30),
    ) {
        let campus = &play(&before)[0];
        let mut hq = Desk::new("hq");
        hq.import(&campus.export());
        let ack = ack_for(&hq.log);

        let story: Vec<Op> = before.iter().chain(&after).cloned().collect();
        let campus = &play(&story)[0];
        let delta = delta_since(&campus.log, &ack);
        let file = write(&Bundle::of_events(Kind::Delta, origin(), &delta, BTreeMap::new()));
        let missing = campus.log.iter().filter(|one| !hq.log.contains(one)).count();
        prop_assert_eq!(hq.import(&file).new.len(), missing);
        let acked = ack_for(&hq.log);
        let devices = (0..DESKS).map(|n| format!("desk{n}")).collect::<Vec<_>>();
        prop_assert_eq!(heads_of(&hq.known(), devices.iter().map(String::as_str)), acked.clone());
        let rest = delta_since(&campus.log, &acked);
        prop_assert!(rest.iter().all(|one| hq.log.contains(one)));
    }
}

#[test]
fn a_concurrent_edit_is_a_conflict_until_somebody_decides() {
    let (mut ids, mut east) = (0, Desk::new("east"));
    east.act(&mut ids, "c-1", opened());
    east.act(&mut ids, "c-1", set("phone", json!("1")));
    let mut hq = Desk::new("hq");
    hq.import(&east.export());
    east.act(&mut ids, "c-1", set("phone", json!("2")));
    hq.act(&mut ids, "c-1", set("phone", json!("3")));
    let preview = hq.import(&east.export());
    assert_eq!((preview.new.len(), preview.duplicates), (1, 2));
    assert_eq!((preview.cases_new.len(), preview.cases_changed), (0, vec!["c-1".to_owned()]));
    assert_eq!(hq.case("c-1").unwrap().conflicts(), ["field:phone"]);

    hq.act(&mut ids, "c-1", set("phone", json!("2")));
    east.import(&hq.export());
    for desk in [&east, &hq] {
        let case = desk.case("c-1").unwrap();
        assert_eq!((case.conflicts().len(), case.text("phone")), (0, "2"));
    }
}

/// Five events of one device.
fn chain() -> Vec<Sealed> {
    let (mut ids, mut east) = (0, Desk::new("east"));
    east.act(&mut ids, "c-1", opened());
    for n in 2..=5 {
        east.act(&mut ids, "c-1", note(&n.to_string()));
    }
    east.log
}

fn file(events: &[Sealed]) -> String {
    write(&Bundle::of_events(Kind::Full, origin(), events, BTreeMap::new()))
}

#[track_caller]
fn check_gaps(stored: &[usize], sent: &[usize], want: &[(u64, u64)]) {
    let chain = chain();
    let pick = |numbers: &[usize]| -> Vec<Sealed> { numbers.iter().map(|n| chain[n - 1].clone()).collect() };
    let mut hq = Desk::new("hq");
    hq.log = pick(stored);
    let preview = hq.import(&file(&pick(sent)));
    let got: Vec<_> = preview.gaps.iter().map(|gap| (gap.from, gap.to)).collect();
    assert_eq!((got.as_slice(), preview.forks), (want, Vec::new()));
}

#[test]
fn gaps_are_named_and_filled() {
    check_gaps(&[], &[1, 2, 3], &[]);
    check_gaps(&[], &[3], &[(1, 2)]);
    check_gaps(&[1], &[5], &[(2, 4)]);
    check_gaps(&[1, 5], &[3], &[(2, 2), (4, 4)]);
    check_gaps(&[1, 5], &[2, 3, 4], &[]);
    check_gaps(&[1, 2, 3], &[1], &[]);
}

#[test]
fn a_far_away_number_is_one_gap() {
    let one = changed(&chain()[0], "seq", json!(9_007_199_254_740_991_u64));
    let preview = Desk::new("hq").import(&file(&[one]));
    assert_eq!((preview.gaps[0].from, preview.gaps[0].to), (1, 9_007_199_254_740_990));
}

#[test]
fn forks_are_kept_and_named() {
    let (mut ids, mut east) = (100, Desk::new("east"));
    east.act(&mut ids, "c-1", opened());
    let mut copy = east.clone();
    east.act(&mut ids, "c-1", note("here"));
    copy.act(&mut ids, "c-1", note("there"));
    copy.act(&mut ids, "c-1", note("there again"));
    let mut hq = Desk::new("hq");
    assert!(hq.import(&east.export()).forks.is_empty());
    let preview = hq.import(&copy.export());
    assert_eq!((preview.new.len(), preview.quarantined.len(), preview.forks.len()), (2, 0, 1));
    let fork = &preview.forks[0];
    assert_eq!((fork.device.as_str(), fork.seq, fork.kind, fork.events.len()), ("east", 2, ForkKind::Rivals, 2));
    assert_eq!(hq.case("c-1").unwrap().entries.len(), 4);

    // An acknowledgement stops before the fork, so both branches are sent until everybody has them.
    let ack = ack_for(&hq.log);
    assert_eq!((ack.len(), ack[0].to), (1, 1));
    assert_eq!(delta_since(&copy.log, &ack).len(), 2);
}

#[test]
fn a_link_that_does_not_hold_is_named() {
    let chain = chain();
    let mut hq = Desk::new("hq");
    hq.log = chain[..2].to_vec();
    let other = changed(&chain[2], "prev", json!("ab"));
    let preview = hq.import(&file(std::slice::from_ref(&other)));
    assert_eq!((preview.new.len(), preview.forks.len()), (1, 1));
    assert_eq!((preview.forks[0].seq, preview.forks[0].kind), (3, ForkKind::Break));
    // The first event of a device follows nothing.
    let first = changed(&chain[0], "prev", json!("ab"));
    assert_eq!(Desk::new("hq").import(&file(&[first])).forks[0].seq, 1);
}

#[test]
fn what_is_stored_cannot_be_replaced() {
    let chain = chain();
    let forged = changed(&chain[1], "body", json!({"text": "forged"}));
    let mut hq = Desk::new("hq");
    hq.log = chain.clone();
    let preview = hq.import(&file(std::slice::from_ref(&forged)));
    assert_eq!(preview.new, []);
    assert_eq!(preview.quarantined[0].text, forged.text);
    assert_eq!(preview.quarantined[0].reason, Reason::Altered { event: forged.event.id.clone() });
    assert_eq!(preview.quarantined[0].place, "events[0]");
    assert!(hq.import(&file(std::slice::from_ref(&forged))).is_no_op());
    // In one file the text that the successor names is the genuine one.
    let both = [chain.clone(), vec![forged.clone()]].concat();
    let mut fresh = Desk::new("fresh");
    let preview = fresh.import(&file(&both));
    assert_eq!((preview.new, preview.quarantined[0].text.as_str()), (chain, forged.text.as_str()));
}

#[test]
fn newer_and_broken_events() {
    let chain = chain();
    let json = |one: &Sealed| -> Value { serde_json::from_str(&one.text).unwrap() };
    let with = |n: usize, key: &str, value: Value| {
        let mut json = json(&chain[n]);
        json[key] = value;
        json
    };
    let strange = json!({"schema": SCHEMA + 1, "id": "n-1", "shape": ["unheard", "of"]});
    let text = around(vec![
        json(&chain[0]),
        json(&chain[0]),
        with(1, "schema", json!(SCHEMA + 1)),
        with(2, "kind", json!("gossip")),
        strange.clone(),
        with(3, "at", json!("2026-02-30T10:00:00+08:00")),
        with(3, "at", json!("1999-01-01T10:00:00+08:00")),
        with(3, "seq", json!(0)),
        with(3, "seq", json!(-1)),
        with(3, "seq", json!(u64::MAX)),
        with(3, "id", json!(" ")),
        with(3, "case", json!("a\u{0}b")),
        with(3, "device", json!("d".repeat(129))),
        with(3, "hlc", json!("soon")),
        with(3, "schema", json!(0)),
        json!(null),
        json!([1, "二"]),
        json!([1, "二"]),
    ]);
    let mut hq = Desk::new("hq");
    let preview = hq.import(&text);
    let counts = (preview.new.len(), preview.duplicates, preview.too_new, preview.not_understood);
    assert_eq!(counts, (3, 2, 1, 1));
    assert_eq!(preview.quarantined.len(), 13);
    assert_eq!(preview.quarantined[0].reason, Reason::TooNew(u64::from(SCHEMA) + 1));
    assert_eq!(preview.quarantined[0].text, shouwen_bundle::canonical::canonical(&strange));
    assert_eq!(preview.quarantined[12].text, r#"[1,"二"]"#);
    assert!(preview.quarantined[1..].iter().all(|one| matches!(one.reason, Reason::Invalid(_))));
    assert!(hq.import(&text).is_no_op());

    // What could not be read is passed on to somebody who can.
    let mut next = Desk::new("next");
    next.import(&hq.export());
    assert_eq!(next.texts(), hq.texts());
}

#[test]
fn reading_says_why_not() {
    assert!(matches!(Sealed::read("{"), Err(ReadError::Syntax(_))));
    assert!(matches!(Sealed::read("{}"), Err(ReadError::Envelope(_))));
    let text = changed(&chain()[0], "base", json!([])).text.replace(r#""seq":1"#, r#""seq":0"#);
    assert_eq!(Sealed::read(&text), Err(ReadError::Field { field: "seq", problem: "out of range" }));
    for one in chain() {
        assert_eq!(Sealed::read(&one.text), Ok(one));
    }
}

#[test]
fn the_preview_counts_campuses() {
    let (mut ids, mut east, mut west) = (0, Desk::new("east"), Desk::new("west"));
    east.act(&mut ids, "c-1", opened());
    east.wall_ms += 3 * 86_400_000;
    east.act(&mut ids, "c-2", opened());
    let mut hq = Desk::new("hq");
    hq.import(&east.export());
    east.act(&mut ids, "c-2", note("new"));
    west.act(&mut ids, "c-3", opened());
    west.import(&east.export());
    let preview = hq.import(&west.export());
    let lines: Vec<_> = preview
        .campuses
        .iter()
        .map(|line| {
            let dates = (line.first.to_string(), line.last.to_string());
            (line.campus.as_str(), line.cases, line.events, line.new, dates)
        })
        .collect();
    let day = |text: &str| text.to_owned();
    assert_eq!(
        lines,
        [
            ("east 校区", 2, 3, 1, (day("2026-10-01"), day("2026-10-04"))),
            ("west 校区", 1, 1, 1, (day("2026-10-01"), day("2026-10-01"))),
        ]
    );
    assert_eq!((preview.cases_new, preview.cases_changed), (vec!["c-3".to_owned()], vec!["c-2".to_owned()]));
}

#[test]
fn ranges_and_acknowledgements() {
    let chain = chain();
    let some: Vec<Sealed> = [0, 1, 3, 4].map(|n| chain[n].clone()).to_vec();
    let got: Vec<_> = ranges(&some).into_iter().map(|range| (range.from, range.to, range.head)).collect();
    assert_eq!(got, [(1, 2, chain[1].hash.clone()), (4, 5, chain[4].hash.clone())]);
    let ack = ack_for(&some);
    assert_eq!(ack, [Head { device: "east".into(), to: 2, head: chain[1].hash.clone() }]);
    assert_eq!(ack_for(&some[2..]), []);
    assert_eq!(delta_since(&chain, &ack), chain[2..]);
    assert_eq!(delta_since(&chain, &[]), chain);
    // A head of another chain, or of a number that we do not have, says nothing.
    let foreign = Head { head: "ab".into(), ..ack[0].clone() };
    assert_eq!(delta_since(&chain, &[foreign]), chain);
    assert_eq!(delta_since(&chain, &[Head { to: 9, ..ack[0].clone() }]), chain);
}

#[test]
fn sealing_chains_and_never_goes_back_in_time() {
    let (mut ids, mut east) = (0, Desk::new("east"));
    let one = east.act(&mut ids, "c-1", opened());
    east.wall_ms -= 7_200_000;
    let two = east.act(&mut ids, "c-1", note("the clock was set back"));
    assert_eq!((two.event.seq, &two.event.prev), (2, &one.hash));
    assert!(two.event.hlc > one.event.hlc);
    assert_eq!((east.state.seq, &east.state.head, east.state.hlc), (2, &two.hash, two.event.hlc));
    assert_eq!((one.event.prev.as_str(), one.event.schema, one.event.kind.as_str()), ("", SCHEMA, "opened"));
}

#[test]
fn a_wrong_clock_does_not_spread() {
    let (mut ids, mut wrong, mut hq) = (0, Desk::new("wrong"), Desk::new("hq"));
    wrong.wall_ms += MAX_AHEAD_MS / 2;
    wrong.act(&mut ids, "c-1", opened());
    hq.import(&wrong.export());
    assert!(hq.state.hlc > Hlc { ms: START_MS + 1, n: 0 });
    let followed = hq.state.hlc;
    wrong.wall_ms += 20 * 365 * 86_400_000;
    wrong.act(&mut ids, "c-1", note("from the future"));
    assert_eq!(hq.import(&wrong.export()).new.len(), 1);
    assert_eq!(hq.state.hlc, followed);
}

#[test]
fn examining_does_not_mind_a_store_that_knows_nothing() {
    let desk = Desk::new("empty");
    let preview = examine(&desk.bundle(), &desk.known());
    assert!(preview.is_no_op() && preview.campuses.is_empty());
}
