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
    /// Recurring duties with their records.
    Duties,
    Packs(Option<String>),
    /// The rule bench, or the draft of a pack on it.
    Bench(Option<String>),
    Settings,
    /// The calculator with its question, as it stands behind `?`.
    Calc(String),
    Unknown,
}

impl Route {
    /// Reads `location.hash` (with or without `#`).
    pub fn parse(hash: &str) -> Route {
        let (path, query) = hash.trim_start_matches('#').split_once('?').unwrap_or((hash.trim_start_matches('#'), ""));
        let parts: Vec<&str> = path.split('/').filter(|part| !part.is_empty()).collect();
        match parts.as_slice() {
            [] | ["today"] => Route::Today,
            ["new"] => Route::Intake,
            ["cases"] => Route::Cases,
            ["cases", id] => Route::Case((*id).to_owned()),
            ["cases", id, "print", form] => Route::Print { case: (*id).to_owned(), form: (*form).to_owned() },
            ["share"] => Route::Share,
            ["duties"] => Route::Duties,
            ["packs"] => Route::Packs(None),
            ["packs", id] => Route::Packs(Some((*id).to_owned())),
            ["bench"] => Route::Bench(None),
            ["bench", id] => Route::Bench(Some((*id).to_owned())),
            ["settings"] => Route::Settings,
            ["calc"] => Route::Calc(query.to_owned()),
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
            Route::Duties => "#/duties".to_owned(),
            Route::Packs(None) => "#/packs".to_owned(),
            Route::Packs(Some(id)) => format!("#/packs/{id}"),
            Route::Bench(None) => "#/bench".to_owned(),
            Route::Bench(Some(id)) => format!("#/bench/{id}"),
            Route::Settings => "#/settings".to_owned(),
            Route::Calc(query) if query.is_empty() => "#/calc".to_owned(),
            Route::Calc(query) => format!("#/calc?{query}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses() {
        for (hash, route) in [
            ("", Route::Today),
            ("#/today?x=1", Route::Today),
            ("#/calc", Route::Calc(String::new())),
            ("#/calc?from=2026-02-13T10:00&n=7", Route::Calc("from=2026-02-13T10:00&n=7".into())),
            ("#/calc?to=a?b", Route::Calc("to=a?b".into())),
            ("#/bench", Route::Bench(None)),
            ("#/bench/train-hq", Route::Bench(Some("train-hq".into()))),
            ("#/cases/1/print/file", Route::Print { case: "1".into(), form: "file".into() }),
            ("#/duties", Route::Duties),
            ("#/nowhere", Route::Unknown),
        ] {
            assert_eq!(Route::parse(hash), route, "{hash}");
            if !matches!(route, Route::Today | Route::Unknown) {
                assert_eq!(route.href(), hash);
            }
        }
    }
}
