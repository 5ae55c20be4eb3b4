//! Quantities that a text names, with their place: money, times, durations, people, counts, dates (`交了1万6`, `拖了两个多月`).
//! Must not decide what an amount means: rules do, through the facts `text.money_max` and so on.

use crate::order::Gather as _;
use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::Value;

use super::date::{self, TextDate};
use super::fold::Folded;
use super::number::Number;

/// A quantity in the text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Quantity {
    /// Byte offset in the original text, on a character boundary.
    pub start: usize,
    /// Byte offset after the last character, unit included.
    pub end: usize,
    pub kind: QuantityKind,
    /// In the unit of the kind; 0 for a date. A vague number counts at its lower end.
    pub value: i64,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub date: Option<TextDate>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum QuantityKind {
    /// Whole yuan.
    Money,
    /// How often something was done: `三次`, `5趟`.
    Times,
    /// A duration in days; a month counts 30, a year 365.
    Days,
    /// A duration in minutes, where it is shorter than a day.
    Minutes,
    /// People: `30名`, `几十位`.
    People,
    /// Other things that are counted: lessons, pieces, rooms.
    Count,
    Date,
}

/// Facts that come from the text itself; conditions may test them beside the answers. The largest quantity of each
/// kind, the days between the first and the last date, and the number of Chinese characters.
pub const TEXT_FACTS: [&str; 6] =
    ["text.money_max", "text.times_max", "text.days_max", "text.people_max", "text.span_days", "text.han"];

/// Reads the quantities of a text, by place.
pub fn quantities(text: &str) -> Vec<Quantity> {
    of(&Folded::new(text))
}

/// Reads the quantities of a folded text.
pub fn of(folded: &Folded) -> Vec<Quantity> {
    let chars = &folded.chars;
    let mut found = Vec::new();
    let mut at = 0;
    while at < chars.len() {
        let rest = &chars[at..];
        if let Some((date, length)) = date::TextDate::read(rest).filter(|_| !inside_number(chars, at)) {
            found.extend(quantity(folded, at, length, QuantityKind::Date, 0, Some(date)));
            at += length;
        } else if rest.starts_with(&['个', '把', '月']) {
            found.extend(quantity(folded, at, 3, QuantityKind::Days, 30, None));
            at += 3;
        } else if let Some(number) = Number::read(rest) {
            let before = &chars[at.saturating_sub(REACH)..at];
            if let Some((kind, value, unit)) = meaning(&number, before, &rest[number.length..]) {
                found.extend(quantity(folded, at, number.length + unit, kind, value, None));
            }
            at += number.length;
        } else {
            at += 1;
        }
    }
    found
}

/// What conditions can test. A quantity that the text does not name is absent.
pub fn facts(found: &[Quantity], folded: &Folded) -> BTreeMap<String, Value> {
    let most = |kind| found.iter().filter(|one| one.kind == kind).map(|one| one.value).max().unwrap_or(0);
    let dates: Vec<TextDate> = found.iter().filter_map(|one| one.date).collect();
    let han = folded.chars.iter().filter(|char| is_han(**char)).count() as i64;
    let numbers = [
        most(QuantityKind::Money),
        most(QuantityKind::Times),
        most(QuantityKind::Days),
        most(QuantityKind::People),
        date::span(&dates),
        han,
    ];
    let named = TEXT_FACTS.into_iter().zip(numbers).filter(|(_, number)| *number > 0);
    named.map(|(id, number)| (id.to_owned(), Value::from(number))).gather()
}

fn quantity(
    folded: &Folded,
    at: usize,
    length: usize,
    kind: QuantityKind,
    value: i64,
    date: Option<TextDate>,
) -> Option<Quantity> {
    let (start, end) = folded.original(at, at + length)?;
    Some(Quantity { start, end, kind, value, date })
}

/// A digit that follows another one is no beginning.
fn inside_number(chars: &[char], at: usize) -> bool {
    at > 0 && chars[at].is_ascii_digit() && chars[at - 1].is_ascii_digit()
}

fn is_han(char: char) -> bool {
    matches!(char, '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}' | '\u{20000}'..='\u{2FA1F}')
}

/// How many characters before a number may make it an amount.
const REACH: usize = 5;
const MONEY: &[&str] = &["元", "块", "圆", "人民币", "rmb"];
/// 块 that is no money: a piece of something.
const PIECES: &[char] = &['地', '牌', '广', '石', '玻', '木', '板', '砖', '布', '表', '屏', '空'];
const TIMES: &[&str] = &["次", "趟", "遍", "回", "轮", "个电话"];
/// What follows 次 or 回 when nothing was done so often: `十二次课`, `20回家`.
const NO_TIMES: &[char] = &['课', '卡', '训', '家', '复', '来', '去', '到', '校', '学', '应', '答', '款', '访'];
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
    ("个多星期", 7.0),
    ("个多礼拜", 7.0),
    ("个多学期", 150.0),
    ("礼拜", 7.0),
    ("个月", 30.0),
    ("个多月", 30.0),
    ("个来月", 30.0),
    ("个季度", 90.0),
    ("个学期", 150.0),
    ("学期", 150.0),
    ("个学年", 300.0),
    ("年", 365.0),
];
/// Unit, minutes.
const MINUTES: &[(&str, f64)] = &[
    ("分钟", 1.0),
    ("刻钟", 15.0),
    ("小时", 60.0),
    ("个小时", 60.0),
    ("个多小时", 60.0),
    ("个钟头", 60.0),
    ("个半小时", 60.0),
];
/// What follows a year's number when it is no duration: 年级, 年制, and a date's next number.
const NO_DURATION: &[char] = &['级', '制', '一', '度', '份', '秋', '春', '上', '下', '初', '底', '末'];
const PEOPLE: &[&str] = &["人", "名", "位", "户"];
/// Who is counted after 个.
const WHO: &[&str] = &[
    "人",
    "家长",
    "学生",
    "学员",
    "孩子",
    "小孩",
    "小朋友",
    "小学生",
    "幼儿",
    "宝宝",
    "娃",
    "家庭",
    "同学",
    "姐妹",
    "业主",
    "会员",
    "老师",
    "教练",
    "居民",
    "消费者",
    "受害者",
];
const COUNTED: &[&str] = &[
    "节",
    "课时",
    "个课时",
    "学时",
    "次课",
    "门",
    "期",
    "台",
    "套",
    "份",
    "件",
    "本",
    "张",
    "间",
    "辆",
    "岁",
    "周岁",
    "层",
    "家",
    "所",
    "瓶",
];
/// What stands before an amount that names no unit.
const MONEY_LEADS: &[char] = &[
    '费', '款', '钱', '金', '价', '交', '缴', '付', '收', '扣', '花', '掏', '买', '押', '罚', '涨', '贷', '欠', '达',
    '赔', '计', '充',
];
/// What ends a noun that makes the number before it an amount: `3000学费`.
const MONEY_NOUNS: &[char] = &['费', '款', '钱'];
/// What follows a number that is no amount.
const NO_MONEY: &[char] = &[
    '年', '月', '日', '号', '天', '个', '名', '人', '位', '户', '次', '趟', '遍', '回', '小', '分', '点', '时', '岁',
    '节', '级', '层', '楼', '班', '本', '台', '期', '周', '星', '礼', '%', '‰', '米', '公', '里', '度', '平', '家',
    '所', '门', '科', '课', '间', '只', '条', '件', '张', '套', '倍', '折', '工', '多', ':', '-', '栋', '座', '字',
    '页', '顶', '头', '辆', '路', '股', '瓶', '份', '颗', '针', '处', '种', '项', '步',
];

/// Kind, value and the length of the unit.
fn meaning(number: &Number, before: &[char], after: &[char]) -> Option<(QuantityKind, i64, usize)> {
    if before.ends_with(&['分', '之']) || after.starts_with(&['分', '之']) {
        return None;
    }
    let (rest, more) = skip_about(after);
    let skipped = after.len() - rest.len();
    let whole = (number.value + 1e-6) as i64;
    let found = if let Some((days, unit)) = days(number, rest, more) {
        Some((QuantityKind::Days, days, unit))
    } else if let Some((minutes, unit)) = minutes(number, rest) {
        Some((QuantityKind::Minutes, minutes, unit))
    } else if let Some(unit) = times(rest) {
        Some((QuantityKind::Times, whole, unit))
    } else if let Some(unit) = money(number, before, rest) {
        Some((QuantityKind::Money, whole, unit))
    } else if let Some(unit) = people(rest) {
        Some((QuantityKind::People, whole, unit))
    } else {
        longest(rest, COUNTED.iter().copied()).map(|unit| (QuantityKind::Count, whole, unit))
    };
    found.filter(|(_, value, _)| *value > 0).map(|(kind, value, unit)| (kind, value, unit + skipped))
}

fn days(number: &Number, after: &[char], more: bool) -> Option<(i64, usize)> {
    if number.bare || number.value > 3_660.0 {
        return None;
    }
    // 一个半月, 两年半
    let found = match after {
        ['个', '半', '月', ..] => Some((number.value * 30.0 + 15.0, 3)),
        ['年', '半', ..] if !number.digits || number.value < 10.0 => Some((number.value * 365.0 + 182.5, 2)),
        ['月', ..] if number.pair => Some((number.value * 30.0, 1)),
        _ => None,
    };
    let (value, unit) = found.or_else(|| scaled(number, after, DAYS))?;
    if after[..unit].last() == Some(&'年') {
        let next = after.get(1);
        // 18年 is a year as a rule, 1998年 always; 十八年 and 20多年 are durations.
        let year = number.digits && !more && number.value >= 10.0;
        if year || next.is_some_and(|next| NO_DURATION.contains(next) || next.is_ascii_digit()) {
            return None;
        }
    }
    Some(((value + 1e-6) as i64, unit))
}

fn minutes(number: &Number, after: &[char]) -> Option<(i64, usize)> {
    let half = if after.starts_with(&['个', '半']) { 30.0 } else { 0.0 };
    let (value, unit) = scaled(number, after, MINUTES)?;
    Some(((value + half + 1e-6) as i64, unit))
}

/// The value in the longest unit of the table that fits, and the unit's length.
fn scaled(number: &Number, after: &[char], table: &[(&str, f64)]) -> Option<(f64, usize)> {
    let fitting = table.iter().filter_map(|(unit, size)| Some((begins(after, unit)?, *size)));
    let (unit, size) = fitting.max_by_key(|(unit, _)| *unit)?;
    Some((number.value * size, unit))
}

fn times(after: &[char]) -> Option<usize> {
    let unit = longest(after, TIMES.iter().copied())?;
    (!after.get(unit).is_some_and(|next| NO_TIMES.contains(next))).then_some(unit)
}

fn people(after: &[char]) -> Option<usize> {
    if after.first() == Some(&'个') {
        return longest(&after[1..], WHO.iter().copied()).map(|unit| unit + 1);
    }
    longest(after, PEOPLE.iter().copied())
}

/// The length of the unit (0 where the amount names none).
fn money(number: &Number, before: &[char], after: &[char]) -> Option<usize> {
    if let Some(unit) = longest(after, MONEY.iter().copied()) {
        let piece = after.first() == Some(&'块') && after.get(1).is_some_and(|next| PIECES.contains(next));
        return (!piece).then(|| unit + usize::from(after.starts_with(&['块', '钱'])));
    }
    let sign = before.last() == Some(&'¥');
    let over = number.bare && number.large && before.ends_with(&['上']);
    if (number.bare && !over) || after.first().is_some_and(|next| NO_MONEY.contains(next)) {
        return None;
    }
    let size = 100.0..1e7;
    let led = before.iter().any(|char| MONEY_LEADS.contains(char))
        || after.iter().take(2).any(|char| MONEY_NOUNS.contains(char));
    // 罚款五十。
    let close = before.iter().rev().take(2).any(|char| MONEY_LEADS.contains(char));
    let small = close && (20.0..100.0).contains(&number.value) && ends(after.first());
    // A clause of its own, as in the middle of an enrolment: `报了考证班，2880，`.
    let alone = number.digits && ends(before.last()) && ends(after.first()) && !before.is_empty();
    let alone = alone && size.contains(&number.value) && !(1_900.0..2_100.0).contains(&number.value);
    let money = sign || number.large || number.clipped || (led && size.contains(&number.value)) || small || alone;
    money.then_some(0)
}

/// Nothing, or a sign that ends a clause.
fn ends(char: Option<&char>) -> bool {
    char.is_none_or(|char| super::negation::ends_clause(*char) || *char == '、' || *char == '.')
}

/// Skips 多, 余, 来, 几 after a number; tells whether one stood there.
fn skip_about(after: &[char]) -> (&[char], bool) {
    match after {
        ['多' | '余' | '来' | '几' | '+', rest @ ..] => (rest, true),
        ['左' | '上', '右' | '下', rest @ ..] => (rest, true),
        _ => (after, false),
    }
}

/// The length of the longest word that `after` begins with.
fn longest<'a>(after: &[char], words: impl Iterator<Item = &'a str>) -> Option<usize> {
    words.filter_map(|word| begins(after, word)).max()
}

fn begins(after: &[char], word: &str) -> Option<usize> {
    let mut chars = after.iter();
    word.chars().all(|want| chars.next() == Some(&want)).then(|| word.chars().count())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn most(text: &str, kind: QuantityKind) -> i64 {
        quantities(text).iter().filter(|one| one.kind == kind).map(|one| one.value).max().unwrap_or(0)
    }

    #[test]
    fn money() {
        for (text, want) in [
            ("交了16000元", 16_000),
            ("交了１６，０００元", 16_000),
            ("交了1万6", 16_000),
            ("交了1万6千", 16_000),
            ("交了1w6", 16_000),
            ("交了一万六千八", 16_800),
            ("一共一万六", 16_000),
            ("一万六千五百块", 16_500),
            ("壹万陆仟元整", 16_000),
            ("2.6万学费", 26_000),
            ("1.5w一学期", 15_000),
            ("一万一个学期", 10_000),
            ("两千五的补课费", 2_500),
            ("两千五百元", 2_500),
            ("两千多块", 2_000),
            ("两千五块", 2_500),
            ("三千", 0),
            ("三千人", 0),
            ("学费二万八一分不退", 28_000),
            ("学费三千", 3_000),
            ("学费39800", 39_800),
            ("￥899.50", 899),
            ("￥50", 50),
            ("25720多元", 25_720),
            ("几千块钱", 2_000),
            ("上万块", 10_000),
            ("一两百块", 100),
            ("10多万", 100_000),
            ("十几万", 120_000),
            ("两千多万元", 20_000_000),
            ("一亿两千万元", 120_000_000),
            ("收费5000-6980元不等", 6_980),
            ("买了一千九百八的课", 1_980),
            ("一台四千六，说是要用", 4_600),
            ("报了个证书班，2880，没过", 2_880),
            ("每人两百八，不交不行", 280),
            ("晚归罚款五十。", 50),
            ("每月收80，不开票", 80),
            ("5600/人", 0),
            ("收费5600/人", 5_600),
            ("千万不要", 0),
            ("万一出事", 0),
            ("百分之三十", 0),
            ("2019年交了300元", 300),
            ("电话13800001111", 0),
            ("一万多人", 0),
            ("三块广告牌", 0),
            ("考了580分", 0),
            ("上了200节课", 0),
            ("一千零五元", 1_005),
        ] {
            assert_eq!(most(text, QuantityKind::Money), want, "{text}");
        }
    }

    #[test]
    fn durations() {
        for (text, want) in [
            ("两个多月", 60),
            ("拖了两个多月", 60),
            ("拖了俩月", 60),
            ("个把月了", 30),
            ("拖了3个月", 90),
            ("三个来月", 90),
            ("半个月", 15),
            ("大半年", 182),
            ("半年", 182),
            ("一个半月", 45),
            ("两年半", 912),
            ("一年多", 365),
            ("三周", 21),
            ("十天", 10),
            ("十来天", 10),
            ("45个工作日", 45),
            ("几个星期", 14),
            ("一个多星期", 7),
            ("20多年", 7_300),
            ("2019年", 0),
            ("二〇一九年", 0),
            ("19年9月", 0),
            ("三年级", 0),
            ("8月18日", 0),
            ("五月份", 0),
        ] {
            assert_eq!(most(text, QuantityKind::Days), want, "{text}");
        }
    }

    #[test]
    fn times_people_counts_and_minutes() {
        for (text, kind, want) in [
            ("打了三次电话", QuantityKind::Times, 3),
            ("去了4趟", QuantityKind::Times, 4),
            ("谈了四五轮", QuantityKind::Times, 4),
            ("打了五六个电话", QuantityKind::Times, 5),
            ("十二次课下来", QuantityKind::Times, 0),
            ("晚上20回家", QuantityKind::Times, 0),
            ("十二次课下来", QuantityKind::Count, 12),
            ("还剩36节", QuantityKind::Count, 36),
            ("孩子六岁", QuantityKind::Count, 6),
            ("我们三十多位家长", QuantityKind::People, 30),
            ("数百名家长", QuantityKind::People, 200),
            ("两百来个家庭", QuantityKind::People, 200),
            ("五个人", QuantityKind::People, 5),
            ("五个月", QuantityKind::People, 0),
            ("八十几个人", QuantityKind::People, 82),
            ("练20分钟", QuantityKind::Minutes, 20),
            ("等了两个半小时", QuantityKind::Minutes, 150),
            ("没有数字", QuantityKind::Times, 0),
            ("", QuantityKind::People, 0),
        ] {
            assert_eq!(most(text, kind), want, "{text}");
        }
    }

    #[test]
    fn each_has_its_place() {
        let text = "2018年12月 交了1万6，😀拖了两个多月，8月中旬又去了三趟，我们 ３０多位家长每人２００元。";
        let shown: Vec<String> = quantities(text)
            .iter()
            .map(|one| format!("{:?} {} {}", one.kind, one.value, &text[one.start..one.end]))
            .collect();
        let want = [
            "Date 0 2018年12月",
            "Money 16000 1万6",
            "Days 60 两个多月",
            "Date 0 8月中旬",
            "Times 3 三趟",
            "People 30 ３０多位",
            "Money 200 ２００元",
        ];
        assert_eq!(shown, want);
    }

    #[test]
    fn facts_of_a_text() {
        let text = "4月2日交了八千，5月底就申请退，现在8月中旬了";
        let folded = Folded::new(text);
        let facts = facts(&of(&folded), &folded);
        let number = |id: &str| facts.get(id).and_then(Value::as_i64);
        assert_eq!(number("text.money_max"), Some(8_000));
        assert_eq!(number("text.span_days"), Some(131));
        assert_eq!(number("text.han"), Some(18));
        assert_eq!(number("text.people_max"), None);
    }

    #[test]
    fn odd_numbers_do_no_harm() {
        for text in [
            "9".repeat(400),
            "一".repeat(5_000),
            "万亿".repeat(300),
            "1,2,3,,..万".to_owned(),
            "半半半元".to_owned(),
            "年月日".repeat(50),
            "0年0月0日".to_owned(),
            "2019-99-99".to_owned(),
        ] {
            assert!(quantities(&text).iter().all(|one| one.value >= 0 && one.start < one.end), "{text:.30}");
        }
    }
}
