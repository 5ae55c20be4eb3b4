//! The gate for what people type into fields: kinds, lengths, impossible and future dates.
//! Must not change what a field means; it only trims, normalises and refuses.

use serde_json::Value;

use crate::pack::{Field, FieldKind, is_blank};
use crate::time::{self, Civil};

/// Longest one-line text, in characters.
pub const MAX_LINE: usize = 200;
/// Longest paragraph, in characters.
pub const MAX_PARAGRAPH: usize = 20_000;
/// Most members of an emergency group.
pub const MAX_MEMBERS: usize = 50;
/// Largest sum of money or number.
pub const MAX_NUMBER: i64 = 1_000_000_000;

/// Why a value was refused.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ValueProblem {
    #[error("a value is required")]
    Required,
    #[error("{got} characters, at most {max}")]
    TooLong { got: usize, max: usize },
    #[error("not a number from 0 to {MAX_NUMBER}")]
    NotANumber,
    #[error("not a date between 2000 and 2099")]
    NotADate,
    #[error("lies in the future")]
    InFuture,
    #[error("not a phone number")]
    NotAPhone,
    #[error("not one of the options")]
    NotAnOption,
}

/// Checks and normalises one answer. `now` is used to refuse the future. Blank answers become `Null`.
pub fn check_value(field: &Field, value: &Value, now: Civil) -> Result<Value, ValueProblem> {
    if is_blank(value) {
        return Ok(Value::Null);
    }
    match field.kind {
        FieldKind::Line => text(value, MAX_LINE),
        FieldKind::Paragraph => text(value, MAX_PARAGRAPH),
        FieldKind::Phone => phone(value),
        FieldKind::Yes => value.as_bool().map(Value::from).ok_or(ValueProblem::NotAnOption),
        FieldKind::Number | FieldKind::Money => number(value),
        FieldKind::Date | FieldKind::DateTime => moment(field.kind, value, now),
        FieldKind::Choice => option(field, value),
        FieldKind::Members => members(value),
        FieldKind::Choices => {
            let items = value.as_array().ok_or(ValueProblem::NotAnOption)?;
            items.iter().map(|item| option(field, item)).collect::<Result<Vec<_>, _>>().map(Value::from)
        }
    }
}

fn text(value: &Value, max: usize) -> Result<Value, ValueProblem> {
    let text = value.as_str().unwrap_or_default().trim().replace("\r\n", "\n");
    let got = text.chars().count();
    if got > max { Err(ValueProblem::TooLong { got, max }) } else { Ok(Value::from(text)) }
}

/// Role id → name; empty names are left out.
fn members(value: &Value) -> Result<Value, ValueProblem> {
    let parts = value.as_object().ok_or(ValueProblem::NotAnOption)?;
    let mut kept = serde_json::Map::new();
    for (role, name) in parts.iter().take(MAX_MEMBERS) {
        let name = text(name, MAX_LINE)?;
        if !is_blank(&name) {
            kept.insert(role.clone(), name);
        }
    }
    Ok(if kept.is_empty() { Value::Null } else { Value::Object(kept) })
}

/// Digits with the separators people write; 5 to 20 digits (hot lines to numbers with extension).
fn phone(value: &Value) -> Result<Value, ValueProblem> {
    let text = value.as_str().unwrap_or_default().trim();
    let half: String = text.chars().map(half_width).collect();
    let digits = half.chars().filter(char::is_ascii_digit).count();
    let allowed = half.chars().all(|c| c.is_ascii_digit() || " +-()*转#".contains(c));
    if allowed && (5..=20).contains(&(digits + half.matches('*').count())) {
        Ok(Value::from(half))
    } else {
        Err(ValueProblem::NotAPhone)
    }
}

/// Full-width digits and signs, as input methods write them, to half-width.
pub fn half_width(c: char) -> char {
    match c {
        '\u{3000}' => ' ',
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
        _ => c,
    }
}

fn number(value: &Value) -> Result<Value, ValueProblem> {
    let number = value.as_i64().or_else(|| {
        let text: String = value.as_str()?.trim().chars().map(half_width).filter(|c| *c != ',').collect();
        text.parse().ok()
    });
    number.filter(|n| (0..=MAX_NUMBER).contains(n)).map(Value::from).ok_or(ValueProblem::NotANumber)
}

fn moment(kind: FieldKind, value: &Value, now: Civil) -> Result<Value, ValueProblem> {
    let text = value.as_str().unwrap_or_default();
    if kind == FieldKind::Date {
        let date = time::parse_date(text).ok_or(ValueProblem::NotADate)?;
        return if date > now.date() { Err(ValueProblem::InFuture) } else { Ok(Value::from(date.to_string())) };
    }
    let at = time::parse(text).ok_or(ValueProblem::NotADate)?;
    if at > now { Err(ValueProblem::InFuture) } else { Ok(Value::from(time::plain(at))) }
}

fn option(field: &Field, value: &Value) -> Result<Value, ValueProblem> {
    let known = value.as_str().is_some_and(|id| field.options.iter().any(|option| option.id == id));
    if known { Ok(value.clone()) } else { Err(ValueProblem::NotAnOption) }
}
