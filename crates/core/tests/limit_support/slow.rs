//! The slow way: every counting law as somebody with a paper calendar, the notices and a watch would follow it.
//! Must not call the code under test. It has its own calendar of days, its own reading of the notices and its own
//! windows; instants are seconds and days are numbers since 2000-01-01, and nothing here looks anything up ahead.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::rc::Rc;

pub const DAY: i64 = 86_400;
const END: i64 = DAY - 1;
/// The first day after 2099.
pub const AFTER: i64 = 36_525;
/// A pause that has not ended.
pub const NEVER: i64 = i64::MAX;

/// A window in minutes of the day.
pub type Window = (i64, i64);

/// The wall calendar, written down day after day from Saturday 1 January 2000.
pub struct Paper {
    /// Year, month, day.
    dates: Vec<(i64, i64, i64)>,
    numbers: HashMap<(i64, i64, i64), i64>,
}

impl Paper {
    pub fn new() -> Self {
        let (mut dates, mut numbers) = (Vec::new(), HashMap::new());
        let (mut year, mut month, mut day) = (2000, 1, 1);
        while dates.len() as i64 <= AFTER {
            numbers.insert((year, month, day), dates.len() as i64);
            dates.push((year, month, day));
            day += 1;
            if day > Self::length(year, month) {
                (day, month) = (1, month + 1);
            }
            if month > 12 {
                (month, year) = (1, year + 1);
            }
        }
        Self { dates, numbers }
    }

    fn length(year: i64, month: i64) -> i64 {
        match month {
            // Of the centuries only 2000 is met, and it is a leap year.
            2 => 28 + i64::from(year % 4 == 0),
            4 | 6 | 9 | 11 => 30,
            _ => 31,
        }
    }

    pub fn number(&self, year: i64, month: i64, day: i64) -> Option<i64> {
        self.numbers.get(&(year, month, day)).copied()
    }

    pub fn read(&self, date: &str) -> i64 {
        let part = |from: usize, to: usize| date[from..to].parse().unwrap();
        self.number(part(0, 4), part(5, 7), part(8, 10)).unwrap()
    }

    pub fn year(&self, day: i64) -> i64 {
        self.dates[day as usize].0
    }

    /// `2026-11-21`.
    pub fn date(&self, day: i64) -> String {
        let (year, month, day) = self.dates[day as usize];
        format!("{year:04}-{month:02}-{day:02}")
    }

    /// `2026-11-21T10:42:00`.
    pub fn instant(&self, at: i64) -> String {
        let second = at % DAY;
        format!("{}T{:02}:{:02}:{:02}", self.date(at / DAY), second / 3_600, second / 60 % 60, second % 60)
    }

    /// The same date so many months later (earlier when negative), or the last day of that month.
    pub fn months_from(&self, day: i64, months: i64) -> Option<i64> {
        let (year, month, day) = self.dates[day as usize];
        let (mut year, mut month) = (year, month + months);
        while month > 12 {
            (month, year) = (month - 12, year + 1);
        }
        while month < 1 {
            (month, year) = (month + 12, year - 1);
        }
        self.number(year, month, day.min(Self::length(year, month)))
    }
}

/// 0 is Monday; 1 January 2000 was a Saturday.
pub fn weekday(day: i64) -> usize {
    ((day + 5) % 7) as usize
}

/// Festivals that law fixes in every year, month and day.
const FIXED: [(i64, i64); 6] = [(1, 1), (5, 1), (5, 2), (10, 1), (10, 2), (10, 3)];
/// And those that follow the moon and the sun, in years whose notice is not out, copied from an almanac: New Year's
/// Eve and three days of the Spring Festival, 清明, 端午, 中秋.
const MOVING: [&str; 9] = [
    "2027 02-05 02-06 02-07 02-08 04-05 06-09 09-15",
    "2028 01-25 01-26 01-27 01-28 04-04 05-28 10-03",
    "2029 02-12 02-13 02-14 02-15 04-04 06-16 09-22",
    "2030 02-02 02-03 02-04 02-05 04-05 06-05 09-12",
    "2031 01-22 01-23 01-24 01-25 04-05 06-24 10-01",
    "2032 02-10 02-11 02-12 02-13 04-04 06-12 09-19",
    "2033 01-30 01-31 02-01 02-02 04-04 06-01 09-08",
    "2034 02-18 02-19 02-20 02-21 04-05 06-20 09-27",
    "2035 02-07 02-08 02-09 02-10 04-05 06-10 09-16",
];

/// What the notices make of each day.
pub struct Notices {
    rest: Vec<bool>,
    holiday: Vec<bool>,
    provisional: Vec<bool>,
}

impl Notices {
    /// Reads the project's calendar file by itself; only the notices of years that `known` admits.
    pub fn read(paper: &Paper, file: &str, known: impl Fn(i64) -> bool) -> Self {
        let file: serde_json::Value = serde_json::from_str(file).unwrap();
        let notices =
            file["notices"].as_array().unwrap().iter().filter(|notice| known(notice["year"].as_i64().unwrap()));
        let (mut years, mut listed) = (BTreeSet::new(), BTreeMap::new());
        for notice in notices {
            years.insert(notice["year"].as_i64().unwrap());
            for day in notice["days"].as_array().unwrap() {
                listed.insert(paper.read(day[0].as_str().unwrap()), day[2].as_bool().unwrap());
            }
        }
        let mut law = BTreeSet::new();
        for year in (2000..2100).filter(|year| !years.contains(year)) {
            law.extend(FIXED.iter().map(|(month, day)| paper.number(year, *month, *day).unwrap()));
        }
        for line in MOVING {
            let (year, dates) = line.split_once(' ').unwrap();
            if !years.contains(&year.parse().unwrap()) {
                law.extend(dates.split(' ').map(|date| paper.read(&format!("{year}-{date}"))));
            }
        }
        let (mut rest, mut holiday, mut provisional) = (Vec::new(), Vec::new(), Vec::new());
        for day in 0..AFTER {
            let off = listed.get(&day).copied();
            holiday.push(off.unwrap_or(law.contains(&day)));
            rest.push(off.unwrap_or(law.contains(&day) || weekday(day) >= 5));
            provisional.push(off.is_none() && !years.contains(&paper.year(day)));
        }
        Self { rest, holiday, provisional }
    }
}

/// A timetable as written on the door.
#[derive(Clone, Debug, Default)]
pub struct Door {
    pub week: [Vec<Window>; 7],
    pub closed: BTreeSet<i64>,
    pub shifts: BTreeMap<i64, Vec<Window>>,
    /// Which days the last two name, for speed: most days are named by none.
    named: Vec<bool>,
}

impl Door {
    /// Windows may come in any order.
    pub fn new(week: [Vec<Window>; 7], closed: BTreeSet<i64>, shifts: BTreeMap<i64, Vec<Window>>) -> Self {
        let mut door = Self { week, closed, shifts, named: vec![false; AFTER as usize] };
        door.week.iter_mut().chain(door.shifts.values_mut()).for_each(|windows| windows.sort_unstable());
        for day in door.closed.iter().chain(door.shifts.keys()) {
            door.named[*day as usize] = true;
        }
        door
    }

    /// Closed beats replaced hours, which beat the weekday. In order.
    fn windows(&self, day: i64) -> &[Window] {
        let weekly = &self.week[weekday(day)];
        if !self.named[day as usize] {
            return weekly;
        }
        if self.closed.contains(&day) { &[] } else { self.shifts.get(&day).unwrap_or(weekly) }
    }
}

/// What a clock counts by.
#[derive(Clone)]
pub struct World {
    /// `None`: Monday to Friday.
    pub notices: Option<Rc<Notices>>,
    pub door: Option<Door>,
    /// Whole days work when the door opens.
    pub days_by_door: bool,
}

impl World {
    fn holiday(&self, day: i64) -> bool {
        self.notices.as_ref().is_some_and(|notices| notices.holiday[day as usize])
    }

    fn guessed(&self, day: i64) -> bool {
        self.notices.as_ref().is_some_and(|notices| notices.provisional[day as usize])
    }

    /// A statutory holiday shuts the door, and a make-up day does not open it.
    pub fn windows(&self, day: i64) -> &[Window] {
        match &self.door {
            Some(door) if !self.holiday(day) => door.windows(day),
            _ => &[],
        }
    }

    pub fn works(&self, day: i64) -> bool {
        if self.days_by_door && self.door.is_some() {
            return !self.windows(day).is_empty();
        }
        match &self.notices {
            Some(notices) => !notices.rest[day as usize],
            None => weekday(day) < 5,
        }
    }

    /// A notice to come could still change the hours of this day.
    fn hours_guessed(&self, day: i64) -> bool {
        self.guessed(day) && self.door.as_ref().is_some_and(|door| !door.windows(day).is_empty())
    }

    /// A notice to come could still change whether this day works.
    fn day_guessed(&self, day: i64) -> bool {
        if self.days_by_door && self.door.is_some() { self.hours_guessed(day) } else { self.guessed(day) }
    }

    /// When something due on an entered date is due, and whether that is certain.
    pub fn end_of_entered(&self, day: i64, at_close: bool) -> (i64, bool) {
        if at_close { (self.close(day), self.hours_guessed(day)) } else { (day * DAY + END, false) }
    }

    fn close(&self, day: i64) -> i64 {
        let end = self.windows(day).last().map_or(DAY, |window| window.1 * 60);
        day * DAY + end.min(END)
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Law {
    Minute,
    Hour,
    WorkingMinute,
    WorkingHour,
    NaturalDay,
    WorkingDay,
    SameDay,
    NextDay,
    Month,
}

impl Law {
    pub const ALL: [Law; 9] = [
        Law::Minute,
        Law::Hour,
        Law::WorkingMinute,
        Law::WorkingHour,
        Law::NaturalDay,
        Law::WorkingDay,
        Law::SameDay,
        Law::NextDay,
        Law::Month,
    ];
}

#[derive(Clone, Debug)]
pub struct Question {
    pub law: Law,
    pub start: i64,
    pub count: i64,
    pub roll: bool,
    pub at_close: bool,
    /// The clock stands still in `from <= t < to`.
    pub pauses: Vec<(i64, i64)>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    Due {
        at: i64,
        provisional: bool,
    },
    /// A pause that has not ended comes before.
    Standing,
    Beyond,
    NoTimetable,
}

impl Question {
    fn still(&self, at: i64) -> bool {
        self.pauses.iter().any(|(from, to)| *from <= at && at < *to)
    }

    fn still_for_ever(&self, at: i64) -> bool {
        self.pauses.iter().any(|(from, to)| *from <= at && *to == NEVER)
    }

    pub fn answer(&self, paper: &Paper, world: &World) -> Answer {
        let count = self.count;
        match self.law {
            Law::Minute => self.seconds(world, count * 60, false),
            Law::Hour => self.seconds(world, count * 3_600, false),
            Law::WorkingMinute | Law::WorkingHour if world.door.is_none() => Answer::NoTimetable,
            Law::WorkingMinute => self.seconds(world, count * 60, true),
            Law::WorkingHour => self.seconds(world, count * 3_600, true),
            Law::NaturalDay | Law::WorkingDay => self.days(world, count),
            Law::SameDay => self.days(world, 0),
            Law::NextDay => self.days(world, 1),
            Law::Month => match paper.months_from(self.start / DAY, count) {
                Some(day) => self.days(world, day - self.start / DAY),
                None => Answer::Beyond,
            },
        }
    }

    /// Second by second, where a minute in which nothing can change is taken as one step: windows begin and end on
    /// whole minutes, so such a minute runs as a whole or not at all.
    fn seconds(&self, world: &World, mut left: i64, working: bool) -> Answer {
        let (mut at, mut provisional) = (self.start, false);
        while at / DAY < AFTER {
            let day = at / DAY;
            let windows = if working { world.windows(day) } else { &[(0, 1_440)] };
            provisional |= working && world.hours_guessed(day);
            while at / DAY == day {
                if self.still_for_ever(at) {
                    return Answer::Standing;
                }
                let minute = at % DAY / 60;
                if windows.iter().all(|window| window.1 <= minute) {
                    at = (day + 1) * DAY;
                    break;
                }
                let open = windows.iter().any(|(from, to)| (*from..*to).contains(&minute));
                let step = if self.plain_minute(at) && (left >= 60 || !open) { 60 } else { 1 };
                if open && !self.still(at) {
                    left -= step;
                }
                at += step;
                if left == 0 {
                    return Answer::Due { at, provisional };
                }
            }
        }
        Answer::Beyond
    }

    /// A whole minute begins here, and no pause begins or ends within it.
    fn plain_minute(&self, at: i64) -> bool {
        let within = |edge: i64| at < edge && edge < at + 60;
        at % 60 == 0 && !self.pauses.iter().any(|(from, to)| within(*from) || within(*to))
    }

    /// The same without any step longer than a second and without any shortcut: the check on the walk above.
    pub fn every_second(&self, world: &World, mut left: i64, working: bool) -> Option<i64> {
        let mut at = self.start;
        while at < AFTER * DAY {
            let minute = at % DAY / 60;
            let open = !working || world.windows(at / DAY).iter().any(|(from, to)| *from <= minute && minute < *to);
            at += 1;
            left -= i64::from(open && !self.still(at - 1));
            if left == 0 {
                return Some(at);
            }
        }
        None
    }

    /// The moment at which a day ends for this limit.
    fn end(&self, world: &World, day: i64) -> i64 {
        let close = world.close(day);
        let too_late = day == self.start / DAY && close <= self.start;
        if self.at_close && !too_late { close } else { day * DAY + END }
    }

    /// A pause covers closing but not midnight or the other way round, and a notice to come may choose between them.
    fn hangs_on_a_guess(&self, world: &World, day: i64) -> bool {
        let Some(door) = world.door.as_ref().filter(|_| self.at_close && world.hours_guessed(day)) else {
            return false;
        };
        let close = door.windows(day).last().map_or(END, |window| (window.1 * 60).min(END));
        self.still(day * DAY + close) != self.still(day * DAY + END)
    }

    /// Day by day.
    fn days(&self, world: &World, count: i64) -> Answer {
        let first = self.start / DAY;
        let working = self.law == Law::WorkingDay;
        let rolls = self.roll && matches!(self.law, Law::NaturalDay | Law::Month);
        let (mut day, mut counted) = if count == 0 { (first, -1) } else { (first + 1, 0) };
        let mut provisional = false;
        loop {
            if day >= AFTER {
                return Answer::Beyond;
            }
            let end = self.end(world, day);
            if self.still_for_ever(end) {
                return Answer::Standing;
            }
            let runs = !self.still(end);
            provisional |= working && world.day_guessed(day);
            counted += i64::from(counted < count && runs && (!working || world.works(day)));
            if counted >= count {
                // The day is reached; a limit that rolls looks from here on for a day that works.
                provisional |= rolls && world.day_guessed(day);
                if runs && (!rolls || world.works(day)) {
                    let hangs = (first..=day).any(|day| self.hangs_on_a_guess(world, day));
                    let provisional = provisional || self.at_close && world.hours_guessed(day) || hangs;
                    return Answer::Due { at: end, provisional };
                }
            }
            day += 1;
        }
    }

    /// How much of the law passed up to `end`: seconds for laws in time, otherwise days that ended running.
    /// A pause that has not ended matters only when it began before.
    pub fn passed(&self, world: &World, end: i64) -> i64 {
        let mut asked = self.clone();
        asked.pauses.retain(|(from, to)| *to != NEVER || *from <= end);
        let (mut at, mut passed) = (self.start, 0);
        if !matches!(self.law, Law::Minute | Law::Hour | Law::WorkingMinute | Law::WorkingHour) {
            let days = self.start / DAY + 1..=end / DAY;
            let counts = |day: i64| self.law != Law::WorkingDay || world.works(day);
            return days.filter(|day| counts(*day) && !asked.still(day * DAY + END)).count() as i64;
        }
        while at < end {
            if self.shut_all_day(world, at / DAY) {
                at = (at / DAY + 1) * DAY;
                continue;
            }
            let step = if asked.plain_minute(at) && end - at >= 60 { 60 } else { 1 };
            passed += if self.open(world, at) && !asked.still(at) { step } else { 0 };
            at += step;
        }
        passed
    }

    fn in_windows(&self) -> bool {
        matches!(self.law, Law::WorkingMinute | Law::WorkingHour)
    }

    fn shut_all_day(&self, world: &World, day: i64) -> bool {
        self.in_windows() && world.windows(day).is_empty()
    }

    fn open(&self, world: &World, at: i64) -> bool {
        let minute = at % DAY / 60;
        !self.in_windows() || world.windows(at / DAY).iter().any(|(from, to)| (*from..*to).contains(&minute))
    }

    /// Backwards from `start`, which is the target here: the last instant that still leaves the whole limit, and
    /// whether a notice to come could move it. Neither pauses nor rolling.
    pub fn backwards(&self, paper: &Paper, world: &World) -> Option<(i64, bool)> {
        match self.law {
            Law::Minute | Law::WorkingMinute => self.seconds_back(world, self.count * 60),
            Law::Hour | Law::WorkingHour => self.seconds_back(world, self.count * 3_600),
            _ => self.days_back(paper, world),
        }
    }

    fn seconds_back(&self, world: &World, mut left: i64) -> Option<(i64, bool)> {
        let mut at = self.start;
        while left > 0 {
            if at == 0 {
                return None;
            }
            if self.shut_all_day(world, (at - 1) / DAY) {
                at = (at - 1) / DAY * DAY;
                continue;
            }
            let whole = at % 60 == 0 && (left >= 60 || !self.open(world, at - 1));
            let step = if whole { 60 } else { 1 };
            left -= if self.open(world, at - 1) { step } else { 0 };
            at -= step;
        }
        Some((at, self.in_windows() && (at / DAY..=self.start / DAY).any(|day| world.hours_guessed(day))))
    }

    fn days_back(&self, paper: &Paper, world: &World) -> Option<(i64, bool)> {
        let last = self.start / DAY;
        let mut day = match self.law {
            Law::Month => paper.months_from(last, -self.count)?,
            Law::SameDay => last,
            Law::NextDay => last - 1,
            _ => last,
        };
        let (mut left, mut provisional) = (self.count, false);
        while left > 0 && matches!(self.law, Law::NaturalDay | Law::WorkingDay) {
            day -= 1;
            if day < 0 {
                return None;
            }
            let working = self.law == Law::WorkingDay;
            left -= i64::from(!working || world.works(day));
            provisional |= working && world.day_guessed(day);
        }
        if day < 0 {
            return None;
        }
        if self.at_close {
            return Some((world.close(day), provisional || world.hours_guessed(day)));
        }
        Some((day * DAY + END, provisional))
    }
}
