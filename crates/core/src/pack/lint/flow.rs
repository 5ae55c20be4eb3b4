//! Checks the flow of a case: steps can be reached, clocks can start and end, limits fit their kind.
//! Must not run a case; it asks only what is possible at all.

use crate::order::Gather as _;
use std::collections::BTreeSet;

use super::{Lint, PROGRAM_EVENTS, Space};
use crate::limit::Unit;
use crate::pack::{Clock, ClockKind, Cond, Edge, Every, FieldKind, HEADQUARTERS, Level, LevelAt, OWNER, Pack, Step};

impl Lint<'_> {
    pub(super) fn flow(&mut self) {
        let pack = self.pack;
        let (possible, reached) = possible_events(pack);
        for (index, step) in pack.steps.iter().enumerate() {
            let at = format!("steps[{index}]");
            self.step(step, &at);
            if !reached.contains(step.id.as_str()) {
                self.dangling(format!("{at}.after"), "unreachable", "no order of steps leads to all of these events");
            }
        }
        for (index, clock) in pack.clocks.iter().enumerate() {
            let at = format!("clocks[{index}]");
            self.clock(clock, &at);
            self.limit_of(clock, &at);
            for (key, events) in [("start", &clock.start), ("stop", &clock.stop)] {
                for (place, event) in events.iter().enumerate() {
                    let path = format!("{at}.{key}[{place}]");
                    if self.known(Space::Event, event, path.clone()) && !possible.contains(event.as_str()) {
                        self.dangling(path, "never_emitted", format!("no step emits “{event}”"));
                    }
                }
            }
        }
        for (index, level) in pack.ladder.iter().enumerate() {
            self.level(level, &format!("ladder[{index}]"));
        }
        self.cycles();
    }

    fn step(&mut self, step: &Step, at: &str) {
        if step.roles.is_empty() {
            self.fatal(format!("{at}.roles"), "empty_list", "a step needs a role");
        }
        self.all_known(Space::Role, &step.roles, &format!("{at}.roles"));
        self.all_known(Space::Event, &step.after, &format!("{at}.after"));
        self.all_known(Space::Field, &step.asks, &format!("{at}.asks"));
        self.opt_known(Space::Form, step.form.as_ref(), format!("{at}.form"));
        self.opt_known(Space::RedLine, step.red_line.as_ref(), format!("{at}.red_line"));
        self.opt_cond(step.when.as_ref(), &format!("{at}.when"));
        if !step.emits.is_empty() && !step.outcomes.is_empty() {
            self.fatal(format!("{at}.emits"), "emits", "a step with outcomes emits through them alone");
        }
        self.emits(&step.emits, &format!("{at}.emits"));
        for (index, outcome) in step.outcomes.iter().enumerate() {
            self.emits(&outcome.emits, &format!("{at}.outcomes[{index}].emits"));
        }
    }

    fn emits(&mut self, events: &[String], path: &str) {
        self.all_known(Space::Event, events, path);
        for (index, event) in events.iter().enumerate() {
            if PROGRAM_EVENTS.contains(&event.as_str()) {
                self.fatal(format!("{path}[{index}]"), "program_event", format!("only the program emits “{event}”"));
            }
        }
    }

    fn clock(&mut self, clock: &Clock, at: &str) {
        if clock.owner.is_empty() {
            self.fatal(format!("{at}.owner"), "empty_list", "a clock needs an owner");
        }
        self.all_known(Space::Role, &clock.owner, &format!("{at}.owner"));
        self.all_known(Space::Role, &clock.extend_by, &format!("{at}.extend_by"));
        self.all_known(Space::Clock, &clock.not_after, &format!("{at}.not_after"));
        self.opt_known(Space::Parameter, clock.parameter.as_ref(), format!("{at}.parameter"));
        if let Some(Every::Period(parameter)) = &clock.every {
            self.known(Space::Parameter, parameter, format!("{at}.every.period"));
        }
        if let Some(id) = &clock.from_field {
            let path = format!("{at}.from_field");
            let timed = self.pack.field(id).is_none_or(|field| field.kind == FieldKind::DateTime);
            if self.known(Space::Field, id, path.clone()) && !timed {
                self.fatal(path, "not_a_time", "a question with date and time is wanted");
            }
        }
        self.hanging(clock, at);
        self.pausing(clock, at);
        for (index, level) in clock.ladder.iter().flatten().enumerate() {
            self.level(level, &format!("{at}.ladder[{index}]"));
        }
        self.opt_cond(clock.when.as_ref(), &format!("{at}.when"));
        if let Some(when) = &clock.when {
            let mut blind = false;
            when.walk(&mut |part| blind |= matches!(part, Cond::Late(_) | Cond::Elapsed { .. } | Cond::Mentions(_)));
            if blind {
                let message = "late, elapsed and mentions are not known to clocks: use a class, a fact or an event";
                self.fatal(format!("{at}.when"), "blind_condition", message);
            }
        }
        if clock.kind != ClockKind::Recurring {
            match (&clock.relative, clock.start.is_empty()) {
                (None, true) => {
                    self.fatal(format!("{at}.start"), "never_starts", "an event that starts it is wanted");
                }
                (Some(_), false) => {
                    let message = "a clock that hangs on another clock has no start events of its own";
                    self.fatal(format!("{at}.start"), "starts_twice", message);
                }
                _ => {}
            }
            if clock.stop.is_empty() {
                self.warn(format!("{at}.stop"), "never_ends", "no event ends it");
            }
        }
    }

    fn hanging(&mut self, clock: &Clock, at: &str) {
        let Some(relative) = &clock.relative else { return };
        self.known(Space::Clock, &relative.clock, format!("{at}.relative.clock"));
        if relative.before && relative.edge != Edge::Due {
            let message = "only a due time is known beforehand: count backwards from `due`";
            self.fatal(format!("{at}.relative.before"), "before_what", message);
        }
    }

    fn pausing(&mut self, clock: &Clock, at: &str) {
        let Some(rule) = &clock.pause else { return };
        self.all_known(Space::Role, &rule.roles, &format!("{at}.pause.roles"));
        let unit = clock.limit.as_ref().map(|limit| limit.unit);
        let countless =
            matches!(unit, None | Some(Unit::Month | Unit::SameDay | Unit::NextDay | Unit::ByDate | Unit::None));
        if rule.cap.is_some() && countless {
            let message = "a cap counts in the clock's own unit: minutes, hours or days";
            self.fatal(format!("{at}.pause.cap"), "cap_unit", message);
        }
    }

    /// A reminder level: somebody is told, at a time that can be counted.
    pub(super) fn level(&mut self, level: &Level, at: &str) {
        if level.tell.is_empty() {
            self.fatal(format!("{at}.tell"), "empty_list", "whom to tell?");
        }
        for (index, role) in level.tell.iter().enumerate().filter(|(_, role)| *role != OWNER && *role != HEADQUARTERS) {
            self.known(Space::Role, role, format!("{at}.tell[{index}]"));
        }
        match &level.at {
            LevelAt::Percent(0 | 1_001..) => {
                self.fatal(format!("{at}.at.percent"), "percent", "a percentage from 1 to 1000 is wanted");
            }
            LevelAt::Before(limit) | LevelAt::After(limit) => self.limit(limit, &format!("{at}.at")),
            _ => {}
        }
    }

    /// The kind says whether there is a limit, a parameter, a rhythm.
    fn limit_of(&mut self, clock: &Clock, at: &str) {
        let path = format!("{at}.limit");
        match (clock.kind, &clock.limit) {
            (ClockKind::Hard | ClockKind::Softened | ClockKind::Soft, None) => {
                self.fatal(path, "limit_missing", "this kind needs a limit");
            }
            (ClockKind::Hard | ClockKind::Softened | ClockKind::Soft, Some(limit)) => {
                if matches!(limit.unit, Unit::ByDate | Unit::None) {
                    self.fatal(format!("{path}.unit"), "limit_missing", "this kind needs a limit that can be counted");
                }
                self.limit(limit, &path);
            }
            (ClockKind::Missing, limit) => {
                if limit.is_none() {
                    self.fatal(path, "limit_missing", "the unit is wanted; the parameter gives only the count");
                }
                if clock.parameter.is_none() {
                    self.fatal(format!("{at}.parameter"), "parameter_missing", "which parameter holds the value?");
                }
            }
            (ClockKind::CaseSet, Some(limit)) if limit.unit != Unit::ByDate => {
                self.fatal(path, "limit_given", "the handler enters the date: no other limit");
            }
            (ClockKind::Untimed | ClockKind::OnSpot | ClockKind::Recurring, Some(limit))
                if limit.unit != Unit::None =>
            {
                self.fatal(path, "limit_given", "this kind has no limit");
            }
            _ => {}
        }
        if (clock.kind == ClockKind::Recurring) != clock.every.is_some() {
            self.fatal(format!("{at}.every"), "every", "recurring duties, and only they, have a rhythm");
        }
    }

    /// “Not after” and “counted from” must not lead round in a circle.
    fn cycles(&mut self) {
        type Others = fn(&Clock) -> Vec<&str>;
        let ways: [(&str, Others); 2] = [
            ("not_after", |clock| clock.not_after.iter().map(String::as_str).collect()),
            ("relative", |clock| clock.relative.iter().map(|relative| relative.clock.as_str()).collect()),
        ];
        for (key, others) in ways {
            for (index, clock) in self.pack.clocks.iter().enumerate() {
                let mut seen: BTreeSet<&str> = BTreeSet::new();
                let mut next = others(clock);
                while let Some(id) = next.pop() {
                    if seen.insert(id) {
                        next.extend(self.pack.clock(id).into_iter().flat_map(others));
                    }
                }
                if seen.contains(clock.id.as_str()) {
                    self.fatal(format!("clocks[{index}].{key}"), "cycle", "leads back to the clock itself");
                }
            }
        }
    }
}

/// Events that can happen in some order of steps, and the steps that can be reached.
fn possible_events(pack: &Pack) -> (BTreeSet<&str>, BTreeSet<&str>) {
    let mut possible: BTreeSet<&str> = PROGRAM_EVENTS.into_iter().gather();
    let bands = pack.follow_up.iter().flat_map(|follow_up| &follow_up.scale).flat_map(|band| &band.emits);
    possible.extend(bands.map(String::as_str));
    let mut reached = BTreeSet::new();
    loop {
        let before = reached.len();
        for step in &pack.steps {
            if step.after.iter().all(|event| possible.contains(event.as_str())) && reached.insert(step.id.as_str()) {
                possible.extend(step.emits.iter().map(String::as_str));
                possible.extend(step.outcomes.iter().flat_map(|outcome| &outcome.emits).map(String::as_str));
            }
        }
        if reached.len() == before {
            return (possible, reached);
        }
    }
}
