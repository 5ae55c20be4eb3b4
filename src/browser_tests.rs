//! Tests of components in a real browser: mounted, used as a person would, read from the page.

use std::collections::BTreeMap;
use std::sync::Arc;

use leptos::mount::mount_to;
use leptos::prelude::*;
use serde_json::Value;
use shouwen_core::calendar::Calendar;
use shouwen_core::embedded;
use shouwen_core::limit::{Limit, Unit, due};
use shouwen_core::pack::{Field, FieldKind, Text};
use shouwen_core::time;
use wasm_bindgen::JsCast;
use wasm_bindgen_test::*;
use web_sys::{Element, HtmlElement, HtmlInputElement};

use crate::components::{FieldInput, Modal, Strip, Values};
use crate::router::Route;

wasm_bindgen_test_configure!(run_in_browser);

/// A fresh place on the page.
fn place() -> HtmlElement {
    let place: HtmlElement = document().create_element("div").unwrap().unchecked_into();
    document().body().unwrap().append_child(&place).unwrap();
    place
}

fn all(root: &HtmlElement, selector: &str) -> Vec<Element> {
    let list = root.query_selector_all(selector).unwrap();
    (0..list.length()).filter_map(|index| list.get(index)).map(JsCast::unchecked_into).collect()
}

/// Effects run after the current task.
async fn settled() {
    for _ in 0..3 {
        wasm_bindgen_futures::JsFuture::from(js_sys::Promise::resolve(&wasm_bindgen::JsValue::NULL)).await.unwrap();
        leptos::task::tick().await;
    }
}

#[wasm_bindgen_test]
fn strip_shows_every_day_with_its_reason() {
    let calendar = Calendar::statutory(Arc::new(embedded::statutory().unwrap()));
    let limit = Limit { count: 5, unit: Unit::WorkingDay, roll: Default::default(), at_close: false };
    // Thursday 19 November 2026; 21 and 22 are a weekend; due on Thursday the 26th.
    let answer = due(time::parse("2026-11-19T09:20").unwrap(), &limit, &calendar, &[]).unwrap();
    let place = place();
    let mounted = mount_to(place.clone(), move || view! { <Strip trace=answer.trace.clone()/> });
    let cells = all(&place, "ol.strip li[title]");
    let classes: Vec<String> = cells.iter().map(Element::class_name).map(|name| name.trim().to_owned()).collect();
    assert_eq!(classes, ["start", "", "rest", "rest", "", "", "", "due"]);
    let texts: Vec<String> = cells.iter().map(|cell| cell.text_content().unwrap()).collect();
    assert_eq!(texts[2], "六21休");
    assert_eq!(texts[7], "四26到期");
    assert_eq!(cells[2].get_attribute("title").unwrap(), "2026年11月21日 星期六，不计，周末");
    assert_eq!(all(&place, "ol.strip li[data-month]")[0].get_attribute("data-month").unwrap(), "11月");
    drop(mounted);
}

#[wasm_bindgen_test]
async fn field_writes_what_is_typed_and_shows_its_problem() {
    let field = Field {
        id: "phone".into(),
        label: Text { zh: "联系电话".into(), en: String::new() },
        kind: FieldKind::Phone,
        options: Vec::new(),
        required: true,
        intake: true,
        personal: true,
        when: None,
        help: None,
    };
    let values: Values = RwSignal::new(BTreeMap::new());
    let problem = RwSignal::new(None);
    let place = place();
    let mounted = mount_to(place.clone(), move || view! { <FieldInput field=field.clone() values problem/> });
    let input: HtmlInputElement = all(&place, "input")[0].clone().unchecked_into();
    assert_eq!(all(&place, "label")[0].get_attribute("for").as_deref(), Some("f-phone"));
    input.set_value("138 0000 1234");
    input.dispatch_event(&web_sys::Event::new("input").unwrap()).unwrap();
    assert_eq!(values.get_untracked().get("phone"), Some(&Value::from("138 0000 1234")));
    assert_eq!(input.get_attribute("aria-invalid").as_deref(), Some("false"));
    problem.set(Some(("phone".to_owned(), "不像电话号码".to_owned())));
    settled().await;
    assert_eq!(input.get_attribute("aria-invalid").as_deref(), Some("true"));
    assert_eq!(all(&place, ".problem")[0].text_content().as_deref(), Some("不像电话号码"));
    drop(mounted);
}

#[wasm_bindgen_test]
async fn dialog_opens_and_closes_with_its_signal() {
    let open = RwSignal::new(false);
    let place = place();
    let mounted = mount_to(place.clone(), move || view! { <Modal open title="撤回">"内容"</Modal> });
    assert!(all(&place, "dialog").is_empty());
    open.set(true);
    settled().await;
    let dialog: web_sys::HtmlDialogElement = all(&place, "dialog")[0].clone().unchecked_into();
    assert!(dialog.open());
    assert_eq!(dialog.get_attribute("aria-label").as_deref(), Some("撤回"));
    open.set(false);
    settled().await;
    assert!(all(&place, "dialog").is_empty());
    drop(mounted);
}

#[wasm_bindgen_test]
fn addresses_read_back_what_they_print() {
    let id = || "01a1fffdca04".to_owned();
    for route in [
        Route::Today,
        Route::Intake,
        Route::Cases,
        Route::Case(id()),
        Route::Print { case: id(), form: "file".to_owned() },
        Route::Share,
        Route::Packs(None),
        Route::Packs(Some("train-hq".to_owned())),
        Route::Settings,
    ] {
        assert_eq!(Route::parse(&route.href()), route, "{}", route.href());
    }
    for odd in ["#/nowhere", "#/cases/a/b", "#/cases/a/print", "#//new//x"] {
        assert_eq!(Route::parse(odd), Route::Unknown, "{odd}");
    }
}
