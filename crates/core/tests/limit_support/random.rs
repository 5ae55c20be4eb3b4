//! Worlds, questions and pauses by dice, the same ones at every run.
//! Must not know any answer.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;
use std::sync::Arc;

use shouwen_core::calendar::{Base, Calendar, CalendarFile, Schedule, Statutory};

use super::slow::{AFTER, DAY, Door, Law, NEVER, Notices, Paper, Question, Window, World};

/// SplitMix64: a few lines, the same numbers everywhere. With `of`, somebody else's bytes come first.
pub struct Dice {
    state: u64,
    given: Vec<u8>,
}

impl Dice {
    pub fn new(seed: u64) -> Self {
        Self { state: seed, given: Vec::new() }
    }

    /// The first throws follow the bytes.
    pub fn of(bytes: &[u8]) -> Self {
        Self { state: bytes.len() as u64, given: bytes.iter().rev().copied().collect() }
    }

    fn next(&mut self) -> u64 {
        if let (Some(high), Some(low)) = (self.given.pop(), self.given.pop()) {
            return u64::from(high) << 8 | u64::from(low);
        }
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.state ^ (self.state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// From `low` up to, not including, `high`.
    pub fn range(&mut self, low: i64, high: i64) -> i64 {
        low + (self.next() % (high - low) as u64) as i64
    }

    pub fn chance(&mut self, percent: i64) -> bool {
        self.range(0, 100) < percent
    }

    pub fn pick<'a, T>(&mut self, list: &'a [T]) -> &'a T {
        &list[self.range(0, list.len() as i64) as usize]
    }
}

/// One world twice: as the slow walk sees it and as the engine does.
pub struct Pair {
    pub slow: World,
    pub fast: Calendar,
}

/// Sets of known notices: all, none after 2019, every second year, none.
type Known = fn(i64) -> bool;
const KNOWN: [Known; 4] = [|_| true, |year| year < 2020, |year| year % 2 == 0, |_| false];

/// A list of notices for both sides.
pub type Sides = (Rc<Notices>, Arc<Statutory>);

pub fn all_notices(paper: &Paper, file: &str) -> Vec<Sides> {
    KNOWN.iter().map(|known| both_notices(paper, file, known)).collect()
}

/// So many worlds with timetables of every kind, and the five without one.
pub fn worlds(paper: &Paper, file: &str, dice: &mut Dice, count: usize) -> Vec<Pair> {
    let notices = all_notices(paper, file);
    let mut worlds: Vec<Pair> = notices.iter().map(|(slow, fast)| plain(Some((slow, fast)))).collect();
    worlds.push(plain(None));
    while worlds.len() < count + 5 {
        worlds.extend(world(paper, &notices, dice));
    }
    worlds
}

/// A world with a timetable; none when the dice made one that never opens.
pub fn world(paper: &Paper, notices: &[Sides], dice: &mut Dice) -> Option<Pair> {
    // The full list as often as the others together.
    let known = notices.get(dice.range(0, 8).saturating_sub(3) as usize).or(notices.first());
    let known = if dice.chance(70) { known } else { None };
    let (door, schedule) = timetable(paper, dice)?;
    let base = known.map_or(Base::Weekdays, |(_, fast)| Base::Statutory(fast.clone()));
    let days_by_door = dice.chance(60);
    let fast = if days_by_door {
        Calendar::campus(schedule, base)
    } else {
        plain(known.map(|(slow, fast)| (slow, fast))).fast.with_hours(schedule)
    };
    let slow = World { notices: known.map(|(slow, _)| slow.clone()), door: Some(door), days_by_door };
    Some(Pair { slow, fast })
}

/// One timetable (or none) before any notice of 2007 to 2026 is known, and after.
pub fn twins(paper: &Paper, file: &str, dice: &mut Dice) -> Option<(Pair, Pair)> {
    let written = if dice.chance(80) { Some(timetable(paper, dice)?) } else { None };
    let days_by_door = dice.chance(60);
    let pair = |known: &Known| {
        let (slow, fast) = both_notices(paper, file, known);
        let Some((door, schedule)) = written.clone() else { return plain(Some((&slow, &fast))) };
        let fast = match days_by_door {
            true => Calendar::campus(schedule, Base::Statutory(fast)),
            false => Calendar::statutory(fast).with_hours(schedule),
        };
        Pair { slow: World { notices: Some(slow), door: Some(door), days_by_door }, fast }
    };
    Some((pair(&KNOWN[3]), pair(&KNOWN[0])))
}

fn both_notices(paper: &Paper, file: &str, known: &Known) -> Sides {
    let mut read = CalendarFile::parse(file).unwrap().notices;
    read.retain(|notice| known(notice.year.into()));
    (Rc::new(Notices::read(paper, file, known)), Arc::new(Statutory::new(&read).unwrap()))
}

fn plain(notices: Option<(&Rc<Notices>, &Arc<Statutory>)>) -> Pair {
    let fast = notices.map_or_else(Calendar::weekdays, |(_, fast)| Calendar::statutory(fast.clone()));
    Pair { slow: World { notices: notices.map(|(slow, _)| slow.clone()), door: None, days_by_door: false }, fast }
}

/// A timetable for both sides; `None` when the dice made one that never opens.
fn timetable(paper: &Paper, dice: &mut Dice) -> Option<(Door, Schedule)> {
    let (mut week, mut closed, mut shifts) = (<[Vec<Window>; 7]>::default(), BTreeSet::new(), BTreeMap::new());
    // Timetables that hardly ever open cost the walk most and are enough in small numbers.
    let style = if dice.chance(6) { dice.range(5, 7) } else { *dice.pick(&[0, 1, 2, 3, 4, 7, 8, 9]) };
    for (number, windows) in week.iter_mut().enumerate() {
        let weekend = number >= 5;
        *windows = match style {
            0 | 1 if !weekend => vec![(540, 720), (840, 1_080)],
            2 if number >= 2 => vec![(510, 720), (780, 1_200)],
            // Half a day on Saturday, and a window that begins where another ends.
            3 if number == 5 => vec![(480, 720)],
            3 if !weekend => vec![(480, 720), (720, 1_000)],
            4 => vec![(0, 1_440)],
            // A minute a week.
            5 if number == 3 => vec![(601, 602)],
            // Only on the dates below.
            6 => vec![],
            7..=9 if dice.chance(75) => windows_by_dice(dice),
            _ => vec![],
        };
    }
    for _ in 0..dice.range(0, 40) {
        let day = some_day(dice);
        shifts.insert(day, if dice.chance(20) { vec![] } else { windows_by_dice(dice) });
    }
    if style == 6 && dice.chance(30) {
        shifts = [(AFTER - dice.range(1, 400), vec![(600, 660)])].into();
    }
    for _ in 0..dice.range(0, 40) {
        let first = some_day(dice);
        closed.extend((first..first + dice.range(1, 30)).filter(|day| *day < AFTER));
    }
    // In the order of the dice, so that the engine has something to sort.
    let schedule = schedule_of(paper, &week, &closed, &shifts)?;
    let door = Door::new(week, closed, shifts);
    Some((door, schedule))
}

fn windows_by_dice(dice: &mut Dice) -> Vec<Window> {
    let grain = *dice.pick(&[1, 15, 30, 60]);
    let mut edges: Vec<i64> = (0..2 * dice.range(1, 4)).map(|_| dice.range(0, 1_440 / grain + 1) * grain).collect();
    edges.sort_unstable();
    let mut windows: Vec<Window> =
        edges.chunks(2).map(|edge| (edge[0], edge[1])).filter(|window| window.0 < window.1).collect();
    windows.reverse();
    windows
}

/// The engine's timetable, through the texts of its own form.
pub fn schedule_of(
    paper: &Paper,
    week: &[Vec<Window>; 7],
    closed: &BTreeSet<i64>,
    shifts: &BTreeMap<i64, Vec<Window>>,
) -> Option<Schedule> {
    let clock = |minute: i64| format!("{:02}:{:02}", minute / 60, minute % 60);
    let texts = |windows: &Vec<Window>| windows.iter().map(|window| [clock(window.0), clock(window.1)]).collect();
    let week: [Vec<[String; 2]>; 7] = week.each_ref().map(texts);
    let closed: Vec<String> = closed.iter().map(|day| paper.date(*day)).collect();
    let shifts: BTreeMap<String, Vec<[String; 2]>> =
        shifts.iter().map(|(day, windows)| (paper.date(*day), texts(windows))).collect();
    Schedule::new(week, &closed, &shifts).ok()
}

/// Mostly a day of the years with notices and the next ones, sometimes any, sometimes one at the end.
fn some_day(dice: &mut Dice) -> i64 {
    match dice.range(0, 20) {
        0..4 => dice.range(0, AFTER),
        4 => dice.range(AFTER - 40, AFTER),
        // 2025 to 2028.
        5..12 => dice.range(9_132, 10_592),
        _ => dice.range(2_500, 10_600),
    }
}

/// An instant that likes midnights, whole minutes and the edges of windows.
pub fn some_instant(dice: &mut Dice, world: &World) -> i64 {
    let day = some_day(dice);
    near(dice, world, day)
}

fn near(dice: &mut Dice, world: &World, day: i64) -> i64 {
    if !(0..AFTER).contains(&day) {
        return day * DAY + dice.range(0, DAY);
    }
    let edge = |dice: &mut Dice| {
        let windows = world.windows(day);
        if windows.is_empty() {
            return dice.range(0, DAY);
        }
        let window = *dice.pick(windows);
        (if dice.chance(50) { window.0 } else { window.1 }) * 60 + dice.range(-1, 2)
    };
    let second = match dice.range(0, 10) {
        0 => 0,
        1 => DAY - 1,
        2 => dice.range(0, 24) * 3_600,
        3 | 4 => dice.range(0, 1_440) * 60,
        5 | 6 => edge(dice),
        _ => dice.range(0, DAY),
    };
    day * DAY + second.clamp(0, DAY - 1)
}

/// Up to five pauses around an instant: long and short, overlapping, touching, empty, one perhaps without an end.
pub fn some_pauses(dice: &mut Dice, world: &World, start: i64) -> Vec<(i64, i64)> {
    let mut pauses: Vec<(i64, i64)> = Vec::new();
    if dice.chance(30) {
        return pauses;
    }
    for _ in 0..dice.range(0, 5) {
        let day = start / DAY + dice.range(-2, 12);
        let from = match (pauses.last(), dice.range(0, 6)) {
            (Some((_, to)), 0) => *to,
            (_, 0..3) => near(dice, world, day),
            _ => start + dice.range(-3_600, 40_000),
        };
        let length = match dice.range(0, 6) {
            0 => dice.range(0, 60),
            1 => dice.range(0, 240) * 60,
            2 => dice.range(0, 20) * 1_800,
            3 => DAY * dice.range(1, 10),
            4 => dice.range(0, 40 * DAY),
            _ => near(dice, world, day + 3) - from,
        };
        pauses.push((from.max(0), (from + length.max(0)).max(0)));
    }
    if dice.chance(5) && start < (AFTER - 4_000) * DAY {
        let from = start + dice.range(-DAY, 20 * DAY);
        pauses.push((from.max(0), NEVER));
    }
    pauses
}

/// Mostly small, sometimes up to the largest that a limit may have.
pub fn some_count(dice: &mut Dice, law: Law) -> i64 {
    let ranges: [i64; 3] = match law {
        Law::Minute | Law::WorkingMinute => [90, 1_500, 3_661],
        Law::Hour | Law::WorkingHour => [10, 60, 3_661],
        Law::Month => [13, 120, 1_300],
        _ => [16, 100, 3_661],
    };
    let high = match dice.range(0, 100) {
        0..70 => ranges[0],
        70..99 => ranges[1],
        _ => ranges[2],
    };
    dice.range(1, high)
}

pub fn question(dice: &mut Dice, law: Law, world: &World) -> Question {
    let start = some_instant(dice, world);
    Question {
        law,
        start,
        count: some_count(dice, law),
        roll: dice.chance(50),
        at_close: dice.chance(40),
        pauses: some_pauses(dice, world, start),
    }
}
