//! Numbers that a text names: money, times, durations, people. Digits and Chinese numerals, `1万6` and `两个多月` too.
//! Must not decide what an amount means: rules do, through the facts `text.money_max` and so on.

use crate::order::Gather as _;
use std::collections::BTreeMap;

use serde_json::Value;

use super::fold::Folded;

/// The largest quantities of a text; 0 where it names none.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Quantities {
    /// Whole yuan.
    pub money_max: i64,
    /// How often something was done: `三次`, `5趟`.
    pub times_max: i64,
    /// Longest duration in days; a month counts 30, a year 365. Dates are no durations.
    pub days_max: i64,
    /// People: `30名`, `几十位`. A vague number counts at its lower end.
    pub people_max: i64,
    /// Chinese characters.
    pub han: i64,
}

/// Facts that come from the text itself; conditions may test them beside the answers.
/// In the order of the fields of [`Quantities`].
pub const TEXT_FACTS: [&str; 5] = ["text.money_max", "text.times_max", "text.days_max", "text.people_max", "text.han"];

impl Quantities {
    /// As facts that a pack's conditions can test. A quantity that the text does not name is absent.
    pub fn facts(&self) -> BTreeMap<String, Value> {
        let numbers = [self.money_max, self.times_max, self.days_max, self.people_max, self.han];
        TEXT_FACTS
            .into_iter()
            .zip(numbers)
            .filter(|(_, number)| *number > 0)
            .map(|(id, number)| (id.to_owned(), Value::from(number)))
            .gather()
    }
}

/// Reads the quantities of a text.
pub fn quantities(text: &str) -> Quantities {
    of(&Folded::new(text).chars)
}

/// Reads the quantities of folded characters.
pub fn of(chars: &[char]) -> Quantities {
    let mut found =
        Quantities { han: chars.iter().filter(|char| is_han(**char)).count() as i64, ..Quantities::default() };
    let mut at = 0;
    while at < chars.len() {
        let Some(number) = Number::read(&chars[at..]) else {
            at += 1;
            continue;
        };
        let before = &chars[at.saturating_sub(4)..at];
        number.enter(before, &chars[at + number.length..], &mut found);
        at += number.length;
    }
    found
}

fn is_han(char: char) -> bool {
    matches!(char, '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}' | '\u{20000}'..='\u{2FA1F}')
}

/// A number at the beginning of a piece of text.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Number {
    value: f64,
    /// Characters read.
    length: usize,
    /// Begins with 百, 千, 万 without a digit: often no number at all (千万, 万一).
    bare: bool,
    /// Written with 万 or 亿: without another unit this is money.
    large: bool,
    /// Written in digits only: may be a year.
    digits: bool,
}

const MONEY: &[&str] = &["元", "块", "圆", "人民币", "rmb"];
const TIMES: &[&str] = &["次", "趟", "遍", "多次"];
/// Unit, days. The longest that fits counts.
const DAYS: &[(&str, f64)] = &[
    ("天", 1.0),
    ("个工作日", 1.0),
    ("工作日", 1.0),
    ("个自然日", 1.0),
    ("周", 7.0),
    ("星期", 7.0),
    ("个星期", 7.0),
    ("个礼拜", 7.0),
    ("礼拜", 7.0),
    ("个月", 30.0),
    ("个多月", 30.0),
    ("个学期", 150.0),
    ("学期", 150.0),
    ("年", 365.0),
];
/// What follows a year's number when it is no duration: 年级, 年制, and a date's next number.
const NO_DURATION: &[char] = &['级', '制', '一', '度', '份', '秋', '春', '上', '下'];
const PEOPLE: &[&str] = &["人", "名", "位", "户", "个人", "个家长", "个学生", "个学员", "个孩子", "个家庭"];
/// What stands before an amount that names no unit.
const MONEY_LEADS: &[char] = &['费', '款', '钱', '金', '价', '交', '收', '扣', '花', '达', '赔', '¥'];
/// What ends a noun that makes the number before it an amount: `3000学费`.
const MONEY_NOUNS: &[char] = &['费', '款', '钱'];
/// What follows a number that is no amount.
const NO_MONEY: &[char] = &[
    '年', '月', '日', '号', '天', '个', '名', '人', '位', '户', '次', '趟', '遍', '回', '小', '分', '点', '时', '岁',
    '节', '级', '层', '楼', '班', '本', '台', '期', '周', '星', '礼', '%', '‰', '米', '公', '里', '度', '平', '家',
    '所', '门', '科', '课', '间', '只', '条', '件', '张', '套', '倍', '折', '工', '多', ':', '-', '/',
];

/// What a numeral counts that follows a finished number.
const COUNTED: &[char] = &['个', '年', '月', '次', '学', '节', '期', '天', '位', '名', '小', '门', '科'];

impl Number {
    fn read(chars: &[char]) -> Option<Number> {
        let mut reader = Reader::default();
        while let Some(char) = chars.get(reader.length) {
            if !reader.take(*char, chars) {
                break;
            }
        }
        reader.finish()
    }

    fn enter(&self, before: &[char], after: &[char], found: &mut Quantities) {
        if before.ends_with(&['分', '之']) || after.starts_with(&['分', '之']) {
            return;
        }
        let (after, more) = skip_about(after);
        let whole = (self.value + 1e-6) as i64;
        if let Some(days) = self.days(after, more) {
            found.days_max = found.days_max.max(days);
        } else if starts(after, TIMES) {
            found.times_max = found.times_max.max(whole);
        } else if self.is_money(before, after) {
            found.money_max = found.money_max.max(whole);
        } else if starts(after, PEOPLE) {
            found.people_max = found.people_max.max(whole);
        }
    }

    fn days(&self, after: &[char], more: bool) -> Option<i64> {
        // 一个半月, 两年半
        let (value, after) = match after {
            ['个', '半', '月', ..] => (self.value + 0.5, &['个', '月'][..]),
            _ => (self.value, after),
        };
        let (unit, days) =
            DAYS.iter().filter(|(unit, _)| begins(after, unit)).max_by_key(|(unit, _)| unit.chars().count())?;
        if self.bare || value > 3_660.0 {
            return None;
        }
        if *unit == "年" {
            let next = after.get(1);
            // 18年 is a year as a rule, 1998年 always; 十八年 and 20多年 are durations.
            let year = self.digits && !more && value >= 10.0;
            if year || next.is_some_and(|next| NO_DURATION.contains(next) || next.is_ascii_digit()) {
                return None;
            }
        }
        Some((value * days + 1e-6) as i64)
    }

    fn is_money(&self, before: &[char], after: &[char]) -> bool {
        if starts(after, MONEY) {
            return true;
        }
        if self.bare || after.first().is_some_and(|next| NO_MONEY.contains(next)) {
            return false;
        }
        let led = before.iter().any(|char| MONEY_LEADS.contains(char))
            || after.iter().take(2).any(|char| MONEY_NOUNS.contains(char));
        self.large || (led && (100.0..1e7).contains(&self.value))
    }
}

/// Reads a number character by character.
#[derive(Default)]
struct Reader {
    length: usize,
    /// Closed by 亿, by 万, and still open.
    total: f64,
    closed: f64,
    section: f64,
    current: Option<f64>,
    /// The unit read last: `两千五` means 2,500.
    unit: f64,
    /// Chinese digits in a row, without units.
    row: f64,
    row_length: u32,
    zero: bool,
    bare: bool,
    large: bool,
    latin: bool,
    han: bool,
}

impl Reader {
    /// Takes the next character (and digits that follow it); `false` when it does not belong to the number.
    fn take(&mut self, char: char, chars: &[char]) -> bool {
        if char.is_ascii_digit() {
            return self.take_digits(&chars[self.length..]);
        }
        if let Some(digit) = han_digit(char) {
            // 一万一个学期, 1.5w一年: the last numeral counts something else.
            let other = chars.get(self.length + 1).is_some_and(|next| COUNTED.contains(next));
            return !(other && self.unit >= 1e3 && self.current.is_none()) && self.take_han(digit);
        }
        if let Some(unit) = han_unit(char, chars.get(self.length + 1).copied()) {
            return self.take_unit(unit);
        }
        // 两千多万, 十几
        let next = chars.get(self.length + 1).copied();
        let about = matches!(char, '多' | '余' | '几' | '来') && self.length > 0;
        if about && next.is_some_and(|next| matches!(next, '十' | '百' | '千' | '万' | '亿')) {
            self.length += 1;
            return true;
        }
        false
    }

    fn take_digits(&mut self, rest: &[char]) -> bool {
        if self.current.is_some() {
            return false;
        }
        let mut text = String::new();
        let mut at = 0;
        while let Some(char) = rest.get(at) {
            let digit = |offset: usize| rest.get(at + offset).is_some_and(char::is_ascii_digit);
            if char.is_ascii_digit() {
                text.push(*char);
            } else if *char == '.' && digit(1) && !text.contains('.') {
                text.push('.');
            } else if !(*char == ',' && at > 0 && digit(1) && digit(2) && digit(3) && !digit(4)) {
                break;
            }
            at += 1;
        }
        self.length += at;
        self.latin = true;
        self.current = text.parse().ok();
        self.current.is_some()
    }

    fn take_han(&mut self, digit: f64) -> bool {
        // 二万八一分不退: after 万 there is one digit at most.
        if self.current.is_some() && (self.latin || self.unit >= 100.0) {
            return false;
        }
        self.han = true;
        self.length += 1;
        match self.current {
            None if digit == 0.0 && self.length > 1 => self.zero = true,
            None => {
                self.current = Some(digit);
                self.row = digit;
                self.row_length = 1;
            }
            // 一两百: the lower of the two. 二〇一九: digits in a row, a year.
            Some(_) => {
                self.row = self.row * 10.0 + digit;
                self.row_length += 1;
                if self.row_length > 2 {
                    self.current = Some(self.row);
                }
            }
        }
        true
    }

    fn take_unit(&mut self, unit: f64) -> bool {
        self.bare |= self.length == 0 && unit > 10.0;
        self.length += 1;
        if unit < 1e4 {
            self.section += self.current.take().unwrap_or(1.0) * unit;
        } else {
            self.large = true;
            let size = self.section + self.current.take().unwrap_or(0.0);
            let size = if unit > 1e4 { size + std::mem::take(&mut self.closed) } else { size };
            let size = if size > 0.0 { size } else { 1.0 };
            if unit > 1e4 {
                self.total += size * unit
            } else {
                self.closed += size * unit
            }
            self.section = 0.0;
        }
        self.unit = unit;
        self.zero = false;
        true
    }

    fn finish(self) -> Option<Number> {
        if self.length == 0 {
            return None;
        }
        let rest = match self.current {
            // 一万六, 两千五, 1万6
            Some(digit) if self.unit >= 100.0 && digit < 10.0 && !self.zero => digit * self.unit / 10.0,
            Some(digit) => digit,
            None => 0.0,
        };
        let value = (self.total + self.closed + self.section + rest).clamp(0.0, 1e15);
        let digits = self.unit == 0.0 && (self.row_length > 2 || (self.latin && !self.han));
        Some(Number { value, length: self.length, bare: self.bare, large: self.large, digits })
    }
}

fn han_digit(char: char) -> Option<f64> {
    Some(match char {
        '零' | '〇' => 0.0,
        '半' => 0.5,
        '一' | '壹' => 1.0,
        // 几 and 数 mean a few: two at least.
        '二' | '两' | '贰' | '几' | '数' => 2.0,
        '三' | '叁' => 3.0,
        '四' | '肆' => 4.0,
        '五' | '伍' => 5.0,
        '六' | '陆' => 6.0,
        '七' | '柒' => 7.0,
        '八' | '捌' => 8.0,
        '九' | '玖' => 9.0,
        _ => return None,
    })
}

fn han_unit(char: char, next: Option<char>) -> Option<f64> {
    Some(match char {
        '十' | '拾' => 10.0,
        '百' | '佰' => 100.0,
        '千' | '仟' => 1_000.0,
        '万' | '萬' => 1e4,
        '亿' => 1e8,
        'w' if !next.is_some_and(|next| next.is_ascii_alphanumeric()) => 1e4,
        'k' if !next.is_some_and(|next| next.is_ascii_alphanumeric()) => 1e3,
        _ => return None,
    })
}

/// Skips 多, 余, 来, 几 after a number; tells whether one stood there.
fn skip_about(after: &[char]) -> (&[char], bool) {
    match after {
        ['多' | '余' | '来' | '几', rest @ ..] => (rest, true),
        ['左' | '上', '右' | '下', rest @ ..] => (rest, true),
        _ => (after, false),
    }
}

fn starts(after: &[char], words: &[&str]) -> bool {
    words.iter().any(|word| begins(after, word))
}

fn begins(after: &[char], word: &str) -> bool {
    let mut chars = after.iter();
    word.chars().all(|want| chars.next() == Some(&want))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn money() {
        for (text, want) in [
            ("交了16000元", 16_000),
            ("交了１６，０００元", 16_000),
            ("一共一万六", 16_000),
            ("一共1万6", 16_000),
            ("一万六千五百块", 16_500),
            ("2.6万学费", 26_000),
            ("1.5w一学期", 15_000),
            ("一万一个学期", 10_000),
            ("两千五的补课费", 0),
            ("两千五百元", 2_500),
            ("两千五块", 2_500),
            ("三千", 0),
            ("学费二万八一分不退", 28_000),
            ("学费三千", 3_000),
            ("学费39800", 39_800),
            ("￥899.50", 899),
            ("25720多元", 25_720),
            ("几千块钱", 2_000),
            ("一两百块", 100),
            ("10多万", 100_000),
            ("两千多万元", 20_000_000),
            ("一亿两千万元", 120_000_000),
            ("收费5000-6980元不等", 6_980),
            ("千万不要", 0),
            ("万一出事", 0),
            ("百分之三十", 0),
            ("2019年交了300元", 300),
            ("电话13800001111", 0),
            ("一万多人", 0),
            ("上了200节课", 0),
            ("一千零五元", 1_005),
        ] {
            assert_eq!(quantities(text).money_max, want, "{text}");
        }
    }

    #[test]
    fn durations() {
        for (text, want) in [
            ("两个多月", 60),
            ("拖了3个月", 90),
            ("半个月", 15),
            ("半年", 182),
            ("一个半月", 45),
            ("一年多", 365),
            ("三周", 21),
            ("十天", 10),
            ("45个工作日", 45),
            ("几个星期", 14),
            ("20多年", 7_300),
            ("2019年", 0),
            ("二〇一九年", 0),
            ("19年9月", 0),
            ("三年级", 0),
            ("8月18日", 0),
            ("五月份", 0),
        ] {
            assert_eq!(quantities(text).days_max, want, "{text}");
        }
    }

    #[test]
    fn times_and_people() {
        for (text, times, people) in [
            ("打了三次电话", 3, 0),
            ("去了4趟", 4, 0),
            ("我们三十多位家长", 0, 30),
            ("数百名家长", 0, 200),
            ("五个人", 0, 5),
            ("八十几个人", 0, 82),
            ("没有数字", 0, 0),
            ("", 0, 0),
        ] {
            let found = quantities(text);
            assert_eq!((found.times_max, found.people_max), (times, people), "{text}");
        }
    }

    #[test]
    fn odd_numbers_do_no_harm() {
        for text in
            ["9".repeat(400), "一".repeat(5_000), "万亿".repeat(300), "1,2,3,,..万".to_owned(), "半半半元".to_owned()]
        {
            let found = quantities(&text);
            assert!(found.money_max >= 0 && found.days_max >= 0, "{found:?}");
        }
    }
}
