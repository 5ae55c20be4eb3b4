//! Pausing and resuming clocks whose rule allows it. The effect is shown before anybody confirms.
//! Must not compute a due time: the case is folded once more with what would be written.

use leptos::prelude::*;
use leptos::task::spawn_local;
use shouwen_core::case::{ALL_CLOCKS, Body, Case, Command, Ctx, Refusal, decide, preview_with};
use shouwen_core::clock::{Run, runs};
use shouwen_core::limit::Limit;
use shouwen_core::pack::{Clock, PauseRule};
use shouwen_core::time::{self, Civil};

use super::Seen;
use crate::components::{Modal, ReasonDialog};
use crate::i18n::{clocks, common, errors, fill, reminders as words, role_label, say, time as time_words, tr};
use crate::state::{App, use_app};

/// Beneath a clock: that it stands still and why, or the button that stops it. Nothing where no rule pauses.
#[component]
pub fn Pausing(seen: Seen, run: Run, clock: Clock) -> impl IntoView {
    let app = use_app();
    let now = app.at_once();
    let Some(rule) = clock.pause.clone().filter(|_| run.start.is_some() && run.state(now).is_open()) else {
        return ().into_any();
    };
    let allowed = may(&rule, &app.actor.get_untracked().role);
    let lasting = run.pauses.iter().find(|pause| pause.from <= now && pause.to.is_none_or(|to| now < to)).copied();
    let (asking, resuming) = (RwSignal::new(false), RwSignal::new(false));
    let label = say(&clock.label);
    match lasting {
        Some(pause) => {
            let all = by_all(&seen.case, pause.from);
            let why = why(&seen.case, &clock, pause.from);
            let since = fill(words::PAUSED_SINCE, &[("at", &time_words::moment(pause.from, now))]);
            let line =
                if why.is_empty() { since } else { fill(words::PAUSED_WHY, &[("since", &since), ("why", &why)]) };
            let until = match pause.to {
                Some(to) => fill(words::PAUSED_UNTIL, &[("at", &time_words::moment(to, now))]),
                None => tr(words::PAUSED_OPEN).to_owned(),
            };
            let (id, target) = (seen.case.id.clone(), if all { ALL_CLOCKS.to_owned() } else { clock.id.clone() });
            let then = Callback::new(move |reason: String| {
                let command = Command::Resume { clock: target.clone(), at: app.at_once(), reason };
                app.dispatch(id.clone(), command, || ());
            });
            let text = if all {
                format!("{}（{}）", tr(words::RESUME_TEXT), tr(words::ALL_OF_CASE))
            } else {
                tr(words::RESUME_TEXT).to_owned()
            };
            view! {
                <div class="why small" data-paused=clock.id.clone()>
                    <p>{line}</p>
                    <p class="muted">{until}</p>
                    {allowed.then(|| view! {
                        <p><button type="button" on:click=move |_| resuming.set(true)>{tr(words::RESUME)}<span class="visually-hidden">"："{label.clone()}</span></button></p>
                    })}
                </div>
                <ReasonDialog open=resuming title=label.clone() text confirm=words::RESUME then/>
            }
            .into_any()
        }
        None if run.due.as_ref().is_some_and(|due| now > due.due) => ().into_any(),
        None if !allowed => {
            let who: Vec<String> = rule.roles.iter().map(|role| role_label(&seen.book.pack, role)).collect();
            view! { <p class="small muted">{fill(words::BY_OTHERS, &[("who", &who.join(tr(words::AND)))])}</p> }
                .into_any()
        }
        None => {
            let form = StoredValue::new((seen, clock, rule));
            view! {
                <p class="small"><button type="button" on:click=move |_| asking.set(true)>{tr(words::PAUSE)}<span class="visually-hidden">"："{label.clone()}</span></button></p>
                <Modal open=asking title=tr(words::PAUSE_TITLE)>
                    {move || form.with_value(|(seen, clock, rule)| view! {
                        <PauseForm seen=seen.clone() clock=clock.clone() rule=rule.clone() open=asking/>
                    })}
                </Modal>
            }
            .into_any()
        }
    }
}

fn may(rule: &PauseRule, role: &str) -> bool {
    rule.roles.is_empty() || rule.roles.iter().any(|one| one == role)
}

/// The pause that began then was one of the whole case.
fn by_all(case: &Case, from: Civil) -> bool {
    let begins = |body: &Body| matches!(body, Body::Paused { clock, .. } if clock == ALL_CLOCKS);
    case.in_force().any(|(event, body)| event.at == from && begins(body))
}

/// Ground, reason and evidence of the pause that began then.
fn why(case: &Case, clock: &Clock, from: Civil) -> String {
    let found = case.in_force().find_map(|(event, body)| match body {
        Body::Paused { clock: id, ground, reason, evidence, .. }
            if event.at == from && (*id == clock.id || id == ALL_CLOCKS) =>
        {
            Some((ground, reason, evidence))
        }
        _ => None,
    });
    let Some((ground, reason, evidence)) = found else { return String::new() };
    let mut parts = Vec::new();
    if !ground.is_empty() {
        parts.push(ground_label(clock, ground));
    }
    parts.push(reason.clone());
    if !evidence.is_empty() {
        parts.push(fill(words::T_EVIDENCE, &[("what", evidence)]));
    }
    parts.join("；")
}

/// A ground in the words of the rule.
pub fn ground_label(clock: &Clock, ground: &str) -> String {
    let named = clock.pause.iter().flat_map(|rule| &rule.grounds).find(|one| one.id == ground);
    named.map_or_else(|| ground.to_owned(), |one| say(&one.label))
}

#[component]
fn PauseForm(seen: Seen, clock: Clock, rule: PauseRule, open: RwSignal<bool>) -> impl IntoView {
    let app = use_app();
    let now = app.at_once();
    let role = app.actor.get_untracked().role;
    let pack = &seen.book.pack;
    let together = seen
        .runs
        .iter()
        .filter(|one| one.start.is_some() && one.state(now).is_open())
        .filter(|one| {
            pack.clock(&one.clock).and_then(|clock| clock.pause.as_ref()).is_some_and(|rule| may(rule, &role))
        })
        .count();
    let only = (rule.grounds.len() == 1).then(|| rule.grounds[0].id.clone());
    let (all, ground) = (RwSignal::new(false), RwSignal::new(only.unwrap_or_default()));
    let (reason, evidence) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let (since, until) = (RwSignal::new(time_words::input_value(now)), RwSignal::new(String::new()));
    let problem = RwSignal::new(String::new());
    let id = clock.id.clone();
    let command = move || {
        let entered = time::parse(&since.get()).unwrap_or(now);
        let this_minute = time_words::input_value(entered) == time_words::input_value(app.at_once());
        Command::Pause {
            clock: if all.get() { ALL_CLOCKS.to_owned() } else { id.clone() },
            // Inputs have no seconds: this minute means now.
            at: if this_minute { app.at_once() } else { entered },
            ground: ground.get(),
            reason: reason.get(),
            evidence: evidence.get(),
            until: time::parse(&until.get()),
        }
    };
    let trial = StoredValue::new((seen.clone(), rule.grounds.first().map(|one| one.id.clone()).unwrap_or_default()));
    let wanted = command.clone();
    let effect = move || trial.with_value(|(seen, first)| effect(app, seen, filled(wanted(), first)));
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        trial.with_value(|(seen, _)| confirm(app, seen, untrack(&command), open, problem));
    };
    let label = say(&clock.label);
    let cap = match (rule.cap, &clock.limit) {
        (Some(count), Some(limit)) => {
            let cap = clocks::limit_words(&Limit { count, ..limit.clone() });
            fill(words::CAP, &[("limit", &cap)])
        }
        _ => tr(words::NO_CAP).to_owned(),
    };
    let field = |id: &'static str, label, hint: String, kind: &'static str, value: RwSignal<String>, required: bool| {
        view! {
            <div class="field">
                <label for=id>{tr(label)}" "<span class="hint">{hint}</span></label>
                <input id=id type=kind required=required maxlength="500" autocomplete="off" prop:value=value on:input=move |event| value.set(event_target_value(&event))/>
            </div>
        }
    };
    let must = |required: bool| tr(if required { common::REQUIRED } else { common::OPTIONAL });
    view! {
        <form on:submit=submit data-pause=clock.id.clone()>
            <fieldset class="choices"><legend>{tr(words::SCOPE)}</legend>
                <label><input type="radio" name="pause-scope" prop:checked=move || !all.get() on:change=move |_| all.set(false)/>{fill(words::SCOPE_ONE, &[("clock", &label)])}</label>
                {(together > 1).then(|| view! {
                    <label><input type="radio" name="pause-scope" prop:checked=all on:change=move |_| all.set(true)/>{fill(words::SCOPE_ALL, &[("n", &together.to_string())])}</label>
                })}
            </fieldset>
            {(!rule.grounds.is_empty()).then(|| view! {
                <fieldset class="choices gap-top"><legend>{tr(words::GROUND)}</legend>
                    {rule.grounds.iter().map(|one| {
                        let id = StoredValue::new(one.id.clone());
                        view! {
                            <label><input type="radio" name="pause-ground" value=one.id.clone() required prop:checked=move || ground.with(|now| *now == id.get_value())
                                on:change=move |_| ground.set(id.get_value())/>{say(&one.label)}</label>
                        }
                    }).collect_view()}
                </fieldset>
            })}
            <div class="fields gap-top">
                {field("pause-reason", common::REASON, must(true).to_owned(), "text", reason, true)}
                {field("pause-evidence", words::EVIDENCE, format!("{} · {}", must(rule.evidence), tr(words::EVIDENCE_HINT)), "text", evidence, rule.evidence)}
                {field("pause-since", words::SINCE, String::new(), "datetime-local", since, true)}
                {field("pause-until", words::UNTIL, format!("{} · {}", must(false), tr(words::UNTIL_HINT)), "datetime-local", until, false)}
            </div>
            <p class="small">{cap}" "<span class="muted">{fill(words::CLAUSE, &[("clause", &rule.clause)])}</span></p>
            {effect_view(Box::new(effect))}
            <p class="late-text small" role="alert">{problem}</p>
            <div class="actions">
                <button type="button" on:click=move |_| open.set(false)>{tr(common::CANCEL)}</button>
                <button type="submit" class="primary">{tr(words::PAUSE)}</button>
            </div>
        </form>
    }
}

/// For the trial only: what is not typed yet stands as given, so that the effect can be seen first.
fn filled(command: Command, first_ground: &str) -> Command {
    let or = |text: String, other: &str| if text.trim().is_empty() { other.to_owned() } else { text };
    match command {
        Command::Pause { clock, at, ground, reason, evidence, until } => Command::Pause {
            clock,
            at,
            ground: or(ground, first_ground),
            reason: or(reason, "-"),
            evidence: or(evidence, "-"),
            until,
        },
        Command::SetDue { clock, due, reason } => Command::SetDue { clock, due, reason: or(reason, "-") },
        other => other,
    }
}

/// Lines of the effect, or the refusal in words.
pub type Lines = Result<Vec<String>, String>;

/// What the command would do to the open clocks of the case; unchanged ones are left out unless all are.
pub fn effect(app: App, seen: &Seen, command: Command) -> Lines {
    let command = filled(command, "");
    let library = app.books();
    let ctx = Ctx { now: app.at_once(), actor: app.actor.get_untracked(), world: &library.world };
    let (pack, named) = (&seen.book.pack, target(&command));
    let refused = |refusal: Refusal| errors::refusal(&refusal, Some(pack));
    let drafts = decide(Some(&seen.case), pack, command, &ctx).map_err(refused)?;
    let Some(after) = preview_with(&seen.case, &drafts, &ctx.actor) else { return Ok(Vec::new()) };
    let after = runs(&after, pack, &library.world);
    let mut lines = Vec::new();
    for run in seen.runs.iter().filter(|run| run.start.is_some() && run.state(ctx.now).is_open()) {
        let Some(clock) = pack.clock(&run.clock) else { continue };
        let same = after.iter().find(|one| one.clock == run.clock && one.since == run.since);
        let due = |run: Option<&Run>| run.and_then(|run| run.due.as_ref()).map(|due| due.due);
        let (before, then) = (due(Some(run)), due(same));
        let pauses = same.is_some_and(|one| one.pauses != run.pauses);
        let text = match (before, then) {
            (None, _) => continue,
            (Some(_), Some(_)) if before == then && !pauses && named != run.clock => continue,
            (Some(_), Some(_)) if before == then => words::EFFECT_STANDS,
            (Some(_), Some(_)) => words::EFFECT_MOVES,
            (Some(_), None) => words::EFFECT_OPEN,
        };
        let say_time = |at: Option<Civil>| at.map_or_else(String::new, |at| time_words::moment(at, ctx.now));
        let places = [say(&clock.label), say_time(before), say_time(then)];
        lines.push(fill(text, &[("clock", &places[0]), ("before", &places[1]), ("after", &places[2])]));
    }
    Ok(lines)
}

fn target(command: &Command) -> String {
    match command {
        Command::Pause { clock, .. } | Command::SetDue { clock, .. } => clock.clone(),
        _ => String::new(),
    }
}

/// The effect on the form, computed again as it is filled in.
pub fn effect_view(lines: Box<dyn Fn() -> Lines + Send + Sync>) -> AnyView {
    view! {
        <div class="why small" role="status" data-effect="">
            <b>{tr(words::EFFECT)}</b>
            {move || match lines() {
                Ok(lines) => view! { <ul>{lines.into_iter().map(|line| view! { <li>{line}</li> }).collect_view()}</ul> }.into_any(),
                Err(words) => view! { <p class="late-text">{words}</p> }.into_any(),
            }}
        </div>
    }
    .into_any()
}

/// Carries a form's command out: closes the dialog, or shows in it why not.
pub fn confirm(app: App, seen: &Seen, command: Command, open: RwSignal<bool>, problem: RwSignal<String>) {
    let (id, book) = (seen.case.id.clone(), seen.book.clone());
    spawn_local(async move {
        match app.act(&id, None, command).await {
            Ok(event) => {
                app.show(tr(common::SAVED_TOAST).to_owned(), false, Some((id, event)));
                open.try_set(false);
            }
            Err(trouble) => drop(problem.try_set(trouble.words(Some(&book.pack)))),
        }
    });
}

/// What a pause says in the timeline, line by line.
pub fn pause_lines(clock: Option<&Clock>, body: &Body) -> String {
    let Body::Paused { reason, ground, evidence, until, .. } = body else { return String::new() };
    let label = clock.map_or_else(|| ground.clone(), |clock| ground_label(clock, ground));
    let until = until.map(time_words::exact).unwrap_or_default();
    let mut lines = vec![reason.clone()];
    for (text, place, value) in
        [(words::T_GROUND, "what", &label), (words::T_EVIDENCE, "what", evidence), (words::T_UNTIL, "at", &until)]
    {
        if !value.is_empty() {
            lines.push(fill(text, &[(place, value)]));
        }
    }
    lines.join("\n")
}

/// The name of what a pause or resumption acts on.
pub fn scope_label(pack: &shouwen_core::pack::Pack, clock: &str) -> String {
    if clock == ALL_CLOCKS { tr(words::ALL_OF_CASE).to_owned() } else { super::head::clock_label(pack, clock) }
}
