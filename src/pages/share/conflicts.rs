//! Cases in which values stand against each other, with both values and a choice.
//! Must not choose: a person does, with a reason.

use std::sync::Arc;

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::i18n::{fill, tr};
use crate::pages::case::{Seen, head::Conflict};
use crate::router::Route;
use crate::state::{App, use_app};

crate::texts! {
    TITLE = "冲突" | "Conflicts";
    TEXT = "两个人在没有看到对方修改的情况下改了同一项。请选择以哪个为准并写明理由；另一个仍保留在经过里。" | "Two people changed the same thing without seeing each other. Choose one and say why; the other stays in the timeline.";
    NONE = "没有互相冲突的修改。" | "No changes contradict each other.";
    MORE = "还有 {n} 件案件有冲突，处理完上面的会继续显示。" | "{n} more cases have conflicts; they follow when these are settled.";
    NO_PACK = "本机没有这件案件的制度，请打开案件查看。" | "The rules of this case are not here; open the case.";
}

/// Cases read at once.
const SHOWN: usize = 20;

#[component]
pub fn Conflicts() -> impl IntoView {
    let app = use_app();
    let ids = Memo::new(move |_| {
        app.rows.with(|rows| {
            rows.values().filter(|row| !row.conflicts.is_empty()).map(|row| row.id.clone()).collect::<Vec<_>>()
        })
    });
    view! {
        <section class="card" id="conflict-list">
            <h2>{tr(TITLE)}{move || (!ids.with(Vec::is_empty)).then(|| view! { <span class="chip soon num">{ids.with(Vec::len)}</span> })}</h2>
            {move || {
                let ids = ids.get();
                if ids.is_empty() {
                    return view! { <p class="muted small">{tr(NONE)}</p> }.into_any();
                }
                let more = ids.len().saturating_sub(SHOWN);
                view! {
                    <p class="muted small">{tr(TEXT)}</p>
                    {ids.into_iter().take(SHOWN).map(|id| view! { <OfCase id/> }).collect_view()}
                    {(more > 0).then(|| view! { <p class="muted">{fill(MORE, &[("n", &more.to_string())])}</p> })}
                }.into_any()
            }}
        </section>
    }
}

/// The conflicts of one case, read from its log.
#[component]
fn OfCase(id: String) -> impl IntoView {
    let app = use_app();
    let seen = RwSignal::new(None::<Seen>);
    let row = app.rows.with_untracked(|rows| rows.get(&id).cloned());
    let key = StoredValue::new(id.clone());
    Effect::new(move |_| {
        let (_, touched) = app.touched.get();
        let id = key.get_value();
        if seen.with_untracked(Option::is_none) || touched == id || touched == "*" {
            spawn_local(async move {
                let now = read(app, &id).await;
                seen.try_set(now);
            });
        }
    });
    let title = row.as_ref().map_or_else(|| id.clone(), |row| row.number.clone());
    let sub = row.as_ref().map_or_else(String::new, |row| format!("{} · {}", row.campus, row.headline));
    let no_pack = row.as_ref().is_some_and(|row| row.packs.first().is_none_or(|pack| app.books().get(pack).is_none()));
    view! {
        <article class="conflict">
            <h3><a href=Route::Case(id).href()>{title}</a></h3>
            <p class="small muted">{sub}</p>
            {no_pack.then(|| view! { <p class="small">{tr(NO_PACK)}</p> })}
            {move || seen.get().map(|seen| {
                let registers: Vec<String> = seen.case.conflicts().into_iter().map(str::to_owned).collect();
                registers.into_iter().map(|register| view! { <Conflict seen=seen.clone() register/> }).collect_view()
            })}
        </article>
    }
}

async fn read(app: App, id: &str) -> Option<Seen> {
    let case = app.load_case(id).await.ok().flatten()?;
    Seen::of(&app.books(), &Arc::new(case))
}
