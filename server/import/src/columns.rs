//! The columns each kind of file has, under all the headings officials give them. A heading is
//! written here as it is compared: without signs, in small letters.
use crate::field::{Field as F, Schema};

#[rustfmt::skip]
const TOWN: &[&str] = &[
    "乡镇街道", "乡镇", "镇", "乡", "街道", "镇街", "镇乡街道", "乡镇名称", "所属乡镇",
    "所在乡镇", "乡镇街道名称", "乡街道", "镇街道", "乡镇街", "镇乡", "乡级", "乡级名称",
    "town",
];
#[rustfmt::skip]
const VILLAGE: &[&str] = &[
    "村社区", "村", "社区", "村居", "村名", "村名称", "行政村", "所属村", "所在村",
    "村社区名称", "村委会", "村居社区", "行政村社区", "村民委员会", "村级", "村级名称", "所属村社区",
    "所在村社区", "village",
];
#[rustfmt::skip]
const COUNTY: &[&str] = &[
    "县区", "县市区", "县", "区县", "区", "县级", "县名", "县市", "区县市", "county",
];
#[rustfmt::skip]
const PHONE: &[&str] = &[
    "联系电话", "电话", "手机", "手机号", "手机号码", "联系方式", "电话号码", "联系手机",
    "户主电话", "信访人电话", "phone",
];
#[rustfmt::skip]
const ID_NUMBER: &[&str] = &[
    "公民身份号码", "身份证号", "身份证号码", "身份证", "证件号", "证件号码", "公民身份证号码",
    "居民身份证号", "户主身份证号", "信访人证件号", "idcard", "idnumber",
];
#[rustfmt::skip]
const BANK_CARD: &[&str] = &[
    "银行卡号", "银行账号", "银行帐号", "卡号", "账号", "帐号", "开户账号", "一卡通账号",
    "一卡通卡号", "社保卡号", "银行卡", "一卡通", "惠农一卡通",
];

/// 区划
#[rustfmt::skip]
pub(crate) static DIVISIONS: Schema = Schema {
    columns: &[
        (F::VillageCode, &[
            "村级代码", "村代码", "村社区代码", "统计用区划代码", "区划代码", "行政区划代码", "社区代码",
            "村居代码", "代码", "code",
        ]),
        (F::Village, VILLAGE),
        (F::TownCode, &[
            "乡镇街道代码", "乡镇代码", "街道代码", "镇街代码", "乡级代码", "乡镇街代码", "towncode",
        ]),
        (F::Town, TOWN),
        (F::County, COUNTY),
        (F::City, &["市", "地市", "地级市", "市州", "地市州", "市地州", "市名", "city"]),
        (F::Province, &["省", "省份", "省市区", "省自治区", "省区市", "省级", "province"]),
    ],
    required: &[&[F::VillageCode], &[F::Town], &[F::Village]],
    shared: &[F::Province, F::City, F::County, F::TownCode, F::Town],
};

/// 住户
#[rustfmt::skip]
pub(crate) static HOUSEHOLDS: Schema = Schema {
    columns: &[
        (F::SourceKey, &[
            "户编号", "户号", "户编码", "家庭编号", "户籍编号", "户主编号", "户序号", "农户编号",
            "住户编号", "户籍号", "家庭户号",
        ]),
        (F::Town, TOWN),
        (F::Village, VILLAGE),
        (F::County, COUNTY),
        (F::Group, &[
            "组别", "组", "小组", "村民小组", "组名", "所在组", "网格", "居民小组", "村小组", "组号",
            "自然村",
        ]),
        (F::Name, &["姓名", "成员姓名", "家庭成员姓名", "家庭成员", "人员姓名", "成员", "name"]),
        (F::HeadName, &["户主姓名", "户主", "户主名", "户主名称"]),
        (F::Relation, &["与户主关系", "与户主的关系", "家庭关系", "关系", "户主关系", "成员关系", "称谓"]),
        (F::Sex, &["性别"]),
        (F::Ethnicity, &["民族"]),
        (F::Birth, &["出生日期", "出生年月", "出生年月日", "生日", "出生时间", "出生"]),
        (F::Phone, PHONE),
        (F::Remark, &["备注", "说明", "备注说明", "人员类别", "户类型", "家庭类型", "农户类型", "户类别"]),
        (F::IdNumber, ID_NUMBER),
        (F::BankCard, BANK_CARD),
    ],
    required: &[&[F::SourceKey], &[F::Town], &[F::Village], &[F::Name, F::HeadName]],
    // The phone is not among them: a number that spans several persons is the head's.
    shared: &[F::SourceKey, F::Town, F::Village, F::County, F::Group, F::HeadName],
};

/// 事项
#[rustfmt::skip]
pub(crate) static MATTERS: Schema = Schema {
    columns: &[
        (F::SourceKey, &[
            "id", "编号", "留言编号", "信访编号", "信访件编号", "事项编号", "工单编号", "工单号",
            "登记编号", "受理编号",
        ]),
        (F::Title, &[
            "标题", "主题", "留言主题", "事项标题", "概况", "title", "诉求标题", "留言标题",
            "问题标题", "信访标题",
        ]),
        (F::Body, &[
            "内容", "留言详情", "留言内容", "信访内容", "主要内容", "body", "问题描述", "诉求内容",
            "反映内容", "正文", "概述", "信访事项", "反映问题", "内容摘要",
        ]),
        (F::ReceivedAt, &[
            "信访日期", "信访时间", "来信时间", "来访时间", "留言时间", "留言日期", "登记时间", "登记日期",
            "时间", "日期", "time", "提交时间", "受理时间", "收到日期", "反映时间", "来访日期",
        ]),
        (F::Reply, &[
            "答复意见", "答复", "回复", "答复内容", "回复内容", "办理结果", "reply", "办理情况",
        ]),
        (F::RepliedAt, &[
            "答复时间", "答复日期", "回复时间", "回复日期", "replytime", "办结时间", "办结日期",
            "reply_time",
        ]),
        (F::Petitioner, &[
            "姓名", "信访人", "信访人姓名", "反映人", "来信人", "来访人", "留言用户", "留言人", "用户",
            "用户名", "网名", "昵称", "user", "投诉人", "诉求人", "联系人", "name",
        ]),
        (F::Phone, PHONE),
        (F::Town, TOWN),
        (F::Village, VILLAGE),
        (F::County, COUNTY),
        (F::Category, &[
            "类别", "问题类别", "分类", "一级标签", "一级分类", "内容分类", "问题分类", "问题类型",
            "诉求类型", "label", "category", "类型",
        ]),
        (F::IdNumber, ID_NUMBER),
        (F::BankCard, BANK_CARD),
    ],
    required: &[&[F::Title], &[F::Body], &[F::ReceivedAt]],
    shared: &[F::Town, F::Village, F::County, F::Category],
};
