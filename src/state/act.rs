//! The write path: a command is decided on the case as stored, written in one strict transaction, then shown.
//! Must not show anything as done before the transaction has completed.

use shouwen_core::order::Gather as _;
use std::sync::Arc;

use leptos::prelude::*;
use leptos::task::spawn_local;
use shouwen_core::case::{Command, Ctx, Refusal, decide};
use shouwen_core::clock::DUTIES;
use shouwen_core::pack::Pack;

use super::{App, Durable, Rulebook, events, now, wall_ms};
use crate::i18n::{self, common, errors, tr};
use crate::store::{StoreError, tabs};

/// Why an action was not carried out. Nothing was written.
#[derive(Clone, Debug)]
pub enum Trouble {
    Refused(Refusal),
    Store(StoreError),
    /// The pack of the case is not on this device.
    NoPack {
        id: String,
        version: u32,
    },
}

impl Trouble {
    /// In words, for the person who tried.
    pub fn words(&self, pack: Option<&Pack>) -> String {
        match self {
            Trouble::Refused(refusal) => errors::refusal(refusal, pack),
            Trouble::Store(error) => errors::store(error),
            Trouble::NoPack { id, version } => {
                i18n::fill(common::NO_PACK, &[("id", id), ("version", &version.to_string())])
            }
        }
    }
}

impl App {
    /// Carries out a command. For `Command::Open` the case is new and `book` must be given.
    /// Returns the id of the last event written.
    pub async fn act(self, case_id: &str, book: Option<Arc<Rulebook>>, command: Command) -> Result<String, Trouble> {
        let opening = matches!(command, Command::Open { .. });
        let case = if opening { None } else { self.load_case(case_id).await.map_err(Trouble::Store)? };
        let library = self.books();
        let book = match (book, &case) {
            (Some(book), _) => book,
            // Withdrawing a record of the desk's own log needs no pack; any will do.
            (None, Some(case)) if case.id.starts_with(DUTIES) => {
                library.current().into_iter().next().ok_or(Trouble::Refused(Refusal::NoCase))?
            }
            (None, Some(case)) => library.of_case(case).ok_or_else(|| {
                let reference = case.packs().into_iter().next();
                let (id, version) = reference.map_or_else(Default::default, |pack| (pack.id, pack.version));
                Trouble::NoPack { id, version }
            })?,
            (None, None) => return Err(Trouble::Refused(Refusal::NoCase)),
        };
        let ctx = Ctx { now: now(), actor: self.actor.get_untracked(), world: &library.world };
        let drafts = decide(case.as_ref(), &book.pack, command, &ctx).map_err(Trouble::Refused)?;
        self.durable.set(Durable::Writing);
        let summarise = |events| library.summarise(events);
        match self.store().append(&drafts, &ctx.actor, ctx.now, wall_ms(), &summarise).await {
            Ok(appended) => {
                if let Some(row) = appended.summary {
                    self.put_rows(vec![row]);
                }
                self.exported.update(|exported| exported.total += appended.sealed.len() as u64);
                self.durable.set(Durable::Saved);
                self.touch(case_id);
                tabs::announce(case_id);
                Ok(appended.sealed.last().map(|sealed| sealed.event.id.clone()).unwrap_or_default())
            }
            Err(error) => {
                self.durable.set(Durable::Failed);
                Err(Trouble::Store(error))
            }
        }
    }

    /// Carries out a command from a click: success and failure are shown in the corner, `done` runs after success.
    pub fn dispatch(self, case_id: String, command: Command, done: impl FnOnce() + 'static) {
        spawn_local(async move {
            let undoable = !matches!(command, Command::Void { .. } | Command::VoidCase { .. });
            match self.act(&case_id, None, command).await {
                Ok(event) => {
                    let undo = undoable.then(|| (case_id.clone(), event));
                    self.show(tr(common::SAVED_TOAST).to_owned(), false, undo);
                    done();
                }
                Err(trouble) => {
                    let pack =
                        self.rows.with_untracked(|rows| rows.get(&case_id).and_then(|row| self.books().of_row(row)));
                    self.say_bad(trouble.words(pack.as_ref().map(|book| &book.pack)));
                }
            }
        });
    }

    /// Another tab wrote: read the row again (`*`: all rows).
    pub fn follow(self, case_id: String) {
        spawn_local(async move {
            if case_id == "*" {
                if let Ok(rows) = self.store().summaries().await {
                    self.set_rows(rows.into_iter().map(|row| (row.id.clone(), Arc::new(row))).gather());
                }
            } else if let Ok(texts) = self.store().case_texts(&case_id).await
                && let Some(row) = self.books().summarise(events(&texts))
            {
                self.put_rows(vec![row]);
            }
            self.refresh_exported().await;
            self.touch(&case_id);
        });
    }
}
