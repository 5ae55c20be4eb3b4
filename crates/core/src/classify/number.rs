//! Numerals in running text: `16000`, `１６，０００`, `一万六千八`, `1万6`, `1.5w`, `两千多`, `半`.
//! Must not ask what is counted: units are the business of `quantity`.

/// What a numeral counts that follows a finished number.
const COUNTED: &[char] = &['个', '年', '月', '次', '学', '节', '期', '天', '位', '名', '小', '门', '科', '对', '人'];

/// A number at the beginning of a piece of text.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Number {
    pub value: f64,
    /// Characters read.
    pub length: usize,
    /// Begins with 百, 千, 万 without a digit: often no number at all (千万, 万一).
    pub bare: bool,
    /// Written with 万 or 亿: without another unit this is money.
    pub large: bool,
    /// Written in digits only: may be a year.
    pub digits: bool,
    /// The last unit is left out (`六百八`, `两千五`, `1万6`): people say that of money only.
    pub clipped: bool,
    /// 俩, 仨: two or three of what follows, without a measure word.
    pub pair: bool,
}

impl Number {
    pub fn read(chars: &[char]) -> Option<Number> {
        if let Some(value) = pair(chars) {
            return Some(Number {
                value,
                length: 1,
                bare: false,
                large: false,
                digits: false,
                clipped: false,
                pair: true,
            });
        }
        let mut reader = Reader::default();
        while let Some(char) = chars.get(reader.length) {
            if !reader.take(*char, chars) {
                break;
            }
        }
        reader.finish()
    }
}

fn pair(chars: &[char]) -> Option<f64> {
    match chars {
        ['俩', ..] => Some(2.0),
        ['仨', ..] => Some(3.0),
        _ => None,
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
        // 一万六, 两千五, 1万6
        let clipped =
            self.unit >= 100.0 && !self.zero && self.current.is_some_and(|digit| (1.0..10.0).contains(&digit));
        let rest = self.current.unwrap_or(0.0) * if clipped { self.unit / 10.0 } else { 1.0 };
        let value = (self.total + self.closed + self.section + rest).clamp(0.0, 1e15);
        let digits = self.unit == 0.0 && (self.row_length > 2 || (self.latin && !self.han));
        Some(Number { value, length: self.length, bare: self.bare, large: self.large, digits, clipped, pair: false })
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
        'w' if !next.is_some_and(|next| next.is_ascii_alphabetic()) => 1e4,
        'k' if !next.is_some_and(|next| next.is_ascii_alphabetic()) => 1e3,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numerals() {
        for (text, value, length) in [
            ("16000元", 16_000.0, 5),
            ("16,000元", 16_000.0, 6),
            ("1,2", 1.0, 1),
            ("12.5", 12.5, 4),
            ("一万六千八", 16_800.0, 5),
            ("一万六", 16_000.0, 3),
            ("1万6", 16_000.0, 3),
            ("1万6千", 16_000.0, 4),
            ("1w5", 15_000.0, 3),
            ("五千8", 5_800.0, 3),
            ("六百八", 680.0, 3),
            ("一千零五", 1_005.0, 4),
            ("两千多万", 20_000_000.0, 4),
            ("一亿两千万", 120_000_000.0, 5),
            ("壹万陆仟", 16_000.0, 4),
            ("十五", 15.0, 2),
            ("二〇一九", 2_019.0, 4),
            ("一两百", 100.0, 3),
            ("半年", 0.5, 1),
            ("俩月", 2.0, 1),
        ] {
            let chars: Vec<char> = text.chars().collect();
            let number = Number::read(&chars).unwrap();
            assert_eq!((number.value, number.length), (value, length), "{text}");
        }
        for text in ["", "元", "多", "，1"] {
            assert_eq!(Number::read(&text.chars().collect::<Vec<_>>()), None, "{text}");
        }
    }

    #[test]
    fn the_clipped_unit_is_told() {
        for (text, clipped) in
            [("六百八", true), ("六百八十", false), ("1万6", true), ("一万零六", false), ("八百", false)]
        {
            assert_eq!(Number::read(&text.chars().collect::<Vec<_>>()).unwrap().clipped, clipped, "{text}");
        }
    }
}
