//! The first start: where, who, in which role; or a look at the demonstration.
//! Must not create cases; it only remembers who works here.

use leptos::prelude::*;
use shouwen_core::case::Actor;
use shouwen_core::pack::Named;

use crate::components::PacksInUse;
use crate::i18n::{T, is_english, say, tr};
use crate::state::{App, enter_demo, reload, use_app};
use crate::store::prefs;

/// The workplaces a desk can have, with what they are called and do.
const WORKPLACES: [(&str, T, T); 2] = [("campus", CAMPUS, CAMPUS_TEXT), ("hq", HQ, HQ_TEXT)];

/// Longest name of a person or campus, in characters.
const MAX_NAME: usize = 40;

/// What has been answered so far.
#[derive(Clone, Copy)]
struct Answers {
    workplace: RwSignal<String>,
    campus: RwSignal<String>,
    name: RwSignal<String>,
    role: RwSignal<String>,
    /// Set once the button was pressed: from then on, what is missing is said.
    pressed: RwSignal<bool>,
}

impl Answers {
    fn actor(self) -> Actor {
        Actor {
            name: self.name.get_untracked().trim().to_owned(),
            role: self.role.get_untracked(),
            campus: self.campus.get_untracked().trim().to_owned(),
        }
    }
}

#[component]
pub fn Setup() -> impl IntoView {
    let app = use_app();
    let workplace = app.workplace.get_untracked();
    let answers = Answers {
        campus: RwSignal::new(own_name(&workplace).to_owned()),
        role: RwSignal::new(first_role(app, &workplace)),
        workplace: RwSignal::new(workplace),
        name: RwSignal::new(String::new()),
        pressed: RwSignal::new(false),
    };
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        answers.pressed.set(true);
        let wrong = [("setup-campus", missing(answers.campus)), ("setup-name", missing(answers.name))];
        match wrong.iter().find(|(_, wrong)| wrong.is_some()) {
            Some((id, _)) => focus(id),
            None => app.remember_actor(answers.actor(), &answers.workplace.get_untracked()),
        }
    };
    view! {
        <main class="setup" id="main">
            <Languages/>
            <h1 class="setup-title">{tr(TITLE)}</h1>
            <p class="setup-lead">{tr(LEAD)}</p>
            <PacksInUse app linked=false/>
            <form class="card" novalidate on:submit=submit>
                <Where app answers/>
                <Who answers/>
                <Role app answers/>
                <button type="submit" class="primary big" id="setup-start">{tr(START)}</button>
                <p class="hint muted small">{tr(CHANGE_LATER)}</p>
            </form>
            <Demo app answers/>
            <section class="setup-notes">
                <h2>{tr(DATA)}</h2>
                <p>{tr(DATA_TEXT)}</p>
                <h2>{tr(RESTORE)}</h2>
                <p>{tr(RESTORE_TEXT)}</p>
                <h2>{tr(CALC)}</h2>
                <p>{tr(CALC_TEXT)}" "<a href="#/calc" id="setup-calc">{tr(super::calc::TITLE)}</a></p>
            </section>
        </main>
    }
}

/// Campuses are named by the person; headquarters has a name already.
fn own_name(workplace: &str) -> &'static str {
    if workplace == "hq" { tr(HQ) } else { "" }
}

fn missing(text: RwSignal<String>) -> Option<&'static str> {
    text.with(|text| text.trim().is_empty()).then(|| tr(PLEASE_FILL))
}

fn focus(id: &str) {
    let element = document().get_element_by_id(id);
    if let Some(element) =
        element.and_then(|element| wasm_bindgen::JsCast::dyn_into::<web_sys::HtmlElement>(element).ok())
    {
        let _ = element.focus();
    }
}

/// Roles of the packs of a workplace, each once.
fn roles(app: App, workplace: &str) -> Vec<Named> {
    let books = app.books().for_workplace(workplace);
    let fits =
        |one: &&std::sync::Arc<crate::state::Rulebook>| one.pack.workplaces.iter().any(|place| place == workplace);
    let fitting: Vec<_> = books.iter().filter(fits).collect();
    let chosen = if fitting.is_empty() { books.iter().collect() } else { fitting };
    let mut all: Vec<Named> = Vec::new();
    for role in chosen.iter().flat_map(|book| &book.pack.roles) {
        if !all.iter().any(|known| known.id == role.id) {
            all.push(role.clone());
        }
    }
    all
}

fn first_role(app: App, workplace: &str) -> String {
    roles(app, workplace).first().map(|role| role.id.clone()).unwrap_or_default()
}

#[component]
fn Languages() -> impl IntoView {
    let choose = |english: bool| {
        prefs::set("lang", if english { "en" } else { "zh" });
        reload();
    };
    let pressed = |on: bool| if on { "true" } else { "false" };
    view! {
        <p class="setup-languages" role="group" aria-label="语言 Language">
            <button type="button" class="quiet" lang="zh-CN" aria-pressed=pressed(!is_english())
                on:click=move |_| choose(false)>"中文"</button>
            <button type="button" class="quiet" lang="en" aria-pressed=pressed(is_english())
                on:click=move |_| choose(true)>"English"</button>
        </p>
    }
}

#[component]
fn Where(app: App, answers: Answers) -> impl IntoView {
    let choose = move |id: &'static str| {
        let before = answers.workplace.get_untracked();
        answers.workplace.set(id.to_owned());
        answers.role.set(first_role(app, id));
        // A name that nobody has typed changes with the place.
        if answers.campus.with_untracked(|name| name.trim() == own_name(&before)) {
            answers.campus.set(own_name(id).to_owned());
        }
    };
    let wrong = move || answers.pressed.get().then(|| missing(answers.campus)).flatten();
    view! {
        <fieldset class="setup-question">
            <legend><h2>"1 · "{tr(WHERE)}</h2></legend>
            <div class="setup-choices">
                {WORKPLACES.map(|(id, label, text)| view! {
                    <label>
                        <input type="radio" name="workplace" value=id
                            prop:checked=move || answers.workplace.with(|now| now == id) on:change=move |_| choose(id)/>
                        <span><b>{tr(label)}</b><small>{tr(text)}</small></span>
                    </label>
                }).collect_view()}
            </div>
            <div class="field">
                <label for="setup-campus">{move || tr(if answers.workplace.with(|now| now == "hq") { HQ_NAME } else { CAMPUS_NAME })}</label>
                <input id="setup-campus" type="text" maxlength=MAX_NAME.to_string() autocomplete="organization"
                    placeholder=tr(CAMPUS_EXAMPLE) aria-required="true" aria-describedby="setup-campus-problem"
                    aria-invalid=move || wrong().is_some().to_string() prop:value=answers.campus
                    on:input=move |event| answers.campus.set(event_target_value(&event))/>
                <div class="hint">{tr(CAMPUS_HINT)}</div>
                <div class="problem" id="setup-campus-problem" role="alert">{wrong}</div>
            </div>
        </fieldset>
    }
}

#[component]
fn Who(answers: Answers) -> impl IntoView {
    let wrong = move || answers.pressed.get().then(|| missing(answers.name)).flatten();
    view! {
        <div class="setup-question">
            <h2><label for="setup-name">"2 · "{tr(WHO)}</label></h2>
            <div class="field">
                <input id="setup-name" type="text" maxlength=MAX_NAME.to_string() autocomplete="name"
                    placeholder=tr(NAME_EXAMPLE) aria-required="true" aria-describedby="setup-name-problem"
                    aria-invalid=move || wrong().is_some().to_string() prop:value=answers.name
                    on:input=move |event| answers.name.set(event_target_value(&event))/>
                <div class="hint">{tr(NAME_HINT)}</div>
                <div class="problem" id="setup-name-problem" role="alert">{wrong}</div>
            </div>
        </div>
    }
}

#[component]
fn Role(app: App, answers: Answers) -> impl IntoView {
    view! {
        <fieldset class="setup-question choices">
            <legend><h2>"3 · "{tr(ROLE)}</h2></legend>
            {move || roles(app, &answers.workplace.get()).into_iter().map(|role| {
                let (id, chosen) = (role.id.clone(), role.id.clone());
                view! {
                    <label title=role.hint.as_ref().map(say)>
                        <input type="radio" name="role" value=role.id
                            prop:checked=move || answers.role.with(|now| *now == id)
                            on:change=move |_| answers.role.set(chosen.clone())/>
                        {say(&role.label)}
                    </label>
                }
            }).collect_view()}
        </fieldset>
        <p class="hint muted small setup-role">{move || {
            let now = answers.role.get();
            roles(app, &answers.workplace.get()).iter().find(|role| role.id == now)
                .and_then(|role| role.hint.as_ref().map(say))
        }}</p>
    }
}

/// The demonstration with invented cases, in a database of its own.
#[component]
fn Demo(app: App, answers: Answers) -> impl IntoView {
    let enter = move |_| {
        let workplace = answers.workplace.get_untracked();
        let mut actor = answers.actor();
        if actor.name.is_empty() {
            actor.name = tr(DEMO_NAME).to_owned();
        }
        // Where the visitor stands among the invented campuses is settled once they are there.
        if actor.role.is_empty() {
            actor.role = first_role(app, &workplace);
        }
        enter_demo(&actor, &workplace);
    };
    view! {
        <section class="setup-demo">
            <div><h2>{tr(DEMO)}</h2><p class="muted">{tr(DEMO_TEXT)}</p></div>
            <button type="button" id="setup-demo" on:click=enter>{tr(DEMO_GO)}</button>
        </section>
    }
}

crate::texts! {
    TITLE = "欢迎使用首问" | "Welcome to Shouwen";
    LEAD = "先回答三个问题，大约半分钟。之后每次打开就是今天要办的事。" | "Three questions, half a minute. From then on the page opens on what is due today.";
    WHERE = "您在哪里受理投诉？" | "Where do you take complaints?";
    CAMPUS = "校区" | "Campus";
    CAMPUS_TEXT = "前台接待、登记、办理，再把案件交总部" | "Front desk: register, handle, hand cases to headquarters";
    HQ = "总部" | "Headquarters";
    HQ_TEXT = "接听投诉电话，汇总各校区，审批督办" | "Complaint line, all campuses, approvals and supervision";
    CAMPUS_NAME = "校区名称" | "Name of the campus";
    HQ_NAME = "部门或总部名称" | "Name of the office";
    CAMPUS_EXAMPLE = "例如：城北校区" | "For example: North Campus";
    CAMPUS_HINT = "写进每一条记录，汇总时靠它区分；全校区请用同一种写法。" | "Stands in every record and tells campuses apart; use the same spelling everywhere.";
    WHO = "您怎么称呼？" | "Your name?";
    NAME_EXAMPLE = "例如：周老师" | "For example: Ms Zhou";
    NAME_HINT = "首问责任制：谁登记、谁经办，记录里写明姓名。" | "Who is asked first owns the case, so every entry carries a name.";
    ROLE = "您的岗位？" | "Your role?";
    START = "开始使用" | "Start";
    CHANGE_LATER = "以后可以在“设置”里更改；多人共用一台电脑时，换人就换姓名。" | "All of this can be changed under Settings; on a shared computer, change the name when you change places.";
    PLEASE_FILL = "请填写这一项" | "Please fill this in";
    DATA = "数据存在哪里" | "Where the data lives";
    DATA_TEXT = "案件只保存在这台电脑的这个浏览器里，不会上传到任何地方；换浏览器、清除浏览数据就看不到了。请定期到“导出与交换”导出案件包，导出的文件才是可靠的存档。" | "Cases are kept in this browser on this computer only and are never uploaded; another browser does not see them, and clearing browsing data removes them. Export regularly: the exported file is the record.";
    RESTORE = "已有备份？" | "Do you have a backup?";
    CALC = "只想算个期限？" | "Only a deadline to compute?";
    CALC_TEXT = "不登记也能用：" | "No registration needed:";
    RESTORE_TEXT = "先点“开始使用”，再到“导出与交换”选择“导入”，把案件包文件拖进去即可，重复导入不会产生重复。" | "Press Start, go to Export & exchange, choose Import and drop the bundle file there. Importing twice does no harm.";
    DEMO = "先看看演示" | "Look around first";
    DEMO_TEXT = "二十几件虚构的案件，放在单独的数据库里，随便试，一键删除，不影响以后的真实数据。" | "Some two dozen invented cases in a database of their own. Try anything; one click removes them, and real data is never touched.";
    DEMO_GO = "进入演示" | "Open the demonstration";
    DEMO_NAME = "演示用户" | "Demo visitor";
}
