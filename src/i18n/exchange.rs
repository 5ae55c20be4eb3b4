//! Words about files that go out and come in: what is wrong with a file, where, and what to do.
//! Must not read files.

use shouwen_bundle::container::{BundleError, Kind};
use shouwen_bundle::merge::{ForkKind, GapRange, Reason};
use shouwen_core::calendar::{CalendarError, Problem, ScheduleError};

use super::{T, fill, tr};

crate::texts! {
    // File names
    FILE_PREFIX = "首问" | "Shouwen";
    FILE_DEMO = "演示" | "demo";
    FILE_FULL = "全部" | "full";
    FILE_DELTA = "新增" | "new";
    FILE_MASKED = "遮盖" | "masked";
    FILE_ACK = "回执" | "receipt";
    FILE_CONFIG = "制度" | "rules";
    FILE_TABLE = "台账" | "register";
    FILE_ATTACHMENTS = "附件" | "attachments";
    FILE_QUARANTINE = "隔离" | "set-aside";

    KIND_FULL = "全部（完整备份）" | "everything (a backup)";
    KIND_DELTA = "新增部分" | "new entries";
    KIND_ACK = "回执" | "receipt";
    KIND_CONFIG = "制度与日历" | "rules and calendars";
    KIND_MASKED = "遮盖后的副本" | "masked copy";

    // What is wrong with a file
    E_WHERE = "（位置：{place}）" | " (place: {place})";
    E_EMPTY = "文件是空的。请让对方重新导出，或检查是否下载完整。" | "The file is empty. Ask for it again, or check that the download was complete.";
    E_TOO_BIG = "文件有 {size} MB，超过 {max} MB 的上限，没有读取。请对方分批导出，或导出时不带附件。" | "The file has {size} MB, more than {max} MB, and was not read. Ask for smaller exports, or one without attachments.";
    E_NOT_TEXT = "这不是首问导出的文件（不是文字文件）。请选择文件名以“首问-”开头、以 .json 结尾的文件。" | "This is not a file exported by Shouwen (it is no text). Choose a .json file exported by it.";
    E_TOO_DEEP = "文件结构异常，不像首问导出的文件，没有读取。" | "The file is built unlike any file of Shouwen and was not read.";
    E_TRUNCATED = "文件不完整，后面一段缺失，多半是传输中断。请让对方重新发送一次。" | "The end of the file is missing, probably a broken transfer. Ask for the file again.";
    E_SYNTAX = "文件内容已损坏，读不下去。请让对方重新导出并发送。" | "The file is damaged and cannot be read on. Ask for a new export.";
    E_NOT_OURS = "这个文件不是首问导出的（案件包、回执、制度或日历）。请核对是否选错了文件。" | "This file was not exported by Shouwen (cases, receipt, rules or calendar). Check that it is the right one.";
    E_TOO_NEW = "文件由更新版本的首问导出，本机版本还读不了。请换用新版 HTML 文件再导入；原文件请保留。" | "The file comes from a newer build than this one. Get the newer HTML file and import again; keep the file.";
    E_MALFORMED = "文件缺少必要内容或格式不对，没有导入任何内容。请让对方重新导出。" | "Parts of the file are missing or of a wrong form; nothing was taken in. Ask for a new export.";
    E_TAMPERED = "文件在导出之后被改动过，校验不一致，已拒绝，没有导入任何内容。请让对方重新导出原文件。" | "The file was changed after it was exported; it was refused and nothing was taken in. Ask for the original.";
    E_MASKED = "这是遮盖了个人信息的副本，只能用来统计，不能并入案件。请让对方导出未遮盖的案件包。" | "This is a masked copy for statistics; it cannot be merged. Ask for an unmasked export.";
    E_READ = "浏览器读不了这个文件：{what}。请把文件复制到本机桌面后再选一次。" | "The browser could not read the file: {what}. Copy it to this computer and choose it again.";
    E_PACK = "制度包有错误，没有采用：{what}" | "The rule pack has faults and was not adopted: {what}";
    E_CONFIG = "采用后会出错，没有采用：{what}" | "Adopting this would break the rules in force; nothing was adopted: {what}";
    E_CALENDAR = "放假通知文件有错误（位置：{place}）：{what}。没有采用，请改正后再导入。" | "The holiday notice has a fault at {place}: {what}. It was not adopted.";

    C_SYNTAX = "不是有效的 JSON" | "not valid JSON";
    C_FORMAT = "不认识的日历格式" | "unknown calendar format";
    C_EXPECTED = "此处应为 {what}" | "expected {what}";
    C_UNKNOWN = "多出不认识的项目" | "unknown field";
    C_MISSING = "缺少这一项" | "missing";
    C_DATE = "“{what}”不是 2000–2099 年的日期" | "“{what}” is not a date between 2000 and 2099";
    C_YEAR = "{what} 不是 2000–2099 之间的年份" | "{what} is not a year between 2000 and 2099";
    C_TWICE = "{what} 出现了两次" | "{what} is there twice";
    C_FOREIGN = "{date} 不属于 {year} 年的通知" | "{date} is not part of the notice of {year}";
    C_EMPTY_NOTICE = "{what} 年的通知里没有列出任何日期" | "the notice of {what} lists no day";
    C_CONTRADICTION = "两份通知对 {what} 说法不一" | "two notices disagree about {what}";
    C_EMPTY = "不能为空" | "must not be empty";

    S_NOT_A_TIME = "“{what}”不是时间。请写成 09:00 这样，最晚 24:00。" | "“{what}” is not a time. Write 09:00; the latest is 24:00.";
    S_EMPTY = "{day}：{start}–{end} 开始和结束相同，请改正或删去这一段。" | "{day}: {start}–{end} is empty. Correct or remove it.";
    S_OVERNIGHT = "{day}：{start}–{end} 跨过了午夜。请在 24:00 结束，第二天从 00:00 另写一段。" | "{day}: {start}–{end} runs over midnight. End it at 24:00 and begin the next day at 00:00.";
    S_OVERLAP = "{day}：有两段时间在 {at} 重叠，请错开。" | "{day}: two windows overlap at {at}.";
    S_NOT_A_DATE = "“{what}”不是日期。请写成 2027-02-06 这样（2000–2099 年）。" | "“{what}” is not a date. Write 2027-02-06 (2000–2099).";
    S_NEVER = "一天都不开门的作息无法计时。请至少填一段营业时间。" | "A timetable that never opens cannot be counted by. Enter at least one window.";
    MON = "周一" | "Mon";
    TUE = "周二" | "Tue";
    WED = "周三" | "Wed";
    THU = "周四" | "Thu";
    FRI = "周五" | "Fri";
    SAT = "周六" | "Sat";
    SUN = "周日" | "Sun";

    GAP = "缺第 {numbers} 条（设备 {device}）" | "entries {numbers} are missing (device {device})";
    GAP_ASK = "缺第 {numbers} 条，请 {campus} 重新导出全部" | "entries {numbers} are missing: ask {campus} for a full export";
    FORK_RIVALS = "设备 {device} 的第 {n} 条有两份不同内容（可能整个浏览器资料被复制或还原过），两份都已保留" | "device {device} has two different entries number {n} (a copied or restored profile); both are kept";
    FORK_BREAK = "设备 {device} 的第 {n} 条与前一条接不上（前一条可能被改动过），已保留" | "entry {n} of device {device} does not follow the one before it (which may have been changed); it is kept";

    Q_INVALID = "不是有效的记录：{what}" | "not an entry: {what}";
    Q_TOO_NEW = "由更新版本写入（格式 {n}），本机读不了" | "written by a newer build (form {n})";
    Q_ALTERED = "与已有的记录编号相同、内容不同（可能被改动过）" | "has the number of an entry that is here, with other content (possibly changed)";
}

/// Weekdays from Monday.
pub const DAYS: [T; 7] = [MON, TUE, WED, THU, FRI, SAT, SUN];

/// What a bundle is for.
pub fn kind_word(kind: Kind) -> &'static str {
    tr(match kind {
        Kind::Full => KIND_FULL,
        Kind::Delta => KIND_DELTA,
        Kind::Ack => KIND_ACK,
        Kind::Config => KIND_CONFIG,
        Kind::Masked => KIND_MASKED,
    })
}

/// Why a file was refused, where, and what to do.
pub fn bundle_error(error: &BundleError) -> String {
    let (text, placed) = match error {
        BundleError::Empty => (E_EMPTY, false),
        BundleError::TooBig { size, max } => {
            let mb = |bytes: u64| bytes.div_ceil(1 << 20).to_string();
            return fill(E_TOO_BIG, &[("size", &mb(*size)), ("max", &mb(*max))]);
        }
        BundleError::NotUtf8 { .. } => (E_NOT_TEXT, true),
        BundleError::TooDeep { .. } | BundleError::TooMany { .. } => (E_TOO_DEEP, true),
        BundleError::LoneSurrogate { .. } | BundleError::Syntax { .. } => (E_SYNTAX, true),
        BundleError::Truncated => (E_TRUNCATED, false),
        BundleError::NotABundle { .. } => (E_NOT_OURS, false),
        BundleError::TooNew { .. } => (E_TOO_NEW, false),
        BundleError::Malformed { .. } => (E_MALFORMED, true),
        BundleError::Tampered { .. } => (E_TAMPERED, true),
        BundleError::Masked => (E_MASKED, false),
    };
    let place = if placed { fill(E_WHERE, &[("place", &error.place())]) } else { String::new() };
    format!("{}{place}", tr(text))
}

/// What is wrong with a holiday notice.
pub fn calendar_error(error: &CalendarError) -> String {
    calendar_fault(&error.place, &error.problem)
}

/// The same from its parts.
pub fn calendar_fault(place: &str, problem: &Problem) -> String {
    let what = match problem {
        Problem::Syntax(_) => tr(C_SYNTAX).to_owned(),
        Problem::UnknownFormat(_) => tr(C_FORMAT).to_owned(),
        Problem::Expected(what) => fill(C_EXPECTED, &[("what", what)]),
        Problem::UnknownField => tr(C_UNKNOWN).to_owned(),
        Problem::MissingField => tr(C_MISSING).to_owned(),
        Problem::NotADate(what) => fill(C_DATE, &[("what", what)]),
        Problem::NotAYear(what) => fill(C_YEAR, &[("what", &what.to_string())]),
        Problem::DuplicateYear(what) => fill(C_TWICE, &[("what", &what.to_string())]),
        Problem::DuplicateDate(what) => fill(C_TWICE, &[("what", &what.to_string())]),
        Problem::ForeignDate { date, year } => {
            fill(C_FOREIGN, &[("date", &date.to_string()), ("year", &year.to_string())])
        }
        Problem::EmptyNotice(year) => fill(C_EMPTY_NOTICE, &[("what", &year.to_string())]),
        Problem::Contradiction(date) => fill(C_CONTRADICTION, &[("what", &date.to_string())]),
        Problem::Empty => tr(C_EMPTY).to_owned(),
    };
    fill(E_CALENDAR, &[("place", place), ("what", &what)])
}

/// What is wrong with a timetable, for the person who fills it in.
pub fn schedule_error(error: &ScheduleError) -> String {
    match error {
        ScheduleError::NotATime(what) => fill(S_NOT_A_TIME, &[("what", what)]),
        ScheduleError::EmptyWindow { day, start, end } => {
            fill(S_EMPTY, &[("day", &day_word(day)), ("start", start), ("end", end)])
        }
        ScheduleError::Overnight { day, start, end } => {
            fill(S_OVERNIGHT, &[("day", &day_word(day)), ("start", start), ("end", end)])
        }
        ScheduleError::Overlap { day, at } => fill(S_OVERLAP, &[("day", &day_word(day)), ("at", at)]),
        ScheduleError::NotADate(what) => fill(S_NOT_A_DATE, &[("what", what)]),
        ScheduleError::NeverOpens => tr(S_NEVER).to_owned(),
    }
}

/// `mon` as a word; dates stay.
fn day_word(day: &str) -> String {
    let names = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
    names.iter().position(|name| *name == day).map_or_else(|| day.to_owned(), |index| tr(DAYS[index]).to_owned())
}

/// `12–15`, `7`
pub fn numbers(from: u64, to: u64) -> String {
    if from == to { from.to_string() } else { format!("{from}–{to}") }
}

/// A gap in a device's log.
pub fn gap(gap: &GapRange) -> String {
    fill(GAP, &[("numbers", &numbers(gap.from, gap.to)), ("device", &gap.device)])
}

/// A doubtful place in a device's log.
pub fn fork(kind: ForkKind, device: &str, seq: u64) -> String {
    let text = match kind {
        ForkKind::Rivals => FORK_RIVALS,
        ForkKind::Break => FORK_BREAK,
    };
    fill(text, &[("device", device), ("n", &seq.to_string())])
}

/// Why a text was set aside.
pub fn reason(reason: &Reason) -> String {
    match reason {
        Reason::Invalid(what) => fill(Q_INVALID, &[("what", what)]),
        Reason::TooNew(schema) => fill(Q_TOO_NEW, &[("n", &schema.to_string())]),
        Reason::Altered { .. } => tr(Q_ALTERED).to_owned(),
    }
}

/// `120 KB`, `3.4 MB`, `10.0 GB`
pub fn size(bytes: u64) -> String {
    match bytes {
        0..1_024 => format!("{bytes} B"),
        1_024..1_048_576 => format!("{} KB", bytes.div_ceil(1_024)),
        // One decimal without floating point.
        1_048_576..1_073_741_824 => format!("{}.{} MB", bytes >> 20, ((bytes & 0xf_ffff) * 10) >> 20),
        _ => format!("{}.{} GB", bytes >> 30, (((bytes >> 20) & 0x3ff) * 10) >> 10),
    }
}
