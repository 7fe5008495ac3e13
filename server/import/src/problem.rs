//! What a reader has to say about a file besides its rows: a problem keeps something out, a note
//! does not, and a file error means that nothing could be read. All are typed; the wording for
//! people is made elsewhere.
use serde::Serialize;

use crate::field::Field;

/// 行号: the row as the person sees it, counted from 1 with the title rows. In a text file of
/// messages (one JSON object a line) it is the line number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct RowNumber(pub(crate) u32);

impl RowNumber {
    /// The number itself.
    #[must_use]
    pub fn get(self) -> u32 {
        self.0
    }
}

impl std::fmt::Display for RowNumber {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

/// 读取结果: the good rows, what was kept out and why, and what was worth saying.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Parsed<T> {
    /// The rows taken in, each with its row number (a household has that of its first person).
    pub rows: Vec<(RowNumber, T)>,
    /// The rows kept out, in the order of the file.
    pub problems: Vec<RowProblem>,
    /// Remarks on the file, then on rows that went in.
    pub notes: Vec<Note>,
}

impl<T> Parsed<T> {
    pub(crate) fn new() -> Self {
        Self { rows: Vec::new(), problems: Vec::new(), notes: Vec::new() }
    }

    pub(crate) fn problem(&mut self, row: u32, field: impl Into<Option<Field>>, reason: Reason) {
        self.problems.push(RowProblem { row: RowNumber(row), field: field.into(), reason });
    }

    pub(crate) fn note(&mut self, row: u32, field: impl Into<Option<Field>>, kind: NoteKind) {
        self.notes.push(Note { row: Some(RowNumber(row)), field: field.into(), kind });
    }

    /// In the order of the file; what is said about the file as a whole comes first.
    pub(crate) fn in_order(mut self) -> Self {
        self.problems.sort_by_key(|problem| problem.row);
        self.notes.sort_by_key(|note| note.row);
        self
    }

    pub(crate) fn file_note(&mut self, kind: NoteKind) {
        self.notes.push(Note { row: None, field: None, kind });
    }
}

/// 行错误: why a row (or the household it belongs to) was not taken in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RowProblem {
    /// The row.
    pub row: RowNumber,
    /// The column meant, when it is one column's fault.
    pub field: Option<Field>,
    /// The reason.
    pub reason: Reason,
}

/// 原因. Texts quoted from the file (`found`) are cut short, and long numbers in them are hidden.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case", tag = "reason")]
pub enum Reason {
    /// 缺少内容: a cell that must be filled is empty.
    Missing,
    /// 代码有误: not the digits that a division code has.
    BadCode {
        /// What stands there.
        found: String,
        /// How many digits it should have.
        digits: usize,
    },
    /// 代码丢位: a spreadsheet turned the code into something like 3.50921E+11, the digits are gone.
    CodeLostDigits {
        /// What stands there.
        found: String,
    },
    /// 村代码不在乡镇代码之下: the village's code does not begin with its town's code.
    CodeNotUnderTown {
        /// The village's code.
        village: String,
        /// The town's code.
        town: String,
    },
    /// 同一代码名称不同: the code stands further up with another name.
    SameCodeOtherName {
        /// The row further up.
        first_row: RowNumber,
        /// The name there.
        first_name: String,
        /// The name here.
        name: String,
    },
    /// 同一编号内容不同: the key stands further up with other content.
    SameKeyOtherContent {
        /// The row further up.
        first_row: RowNumber,
    },
    /// 同一户的村不同: rows of one household name different places; the household is kept out.
    PlacesDiffer {
        /// The household's first row.
        first_row: RowNumber,
        /// The place there.
        first_place: String,
        /// The place here.
        place: String,
    },
    /// 编号是身份证号: an identity number must not serve as the key.
    KeyIsIdNumber,
    /// 日期不存在: such as 30 February.
    ImpossibleDate {
        /// What stands there.
        found: String,
    },
    /// 日期看不懂.
    UnreadableDate {
        /// What stands there.
        found: String,
    },
    /// 内容太长.
    TooLong {
        /// How many characters may stand there.
        limit: usize,
        /// How many do.
        found: usize,
    },
    /// 字符无法识别: some characters were damaged before the file came here.
    DamagedCharacters,
    /// 引号没有成对: a quotation mark opens a cell and nothing closes it.
    UnclosedQuote,
    /// 这一行太长: the line has more bytes than any message could need.
    LineTooLong {
        /// How many bytes a line may have.
        limit: usize,
    },
    /// 这一行不完整: the JSON stops in the middle.
    TruncatedJson,
    /// 这一行格式不对: not JSON.
    BadJson,
    /// 这一行不是一条记录: JSON, but not an object.
    NotAnObject,
    /// 类型不对: neither text nor a number.
    WrongType,
}

/// 提示: something was noticed, and the row went in nevertheless.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Note {
    /// The row, unless the note is about the file.
    pub row: Option<RowNumber>,
    /// The column meant, if it is one.
    pub field: Option<Field>,
    /// What was noticed.
    #[serde(flatten)]
    pub kind: NoteKind,
}

/// 提示内容.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case", tag = "note")]
pub enum NoteKind {
    /// 重复行: the same as a row further up; it counts once.
    RepeatedRow {
        /// The row further up.
        first_row: RowNumber,
    },
    /// 没有户主: nobody is marked as head, the first person was taken.
    HeadAssumed,
    /// 两个户主: the household has a head already; this person is a member.
    SecondHead {
        /// The row of the head.
        first_row: RowNumber,
    },
    /// 编号取自上一行: the cell was empty and the person plainly belongs to the household above.
    KeyFromAbove,
    /// 组别不同: the household's rows name different groups; the first was taken.
    GroupsDiffer,
    /// 出生日期只取年份: the date cannot be, or can be read in two ways; its year was kept.
    BirthYearOnly {
        /// What stands there.
        found: String,
    },
    /// 看不懂，未录入: the cell could not be understood and was left empty.
    NotUnderstood {
        /// What stands there.
        found: String,
    },
    /// 内容已截短.
    CutShort {
        /// How many characters were kept.
        kept: usize,
    },
    /// 答复早于留言.
    ReplyBeforeMessage,
    /// 有答复没有答复时间.
    ReplyWithoutTime,
    /// 证件号码未录入: this many cells with identity numbers were left out.
    IdNumbersLeftOut {
        /// How many.
        cells: usize,
    },
    /// 银行卡号未录入: this many cells with bank card numbers were left out.
    BankCardsLeftOut {
        /// How many.
        cells: usize,
    },
    /// 备注、电话中的证件号或卡号已去掉: this many cells held such a number inside other text.
    LongNumbersRemoved {
        /// How many.
        cells: usize,
    },
    /// 不认识的列: columns that were not read.
    ColumnsLeftOut {
        /// Their headings.
        names: Vec<String>,
    },
    /// 其他工作表未读.
    SheetsLeftOut {
        /// Their names.
        names: Vec<String>,
    },
    /// 合计、制表人等行: a row below the table that is no data.
    FooterLeftOut,
}

/// 文件错误: nothing could be read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, thiserror::Error)]
#[serde(rename_all = "snake_case", tag = "error")]
pub enum FileError {
    /// 空文件.
    #[error("the file is empty")]
    Empty,
    /// 文件太大.
    #[error("the file is larger than {limit} bytes")]
    TooLarge {
        /// How many bytes a file may have.
        limit: usize,
    },
    /// 解压后太大: a small file that would unpack to an absurd size.
    #[error("the file unpacks to more than {limit} bytes")]
    UnpacksTooLarge {
        /// How many bytes it may unpack to.
        limit: u64,
    },
    /// 行数太多.
    #[error("the table has more than {limit} rows")]
    TooManyRows {
        /// How many rows a table may have.
        limit: usize,
    },
    /// 单元格太多.
    #[error("the table has more than {limit} cells")]
    TooManyCells {
        /// How many cells a table may have.
        limit: usize,
    },
    /// 不支持的格式: none of the formats that this program reads.
    #[error("not a format that can be read here")]
    UnknownFormat,
    /// 网页表格: a web page with the name of a spreadsheet, as some systems export it.
    #[error("a web page with the name of a spreadsheet")]
    WebPage,
    /// 文件有密码.
    #[error("the file is protected by a password")]
    PasswordProtected,
    /// 文件已损坏.
    #[error("the file is damaged")]
    Damaged,
    /// 没有工作表.
    #[error("the workbook has no worksheet")]
    NoSheet,
    /// 找不到表头: no row names the columns that are needed.
    #[error("no header row found")]
    NoHeader {
        /// The row that came nearest, if any did.
        nearest_row: Option<RowNumber>,
        /// The columns that it lacks (all that are needed, when there is no such row).
        missing: Vec<Field>,
    },
    /// 编码无法识别: neither UTF-8 nor GB18030.
    #[error("the text is neither UTF-8 nor GB18030")]
    UnknownEncoding,
}
