//! What the escalation ladder says now: levels that were reached and that this device has not told anybody yet, who is
//! to be told, and what was told already.
//! Must not compute when a level is reached (core does), and keeps nothing about a case but a number and its levels.

use std::sync::Arc;

use leptos::prelude::*;
use leptos::task::spawn_local;
use shouwen_core::agenda::{Agenda, Item};
use shouwen_core::case::Actor;
use shouwen_core::clock::levels;
use shouwen_core::order::Order as _;
use shouwen_core::pack::{Clock, HEADQUARTERS, Level, OWNER, Pack};
use shouwen_core::register::{Brief, Summary};
use shouwen_core::time::Civil;

use super::{App, Library, Rulebook};
use crate::i18n::{fill, reminders as words, role_label, tr};
use crate::store::{prefs, tabs};

/// Where the small store keeps what was told; also what tabs call a change of it.
const KEPT: &str = "told";

/// Preference: notifications of the browser are wanted.
pub const NOTIFY: &str = "notify";

/// Levels per run of a clock, as bits. Forty bytes per entry at most, also for the headquarters of many campuses.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Told(Vec<(u64, u32)>);

impl Told {
    /// From the stored text; what cannot be read is left out, and told once more.
    pub fn parse(text: &str) -> Told {
        let number = |text: &str| u64::from_str_radix(text, 16).ok();
        let pair = |one: &str| {
            let (key, levels) = one.split_once('.')?;
            Some((number(key)?, u32::try_from(number(levels)?).ok()?))
        };
        let mut told = Told::default();
        told.add(text.split_whitespace().filter_map(pair));
        told
    }

    pub fn text(&self) -> String {
        self.0.iter().map(|(key, levels)| format!("{key:x}.{levels:x} ")).collect()
    }

    /// The levels told of a run.
    pub fn of(&self, key: u64) -> u32 {
        self.0.binary_search_by_key(&key, |one| one.0).map_or(0, |place| self.0[place].1)
    }

    pub fn add(&mut self, more: impl Iterator<Item = (u64, u32)>) {
        self.0.extend(more);
        self.0.order_by_key(|one| one.0);
        self.0.dedup_by(|next, kept| {
            let same = next.0 == kept.0;
            kept.1 |= if same { next.1 } else { 0 };
            same
        });
    }

    /// Keeps only these runs.
    fn keep(&mut self, runs: impl Iterator<Item = u64>) {
        let mut runs: Vec<u64> = runs.collect();
        runs.order_by_key(|key| *key);
        self.0.retain(|one| runs.binary_search(&one.0).is_ok());
    }
}

/// One run of one clock, whatever its due time: case, clock and start, in 64 bits (FNV-1a).
pub fn run_key(case: &str, brief: &Brief) -> u64 {
    let start = brief.start.map_or(0, |start| start.and_utc().timestamp());
    let bytes = case.bytes().chain([0]).chain(brief.clock.bytes()).chain([0]).chain(start.to_le_bytes());
    bytes.fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

/// A level as a bit; a ladder of more rungs shares the last one.
fn bit(level: u16) -> u32 {
    1 << level.min(31)
}

/// A clock that has reached levels which are not told yet; the latest one speaks for all.
#[derive(Clone)]
pub struct Line {
    pub item: Item,
    pub level: u16,
    key: u64,
    levels: u32,
    /// Who else is to be told beside the person here.
    pub also: String,
}

/// Lines for the same people.
#[derive(Clone)]
pub struct Group {
    /// In words; empty for the person here.
    pub to: String,
    /// By due time.
    pub lines: Vec<Line>,
}

/// All that is to be told now: mine first.
#[derive(Clone, Default)]
pub struct Digest {
    pub groups: Vec<Group>,
}

impl Digest {
    pub fn count(&self) -> usize {
        self.groups.iter().map(|group| group.lines.len()).sum()
    }
}

impl Line {
    /// Rulebook, clock and level, for words. `None`: the pack has left this device meanwhile.
    pub fn rules(&self, library: &Library) -> Option<(Arc<Rulebook>, Clock, Level)> {
        let book = library.of_row(&self.item.case)?;
        let clock = book.pack.clock(&self.item.brief().clock)?.clone();
        let level = levels(&book.pack, &clock).get(usize::from(self.level))?.clone();
        Some((book, clock, level))
    }
}

/// The person in front of this desk.
struct Me {
    actor: Actor,
    headquarters: bool,
}

impl Me {
    fn is(&self, tell: &str, clock: &Clock) -> bool {
        match tell {
            OWNER => clock.owner.contains(&self.actor.role),
            HEADQUARTERS => self.headquarters,
            role => role == self.actor.role,
        }
    }

    /// Whether it concerns this desk: its own cases, and at headquarters what headquarters is told.
    fn concerned(&self, row: &Summary, mine: bool) -> bool {
        row.campus == self.actor.campus || (self.headquarters && mine)
    }
}

/// The digest as a signal, and the ways to change it. In the context of every page.
#[derive(Clone, Copy)]
pub struct Reminders {
    pub digest: RwSignal<Arc<Digest>>,
    told: StoredValue<Option<Told>>,
    /// What a notification has announced since the page was opened.
    announced: StoredValue<Option<Told>>,
}

impl Reminders {
    /// Keeps the digest up to date while the page is open.
    pub fn watch(app: App) -> Reminders {
        let reminders = Reminders {
            digest: RwSignal::new(Arc::default()),
            told: StoredValue::new(None),
            announced: StoredValue::new(None),
        };
        spawn_local(async move { reminders.read(app).await });
        let rung = Memo::new(move |_| app.agenda.with(Agenda::rung));
        Effect::new(move |_| {
            // Read, not only tracked: a memo that nobody has read yet hears nothing.
            let _ = rung.get();
            reminders.look(app);
        });
        // Somebody else works here now: what was no business of the former person is looked at again.
        Effect::new(move |before: Option<Actor>| {
            let actor = app.actor.get();
            if before.is_some_and(|before| before != actor) {
                app.agenda.update(Agenda::remind_anew);
            }
            actor
        });
        Effect::new(move |_| {
            if app.touched.with(|(_, what)| what == KEPT) {
                spawn_local(async move { reminders.read(app).await });
            }
        });
        reminders
    }

    /// Takes note that these people have been told, on the disk before it is shown.
    pub fn mark(self, app: App, group: &Group) {
        let new: Vec<(u64, u32)> = group.lines.iter().map(|line| (line.key, line.levels)).collect();
        spawn_local(async move {
            // Another tab may have told others meanwhile.
            let mut told = Told::parse(&app.store().draft(KEPT).await.ok().flatten().unwrap_or_default());
            told.add(new.into_iter());
            app.rows.with_untracked(|rows| {
                let open = rows.values().filter(|row| row.is_open());
                told.keep(open.flat_map(|row| row.clocks.iter().filter_map(|brief| open_key(&row.id, brief))));
            });
            match app.store().save_draft(KEPT, &told.text()).await {
                Ok(()) => {
                    let _ = self.told.try_set_value(Some(told));
                    self.look(app);
                    tabs::announce(KEPT);
                }
                Err(error) => app.say_bad(crate::i18n::errors::store(&error)),
            }
        });
    }

    async fn read(self, app: App) {
        let text = app.store().draft(KEPT).await.ok().flatten().unwrap_or_default();
        let _ = self.told.try_set_value(Some(Told::parse(&text)));
        self.look(app);
    }

    /// Asks the agenda what was reached; says nothing before it is known what was told.
    fn look(self, app: App) {
        let Some(Some(told)) = self.told.try_get_value() else { return };
        let digest = look(app, &told);
        self.announce(&digest);
        let _ = self.digest.try_set(Arc::new(digest));
    }

    /// One notification for everything that has been reached since the last look.
    fn announce(self, digest: &Digest) {
        let first = self.announced.with_value(Option::is_none);
        let mut new = 0;
        self.announced.update_value(|known| {
            let known = known.get_or_insert_default();
            let lines = || digest.groups.iter().flat_map(|group| &group.lines);
            new = lines().filter(|line| line.levels & !known.of(line.key) != 0).count();
            known.add(lines().map(|line| (line.key, line.levels)));
        });
        // What waited when the page was opened stands on the page itself.
        if !first && new > 0 && prefs::get(NOTIFY).as_deref() == Some("1") {
            notify(&fill(words::NOTIFICATION, &[("n", &new.to_string())]));
        }
    }
}

/// The digest from the context.
pub fn use_reminders() -> Reminders {
    expect_context::<Reminders>()
}

fn open_key(case: &str, brief: &Brief) -> Option<u64> {
    (brief.done.is_none() && brief.superseded.is_none()).then(|| run_key(case, brief))
}

fn look(app: App, told: &Told) -> Digest {
    let now = app.at_once();
    let library = app.books();
    let me = Me { actor: app.actor.get_untracked(), headquarters: app.is_hq() };
    let mut digest = Digest::default();
    let mut settled = Vec::new();
    for (index, item) in app.agenda.with_untracked(Agenda::reminded) {
        match line(&me, &library, told, item, now) {
            Some((to, line)) => match digest.groups.iter_mut().find(|group| group.to == to) {
                Some(group) => group.lines.push(line),
                None => digest.groups.push(Group { to, lines: vec![line] }),
            },
            None => settled.push(index),
        }
    }
    // What is told or is no business of this desk need not be asked about at every look.
    app.agenda.update_untracked(|agenda| settled.into_iter().for_each(|index| agenda.noted(index)));
    for group in &mut digest.groups {
        group.lines.order_by_key(|line| (line.item.brief().due, line.key));
    }
    digest.groups.order_by_key(|group| (!group.to.is_empty(), std::cmp::Reverse(group.lines.len())));
    digest
}

/// Who is to be told what of a clock; `None` when everything is told or it is no business of this desk.
fn line(me: &Me, library: &Library, told: &Told, item: Item, now: Civil) -> Option<(String, Line)> {
    let (row, brief) = (&item.case, item.brief());
    let key = run_key(&row.id, brief);
    let known = told.of(key);
    let due = || brief.rungs.iter().filter(|rung| rung.at <= now && bit(rung.level) & !known != 0);
    let last = due().next_back()?;
    let book = library.of_row(row)?;
    let clock = book.pack.clock(&brief.clock)?;
    let ladder = levels(&book.pack, clock);
    // A level that was jumped over has people of its own: everybody hears the latest.
    let mut people: Vec<&str> = Vec::new();
    for tell in due().filter_map(|rung| ladder.get(usize::from(rung.level))).flat_map(|level| &level.tell) {
        if !people.contains(&tell.as_str()) {
            people.push(tell);
        }
    }
    let mine = people.iter().any(|tell| me.is(tell, clock));
    if !me.concerned(row, mine) {
        return None;
    }
    let others = names(&people, me, clock, &book.pack);
    let levels = due().fold(0, |all, rung| all | bit(rung.level));
    let level = last.level;
    let (to, also) = if mine { (String::new(), others) } else { (others, String::new()) };
    Some((to, Line { item, level, key, levels, also }))
}

/// The people as labels, without the person here, each once.
fn names(people: &[&str], me: &Me, clock: &Clock, pack: &Pack) -> String {
    let mut labels: Vec<String> = Vec::new();
    let mut add = |role: &str| {
        if role == me.actor.role {
            return;
        }
        let label = role_label(pack, role);
        if !labels.contains(&label) {
            labels.push(label);
        }
    };
    for tell in people {
        match *tell {
            OWNER => clock.owner.iter().for_each(|role| add(role)),
            HEADQUARTERS if me.headquarters => {}
            role => add(role),
        }
    }
    labels.join(tr(words::AND))
}

/// What the browser says about notifications.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Permission {
    /// This browser has none, or not on this page.
    Missing,
    NotAsked,
    Granted,
    Denied,
}

/// Asks nobody.
pub fn permission() -> Permission {
    let known =
        web_sys::window().is_some_and(|window| js_sys::Reflect::has(&window, &"Notification".into()) == Ok(true));
    if !known {
        return Permission::Missing;
    }
    match web_sys::Notification::permission() {
        web_sys::NotificationPermission::Granted => Permission::Granted,
        web_sys::NotificationPermission::Denied => Permission::Denied,
        _ => Permission::NotAsked,
    }
}

/// Asks the person through the browser; only from a click.
pub async fn ask_permission() -> Permission {
    if permission() == Permission::Missing {
        return Permission::Missing;
    }
    if let Ok(asked) = web_sys::Notification::request_permission() {
        let _ = wasm_bindgen_futures::JsFuture::from(asked).await;
    }
    permission()
}

/// Shows a notification; a click on it brings the page to the front. Nothing personal may be in the text.
fn notify(text: &str) {
    if permission() != Permission::Granted {
        return;
    }
    let options = web_sys::NotificationOptions::new();
    // A newer one takes the place of an older one that nobody has read, also from another tab.
    options.set_tag("shouwen");
    options.set_body(tr(words::NOTIFICATION_BODY));
    let Ok(shown) = web_sys::Notification::new_with_options(text, &options) else { return };
    let click = wasm_bindgen::closure::Closure::once_into_js(|| {
        if let Some(window) = web_sys::window() {
            let _ = window.focus();
            let _ = window.location().set_hash("#/today");
        }
    });
    shown.set_onclick(Some(wasm_bindgen::JsCast::unchecked_ref(&click)));
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, more: &[(u64, u32)], expected: &[(u64, u32)]) {
        let mut told = Told::parse(text);
        told.add(more.iter().copied());
        assert_eq!(told.0, expected, "{text:?} and {more:?}");
        assert_eq!(Told::parse(&told.text()), told, "a text reads back");
    }

    #[test]
    fn levels_of_one_run_come_together_and_bad_text_is_left_out() {
        check("", &[], &[]);
        check("ff.1 a.2 ", &[], &[(10, 2), (255, 1)]);
        check("ff.1 a.2 ", &[(255, 4), (7, 1), (7, 2)], &[(7, 3), (10, 2), (255, 5)]);
        check("ffffffffffffffff.80000000", &[], &[(u64::MAX, 1 << 31)]);
        check("x.1 ff 1. .1 -1.1 1.100000000 2.2", &[], &[(2, 2)]);
    }

    #[test]
    fn only_open_runs_are_kept() {
        let mut told = Told(vec![(1, 1), (2, 2), (3, 4)]);
        told.keep([3, 9, 1].into_iter());
        assert_eq!(told, Told(vec![(1, 1), (3, 4)]));
        assert_eq!((told.of(1), told.of(2), told.of(3)), (1, 0, 4));
    }

    #[test]
    fn a_ladder_of_any_length_has_a_bit() {
        assert_eq!((bit(0), bit(3), bit(31), bit(40)), (1, 8, 1 << 31, 1 << 31));
    }
}
