//! Cuts a sentence of a holiday notice into the few things that matter: dates, days of the week, totals and verbs.
//! Must not know which dates they make together; `prose` does.

use chrono::Weekday;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Token {
    /// Parts that are not written are taken from the dates before.
    Date {
        year: Option<i32>,
        month: Option<u32>,
        day: u32,
    },
    /// A year of its own, followed by what the notice is about.
    Year(i32),
    To,
    Weekday(Weekday),
    /// 共3天, 放假1天.
    Total(u32),
    Off,
    Work,
    /// The dates before are explained, not set: 为法定节假日, 照常公休.
    Explains,
    /// 公休日调至: the dates before and behind are explained.
    Moves,
    /// 与周末连休: a total may count the weekend beside the day.
    WithWeekend,
    /// 鼓励: a recommendation up to the end of the sentence.
    Recommends,
    /// 起: from then on.
    Onwards,
    Comma,
}

/// Longest first where one begins with another.
const WORDS: [(&str, Token); 25] = [
    ("调休上班", Token::Work),
    ("补班", Token::Work),
    ("上班", Token::Work),
    ("连休", Token::WithWeekend),
    ("不调休", Token::WithWeekend),
    ("放假", Token::Off),
    ("补休", Token::Off),
    ("调休", Token::Off),
    ("休息", Token::Off),
    ("公休日调", Token::Moves),
    ("公休日分别调", Token::Moves),
    ("调至", Token::Moves),
    ("调到", Token::Moves),
    ("为法定", Token::Explains),
    ("是法定", Token::Explains),
    ("为公休", Token::Explains),
    ("照常公休", Token::Explains),
    ("鼓励", Token::Recommends),
    ("建议", Token::Recommends),
    ("起", Token::Onwards),
    ("至", Token::To),
    ("到", Token::To),
    ("-", Token::To),
    (",", Token::Comma),
    ("，", Token::Comma),
];

/// What follows a year that is the notice's own.
const SUBJECTS: [&str; 11] =
    ["部分节假日", "节假日", "放假", "假期", "元旦", "春节", "清明", "劳动", "端午", "中秋", "国庆"];
/// Characters behind a year in which its subject must stand.
const NEAR: usize = 8;
/// Longest text in brackets.
const MAX_BRACKET: usize = 40;

/// Tokens of a sentence in its plain form (half-width, without blanks).
pub(super) fn tokens(sentence: &str) -> Vec<Token> {
    let chars: Vec<char> = sentence.chars().collect();
    let mut list = Vec::new();
    let mut at = 0;
    while at < chars.len() {
        let rest = &chars[at..];
        at += if rest[0].is_ascii_digit() {
            number(rest, &mut list)
        } else if let Some(length) = bracket(rest) {
            in_bracket(&rest[1..length], &mut list);
            length
        } else if let Some((length, day)) = weekday(rest) {
            list.push(Token::Weekday(day));
            length
        } else if let Some((word, token)) = WORDS.iter().find(|(word, _)| starts(rest, word)) {
            list.push(*token);
            word.chars().count()
        } else {
            1
        };
    }
    list
}

fn starts(chars: &[char], word: &str) -> bool {
    let mut places = chars.iter();
    word.chars().all(|c| places.next() == Some(&c))
}

/// Length with both brackets, when it closes soon.
fn bracket(chars: &[char]) -> Option<usize> {
    let close = match chars[0] {
        '(' => ')',
        '〔' => '〕',
        '[' => ']',
        _ => return None,
    };
    chars.iter().take(MAX_BRACKET).position(|c| *c == close).map(|place| place + 1)
}

/// Only the day of the week counts there: 农历 dates and the festival's own day do not.
fn in_bracket(chars: &[char], list: &mut Vec<Token>) {
    for at in 0..chars.len() {
        if let Some((_, day)) = weekday(&chars[at..]) {
            list.push(Token::Weekday(day));
        }
    }
}

/// 周四, 星期四, 礼拜四.
fn weekday(chars: &[char]) -> Option<(usize, Weekday)> {
    let head = ["星期", "礼拜", "周"].iter().find(|head| starts(chars, head))?.chars().count();
    let days = "一二三四五六日天";
    let place = days.chars().position(|c| Some(&c) == chars.get(head))?;
    let day = [Weekday::Mon, Weekday::Tue, Weekday::Wed, Weekday::Thu, Weekday::Fri, Weekday::Sat, Weekday::Sun];
    Some((head + 1, day[place.min(6)]))
}

/// A number with what makes it a date, a year or a total; characters read.
fn number(chars: &[char], list: &mut Vec<Token>) -> usize {
    let (first, mut at) = digits(chars);
    let next = |at: usize| chars.get(at).copied().unwrap_or(' ');
    if at == 4
        && "-./".contains(next(at))
        && let Some(length) = iso(chars, first, next(at), list)
    {
        return length;
    }
    let mut year = None;
    let (mut value, mut width) = (first, at);
    if next(at) == '年' && width == 4 {
        year = i32::try_from(first).ok();
        let (second, length) = digits(&chars[at + 1..]);
        if length == 0 || next(at + 1 + length) != '月' {
            if let Some(year) = year {
                own_year(&chars[at + 1..], year, list);
            }
            return at + 1;
        }
        (value, width) = (second, length);
        at += 1 + length;
    }
    match next(at) {
        '月' if width <= 2 => {
            let (day, length) = digits(&chars[at + 1..]);
            let end = at + 1 + length;
            if length == 0 || length > 2 {
                return at + 1;
            }
            list.push(Token::Date { year, month: Some(value), day });
            if next(end) == '日' { end + 1 } else { end }
        }
        '日' if width <= 2 => {
            list.push(Token::Date { year: None, month: None, day: value });
            at + 1
        }
        '天' => {
            list.push(Token::Total(value));
            at + 1
        }
        '-' | '至' | '到' if width <= 2 && digits(&chars[at + 1..]).1 > 0 => {
            list.push(Token::Date { year: None, month: None, day: value });
            at
        }
        _ => at,
    }
}

/// `2026-01-01`.
fn iso(chars: &[char], year: u32, sign: char, list: &mut Vec<Token>) -> Option<usize> {
    let (month, first) = digits(chars.get(5..)?);
    let second = 5 + first + 1;
    let (day, length) = digits(chars.get(second..)?);
    let good = (1..=2).contains(&first) && (1..=2).contains(&length) && chars[second - 1] == sign;
    good.then(|| {
        list.push(Token::Date { year: i32::try_from(year).ok(), month: Some(month), day });
        second + length
    })
}

fn own_year(behind: &[char], year: i32, list: &mut Vec<Token>) {
    let near = &behind[..behind.len().min(NEAR)];
    if (0..near.len()).any(|at| SUBJECTS.iter().any(|word| starts(&behind[at..], word))) {
        list.push(Token::Year(year));
    }
}

/// Value and number of digits; more than nine are none.
fn digits(chars: &[char]) -> (u32, usize) {
    let length = chars.iter().take_while(|c| c.is_ascii_digit()).count();
    let value = chars[..length.min(9)].iter().fold(0, |value, c| value * 10 + c.to_digit(10).unwrap_or_default());
    (if length > 9 { u32::MAX } else { value }, length)
}
