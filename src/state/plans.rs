//! The rulebook of a case that has plans beside its ordinary pack: made when first asked for, then kept.
//! Must not change a pack; what a plan's parts are called is core's.

use std::sync::{Arc, Mutex};

use leptos::prelude::*;
use shouwen_core::pack::{PackRef, Plan, united};
use shouwen_core::register::Summary;

use super::{App, Library, Rulebook, use_app};
use crate::i18n::say;

/// Rulebooks of several packs that were asked for: the packs, how many of them stand there now, the rulebook.
#[derive(Default)]
pub struct United(Mutex<Vec<Made>>);

type Made = (Vec<PackRef>, usize, Arc<Rulebook>);

impl Library {
    /// The rulebook of a row of the register.
    pub fn of_row(&self, row: &Summary) -> Option<Arc<Rulebook>> {
        self.of_packs(&row.packs, &row.plans_left)
    }

    /// The rulebook under these packs, the first of which is the ordinary one; `left`: plans that were taken away. `None`:
    /// the ordinary pack is not here. Plans that are not here are left out (see [`Library::lacking`]).
    pub fn of_packs(&self, packs: &[PackRef], left: &[PackRef]) -> Option<Arc<Rulebook>> {
        let (first, plans) = packs.split_first()?;
        let ordinary = self.get(first)?;
        if plans.is_empty() && left.is_empty() {
            return Some(ordinary);
        }
        let all = || packs.iter().chain(left);
        let mut made = self.united.0.lock().ok()?;
        let known = made.iter().find(|(refs, there, _)| *there == packs.len() && refs.iter().eq(all()));
        if let Some((_, _, book)) = known {
            return Some(book.clone());
        }
        let books: Vec<(Arc<Rulebook>, bool)> = plans
            .iter()
            .map(|plan| (plan, true))
            .chain(left.iter().map(|plan| (plan, false)))
            .filter_map(|(plan, present)| Some((self.get(plan)?, present)))
            .collect();
        let plans = books.iter().map(|(book, present)| Plan { pack: &book.pack, present: *present }).collect();
        let (whole, plans) = united(&ordinary.pack, plans);
        let book = Rulebook::with(whole, plans);
        made.push((all().cloned().collect(), packs.len(), book.clone()));
        Some(book)
    }

    /// Plans among these packs that are not on this device.
    pub fn lacking(&self, packs: &[PackRef]) -> Vec<PackRef> {
        packs.iter().filter(|reference| self.get(reference).is_none()).cloned().collect()
    }
}

/// The names of packs with their versions, for a sentence.
pub fn pack_names(packs: &[PackRef]) -> String {
    let library = use_app().books();
    let name = |one: &PackRef| {
        let title = library.get(one).map_or_else(|| one.id.clone(), |book| say(&book.pack.title));
        format!("{title} v{}", one.version)
    };
    packs.iter().map(name).collect::<Vec<_>>().join("、")
}

impl App {
    /// Packs whose recurring duties are this desk's: those in use here, also plans under which no case runs, and plans
    /// of open cases.
    pub fn with_duties(self) -> Vec<Arc<Rulebook>> {
        let (library, workplace) = (self.books(), self.workplace.get_untracked());
        let mut books = library.in_use();
        self.rows.with_untracked(|rows| {
            for plan in rows.values().filter(|row| row.is_open()).flat_map(|row| row.packs.iter().skip(1)) {
                if !books.iter().any(|book| book.pack.id == plan.id) {
                    books.extend(library.latest(&plan.id));
                }
            }
        });
        books.retain(|book| book.pack.workplaces.contains(&workplace));
        books
    }
}
