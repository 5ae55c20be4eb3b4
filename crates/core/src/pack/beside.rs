//! Plans beside an ordinary pack on one case: one pack in which everything of both can be found.
//! What a plan declares is named `PLAN:ID` there and in the log, so that nothing of two packs is taken for one thing.
//! Must not know a case; whether a plan is still there is passed in.

use crate::order::Order as _;

use super::{ClockKind, Cond, HEADQUARTERS, Level, OWNER, Pack};

/// Between a plan's id and the id of a part of it. No id of a pack may have this letter.
const OF: char = ':';

/// The event of a class decision. Each pack has its own: a decision of a plan says nothing about the ordinary rule.
const CLASS_SET: &str = "class_set";

/// The name of a plan's part on a case.
pub fn of_plan(plan: &str, id: &str) -> String {
    format!("{plan}{OF}{id}")
}

/// The plan that a part belongs to and its own id there; `None`: a part of the ordinary pack.
pub fn plan_of(id: &str) -> Option<(&str, &str)> {
    id.split_once(OF)
}

/// The event of a decision on this axis.
pub fn class_set(axis: &str) -> String {
    plan_of(axis).map_or_else(|| CLASS_SET.to_owned(), |(plan, _)| of_plan(plan, CLASS_SET))
}

/// A plan beside the ordinary pack of a case.
pub struct Plan<'a> {
    pub pack: &'a Pack,
    /// `false`: it stood there once. It asks and offers nothing any more; its clocks and names stay for what was
    /// recorded.
    pub present: bool,
}

/// The pack in which everything of a case's packs can be found, and the plans as they stand in it, by id.
pub fn united(ordinary: &Pack, mut plans: Vec<Plan>) -> (Pack, Vec<Pack>) {
    // The same names in whatever order the plans were added.
    plans.order_by(|a, b| a.pack.id.cmp(&b.pack.id));
    let mut whole = ordinary.clone();
    let own = plans.into_iter().map(|plan| {
        let own = beside(&whole, plan.pack);
        add(&mut whole, &own, plan.present);
        own
    });
    let own = own.collect();
    (whole, own)
}

fn add(ordinary: &mut Pack, plan: &Pack, present: bool) {
    let mut plan = plan.clone();
    if !present {
        retire(&mut plan);
    }
    macro_rules! new {
        ($($list:ident)*) => {
            $(for part in plan.$list {
                if !ordinary.$list.iter().any(|one| one.id == part.id) {
                    ordinary.$list.push(part);
                }
            })*
        };
    }
    new!(sources roles fields axes findings events lexicons rules clocks steps);
    new!(transitions consequences scripts forms red_lines parameters readings);
    ordinary.follow_up = ordinary.follow_up.take().or(plan.follow_up);
}

fn retire(plan: &mut Pack) {
    let never = || Some(Cond::Any(Vec::new()));
    plan.axes.iter_mut().for_each(|one| one.when = never());
    plan.findings.iter_mut().for_each(|one| one.when = never());
    plan.steps.iter_mut().for_each(|one| one.when = never());
    plan.consequences.iter_mut().for_each(|one| one.when = never());
    plan.red_lines.iter_mut().for_each(|one| one.when = never());
    plan.scripts.clear();
    plan.transitions.clear();
    plan.follow_up = None;
}

/// A plan as it stands beside other packs. Fields and events belong to the case and keep their names; a role or lexicon
/// keeps its name unless the other pack means something else by it; an axis that stands there word for word and need not
/// be decided is the same question. Everything else is the plan's own.
fn beside(ordinary: &Pack, plan: &Pack) -> Pack {
    let names = Names { ordinary, plan };
    let mut own = plan.clone();
    own.axes.retain(|axis| !names.shares_axis(&axis.id));
    own.rules.retain(|rule| !names.shares_axis(&rule.axis));
    for role in &mut own.roles {
        names.role(&mut role.id);
    }
    for axis in &mut own.axes {
        names.own(&mut axis.id);
        names.maybe(&mut axis.when);
        axis.classes.iter_mut().for_each(|class| names.owned(&mut class.red_line));
    }
    for finding in &mut own.findings {
        names.own(&mut finding.id);
        names.maybe(&mut finding.when);
    }
    own.fields.iter_mut().for_each(|field| names.maybe(&mut field.when));
    own.events.iter_mut().for_each(|event| names.event(&mut event.id));
    own.lexicons.iter_mut().for_each(|lexicon| names.lexicon(&mut lexicon.id));
    for rule in &mut own.rules {
        names.own(&mut rule.id);
        names.axis(&mut rule.axis);
        names.cond(&mut rule.when);
    }
    clocks(&mut own, &names);
    steps(&mut own, &names);
    for one in &mut own.transitions {
        names.own(&mut one.id);
        names.axis(&mut one.axis);
        names.cond(&mut one.when);
        names.owned(&mut one.red_line);
    }
    for one in &mut own.consequences {
        names.own(&mut one.id);
        names.maybe(&mut one.when);
        names.owned(&mut one.parameter);
        names.owned(&mut one.red_line);
    }
    for one in &mut own.scripts {
        names.own(&mut one.id);
        names.maybe(&mut one.when);
    }
    for one in &mut own.red_lines {
        names.own(&mut one.id);
        names.maybe(&mut one.when);
    }
    own.forms.iter_mut().for_each(|one| names.own(&mut one.id));
    own.parameters.iter_mut().for_each(|one| names.own(&mut one.id));
    own.readings.iter_mut().for_each(|one| names.own(&mut one.id));
    if let Some(emergency) = &mut own.emergency {
        names.maybe(&mut emergency.activate_when);
        emergency.group.iter_mut().for_each(|member| names.role(&mut member.role));
        emergency.steps.iter_mut().for_each(|step| names.own(step));
    }
    own
}

fn clocks(own: &mut Pack, names: &Names) {
    own.clocks.retain(|clock| clock.kind != ClockKind::Recurring);
    let levels = |levels: &mut Vec<Level>| {
        for level in levels {
            level.tell.iter_mut().filter(|tell| *tell != OWNER && *tell != HEADQUARTERS).for_each(|id| names.role(id));
        }
    };
    levels(&mut own.ladder);
    for clock in &mut own.clocks {
        // The plan's reminder levels, not those of the pack that it stands beside.
        match &mut clock.ladder {
            Some(ladder) => levels(ladder),
            None if crate::clock::has_levels(clock.kind) => clock.ladder = Some(own.ladder.clone()),
            None => {}
        }
        names.own(&mut clock.id);
        clock.owner.iter_mut().chain(&mut clock.extend_by).for_each(|role| names.role(role));
        clock.start.iter_mut().chain(&mut clock.stop).for_each(|event| names.event(event));
        clock.not_after.iter_mut().for_each(|other| names.own(other));
        names.maybe(&mut clock.when);
        names.owned(&mut clock.parameter);
        if let Some(relative) = &mut clock.relative {
            names.own(&mut relative.clock);
        }
        if let Some(rule) = &mut clock.pause {
            rule.roles.iter_mut().for_each(|role| names.role(role));
        }
    }
}

fn steps(own: &mut Pack, names: &Names) {
    for step in &mut own.steps {
        names.own(&mut step.id);
        step.roles.iter_mut().for_each(|role| names.role(role));
        step.after.iter_mut().for_each(|event| names.event(event));
        names.maybe(&mut step.when);
        names.owned(&mut step.form);
        names.owned(&mut step.red_line);
    }
}

/// What a plan's ids become.
struct Names<'a> {
    ordinary: &'a Pack,
    plan: &'a Pack,
}

impl Names<'_> {
    fn own(&self, id: &mut String) {
        *id = of_plan(&self.plan.id, id);
    }

    fn owned(&self, id: &mut Option<String>) {
        id.iter_mut().for_each(|id| self.own(id));
    }

    fn event(&self, id: &mut String) {
        if id == CLASS_SET {
            self.own(id);
        }
    }

    fn shares_axis(&self, id: &str) -> bool {
        let axis = self.plan.axis(id).filter(|axis| !axis.required);
        axis.is_some() && axis == self.ordinary.axis(id)
    }

    fn axis(&self, id: &mut String) {
        if !self.shares_axis(id) {
            self.own(id);
        }
    }

    fn role(&self, id: &mut String) {
        let label = |pack: &Pack| pack.roles.iter().find(|one| one.id == *id).map(|one| one.label.zh.clone());
        let there = label(self.ordinary);
        if there.is_some() && there != label(self.plan) {
            self.own(id);
        }
    }

    fn lexicon(&self, id: &mut String) {
        let there = self.ordinary.lexicons.iter().find(|one| one.id == *id);
        if there.is_some() && there != self.plan.lexicons.iter().find(|one| one.id == *id) {
            self.own(id);
        }
    }

    fn maybe(&self, when: &mut Option<Cond>) {
        when.iter_mut().for_each(|when| self.cond(when));
    }

    fn cond(&self, cond: &mut Cond) {
        match cond {
            Cond::All(parts) | Cond::Any(parts) => parts.iter_mut().for_each(|part| self.cond(part)),
            Cond::Not(part) => self.cond(part),
            Cond::Class { axis, .. } => self.axis(axis),
            Cond::Finding { id, .. } | Cond::Late(id) => self.own(id),
            Cond::Mentions(mention) => self.lexicon(&mut mention.lexicon),
            Cond::Happened(event) | Cond::Elapsed { since: event, .. } => self.event(event),
            Cond::Fact(_) | Cond::Repeats(_) => {}
        }
    }
}
