//! Addresses after `#`: parse and print. (The usual router needs pushState, which file:// refuses.)
//! Must not know pages; only names them.

/// A place in the app.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Route {
    #[default]
    Today,
    Intake,
    Cases,
    Case(String),
    /// A printable form (or `file`) of a case.
    Print {
        case: String,
        form: String,
    },
    Share,
    Packs(Option<String>),
    Settings,
    Unknown,
}

impl Route {
    /// Reads `location.hash` (with or without `#`).
    pub fn parse(hash: &str) -> Route {
        let path = hash.trim_start_matches('#').split('?').next().unwrap_or_default();
        let parts: Vec<&str> = path.split('/').filter(|part| !part.is_empty()).collect();
        match parts.as_slice() {
            [] | ["today"] => Route::Today,
            ["new"] => Route::Intake,
            ["cases"] => Route::Cases,
            ["cases", id] => Route::Case((*id).to_owned()),
            ["cases", id, "print", form] => Route::Print { case: (*id).to_owned(), form: (*form).to_owned() },
            ["share"] => Route::Share,
            ["packs"] => Route::Packs(None),
            ["packs", id] => Route::Packs(Some((*id).to_owned())),
            ["settings"] => Route::Settings,
            _ => Route::Unknown,
        }
    }

    /// The address, for `href`.
    pub fn href(&self) -> String {
        match self {
            Route::Today | Route::Unknown => "#/today".to_owned(),
            Route::Intake => "#/new".to_owned(),
            Route::Cases => "#/cases".to_owned(),
            Route::Case(id) => format!("#/cases/{id}"),
            Route::Print { case, form } => format!("#/cases/{case}/print/{form}"),
            Route::Share => "#/share".to_owned(),
            Route::Packs(None) => "#/packs".to_owned(),
            Route::Packs(Some(id)) => format!("#/packs/{id}"),
            Route::Settings => "#/settings".to_owned(),
        }
    }
}
