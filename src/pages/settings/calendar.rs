//! Holiday notices: the years and where each stands, a year's days, taking a notice in, going back to the one before.
//! Must not store anything that was not shown with its effect on due times.

use chrono::{Datelike, NaiveDate};
use leptos::ev;
use leptos::prelude::*;
use leptos::task::spawn_local;
use shouwen_core::calendar::import::{MAX_BYTES, read};
use shouwen_core::calendar::{DayReason, Notice, NoticeDay};
use wasm_bindgen::JsCast;
use web_sys::{File, HtmlInputElement};

use super::{Outcome, notice_preview, take_force};
use crate::exchange::{Coming, adopted, coming, going_back, store_notices, unknown_years};
use crate::files;
use crate::i18n::{T, fill, notices as words, tr};
use crate::state::{App, Library, use_app};

crate::texts! {
    TITLE = "放假通知" | "Holiday notices";
    TEXT = "法定工作日按国务院办公厅每年的放假通知计算。通知公布后在这里导入，未完成事项的到期时间会重新推算，先给您看变化，确认后才生效。" | "Statutory working days follow the yearly official notice. Bring it in here once it is published: open due times are recomputed; you see the changes before they take force.";
    NOT_YET = "{year} 年放假通知尚未公布或尚未导入：跨到 {year} 年的日期均为暂定，按法定节日推算，不含调休；导入后会重新推算并列出变化。" | "The notice for {year} is not published or not imported yet: dates that reach into {year} are provisional, from the statutory festivals without make-up days; they are recomputed and listed once it is imported.";
    PARTLY = "{year} 年的通知不完整：通知列出的日期按通知，其余按法定节日推算，仍为暂定。" | "The notice for {year} is incomplete: its dates count; all others follow the law on festivals and stay provisional.";
    KNOWN = "已有通知" | "known";
    PARTIAL = "不完整" | "incomplete";
    BY_LAW = "暂定：按法定节日推算" | "provisional: by law";
    COUNTS = "放假 {off} 天，调休上班 {work} 天" | "{off} days off, {work} make-up days";
    SOURCE = "来源：{source}" | "Source: {source}";
    NO_SOURCE = "来源未注明" | "source not stated";
    SHOW_ALL = "显示全部 {n} 年" | "Show all {n} years";
    ROWS = "各年的放假安排" | "Holidays by year";
    BACK = "换回上一份" | "Go back to the one before";
    IMPORT = "导入通知" | "Bring in a notice";
    IMPORT_TEXT = "可以是首问的日历文件、公开的节假日数据（JSON）、日历订阅文件（ICS），也可以直接粘贴通知原文。自动识别，无需选择格式。" | "A calendar file of Shouwen, public holiday data (JSON), a calendar (ICS), or the wording of the notice: it is recognised by itself.";
    DROP = "把文件拖到这里，或" | "Drop a file here, or";
    CHOOSE = "选择文件" | "choose one";
    PASTE = "或粘贴通知原文、逐行填写" | "Or paste the notice, or write lines";
    EXAMPLE = "元旦：1月1日至3日放假，共3天。1月9日（星期六）上班。\n或者：\n2027-01-01 2027-01-03 元旦 放假\n2027-01-09 元旦 上班" | "2027-01-01 2027-01-03 元旦 off\n2027-01-09 元旦 work";
    YEAR = "年份" | "Year";
    YEAR_HINT = "原文没有写明时填写" | "where the text does not say";
    FROM = "来源" | "Source";
    FROM_HINT = "官方通知的标题或网址" | "Title or address of the official text";
    LOOK = "看看会怎样" | "See what would change";
    READ_AS = "识别为{form}。" | "Recognised as {form}.";
    SAME = "与本机已有的通知相同，没有变化。" | "The same as here; nothing changes.";
    BAD_YEAR = "年份请填 2000–2099。" | "The year must be 2000–2099.";
    UNTOUCHED = "没有采用任何内容。" | "Nothing was adopted.";
    NOT_TEXT = "这不是文字文件。请选择 JSON 或 ICS 文件，或粘贴通知原文。" | "This is no text file. Choose a JSON or ICS file, or paste the notice.";
}

/// Years shown before somebody asks for all.
const SHOWN: usize = 4;

#[component]
pub fn Holidays() -> impl IntoView {
    let app = use_app();
    let all = RwSignal::new(false);
    let back = RwSignal::new(Vec::<i32>::new());
    let view = Preview::new();
    Effect::new(move |_| {
        app.library.track();
        spawn_local(async move {
            let years = adopted(app).await;
            back.try_set(years);
        });
    });
    let today = move || app.now.get().date();
    let today = Memo::new(move |_| today());
    let missing = move || {
        let list = app.library.with(|library| {
            unknown_years(library, today.get())
                .into_iter()
                .map(|year| (year, of_year(library, year).is_some()))
                .collect::<Vec<_>>()
        });
        list.into_iter().map(|(year, partly)| view! {
            <p class="why warn" data-missing-year=year.to_string()>{fill(if partly { PARTLY } else { NOT_YET }, &[("year", &year.to_string())])}</p>
        }).collect_view()
    };
    let rows = move || {
        let library = app.library.get();
        let years = years(&library, today.get());
        let (count, shown) = (years.len(), if all.get() { years.len() } else { SHOWN });
        let more = (count > shown).then(|| view! {
            <button type="button" class="quiet" on:click=move |_| all.set(true)>{fill(SHOW_ALL, &[("n", &count.to_string())])}</button>
        });
        let list = years.into_iter().take(shown).map(|year| row(app, &library, year, back, view)).collect_view();
        view! { <ul class="plain years gap-top" aria-label=tr(ROWS)>{list}</ul>{more} }
    };
    view! {
        <section class="card" id="holidays" tabindex="-1">
            <h2>{tr(TITLE)}</h2>
            <p class="muted small">{tr(TEXT)}</p>
            {missing}
            {rows}
            <Bring preview=view/>
            <notice_preview::Confirm preview=view/>
        </section>
    }
}

fn of_year(library: &Library, year: i32) -> Option<&Notice> {
    library.calendar.notices.iter().find(|notice| notice.year == year)
}

/// Years with a notice, and those that are asked for now; the latest first.
fn years(library: &Library, today: NaiveDate) -> Vec<i32> {
    let mut years = unknown_years(library, today);
    years.extend(library.calendar.notices.iter().map(|notice| notice.year));
    shouwen_core::order::Order::order_by_key(&mut years[..], |year| std::cmp::Reverse(*year));
    years.dedup();
    years
}

/// One year: where it stands, its days, its source.
fn row(app: App, library: &Library, year: i32, back: RwSignal<Vec<i32>>, preview: Preview) -> AnyView {
    let notice = of_year(library, year);
    let (state, class) = match notice {
        Some(notice) if !notice.partial => (KNOWN, "chip ok"),
        Some(_) => (PARTIAL, "chip soon"),
        None => (BY_LAW, "chip soon"),
    };
    let days = days_in_force(library, year);
    let off = days.iter().filter(|day| day.off).count();
    let counts = fill(COUNTS, &[("off", &off.to_string()), ("work", &(days.len() - off).to_string())]);
    let source = notice.map(|notice| match notice.sources.as_slice() {
        [] => tr(NO_SOURCE).to_owned(),
        list => fill(SOURCE, &[("source", &list.join("  "))]),
    });
    let lines = words::by_festival(&days);
    let go_back = move |_| preview.go_back(app, year);
    view! {
        <li class="year" data-year=year.to_string()>
            <details>
                <summary><b class="num">{year}</b>" "<span class=class>{tr(state)}</span>" "<span class="small muted num">{counts}</span></summary>
                {day_lines(lines)}
                {source.map(|source| view! { <p class="small muted source">{source}</p> })}
            </details>
            {move || back.with(|back| back.contains(&year)).then(|| view! {
                <button type="button" class="quiet small" on:click=go_back>{tr(BACK)}<span class="visually-hidden">" "{year}</span></button>
            })}
        </li>
    }
    .into_any()
}

/// Festivals with their days.
pub(super) fn day_lines(lines: Vec<(String, String)>) -> AnyView {
    let lines = lines.into_iter().map(|(name, days)| view! { <div><dt>{name}</dt><dd class="num">{days}</dd></div> });
    view! { <dl class="festivals">{lines.collect_view()}</dl> }.into_any()
}

/// What counts as off or make-up day in a year: by its notice, by its neighbours', else by law.
fn days_in_force(library: &Library, year: i32) -> Vec<NoticeDay> {
    let Some(first) = NaiveDate::from_ymd_opt(year, 1, 1) else { return Vec::new() };
    // The notice's own December days are part of its list.
    let spilled = of_year(library, year).into_iter().flat_map(|notice| &notice.days).filter(|day| day.date < first);
    let mut days: Vec<NoticeDay> = spilled.cloned().collect();
    for date in first.iter_days().take_while(|date| date.year() == year) {
        let (name, off) = match library.world.statutory.fact(date).map(|fact| fact.reason) {
            Some(DayReason::Holiday(name)) => (name, true),
            Some(DayReason::Shift(name)) => (name, false),
            _ => continue,
        };
        days.push(NoticeDay { date, name, off });
    }
    days
}

/// What is looked at before it takes force.
#[derive(Clone, Copy)]
pub(super) struct Preview {
    pub list: RwSignal<Vec<Coming>>,
    pub remarks: RwSignal<Vec<String>>,
    /// What it was recognised as, or why nothing could be read.
    pub said: RwSignal<(String, bool)>,
    pub outcome: RwSignal<Outcome>,
}

impl Preview {
    fn new() -> Preview {
        Preview {
            list: RwSignal::new(Vec::new()),
            remarks: RwSignal::new(Vec::new()),
            said: RwSignal::new((String::new(), false)),
            outcome: RwSignal::new(Outcome::Nothing),
        }
    }

    pub fn clear(self) {
        self.list.try_set(Vec::new());
        self.remarks.try_set(Vec::new());
        self.said.try_set((String::new(), false));
        self.outcome.try_set(Outcome::Nothing);
    }

    fn fail(self, words: String) {
        self.clear();
        self.said.try_set((format!("{words} {}", tr(UNTOUCHED)), true));
    }

    fn look(self, app: App, text: &str, year: Option<i32>, source: &str) {
        let mut found = match read(text, year) {
            Ok(found) => found,
            Err(error) => return self.fail(words::import_error(&error)),
        };
        for notice in found.notices.iter_mut().filter(|_| !source.trim().is_empty()) {
            notice.sources.insert(0, source.trim().to_owned());
        }
        let list = match coming(&found, &app.books()) {
            Ok(list) => list,
            Err(words) => return self.fail(words),
        };
        self.clear();
        let mut said = fill(READ_AS, &[("form", words::form(found.form))]);
        if list.is_empty() {
            said.push_str(tr(SAME));
        } else {
            self.remarks.try_set(found.remarks.iter().map(words::remark).collect());
        }
        self.said.try_set((said, false));
        self.list.try_set(list);
    }

    fn go_back(self, app: App, year: i32) {
        self.clear();
        spawn_local(async move {
            match going_back(app, year).await {
                Ok(one) => drop(self.list.try_set(vec![one])),
                Err(error) => self.fail(error.words()),
            }
        });
    }

    /// Puts the chosen ones in force.
    pub fn adopt(self, app: App, chosen: Vec<Coming>) {
        self.clear();
        take_force(app, self.outcome, async move { store_notices(app, &chosen).await });
    }
}

/// A file, or a text.
#[component]
fn Bring(preview: Preview) -> impl IntoView {
    let app = use_app();
    let over = RwSignal::new(false);
    let [year, source, text] = [(); 3].map(|()| RwSignal::new(String::new()));
    let take = move |file: Option<File>| {
        if let Some(file) = file {
            spawn_local(open(app, preview, file));
        }
    };
    let chosen = move |event: ev::Event| {
        let input = event.target().and_then(|target| target.dyn_into::<HtmlInputElement>().ok());
        let Some(input) = input else { return };
        take(input.files().and_then(|files| files.get(0)));
        // The same file can be chosen again.
        input.set_value("");
    };
    let dropped = move |event: ev::DragEvent| {
        event.prevent_default();
        over.set(false);
        take(event.data_transfer().and_then(|data| data.files()).and_then(|files| files.get(0)));
    };
    let look = move |event: ev::SubmitEvent| {
        event.prevent_default();
        let typed = year.get_untracked();
        let number = typed.trim().parse::<i32>().ok().filter(|year| (2000..=2099).contains(year));
        if number.is_none() && !typed.trim().is_empty() {
            return preview.fail(tr(BAD_YEAR).to_owned());
        }
        text.with_untracked(|text| preview.look(app, text, number, &source.get_untracked()));
    };
    let field = move |id: &'static str, label: T, hint: T, value: RwSignal<String>| {
        view! {
            <div class="field">
                <label for=id>{tr(label)}" "<span class="hint">{tr(hint)}</span></label>
                <input id=id maxlength="300" autocomplete="off" prop:value=value on:input=move |event| value.set(event_target_value(&event))/>
            </div>
        }
    };
    view! {
        <h3 class="gap-top">{tr(IMPORT)}</h3>
        <p class="small muted">{tr(IMPORT_TEXT)}</p>
        <div class="drop" class:over=over on:drop=dropped
            on:dragover=move |event: ev::DragEvent| { event.prevent_default(); over.set(true); }
            on:dragleave=move |_| over.set(false)>
            <span>{tr(DROP)}</span>" "
            <label class="btn" for="notice-file">{tr(CHOOSE)}
                <input type="file" id="notice-file" class="visually-hidden" accept=".json,.ics,.txt,application/json,text/calendar,text/plain" on:change=chosen/>
            </label>
        </div>
        <form on:submit=look>
            <div class="field">
                <label for="notice-lines">{tr(PASTE)}</label>
                <textarea id="notice-lines" rows="6" placeholder=tr(EXAMPLE) prop:value=text
                    on:input=move |event| text.set(event_target_value(&event))></textarea>
            </div>
            <div class="fields">
                {field("notice-year", YEAR, YEAR_HINT, year)}
                {field("notice-source", FROM, FROM_HINT, source)}
            </div>
            <button type="submit" id="notice-look">{tr(LOOK)}</button>
        </form>
    }
}

async fn open(app: App, preview: Preview, file: File) {
    if file.size() > MAX_BYTES as f64 {
        return preview.fail(tr(words::E_LARGE).to_owned());
    }
    match files::read(&file).await.map(String::from_utf8) {
        Ok(Ok(text)) => preview.look(app, &text, None, ""),
        Ok(Err(_)) => preview.fail(tr(NOT_TEXT).to_owned()),
        Err(what) => preview.fail(crate::exchange::Refused::Read(what).words()),
    }
}
