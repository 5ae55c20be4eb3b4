//! The register as it was left: filter and scroll position survive a visit to a case, not a reload.
//! Must not be written to disk: a filter may hold a person's name.

use std::cell::{Cell, RefCell};

use super::filter::Filter;

thread_local! {
    static FILTER: RefCell<Filter> = RefCell::new(Filter::default());
    static SCROLL: Cell<f64> = const { Cell::new(0.0) };
}

pub fn filter() -> Filter {
    FILTER.with_borrow(Clone::clone)
}

pub fn keep(filter: &Filter) {
    FILTER.set(filter.clone());
}

pub fn scrolled() -> f64 {
    SCROLL.get()
}

pub fn scroll(top: f64) {
    SCROLL.set(top);
}
