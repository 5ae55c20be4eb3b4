//! Texts of reminders, pauses, extensions and recurring duties.

use shouwen_core::clock::{State, Term};
use shouwen_core::pack::Every;
use shouwen_core::time::Civil;

use super::{T, common, fill, time, tr};

crate::texts! {
    HEADQUARTERS = "总部" | "headquarters";
    AND = "、" | ", ";

    DIGEST = "到了该提醒的时候" | "Time to remind";
    TO_ME = "提醒我" | "For me";
    TO_OTHERS = "转告：{who}" | "Pass on to: {who}";
    ALSO = "同时转告：{who}" | "also tell: {who}";
    LINE = "{number} {clock}" | "{number} {clock}";
    NOTED = "知道了" | "Noted";
    TOLD = "已告知" | "Told";
    COPY = "复制" | "Copy";
    COPIED = "已复制，可粘贴到聊天里。文字里没有投诉人的姓名和电话。" | "Copied; paste it into a chat. It holds no name or phone of the complainant.";
    COPY_BY_HAND = "浏览器不让本页写剪贴板，请在这里选中后复制：" | "The browser does not let this page use the clipboard; select and copy here:";
    COPY_HEAD = "【首问】到了该提醒的时候（{at}）" | "[Shouwen] Time to remind ({at})";
    AND_MORE = "另有 {n} 项" | "{n} more";
    OUR_LEVELS = "没有写条款的提醒时间是本程序的约定，不是制度的规定。" | "Reminder times without a clause are our own convention, not the rule's.";
    DUE = "应于 {at}" | "due {at}";
    OVER_SINCE = "已于 {at} 到期" | "ran out {at}";
    NOTIFICATION = "{n} 项时限到了提醒时间" | "{n} limits have reached a reminder";
    NOTIFICATION_BODY = "点这里打开首问的“今日”。" | "Click to open Today in Shouwen.";

    NOTIFY_TITLE = "浏览器通知" | "Browser notifications";
    NOTIFY_TEXT = "本页开着（也可以在后台）时，到了提醒时间由浏览器弹出一条通知，只写有几项，不写案件内容。页面关闭后不会通知；需要时请在“今日”导出日历文件。" | "While this page is open (also in the background) the browser shows one notification when reminders are reached; it says how many, nothing about the cases. With the page closed nothing comes: use the calendar file on Today.";
    NOTIFY_ON = "打开通知" | "Switch on";
    NOTIFY_OFF = "关闭通知" | "Switch off";
    NOTIFY_GRANTED = "已打开：浏览器允许本页通知。" | "On: the browser allows it.";
    NOTIFY_ALLOWED_OFF = "未打开。浏览器已经允许。" | "Off. The browser would allow it.";
    NOTIFY_UNASKED = "未打开。点“打开通知”后，浏览器会问您是否允许。" | "Off. When you switch it on, the browser will ask you.";
    NOTIFY_NO_ANSWER = "浏览器没有允许。有的浏览器不给直接双击打开的文件（file://）发通知，“今日”页上的提醒照常显示。" | "The browser did not allow it. Some do not for files opened by double-click (file://). The reminders on Today are shown as always.";
    NOTIFY_DENIED = "浏览器禁止了本页的通知：请点地址栏左边的图标，在“通知”里改为允许，再回到这里。直接双击打开的文件，有的浏览器一律不允许。" | "The browser blocks notifications of this page: allow them behind the icon left of the address, then come back. Some browsers never allow them for files opened by double-click.";
    NOTIFY_MISSING = "这个浏览器在本页不提供通知。" | "This browser offers no notifications here.";

    BEHIND = "本机时间（{now}）比最近的记录（{last}）早 {span}，到期判断可能不准。请校正系统时间。" | "The time of this computer ({now}) is {span} before the latest entry ({last}); what is due may be wrong. Please correct the system's time.";
    AHEAD = "有 {n} 个案件的记录写在一天以后（最晚 {last}）：可能是本机时间被调早，也可能是另一台电脑的时间偏晚。请核对系统时间，到期判断可能不准。" | "{n} cases have entries from more than a day ahead (latest {last}): either this computer's time was set back, or another computer's runs ahead. Please check; what is due may be wrong.";
    FIRST = "「{step}」还不能记录，先做：{first}。" | "“{step}” cannot be recorded yet; first: {first}.";

    PAUSE = "中止计时" | "Pause";
    PAUSE_TITLE = "中止计时" | "Pause the limit";
    RESUME = "恢复计时" | "Resume";
    RESUME_TEXT = "从现在起继续计时；中止的时间不算在期限里。" | "It counts again from now; the paused time is not part of the limit.";
    SCOPE = "中止哪些" | "Which";
    SCOPE_ONE = "只这一项：{clock}" | "Only this: {clock}";
    SCOPE_ALL = "本案所有可以中止的时限（{n} 项）" | "All limits of this case that may be paused ({n})";
    GROUND = "事由（制度列明）" | "Ground (named by the rule)";
    EVIDENCE = "凭据" | "Evidence";
    EVIDENCE_HINT = "例如文书编号、照片名称" | "E.g. a document's number, a picture's name";
    SINCE = "从什么时候起" | "Since when";
    UNTIL = "预计恢复" | "Planned end";
    UNTIL_HINT = "到时自动恢复；不填则等人工恢复" | "Resumes by itself then; else somebody resumes it";
    CAP = "制度规定中止合计最多 {limit}，用完自动恢复计时。" | "The rule allows {limit} of pauses in all; then it counts again by itself.";
    NO_CAP = "制度没有规定中止最长多久。" | "The rule sets no longest pause.";
    CLAUSE = "依据：{clause}" | "By {clause}";
    EFFECT = "这样做的结果" | "What this does";
    EFFECT_MOVES = "{clock}：{before} → {after}" | "{clock}: {before} → {after}";
    EFFECT_STANDS = "{clock}：到期时间不变（{before}）" | "{clock}: stays due {before}";
    EFFECT_OPEN = "{clock}：原到期 {before}；恢复计时后才能算出新的到期时间" | "{clock}: was due {before}; the new due time is known once it resumes";
    PAUSED_SINCE = "自 {at} 起中止" | "Paused since {at}";
    PAUSED_WHY = "{since}：{why}" | "{since}: {why}";
    PAUSED_UNTIL = "最晚 {at} 自动恢复计时" | "counts again at {at} at the latest";
    PAUSED_OPEN = "没有预计恢复时间，请在事由消失时恢复计时" | "no planned end; resume it when the ground is gone";
    BY_OTHERS = "中止由{who}决定。" | "Pausing is decided by {who}.";
    NEVER_PAUSES = "制度没有规定可以中止，期限不因等待而停。" | "The rules provide for no pause; waiting does not stop the limit.";
    ALL_OF_CASE = "本案所有可以中止的时限" | "all limits of the case that may be paused";
    T_GROUND = "事由：{what}" | "Ground: {what}";
    T_EVIDENCE = "凭据：{what}" | "Evidence: {what}";
    T_UNTIL = "预计恢复：{at}" | "Planned end: {at}";

    EXTEND = "延长期限" | "Extend";
    EXTEND_TITLE = "延长期限" | "Extend the limit";
    EXTEND_NOW = "现在的到期时间：{at}" | "Due now: {at}";
    EXTEND_TO = "延长到" | "Extend to";
    EXTEND_MAX = "制度最多允许延长 {limit}，即到 {at}。" | "The rule allows {limit} more, that is until {at}.";
    EXTEND_FREE = "制度没有规定最多延长多久。" | "The rule sets no bound.";
    EXTEND_BY = "可由{who}在到期前延长。" | "May be extended by {who} before it runs out.";
    EXTEND_OVER = "已到期，不能再延长。" | "It has run out and can no longer be extended.";

    DUTIES_CALM = "一周内没有到期的" | "nothing due within a week";
    DUTIES_OPEN = "{n} 项一周内到期" | "{n} due within a week";
    TERM_WEEK = "本周（{from}–{to}）" | "this week ({from}–{to})";
    TERM_LAST_WEEK = "上周（{from}–{to}）" | "last week ({from}–{to})";
    TERM_MONTH = "{month}月" | "{year}-{month}";
    OF_YEAR_WEEK = "{n}周" | "W{n}";
    OF_YEAR_MONTH = "{n}月" | "M{n}";
    TERM_YEAR = "{year}年" | "{year}";
    TERM_PERIOD = "周期 {from}–{to}" | "period {from}–{to}";
    DUTY_DUE = "应于 {at} 前" | "by {at}";
    DUTY_STANDING = "日常，没有固定日期" | "standing, without a date";
    DUTY_NO_PERIOD = "制度没有写周期，请在设置里填写“{name}”" | "the rule names no period; fill in “{name}” in the settings";
    DUTY_MISSED = "{term}没有记录" | "no record for {term}";
    DUTY_DONE = "{term}已做：{who}，{at}" | "done for {term}: {who}, {at}";
    DUTY_DO = "记为已做" | "Record as done";
    DUTY_LATE = "补记{term}" | "Record {term}";
    DUTY_TEXT = "写一句做了什么、结果在哪里（可不写）。" | "Say what was done and where the result is (optional).";
}

/// A turn of a duty: 本周, 11月, 2026年, 周期.
pub fn term(every: &Every, term: &Term, now: Civil) -> String {
    let (from, to) = (time::short_date(term.from, now), time::short_date(term.due.date(), now));
    let [year, month] =
        [chrono::Datelike::year(&term.from).to_string(), chrono::Datelike::month(&term.from).to_string()];
    let text: T = match every {
        Every::WeekEnd if term.due < now => TERM_LAST_WEEK,
        Every::WeekEnd => TERM_WEEK,
        Every::MonthEnd => TERM_MONTH,
        Every::YearEnd => TERM_YEAR,
        Every::Period(_) | Every::Continuous => TERM_PERIOD,
    };
    fill(text, &[("from", &from), ("to", &to), ("year", &year), ("month", &month)])
}

/// A turn in the table of its year: 第 47 周, 11 月, 2026, or the first day of a period.
pub fn term_of_year(every: &Every, term: &Term) -> String {
    let text = match every {
        Every::WeekEnd => OF_YEAR_WEEK,
        Every::MonthEnd => OF_YEAR_MONTH,
        _ => return term.id.clone(),
    };
    let n = term.id.rsplit(['-', 'W']).next().unwrap_or_default().trim_start_matches('0');
    fill(text, &[("n", n)])
}

/// When a clock is or was due, for a line in a list.
pub fn due(state: State, due: Option<Civil>, now: Civil) -> String {
    match due {
        Some(due) if state == State::Overdue => fill(OVER_SINCE, &[("at", &time::moment(due, now))]),
        Some(due) => fill(DUE, &[("at", &time::moment(due, now))]),
        None => tr(common::OPEN_TASK).to_owned(),
    }
}
