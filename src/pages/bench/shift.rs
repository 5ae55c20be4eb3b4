//! How a case would look under another version: clocks before and after, classes that are no longer known.
//! Used by the replay and by the upgrade of a single case. Must not compute anything.

use leptos::prelude::*;
use shouwen_core::clock::State;
use shouwen_core::pack::Pack;
use shouwen_core::replay::{ClockShift, Shift, Sight};
use shouwen_core::time::Civil;

use crate::i18n::{T, bench as words, clocks, fill, say, time, tr};

/// Word and style of a kind of difference.
pub fn kind(shift: Shift) -> (T, &'static str) {
    match shift {
        Shift::Late => (words::X_LATE, "chip late"),
        Shift::New => (words::X_NEW, "chip acc"),
        Shift::Gone => (words::X_GONE, "chip"),
        Shift::Due => (words::X_DUE, "chip soon"),
        Shift::State => (words::X_STATE, "chip"),
    }
}

/// Due time and, below it, the state.
fn sight(sight: Option<&Sight>, now: Civil) -> AnyView {
    let Some(sight) = sight else { return tr(words::NOT_THERE).into_any() };
    let word = if sight.soft { clocks::soft_word(sight.state) } else { clocks::state_word(sight.state) };
    let due = sight.due.filter(|_| sight.state != State::Waiting).map(|due| time::moment(due, now));
    view! { <span class="nowrap">{due}</span>" "<span class="small muted nowrap">{word}</span> }.into_any()
}

/// Clocks before and after, as a table.
pub fn clock_shifts(shifts: &[ClockShift], before: &Pack, after: &Pack, now: Civil) -> AnyView {
    let label = |id: &str| {
        let known = after.clock(id).or_else(|| before.clock(id));
        known.map_or_else(|| id.to_owned(), |clock| say(&clock.label))
    };
    let rows: Vec<AnyView> = shifts
        .iter()
        .map(|shift| {
            let (word, style) = kind(shift.kind());
            view! {
                <tr>
                    <td>{label(&shift.clock)}" "<span class=style>{tr(word)}</span></td>
                    <td class="num">{sight(shift.before.as_ref(), now)}</td>
                    <td class="num"><b>{sight(shift.after.as_ref(), now)}</b></td>
                </tr>
            }
            .into_any()
        })
        .collect();
    view! {
        <div class="scroll shifts" tabindex="0"><table>
            <thead><tr><th scope="col">{tr(words::X_CLOCK)}</th><th scope="col">{tr(words::X_BEFORE)}</th><th scope="col">{tr(words::X_AFTER)}</th></tr></thead>
            <tbody>{rows}</tbody>
        </table></div>
    }
    .into_any()
}

/// Classes that people chose and the other version does not know.
pub fn classes_lost(lost: &[(String, String)], before: &Pack) -> AnyView {
    if lost.is_empty() {
        return ().into_any();
    }
    let names: Vec<String> = lost
        .iter()
        .map(|(axis, class)| {
            let axis = before.axis(axis);
            let class_name =
                axis.and_then(|axis| axis.class(class)).map_or_else(|| class.clone(), |class| say(&class.label));
            format!("{}「{class_name}」", axis.map(|axis| say(&axis.label)).unwrap_or_default())
        })
        .collect();
    view! { <p class="why warn">{fill(words::X_LOST, &[("x", &names.join(crate::pages::packs::joint()))])}</p> }
        .into_any()
}
