//! Choosing the rule packs that a desk works with: by trade, with a search that reads titles and summaries.
//! Must not load a pack; it shows heads only. Taking the choice into force starts the page anew.

use leptos::prelude::*;
use shouwen_core::embedded::Head;

use crate::i18n::{fill, lang_of, say, tr};
use crate::router::Route;
use crate::state::{App, reload};

crate::texts! {
    RULES = "制度：" | "Rules:";
    AND = "、" | ", ";
    OTHER_TRADE = "换行业或制度" | "Another trade";
    TEXT = "内置 {n} 家单位的制度。选定后，新登记的问题、类别、时限和话术都按它来；已有的案件照登记时的制度办完，不受影响。" | "The rules of {n} organisations are built in. Questions, classes, limits and wording of new cases follow the choice; cases that are here keep the rules they were opened under.";
    SEARCH = "搜索行业或制度" | "Search trades and rules";
    SEARCH_HINT = "例如：物业、药店、婚庆、热线" | "For example: property, pharmacy, wedding";
    NOTHING = "没有符合的制度。换一个词试试；自己的制度可以在“制度工作台”里写，或由总部下发。" | "Nothing fits. Try another word. Rules of your own are written in the rule bench or sent by headquarters.";
    COMPANIONS = "应急预案（与日常制度一起用，在案件上启用）" | "Emergency plans (stand beside ordinary rules, activated on a case)";
    OTHER = "其他" | "Other";
    USE = "改用选中的 {n} 套" | "Work with these {n}";
    NONE = "请至少选一套日常制度。" | "Choose at least one ordinary rule pack.";
    SAME = "与现在相同" | "Same as now";
    READ = "看全文" | "read";
}

/// Title of the group in which a pack stands.
pub fn trade(head: &Head) -> String {
    match &head.trade {
        _ if head.companion => tr(COMPANIONS).to_owned(),
        Some(trade) => say(trade),
        None => tr(OTHER).to_owned(),
    }
}

/// Does what is searched for stand in the trade, title or summary? Every word must.
pub fn fits(head: &Head, wanted: &str) -> bool {
    let mut all = format!("{} {} {} {}", head.id, head.title.zh, head.title.en, head.summary.zh);
    if let Some(trade) = &head.trade {
        all.push_str(&trade.zh);
        all.push_str(&trade.en);
    }
    let all = all.to_lowercase();
    wanted.to_lowercase().split_whitespace().all(|word| all.contains(word))
}

/// Heads in groups, in the order of their first head; companions last.
pub fn groups(mut heads: Vec<Head>) -> Vec<(String, Vec<Head>)> {
    let mut groups: Vec<(String, Vec<Head>)> = Vec::new();
    for companion in [false, true] {
        let (now, later): (Vec<_>, Vec<_>) = heads.into_iter().partition(|head| head.companion == companion);
        heads = later;
        for head in now {
            let title = trade(&head);
            match groups.iter_mut().find(|(known, _)| *known == title) {
                Some((_, list)) => list.push(head),
                None => groups.push((title, vec![head])),
            }
        }
    }
    groups
}

/// What is in use, and behind a button the choice. `linked`: with a link to each pack's booklet.
#[component]
pub fn PacksInUse(app: App, linked: bool) -> impl IntoView {
    let library = app.books();
    let heads = library.heads();
    let titles = heads.iter().filter(|head| library.chosen().contains(&head.id)).map(|head| say(&head.title));
    let titles = titles.collect::<Vec<_>>().join(tr(AND));
    view! {
        <details class="in-use">
            <summary><span>{tr(RULES)}" "<b>{titles}</b></span>" "<span class="link">{tr(OTHER_TRADE)}</span></summary>
            <p class="muted small">{fill(TEXT, &[("n", &heads.len().to_string())])}</p>
            <PackPicker app linked/>
        </details>
    }
}

#[component]
fn PackPicker(app: App, linked: bool) -> impl IntoView {
    let library = app.books();
    let before = library.chosen().to_vec();
    let mut heads = library.heads();
    // What is in use comes first.
    shouwen_core::order::Order::order_by_key(&mut heads[..], |head| !before.contains(&head.id));
    let heads = StoredValue::new(heads);
    let chosen = RwSignal::new(before.clone());
    let query = RwSignal::new(String::new());
    let ordinary = move || {
        chosen.with(|ids| heads.with_value(|heads| heads.iter().any(|head| !head.companion && ids.contains(&head.id))))
    };
    let same = move || chosen.with(|now| now.len() == before.len() && now.iter().all(|id| before.contains(id)));
    let can = {
        let same = same.clone();
        move || ordinary() && !same()
    };
    let state = move || match (ordinary(), same()) {
        (false, _) => tr(NONE),
        (_, true) => tr(SAME),
        _ => "",
    };
    let apply = move |_| {
        app.remember_packs(&chosen.get_untracked());
        reload();
    };
    view! {
        <div class="picker">
            <div class="field">
                <label for="picker-search">{tr(SEARCH)}</label>
                <input id="picker-search" type="search" autocomplete="off" placeholder=tr(SEARCH_HINT)
                    on:input=move |event| query.set(event_target_value(&event))/>
            </div>
            <div class="picker-list" role="group" aria-label=tr(SEARCH)>
                {move || {
                    let wanted = query.get();
                    let found = heads.with_value(|heads| heads.iter().filter(|head| fits(head, &wanted)).cloned().collect::<Vec<_>>());
                    if found.is_empty() {
                        return view! { <p class="muted" role="status">{tr(NOTHING)}</p> }.into_any();
                    }
                    groups(found).into_iter().map(|(title, list)| view! {
                        <h3 class="picker-group">{title}</h3>
                        {list.into_iter().map(|head| row(head, chosen, linked)).collect_view()}
                    }).collect_view().into_any()
                }}
            </div>
            <div class="inline gap-top">
                <button type="button" class="primary" id="picker-use" disabled=move || !can() on:click=apply>
                    {move || fill(USE, &[("n", &chosen.with(Vec::len).to_string())])}</button>
                <span class="small muted" role="status">{state}</span>
            </div>
        </div>
    }
}

fn row(head: Head, chosen: RwSignal<Vec<String>>, linked: bool) -> AnyView {
    let (id, known) = (head.id.clone(), head.id.clone());
    let toggle = move |_| {
        chosen.update(|ids| match ids.iter().position(|one| *one == id) {
            Some(at) => drop(ids.remove(at)),
            None => ids.push(id.clone()),
        });
    };
    view! {
        <div class="picker-row">
            <label>
                <input type="checkbox" value=head.id.clone() prop:checked=move || chosen.with(|ids| ids.contains(&known)) on:change=toggle/>
                <span>{say(&head.title)}</span>
                <small lang=lang_of(&head.summary)>{say(&head.summary)}</small>
            </label>
            {linked.then(|| view! { <a class="small" href=Route::Packs(Some(head.id)).href() title=say(&head.title)>{tr(READ)}</a> })}
        </div>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn trades_are_found_and_plans_come_last() {
        let heads = shouwen_core::embedded::heads();
        let titles: Vec<String> = groups(heads.clone()).into_iter().map(|(title, _)| title).collect();
        assert!(titles.len() > 1 && titles.iter().any(|title| title == "培训学校"), "{titles:?}");
        if heads.iter().any(|head| head.companion) {
            assert_eq!(titles.last().map(String::as_str), Some(tr(COMPANIONS)));
        }
        let found = |wanted: &str| heads.iter().filter(|head| fits(head, wanted)).count();
        assert!(found("培训 校区") >= 1 && found("TRAIN") >= 2 && found("") == heads.len() && found("没有的行业") == 0);
    }
}
