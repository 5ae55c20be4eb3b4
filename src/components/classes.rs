//! Choosing classes: the suggestion with its reasons, and a person's choice. Proposes only; never chooses.

use leptos::prelude::*;
use shouwen_core::case::Decision;
use shouwen_core::classify::{AxisResult, Classification};
use shouwen_core::order::Order as _;
use shouwen_core::pack::{Axis, Pack};

use crate::i18n::{common, fill, intake, say, tr};

/// What a person has chosen on one axis so far.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Choice {
    pub classes: Vec<String>,
    pub reason: String,
    pub second: String,
}

impl Choice {
    /// The decision to record, with what had been suggested at that moment.
    pub fn decision(self, axis: &str, result: Option<&AxisResult>) -> Decision {
        let suggested = result.filter(|result| !result.suggested.is_empty()).map(|result| {
            let rules = result.ranked.iter().filter(|ranked| result.suggested.contains(&ranked.class));
            shouwen_core::case::Suggested {
                classes: result.suggested.clone(),
                percent: result.percent,
                rules: rules.flat_map(|ranked| ranked.fired.iter().map(|fired| fired.rule.clone())).collect(),
            }
        });
        Decision { axis: axis.to_owned(), classes: self.classes, suggested, reason: self.reason, second: self.second }
    }
}

/// One axis: chips to choose from, the suggestion marked, the reasons below.
#[component]
pub fn AxisChooser(
    axis: Axis,
    pack: StoredValue<Pack>,
    result: Signal<Option<Classification>>,
    choice: RwSignal<Choice>,
    /// Put before element ids.
    #[prop(into)]
    prefix: String,
) -> impl IntoView {
    let axis_id = StoredValue::new(axis.id.clone());
    let many = axis.many;
    let wants_reason = axis.reason;
    let grave: Vec<String> = axis.classes.iter().filter(|class| class.grave).map(|class| class.id.clone()).collect();
    let grave = StoredValue::new(grave);
    let mine = Memo::new(move |_| {
        result.with(|all| all.as_ref().and_then(|all| axis_id.with_value(|id| all.axis(id).cloned())))
    });
    let suggested =
        move |class: &str| mine.with(|one| one.as_ref().is_some_and(|one| one.suggested.iter().any(|id| id == class)));
    let differs = Memo::new(move |_| {
        let hint = mine.with(|one| one.as_ref().map(|one| one.suggested.clone()).unwrap_or_default());
        choice.with(|choice| !many && !hint.is_empty() && !choice.classes.is_empty() && hint != choice.classes)
    });
    let is_grave = Memo::new(move |_| {
        choice.with(|choice| grave.with_value(|grave| choice.classes.iter().any(|id| grave.contains(id))))
    });
    let needs_reason =
        move || differs.get() || is_grave.get() || (wants_reason && choice.with(|choice| !choice.classes.is_empty()));
    let name = format!("{prefix}-{}", axis.id);
    let reason_id = format!("{name}-reason");
    let second_id = format!("{name}-second");
    let chips: Vec<AnyView> = axis
        .classes
        .iter()
        .map(|class| {
            let id = StoredValue::new(class.id.clone());
            let kind = if many { "checkbox" } else { "radio" };
            let checked = move || choice.with(|choice| choice.classes.contains(&id.get_value()));
            let change = move |event: leptos::ev::Event| {
                let on = event_target_checked(&event);
                choice.update(|choice| pick(&mut choice.classes, &id.get_value(), on, many));
            };
            let hinted = move || id.with_value(|id| suggested(id));
            let percent = move || {
                let show = hinted() && !many;
                show.then(|| {
                    let percent = mine.with(|one| one.as_ref().map_or(0, |one| one.percent));
                    view! { <span class="small muted">" "{fill(intake::SUGGESTED, &[("percent", &percent.to_string())])}</span> }
                })
            };
            view! {
                <label class:suggested=hinted title=say(&class.criteria)>
                    <input type=kind name=name.clone() value=class.id.clone() prop:checked=checked on:change=change/>
                    {say(&class.label)}{percent}
                </label>
            }
            .into_any()
        })
        .collect();
    let question = StoredValue::new(say(&axis.question));
    let has_text = Memo::new(move |_| result.with(Option::is_some));
    let ask = move || {
        let open = choice.with(|choice| choice.classes.is_empty());
        (open && !many && has_text.get() && mine.with(|one| one.as_ref().is_none_or(|one| one.ask))).then(|| {
            view! { <p class="small muted">{tr(intake::ASK)}{question.get_value()}</p> }
        })
    };
    view! {
        <div class="field" data-axis=axis.id.clone()>
            <fieldset class="choices"><legend>{say(&axis.label)}</legend>{chips}</fieldset>
            {ask}
            {move || mine.get().map(|one| view! { <Reasons result=one all=result pack/> })}
            <Show when=needs_reason>
                <div class="gap-top">
                    <label for=reason_id.clone()>{move || tr(if differs.get() { intake::OVERRIDE } else { intake::GIVE_REASON })}</label>
                    <input id=reason_id.clone() maxlength="500" prop:value=move || choice.with(|choice| choice.reason.clone())
                        on:input=move |event| choice.update(|choice| choice.reason = event_target_value(&event))/>
                </div>
            </Show>
            <Show when=move || is_grave.get()>
                <div class="gap-top">
                    <label for=second_id.clone()>{tr(intake::SECOND)}</label>
                    <input id=second_id.clone() maxlength="60" prop:value=move || choice.with(|choice| choice.second.clone())
                        on:input=move |event| choice.update(|choice| choice.second = event_target_value(&event))/>
                </div>
            </Show>
            {red_lines(&axis, pack, choice)}
        </div>
    }
}

fn pick(classes: &mut Vec<String>, id: &str, on: bool, many: bool) {
    if !many {
        *classes = vec![id.to_owned()];
        return;
    }
    classes.retain(|one| one != id);
    if on {
        classes.push(id.to_owned());
    }
}

/// The red line of a chosen class: why, and the lawful way.
fn red_lines(axis: &Axis, pack: StoredValue<Pack>, choice: RwSignal<Choice>) -> impl IntoView + use<> {
    let lines: Vec<(String, String)> =
        axis.classes.iter().filter_map(|class| Some((class.id.clone(), class.red_line.clone()?))).collect();
    move || {
        let chosen = choice.with(|choice| choice.classes.clone());
        lines
            .iter()
            .filter(|(class, _)| chosen.contains(class))
            .filter_map(|(_, line)| pack.with_value(|pack| pack.red_line(line).cloned()))
            .map(|line| {
                view! {
                    <div class="why red small gap-top">
                        <b>{say(&line.title)}</b>
                        <p>{say(&line.why)}</p>
                        <p><b>{say(&line.instead)}</b></p>
                    </div>
                }
            })
            .collect_view()
    }
}

/// Why this is suggested: rules, words and clauses; near misses.
#[component]
pub fn Reasons(result: AxisResult, all: Signal<Option<Classification>>, pack: StoredValue<Pack>) -> impl IntoView {
    let shown: Vec<&str> = result.suggested.iter().map(String::as_str).collect();
    let marks = all.with_untracked(|all| all.as_ref().map(|all| all.marks.clone()).unwrap_or_default());
    let lines: Vec<(String, String, Option<String>, String)> = result
        .ranked
        .iter()
        .filter(|ranked| shown.contains(&ranked.class.as_str()))
        .flat_map(|ranked| ranked.fired.iter().map(move |fired| (ranked, fired)))
        .filter_map(|(ranked, fired)| {
            let rule = pack.with_value(|pack| pack.rules.iter().find(|rule| rule.id == fired.rule).cloned())?;
            let label = pack.with_value(|pack| {
                pack.axis(&result.axis).and_then(|axis| axis.class(&ranked.class)).map(|class| say(&class.label))
            });
            let mut words: Vec<String> = fired
                .marks
                .iter()
                .filter_map(|index| marks.get(*index))
                .map(|mark| format!("「{}」", mark.word))
                .collect();
            words.order_by(|a, b| a.cmp(b));
            words.dedup();
            let hits = (!words.is_empty()).then(|| fill(intake::HITS, &[("words", &words.join(""))]));
            let class = if result.many { label.map(|label| format!("{label}：")) } else { None };
            Some((class.unwrap_or_default(), say(&rule.why), hits, rule.clause))
        })
        .collect();
    let near: Vec<String> = result
        .ranked
        .iter()
        .flat_map(|ranked| ranked.near.iter().map(move |rule| (ranked, rule)))
        .filter_map(|(ranked, id)| {
            pack.with_value(|pack| {
                let rule = pack.rules.iter().find(|rule| rule.id == *id)?;
                let class = pack.axis(&result.axis)?.class(&ranked.class)?;
                Some(format!("{}（{}）", say(&class.label), say(&rule.why)))
            })
        })
        .take(3)
        .collect();
    let empty = lines.is_empty() && near.is_empty();
    view! {
        <Show when=move || !empty>
            <details class="small">
                <summary>{tr(common::WHY)}</summary>
                <div class="why tight">
                    <ul>{lines.iter().cloned().map(|(class, why, hits, clause)| view! {
                        <li>{class}{why}" "{hits}" "<span class="muted">{clause}</span></li>
                    }).collect_view()}</ul>
                    {(!near.is_empty()).then(|| view! { <p class="muted">{fill(intake::NEAR, &[("rules", &near.join("；"))])}</p> })}
                </div>
            </details>
        </Show>
    }
}
