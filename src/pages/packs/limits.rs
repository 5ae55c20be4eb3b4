//! The limits of a pack and its ladder as entries of the booklet.
//! Must not compute a due time; says what the rule says.

use std::collections::BTreeSet;

use shouwen_core::clock::World;
use shouwen_core::limit::Limit;
use shouwen_core::pack::{Clock, ClockKind, Every, Level, LevelAt, OWNER, Pack, PauseRule};

use super::booklet::{EXTENDS, FROM, Item, LEVELS, NOT_AFTER, PAUSES, PHRASE, READING, UNTIL, VALUE_OPEN, WHO};
use super::words::{events, list, roles, value};
use crate::i18n::{T, clocks, fill, role_label, say, tr};

/// Each kind that occurs, explained once.
pub fn kinds(pack: &Pack) -> Vec<String> {
    let mut seen = BTreeSet::new();
    let kinds = pack.clocks.iter().filter(|clock| seen.insert(clocks::kind_word(clock.kind)));
    kinds.map(|clock| format!("{}：{}", clocks::kind_word(clock.kind), tr(kind_text(clock.kind)))).collect()
}

fn kind_text(kind: ClockKind) -> T {
    match kind {
        ClockKind::Hard => K_HARD,
        ClockKind::Softened => K_SOFTENED,
        ClockKind::OnSpot => K_ONSPOT,
        ClockKind::Soft => K_SOFT,
        ClockKind::Recurring => K_RECURRING,
        ClockKind::CaseSet => K_CASESET,
        ClockKind::Missing => K_MISSING,
        ClockKind::Untimed => K_UNTIMED,
    }
}

fn kind_style(kind: ClockKind) -> &'static str {
    match kind {
        ClockKind::Hard => "acc",
        ClockKind::Missing => "soon",
        _ => "",
    }
}

pub fn all_clocks(pack: &Pack, world: &World) -> Vec<Item> {
    let one = |clock: &Clock| {
        let caps: Vec<String> =
            clock.not_after.iter().filter_map(|id| pack.clock(id)).map(|other| say(&other.label)).collect();
        let mut item = Item::new("clock", &clock.id, say(&clock.label), &clock.clause)
            .chip("num", limit(pack, world, clock))
            .line(Some(WHO), roles(pack, &clock.owner))
            .when(pack, clock.when.as_ref())
            .line(Some(FROM), clocks::beginning(clock, pack))
            .line(Some(UNTIL), events(pack, &clock.stop))
            .line(Some(NOT_AFTER), caps.join(" / "))
            .line(Some(EXTENDS), roles(pack, &clock.extend_by))
            .line(Some(PAUSES), clock.pause.as_ref().map(pausing).unwrap_or_default())
            .line(Some(LEVELS), list(clock.ladder.iter().flatten().map(|level| level_words(pack, level))))
            .line(Some(PHRASE), quoted(&clock.phrase))
            .line(Some(READING), clock.reading.as_ref().map(say).unwrap_or_default());
        if clock.kind != ClockKind::Untimed {
            item = item.chip(kind_style(clock.kind), clocks::kind_word(clock.kind));
        }
        item.to_settings = clock.kind == ClockKind::Missing && world.count_for(pack, clock).is_none();
        item
    };
    pack.clocks.iter().map(one).collect()
}

/// When a clock may be paused: the grounds, and for how long.
fn pausing(rule: &PauseRule) -> String {
    let grounds = list(rule.grounds.iter().map(|ground| say(&ground.label)));
    let cap = rule.cap.map(|cap| fill(PAUSE_CAP, &[("n", &cap.to_string())])).unwrap_or_default();
    let parts = [if grounds.is_empty() { tr(PAUSE_REASON).to_owned() } else { grounds }, cap, rule.clause.clone()];
    list(parts.into_iter().filter(|part| !part.is_empty()))
}

pub fn one_level(pack: &Pack, level: &Level) -> Item {
    let clause = if level.clause.is_empty() { tr(OUR_OWN) } else { &level.clause };
    Item::new("level", &level.id, say(&level.say), clause)
        .chip("num", level_at(level))
        .line(Some(TELL), told(pack, level))
        .line(None, if level.rest_days { tr(REST_DAYS) } else { "" })
}

fn level_words(pack: &Pack, level: &Level) -> String {
    format!("{} → {}", level_at(level), told(pack, level))
}

fn told(pack: &Pack, level: &Level) -> String {
    let name = |id: &String| match id.as_str() {
        OWNER => tr(TELL_OWNER).to_owned(),
        _ => role_label(pack, id),
    };
    list(level.tell.iter().map(name))
}

fn level_at(level: &Level) -> String {
    match &level.at {
        LevelAt::Percent(percent) => fill(AT_PERCENT, &[("n", &percent.to_string())]),
        LevelAt::Before(limit) => fill(AT_BEFORE, &[("limit", &clocks::limit_words(limit))]),
        LevelAt::LastWorkingDay => tr(AT_LAST).to_owned(),
        LevelAt::Overdue => tr(AT_OVERDUE).to_owned(),
        LevelAt::After(limit) => fill(AT_AFTER, &[("limit", &clocks::limit_words(limit))]),
    }
}

fn quoted(phrase: &str) -> String {
    if phrase.is_empty() { String::new() } else { format!("“{phrase}”") }
}

fn limit(pack: &Pack, world: &World, clock: &Clock) -> String {
    match (clock.kind, &clock.limit, &clock.every) {
        (ClockKind::Recurring, _, Some(every)) => rhythm(pack, world, every),
        (ClockKind::CaseSet, ..) => tr(clocks::L_DATE).to_owned(),
        (ClockKind::Missing, limit, _) => match (world.count_for(pack, clock), limit) {
            (Some(count), Some(limit)) => clocks::limit_words(&Limit { count, ..limit.clone() }),
            _ => tr(VALUE_OPEN).to_owned(),
        },
        (_, Some(limit), _) => clocks::limit_words(limit),
        _ => tr(clocks::L_NONE).to_owned(),
    }
}

fn rhythm(pack: &Pack, world: &World, every: &Every) -> String {
    match every {
        Every::WeekEnd => tr(EVERY_WEEK).to_owned(),
        Every::MonthEnd => tr(EVERY_MONTH).to_owned(),
        Every::YearEnd => tr(EVERY_YEAR).to_owned(),
        Every::Continuous => tr(EVERY_DAY).to_owned(),
        Every::Period(id) => match world.parameter(pack, id) {
            Some(days) => fill(EVERY_DAYS, &[("n", &value(&[], days))]),
            None => tr(VALUE_OPEN).to_owned(),
        },
    }
}

crate::texts! {
    PAUSE_REASON = "写明理由" | "with a reason";
    PAUSE_CAP = "合计最多 {n}（按本时限的单位）" | "at most {n} in all, in the limit's own unit";
    TELL = "告诉：" | "Tell:";
    TELL_OWNER = "责任人" | "whoever is responsible";
    OUR_OWN = "本程序的约定，制度没有规定" | "our own convention, not in the rules";
    REST_DAYS = "休息日也提示" | "also on rest days";
    AT_PERCENT = "时限用去 {n}%" | "{n}% of the time";
    AT_BEFORE = "到期前 {limit}" | "{limit} before it is due";
    AT_LAST = "到期前最后一个工作日" | "last working day before it is due";
    AT_OVERDUE = "超期时" | "when it runs out";
    AT_AFTER = "超期后 {limit}" | "{limit} after it ran out";
    EVERY_WEEK = "每周末" | "end of every week";
    EVERY_MONTH = "每月末" | "end of every month";
    EVERY_YEAR = "每年末" | "end of every year";
    EVERY_DAY = "一直" | "standing duty";
    EVERY_DAYS = "每 {n} 天" | "every {n} days";
    K_HARD = "制度写明了数字，过时即超期。" | "the rule states a number; past it is a breach.";
    K_SOFTENED = "制度写了数字但留有余地，超过须写明理由，不作处罚依据。" | "a number with leeway; being late needs a reason, never a penalty.";
    K_ONSPOT = "首次接待结束时就要做到。" | "done by the end of the first contact.";
    K_SOFT = "制度只写“及时”之类，数字是本程序的参考，不计超期。" | "the rule is vague; the number is our target and never a breach.";
    K_RECURRING = "按周、月、年重复的日常工作，不随单个案件。" | "repeats by week, month or year; belongs to no single case.";
    K_CASESET = "由经办人在案件里填写日期，填写后按硬性计。" | "the handler enters a date on the case; hard from then on.";
    K_MISSING = "制度提到时限但没写数值，填写参数后才推算。" | "a limit without a value; computed once the value is filled in.";
    K_UNTIMED = "必须做，但没有期限；显示已等多久。" | "must be done but has no limit; shows how long it has waited.";
}
