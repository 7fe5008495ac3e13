//! 网上提交: the form, the page that is read out before it goes, and the receipt.

use case_core::matter::PurposeOfPetition;
use case_core::public::{FilingFault, FilingField, LEAST_WORDS, MAX_SENT_BYTES, MAX_SENT_FILES, MOST_WORDS, Purpose};
use case_core::text::chinese_number;

/// Heading of the form.
pub const TITLE: &str = "反映问题、提意见";
/// The same, filled in for somebody else.
pub const TITLE_FOR: &str = "替别人反映问题";
/// Below it.
pub const NOTE: &str = "不用注册。照实写，写清楚就行。交上去马上给您一个查询码，凭它查办到哪一步。";
/// Below it, for a helper.
pub const NOTE_FOR: &str = "家里人、邻居、村里的干部都可以替本人填。填完请念给本人听，本人说对了再交。";
/// To the helper's form.
pub const TO_FOR: &str = "我是替别人填的";
/// Back to one's own.
pub const TO_OWN: &str = "我是自己填的";
/// Before the words of what is wrong, in the window's title.
pub const CHECK_AGAIN: &str = "还没有交上去，请看一看";
/// Heading above what is wrong.
pub const WRONG: &str = "还没有交上去。下面这几处请看一看，您写的都还在：";
/// The server could not.
pub const OURS: &str = "我们这边出了问题，还没有交上去。您写的都还在，请过一会儿再按一次。";

/// Group: the helper.
pub const HELPER: &str = "谁在替本人填";
/// 代填人姓名.
pub const HELPER_NAME: &str = "您的姓名";
/// Relation.
pub const HELPER_RELATION: &str = "您是本人的什么人";
/// Its hint.
pub const HELPER_RELATION_HINT: &str = "比如：女儿、邻居、村干部。";
/// Phone.
pub const HELPER_PHONE: &str = "您的电话";

/// Which kind.
pub const PURPOSE: &str = "要反映哪一类";
/// The text.
pub const TEXT: &str = "什么事";
/// The demands.
pub const DEMANDS: &str = "想要怎么解决";
/// How to fill them in.
pub const DEMANDS_HINT: &str = "一格写一条，至少写一条。";
/// Further fields.
pub const MORE_DEMANDS: &str = "还有别的要求";
/// The place.
pub const PLACE: &str = "事情在哪里";
/// No place.
pub const NO_PLACE: &str = "说不清，或者在县城";
/// The town without a village.
pub const WHOLE_TOWN: &str = "（不分村）";
/// Named or not.
pub const WHO: &str = "写不写姓名";
/// Named.
pub const NAMED: &str = "写姓名";
/// What that means.
pub const NAMED_NOTE: &str = "写了姓名、住址，转给单位以后，单位依法要在十五天内书面告诉您收到了、怎么办。";
/// Not named.
pub const ANONYMOUS: &str = "不写姓名";
/// What that means.
pub const ANONYMOUS_NOTE: &str =
    "也登记，也给查询码。没有人能去找您，答复只能您自己凭查询码和一个四位口令来查。码和口令丢了，补不了。";
/// Below the choice.
pub const NAME: &str = "姓名";
/// Of the petitioner, on the helper's form.
pub const NAME_FOR: &str = "本人的姓名";
/// Phone.
pub const PHONE: &str = "电话";
/// Its hint.
pub const PHONE_HINT: &str = "以后查的时候，用它的后四位。";
/// Address.
pub const ADDRESS: &str = "住址";
/// Where a field may stay empty without a name.
pub const IF_NAMED: &str = "不写姓名的空着";
/// Optional.
pub const OPTIONAL: &str = "可以不填";
/// 公开意愿.
pub const PUBLISH: &str = "办完能不能公开";
/// Agreed.
pub const PUBLISH_YES: &str = "同意公开";
/// Not agreed.
pub const PUBLISH_NO: &str = "不公开";
/// What that means.
pub const PUBLISH_NOTE: &str = "隐去姓名、电话、住址，两个人看过才放出来。不勾就不公开，以后也可以改主意。";
/// The button.
pub const SEND: &str = "交上去";
/// The button of the helper's form.
pub const READ_OUT: &str = "下一步，念给本人听";
/// What becomes of what was typed.
pub const PRIVACY: &str = "写的内容只有办这件事的人看。姓名、电话、住址在别的干部面前是遮住的。";
/// Where reports against officials go.
pub const ACCUSE_TITLE: &str = "举报不从这里交";
/// Why, and how.
pub const ACCUSE: &str = "举报干部、单位违纪违法，要走保密的路，不进普通的件，经办人看不到。请到信访局窗口说“要保密登记”，当面加密封存，只有纪检、组织的专人能拆。也可以打纪检监察举报电话 12388。写在这里的，我们没有收，也没有存。";

/// Heading of the page that is read out.
pub const CONFIRM: &str = "念给本人听";
/// What to do.
pub const CONFIRM_NOTE: &str = "还没有交。请从头念一遍给本人听，本人说对了，再按“交上去”。";
/// The box.
pub const HEARD: &str = "本人已听读并确认";
/// Go back.
pub const EDIT: &str = "回去改";
/// Empty.
pub const NOTHING: &str = "没有填";

/// Heading of the receipt.
pub const RECEIPT: &str = "收到了";
/// It was there already.
pub const AGAIN: &str =
    "这张表先前已经交上来了，只收了一份，下面是那一份的回执。后来改的没有收；有要补的，请用“补充材料”。";
/// It was there already, some time ago.
pub const LONG_AGO: &str = "这张表先前已经交过了，没有再收一次。请用那次给您的查询码查；有新的事，请重新打开这一页填。";
/// To write down.
pub const WRITE_DOWN: &str = "请马上把查询码抄在纸上，或者截屏、打印。这一页关了就不再出现。";
/// 查询码.
pub const CODE: &str = "查询码";
/// The second answer.
pub const FACTOR: &str = "查的时候还要填";
/// 口令.
pub const WORD: &str = "四位口令";
/// With a phone.
pub const BY_PHONE: &str = "您手机号的后四位，或者您的姓名";
/// Without one.
pub const BY_NAME: &str = "您的姓名";
/// Without a name.
pub const BY_WORD: &str = "没有姓名，就靠这个口令，请和查询码一起抄下来。两样都丢了，谁也补不了。";
/// 编号.
pub const NUMBER: &str = "信访件编号";
/// When.
pub const AT: &str = "收到时间";
/// What about.
pub const ABOUT: &str = "反映的事";
/// By whom.
pub const HELPED_BY: &str = "代填人";
/// The QR code.
pub const QR: &str = "二维码，扫了就打开查询页";
/// Beside it.
pub const SCAN: &str = "用手机扫一扫，直接打开查询页。";
/// Heading of the days.
pub const DAYS: &str = "最晚哪天";
/// The office's phone.
pub const CALL: &str = "有事打电话";
/// How to keep it, without a script.
pub const KEEP: &str = "要打印，用浏览器菜单里的“打印”；没有打印机，就截屏或者抄下来。";
/// The script's button.
pub const PRINT: &str = "打印回执";
/// It is kept while one types.
pub const KEPT: &str = "写的存在这部手机里，断了网、关了页面都还在。照片要重新选。别人的手机，用完请清除。";
/// It was put back.
pub const RESTORED: &str = "上次没有交完的，放回来了。接着填，或者清除了重新写。";
/// No line.
pub const OFFLINE: &str = "现在没有网，还没有交上去。写的存在这部手机里，有网了再按一次。";
/// Off with it.
pub const CLEAR: &str = "清除草稿";
/// To the look-up.
pub const LOOK_UP: &str = "去查办理情况";

/// Too many from one address.
pub const TOO_MANY: &str = "从您这里交来的太多了，还没有交上去。您写的都还在，请过一小时再交；急的话请打电话。";

/// The files.
pub const FILES: &str = "照片、文件";
/// A field.
pub const FILE: &str = "选一个文件";
/// Another one.
pub const FILE_MORE: &str = "再选一个";
/// What came already.
pub const FILES_THERE: &str = "下面的已经传上来了，不用再选。不想交的打上勾。";
/// Take it off.
pub const DROP: &str = "这个不交了";
/// On the receipt.
pub const FILES_CAME: &str = "照片、文件";
/// What is said with files alone.
pub const ONLY_FILES: &str = "（只交了照片、文件，没有写字。）";
/// One is too large.
pub const FILE_TOO_LARGE: &str =
    "有一个文件太大，没有收。每个最大 8 兆。别的都在，换一张小的再交，或者不交它直接按“交上去”。";
/// All together are too large.
pub const FILES_TOO_LARGE: &str = "文件加起来太大，没有收全。请分两次选：先交几个，出来这一页再选几个。";
/// Too many.
pub const FILES_TOO_MANY: &str = "最多交 6 个文件，多的没有收。还有要交的，收到回执以后从“补充材料”再交。";
/// Not a type that is taken.
pub const FILE_STRANGE: &str = "有一个文件认不出，没有收。照片、录音、扫描文件可以交；别的请拍成照片。";

/// The hint above the files.
#[must_use]
pub fn files_hint() -> String {
    let (most, size) = (MAX_SENT_FILES.to_string(), (MAX_SENT_BYTES / (1024 * 1024)).to_string());
    ["照片、录音、扫描文件都行，最多 ", &most, " 个，每个最大 ", &size, " 兆。照片里的拍摄地点会自动去掉。"].concat()
}

/// 2 个.
#[must_use]
pub fn files(count: usize) -> String {
    [&count.to_string(), " 个"].concat()
}

/// The hint below the text.
#[must_use]
pub fn text_hint() -> String {
    let (least, most) = (LEAST_WORDS.to_string(), MOST_WORDS.to_string());
    [&least, " 到 ", &most, " 个字。什么时候、在哪里、怎么回事，找过谁、怎么说的。"].concat()
}

/// A kind.
#[must_use]
pub fn purpose(purpose: Purpose) -> &'static str {
    match purpose {
        Purpose::Plain(PurposeOfPetition::Appeal) => "有事情要解决",
        Purpose::Plain(PurposeOfPetition::Suggestion) => "提意见、提建议",
        Purpose::Accusation => "举报干部或者单位",
    }
}

/// 第一条.
#[must_use]
pub fn demand(at: usize) -> String {
    ["第", &chinese_number(at + 1), "条"].concat()
}

/// A field by its name, as the list of what is wrong says it.
fn name(field: FilingField) -> String {
    match field {
        FilingField::Purpose => PURPOSE.to_owned(),
        FilingField::Text => TEXT.to_owned(),
        FilingField::Demand(at) => [DEMANDS, "，", &demand(at)].concat(),
        FilingField::Place => PLACE.to_owned(),
        FilingField::Name => NAME.to_owned(),
        FilingField::Phone => PHONE.to_owned(),
        FilingField::Address => ADDRESS.to_owned(),
        FilingField::HelperName => HELPER_NAME.to_owned(),
        FilingField::HelperRelation => HELPER_RELATION.to_owned(),
        FilingField::HelperPhone => HELPER_PHONE.to_owned(),
        FilingField::Heard => HEARD.to_owned(),
    }
}

/// What is wrong with a field, and what to do.
#[must_use]
pub fn fault(field: FilingField, fault: FilingFault) -> String {
    let called = name(field);
    match fault {
        FilingFault::Missing => match field {
            FilingField::Purpose => "还没有选要反映哪一类。".to_owned(),
            FilingField::Demand(_) => "还没有写想要怎么解决，请至少写一条。".to_owned(),
            FilingField::Name => "还没有写姓名。不想写，就在上面选“不写姓名”。".to_owned(),
            FilingField::Address => "还没有写住址。写到村、组就行。".to_owned(),
            FilingField::Heard => "请念给本人听，本人说对了，再打上勾。".to_owned(),
            _ => ["还没有填：", &called, "。"].concat(),
        },
        FilingFault::TooShort { have } => {
            ["写得太短，只有 ", &have.to_string(), " 个字。请再多写几句，至少 ", &LEAST_WORDS.to_string(), " 个字。"]
                .concat()
        }
        FilingFault::TooLong { max } => [&called, "写得太长了，最多 ", &max.to_string(), " 个字。"].concat(),
        FilingFault::NotHere => "举报不从这里交，请看上面的办法。".to_owned(),
        FilingFault::Unknown => "没有这个地方，请重新选。".to_owned(),
        FilingFault::NotAPhone => [&called, "看着不对，请对一遍；没有就空着。"].concat(),
    }
}
