//! Opening hours of a campus: per weekday one or more windows, closed dates, dates with other hours.

use leptos::prelude::*;
use shouwen_bundle::canonical::canonical;
use shouwen_core::calendar::{DayReason, Schedule, Window};
use shouwen_core::pack::CalendarChoice;

use super::person::campuses;
use super::timetable_text::{read_dates, read_shifts, read_time};
use super::{Outcome, OutcomeView, take_force};
use crate::exchange::{Refused, store_config};
use crate::i18n::{T, exchange as words, fill, tr};
use crate::state::{App, KEY_SCHEDULE, use_app};

crate::texts! {
    TITLE = "校区作息" | "Timetable";
    TEXT = "影响按校区日历计算的时限，以及在什么时候提醒；按法定工作日计算的时限不受影响。没有填作息的校区按法定工作日算。" | "Concerns limits that count by the campus calendar, and when reminders come; limits in statutory working days do not change. A campus without a timetable counts statutory days.";
    USED = "目前的制度里有 {n} 个时限按校区日历计算。" | "{n} limits of the rules in force count by the campus calendar.";
    CAMPUS = "校区" | "Campus";
    FROM = "{day} 第 {n} 段 开始" | "{day}, window {n}, from";
    TO = "{day} 第 {n} 段 结束" | "{day}, window {n}, to";
    REST = "休息" | "closed";
    UNSET = "未填" | "not set";
    ADD = "加一段" | "Add hours";
    REMOVE = "删去" | "Remove";
    PRESETS = "常用：" | "Presets:";
    PRESET_SCHOOL = "周一周二休息，其余 9:00–20:00" | "Closed Mon and Tue, else 9:00–20:00";
    PRESET_OFFICE = "周一至周五 9:00–18:00" | "Mon to Fri 9:00–18:00";
    HOLIDAYS = "另外休息的日期" | "Further closed dates";
    HOLIDAYS_HINT = "用空格或换行隔开，如 2027-02-06" | "separated by blanks or lines, like 2027-02-06";
    SHIFTS = "另外开放的日期" | "Dates with other hours";
    SHIFTS_HINT = "每行一个日期和时段，如 2027-02-13 09:00-17:00" | "one date with its hours per line, like 2027-02-13 09:00-17:00";
    ORDER = "同一天有几条时，依次以：另外休息、法定节假日、另外开放、每周作息为准。调休上班日不会自动开放校区，需要开放请填在“另外开放的日期”。" | "Where several concern one day, the order is: closed dates, statutory holidays, dates with other hours, the weekday. Make-up days do not open a campus by themselves; enter them under dates with other hours.";
    ON_HOLIDAY = "{dates} 是法定节假日，仍按休息计算，这里填的开放时间不起作用。" | "{dates}: statutory holidays; they stay closed whatever hours are entered here.";
    CLOSED_TOO = "{dates} 同时填在“另外休息的日期”里，按休息计算。" | "{dates}: also among the closed dates, and closed.";
    SAVE = "保存作息" | "Save the timetable";
    DELETE = "删除作息，改按法定工作日" | "Remove; count statutory days";
    NONE = "{campus} 还没有填作息，现在按法定工作日计算。" | "{campus} has no timetable and counts statutory days.";
}

/// Windows of the seven days as they are typed.
type Week = RwSignal<[Vec<[String; 2]>; 7]>;

#[component]
pub fn Timetable() -> impl IntoView {
    let app = use_app();
    let campus = RwSignal::new(app.actor.get_untracked().campus);
    let used = move || {
        let library = app.library.get();
        let books = library.current();
        books.iter().flat_map(|book| &book.pack.clocks).filter(|clock| clock.calendar == CalendarChoice::Campus).count()
    };
    view! {
        <section class="card" id="timetable" tabindex="-1">
            <h2>{tr(TITLE)}</h2>
            <p class="muted small">{tr(TEXT)}" "{move || fill(USED, &[("n", &used().to_string())])}</p>
            <div class="field gap-top narrow">
                <label for="timetable-campus">{tr(CAMPUS)}</label>
                <select id="timetable-campus" on:change=move |event| campus.set(event_target_value(&event))>
                    {campuses(app).into_iter().map(|name| {
                        let selected = name == campus.get_untracked();
                        view! { <option value=name.clone() selected=selected>{name.clone()}</option> }
                    }).collect_view()}
                </select>
            </div>
            {move || view! { <Editor campus=campus.get()/> }}
        </section>
    }
}

fn texts(windows: &[Window]) -> Vec<[String; 2]> {
    let clock = |minute: u32| format!("{:02}:{:02}", minute / 60, minute % 60);
    windows.iter().map(|window| [clock(window.start_minute()), clock(window.end_minute())]).collect()
}

#[component]
fn Editor(campus: String) -> impl IntoView {
    let app = use_app();
    let known = app.books().schedules.get(&campus).cloned();
    let week: Week =
        RwSignal::new(known.as_ref().map(|one| one.week().each_ref().map(|day| texts(day))).unwrap_or_default());
    let holidays = RwSignal::new(known.as_ref().map(holiday_text).unwrap_or_default());
    let shifts = RwSignal::new(known.as_ref().map(shift_text).unwrap_or_default());
    let outcome = RwSignal::new(Outcome::Nothing);
    let key = StoredValue::new(format!("{KEY_SCHEDULE}{campus}"));
    let save = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        match read(week, &holidays.get_untracked(), &shifts.get_untracked()) {
            Err(words) => outcome.set(Outcome::Failed(words)),
            Ok(schedule) => {
                week.set(schedule.week().each_ref().map(|day| texts(day)));
                let text = canonical(&serde_json::to_value(&schedule).unwrap_or_default());
                take_force(app, outcome, async move { store_config(app, &[(key.get_value(), text)]).await });
            }
        }
    };
    let remove = move |_| {
        week.set(Default::default());
        take_force(app, outcome, drop_timetable(app, key.get_value()));
    };
    let day = |from: &str, to: &str| vec![[from.to_owned(), to.to_owned()]];
    let school =
        move |_| week.set(std::array::from_fn(|index| if index < 2 { Vec::new() } else { day("09:00", "20:00") }));
    let office =
        move |_| week.set(std::array::from_fn(|index| if index < 5 { day("09:00", "18:00") } else { Vec::new() }));
    // Follows what is in force: the remark goes as soon as a timetable is saved.
    let name = StoredValue::new(campus);
    let has =
        Memo::new(move |_| app.library.with(|library| name.with_value(|name| library.schedules.contains_key(name))));
    view! {
        <form on:submit=save>
            {move || (!has.get()).then(|| view! {
                <p class="small muted">{fill(NONE, &[("campus", &name.get_value())])}</p>
            })}
            <p class="inline small">{tr(PRESETS)}
                <button type="button" class="quiet" on:click=school>{tr(PRESET_SCHOOL)}</button>
                <button type="button" class="quiet" on:click=office>{tr(PRESET_OFFICE)}</button>
            </p>
            <ul class="plain week">{(0..7).map(|index| view! { <Day week index/> }).collect_view()}</ul>
            <div class="fields gap-top">
                <Area id="timetable-holidays" label=tr(HOLIDAYS) hint=tr(HOLIDAYS_HINT) value=holidays/>
                <Area id="timetable-shifts" label=tr(SHIFTS) hint=tr(SHIFTS_HINT) value=shifts/>
            </div>
            {move || idle_shifts(app, &holidays.get(), &shifts.get()).into_iter().map(|words| view! { <p class="why warn">{words}</p> }).collect_view()}
            <p class="small muted">{tr(ORDER)}</p>
            <div class="inline">
                <button type="submit" class="primary" id="timetable-save">{tr(SAVE)}</button>
                {move || has.get().then(|| view! { <button type="button" on:click=remove>{tr(DELETE)}</button> })}
            </div>
            <OutcomeView outcome/>
        </form>
    }
}

async fn drop_timetable(app: App, key: String) -> Result<(), Refused> {
    Ok(app.store().drop_config(&key).await?)
}

/// The timetable as typed, or what is wrong with it.
fn read(week: Week, holidays: &str, shifts: &str) -> Result<Schedule, String> {
    let typed = week.get_untracked().map(|day| {
        let full = day.into_iter().filter(|[from, to]| !from.trim().is_empty() || !to.trim().is_empty());
        full.map(|[from, to]| [read_time(&from), read_time(&to)]).collect::<Vec<_>>()
    });
    Schedule::new(typed, &read_dates(holidays), &read_shifts(shifts)).map_err(|error| words::schedule_error(&error))
}

/// Dates with other hours that something stronger closes all the same.
fn idle_shifts(app: App, holidays: &str, shifts: &str) -> Vec<String> {
    let library = app.library.get();
    let holiday = |date: &str| {
        let fact = shouwen_core::time::parse_date(date).and_then(|date| library.world.statutory.fact(date));
        fact.is_some_and(|fact| matches!(fact.reason, DayReason::Holiday(_)))
    };
    let closed = read_dates(holidays);
    let open: Vec<String> =
        read_shifts(shifts).into_iter().filter(|(_, windows)| !windows.is_empty()).map(|(date, _)| date).collect();
    let list = |idle: &dyn Fn(&String) -> bool| {
        let dates: Vec<&str> = open.iter().filter(|date| idle(date)).map(String::as_str).collect();
        dates.join("、")
    };
    let tell = |text: T, dates: String| (!dates.is_empty()).then(|| fill(text, &[("dates", &dates)]));
    let twice = tell(CLOSED_TOO, list(&|date| closed.contains(date)));
    let on_holiday = tell(ON_HOLIDAY, list(&|date| !closed.contains(date) && holiday(date)));
    twice.into_iter().chain(on_holiday).collect()
}

fn holiday_text(schedule: &Schedule) -> String {
    schedule.holidays().iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
}

fn shift_text(schedule: &Schedule) -> String {
    let line = |(date, windows): (&chrono::NaiveDate, &Vec<Window>)| {
        let hours: Vec<String> = windows.iter().map(ToString::to_string).collect();
        format!("{date} {}", hours.join(" ")).trim_end().to_owned()
    };
    schedule.shifts().iter().map(line).collect::<Vec<_>>().join("\n")
}

/// One weekday with its windows.
#[component]
fn Day(week: Week, index: usize) -> impl IntoView {
    let name = tr(words::DAYS[index]);
    // Typing must not build the inputs anew: only their number does.
    let count = Memo::new(move |_| week.with(|week| week[index].len()));
    let add = move |_| {
        week.update(|week| {
            let day = &mut week[index];
            let next = if day.is_empty() { ["09:00", "18:00"] } else { ["", ""] };
            day.push(next.map(str::to_owned));
        });
    };
    view! {
        <li class="day">
            <b>{name}</b>
            <div class="windows">
                {move || match count.get() {
                    0 => {
                        // Seven times "closed" would look like an answer.
                        let unset = move || week.with(|week| week.iter().all(Vec::is_empty));
                        view! { <span class="muted">{move || tr(if unset() { UNSET } else { REST })}</span> }.into_any()
                    }
                    count => (0..count).map(|place| view! { <Hours week index place/> }).collect_view().into_any(),
                }}
            </div>
            <button type="button" class="quiet small" on:click=add>{tr(ADD)}<span class="visually-hidden">" "{name}</span></button>
        </li>
    }
}

#[component]
fn Hours(week: Week, index: usize, place: usize) -> impl IntoView {
    let name = tr(words::DAYS[index]);
    let input = move |end: usize| {
        let label = fill(if end == 0 { FROM } else { TO }, &[("day", name), ("n", &(place + 1).to_string())]);
        let value = move || week.with(|week| week[index].get(place).map(|pair| pair[end].clone()).unwrap_or_default());
        let write = move |text: String| {
            week.update(|week| {
                if let Some(pair) = week[index].get_mut(place) {
                    pair[end] = text;
                }
            });
        };
        view! {
            <input class="time" aria-label=label maxlength="8" placeholder="09:00" prop:value=value
                on:input=move |event| write(event_target_value(&event))
                on:change=move |event| write(read_time(&event_target_value(&event)))/>
        }
    };
    let remove = move |_| {
        week.update(|week| {
            if place < week[index].len() {
                week[index].remove(place);
            }
        });
    };
    view! {
        <span class="window num">{input(0)}"–"{input(1)}
            <button type="button" class="quiet small" on:click=remove>{tr(REMOVE)}<span class="visually-hidden">" "{name}" "{place + 1}</span></button>
        </span>
    }
}

#[component]
fn Area(id: &'static str, label: &'static str, hint: &'static str, value: RwSignal<String>) -> impl IntoView {
    view! {
        <div class="field">
            <label for=id>{label}</label>
            <textarea id=id rows="3" prop:value=value on:input=move |event| value.set(event_target_value(&event))></textarea>
            <div class="hint">{hint}</div>
        </div>
    }
}
