//! Commands: what they are called on buttons and in dialogs.

use case_core::matter::{CommandKind, DeliveryMode, Keeping, LetterStamp, PetitionerOpinion};

/// The word on the button.
#[must_use]
pub fn name(kind: CommandKind) -> &'static str {
    match kind {
        CommandKind::Transfer => "转送",
        CommandKind::SignFor => "签收",
        CommandKind::Accept => "受理",
        CommandKind::Assign => "确定承办人",
        CommandKind::HandOver => "转交承办人",
        CommandKind::GiveFeedback => "向信访人反馈",
        CommandKind::Promise => "记下承诺",
        CommandKind::SubmitClosure => "报审核",
        CommandKind::ReturnClosure => "退回重办",
        CommandKind::ApproveClosure => "同意",
        CommandKind::SignOpinion => "签发处理意见书",
        CommandKind::Deliver => "登记送达",
        CommandKind::Close => "办结",
        CommandKind::RequestMaterial => "请补充材料",
        CommandKind::ReceiveMaterial => "登记补来的材料",
        CommandKind::NotifyPetitioner => "登记书面告知",
        CommandKind::StampLetter => "登记来信的章",
        CommandKind::Recall => "收回",
        CommandKind::Object => "提出异议",
        CommandKind::UpholdObjection => "同意异议",
        CommandKind::DismissObjection => "不同意异议",
        CommandKind::AskCoHandler => "请单位协办",
        CommandKind::ReleaseCoHandler => "不再请协办",
        CommandKind::AnswerCoHandling => "协办反馈",
        CommandKind::KeepPromise => "登记承诺兑现",
        CommandKind::HoldHearing => "登记听证",
        CommandKind::FileReport => "提交办结报告",
        CommandKind::BeginMediation => "开始调解",
        CommandKind::EndMediation => "结束调解",
        CommandKind::ConfirmAgreement => "登记司法确认",
        CommandKind::RequestReview => "登记复查申请",
        CommandKind::RequestRecheck => "登记复核申请",
        CommandKind::TakeReview => "决定受理复查复核",
        CommandKind::WithdrawReview => "登记撤回复查复核申请",
        CommandKind::DecideReview => "提出复查复核意见",
        CommandKind::DeliverReview => "送达复查复核意见",
        CommandKind::VetoSettled => "不认定化解",
        CommandKind::Archive => "存档",
        CommandKind::LinkIntake => "并入重件",
        CommandKind::Supervise => "督办",
        CommandKind::Summon => "约谈",
        CommandKind::Advise => "提出建议",
        CommandKind::AnswerOversight => "登记督办建议的回复",
        CommandKind::AdmitObserver => "准许查阅",
        CommandKind::DismissObserver => "终止查阅",
        CommandKind::ProposeExtension => "申请延期",
        CommandKind::ProposeNotAccepting => "报批不予受理",
        CommandKind::ProposeNoLongerAccepting => "报批不再受理",
        CommandKind::ProposeDirecting => "报批导入法定途径",
        CommandKind::ProposeAnswer => "报批当场答复",
        CommandKind::ProposeFiling => "报批存",
        CommandKind::ProposeWithdrawal => "报批撤回",
        CommandKind::ProposeReopening => "提请重开",
        CommandKind::ApproveProposal => "批准",
        CommandKind::RefuseProposal => "不批准",
        CommandKind::RetractProposal => "撤回报批",
        CommandKind::EnterOldCase => "列入积案台账",
        CommandKind::TakeOn => "领导包案",
        CommandKind::NoteContract => "记包案进展",
        CommandKind::SignContract => "签包案领导意见",
        CommandKind::StrikeOff => "积案销号",
        CommandKind::ProposeLeader => "报批更换包案领导",
        CommandKind::AnswerVoice => "答复信访人的话",
    }
}

/// What the step means, below its button.
#[must_use]
pub fn explain(kind: CommandKind) -> &'static str {
    match kind {
        CommandKind::Transfer => "交给责任单位，15 天的书面告知期限从今天算起。",
        CommandKind::SignFor => "确认本单位已经收到。",
        CommandKind::Accept => "受理告知书送到后登记，办理期限从送到那天算起，不从登记这天算。",
        CommandKind::Assign => "定下由谁来办，从此算开始办理。",
        CommandKind::HandOver => "换一位本单位同事接着办，期限照算。原来办过的人不能再审核、回访。",
        CommandKind::GiveFeedback => "告诉信访人办到哪一步，信访人凭查询码也能看到。",
        CommandKind::Promise => "答应信访人的事和日子，到期会提醒。",
        CommandKind::SubmitClosure => "逐项写明查明的事实和答复，交县信访局审核。",
        CommandKind::ReturnClosure => "写明理由和期限，退给承办人重办。同意了还没有送达的，负责人和审核人员也能退。",
        CommandKind::ApproveClosure => "同意这份办理结果，责任单位可以送达。",
        CommandKind::SignOpinion => "单位负责人看过、同意发出。拟稿的人不能自己签发，没有签发不能送达。",
        CommandKind::Deliver => "处理意见书送到信访人手里后登记。",
        CommandKind::Close => "回访以后，这件事到此办结。",
        CommandKind::RequestMaterial => "告诉信访人还缺什么。等材料的时候，期限照样算。",
        CommandKind::ReceiveMaterial => "材料来了，或者不等了，接着往下办。",
        CommandKind::NotifyPetitioner => "书面告知送到信访人手里后登记，告知期限到此为止。",
        CommandKind::StampLetter => "呈报、署名回复都要在收信当天做完。",
        CommandKind::Recall => "转错了，或者单位办不下去的，写明理由收回，再转给别的单位。答复的最后一天不变。",
        CommandKind::Object => "不归本单位办的，收到五个工作日内说明理由，退回县信访局。",
        CommandKind::UpholdObjection => "异议成立，收回来，再转给别的单位。最后期限不变。",
        CommandKind::DismissObjection => "异议不成立，责任单位要签收办理，期限一直在算。",
        CommandKind::AskCoHandler => "请别的单位一起办。牵头的只有一个，协办没有反馈不能报审核。",
        CommandKind::ReleaseCoHandler => "请错了单位，或者不用协办了，写明理由，收回协办。",
        CommandKind::AnswerCoHandling => "把本单位协办的情况告诉牵头单位。",
        CommandKind::KeepPromise => "答应的事做到了，写明哪天、怎么做的。",
        CommandKind::HoldHearing => "写明哪几天听证。复核时，听证的日子不算在期限里。",
        CommandKind::FileReport => "交办的件，答复送达以后先出具办结报告，再来提交；导入法定途径的，写明那边的结果。",
        CommandKind::BeginMediation => "双方都同意才能调解，三十天里要有结果。",
        CommandKind::EndMediation => "谈成的写明协议，没谈成的写明原因，都回到办理。",
        CommandKind::ConfirmAgreement => "双方一起向法院申请确认，协议生效起三十天内。",
        CommandKind::RequestReview => "信访人不服处理意见，收到答复三十天内可以申请复查。",
        CommandKind::RequestRecheck => "信访人不服复查意见，不管结论是什么，收到三十天内可以申请复核。",
        CommandKind::TakeReview => "收到申请三个工作日内决定，三十天的期限照算。",
        CommandKind::WithdrawReview => {
            "信访人自己不要复查复核了，回到原来的阶段。三十天没有过完的，剩下的天数里还可以再申请。"
        }
        CommandKind::DecideReview => "维持、撤销或者变更。撤销和变更要定重新办理的日子。",
        CommandKind::DeliverReview => "意见送到信访人手里后登记。维持的照原来的走，撤销、变更的重新办理。",
        CommandKind::VetoSettled => "问题其实没有解决的，说明理由，回到已办结。",
        CommandKind::Archive => "卷内材料齐了，编好页码，存档。",
        CommandKind::LinkIntake => "又来反映同一件事的，并进来，一起办。",
        CommandKind::Supervise => "写明存在的问题、要求和期限，责任单位要书面回复。这件事照样往下办。",
        CommandKind::Summon => "约谈责任单位负责人以后登记，写明问题、要求和整改期限。",
        CommandKind::Advise => "改进工作、完善政策或者追究责任的建议，对方要书面反馈采纳情况。",
        CommandKind::AnswerOversight => "收到督办、约谈、建议的书面回复后登记。",
        CommandKind::AdmitObserver => {
            "让听证员、律师、代表委员在几天里看这一件。看不到姓名电话，不能下载，到期自动关上。"
        }
        CommandKind::DismissObserver => "不等到期，马上关上。",
        CommandKind::ProposeExtension => {
            "只能延一次，最多三十天，到期以前由单位负责人批；县信访局自己办的由审核人员批。理由会告诉信访人。"
        }
        CommandKind::ProposeNotAccepting => {
            "写明情形、理由和该去哪里，由另一个人批。转来的不归本单位办，要用“提出异议”。"
        }
        CommandKind::ProposeNoLongerAccepting => "已经复核终结、又以同样的事实和理由提出的，由审核人员批。",
        CommandKind::ProposeDirecting => "依第三十一条前五项，写明途径、机关和期限，由审核人员批。",
        CommandKind::ProposeAnswer => "能当场说清办好的，写明答复，由审核人员核对。",
        CommandKind::ProposeFiling => "没有可用的姓名住址或者内容的，由审核人员批。",
        CommandKind::ProposeWithdrawal => "信访人自己要求撤回的，写明日子和原话，由审核人员批。",
        CommandKind::ProposeReopening => "五种情形之一，定新的期限，由审核人员批。原来的办结留在案上。",
        CommandKind::ApproveProposal => "同意同事报批的事。自己报的、自己办的，不能自己批。",
        CommandKind::RefuseProposal => "不同意同事报批的事，写明理由。",
        CommandKind::RetractProposal => "收回自己报批的事。",
        CommandKind::EnterOldCase => "久拖不决、反复来访的，由联席办认定，列进台账，直到销号。办理的阶段和期限不变。",
        CommandKind::TakeOn => "一位领导一包到底，直到销号。包案领导没有同意，不能审核通过，也不能销号。",
        CommandKind::NoteContract => "写明做到了哪一步。期限不够的，一起写新的期限。",
        CommandKind::SignContract => "看过办理结果，同意不同意这样办结、销号。只能由包案领导本人签。",
        CommandKind::StrikeOff => "事情办结、问题化解了才能销号。有包案领导的，要领导先同意。",
        CommandKind::ProposeLeader => "写明理由，由县领导批。原来的包案留在案上。",
        CommandKind::AnswerVoice => "信访人用查询码说了话，等着答复。答复写在信访人的查询页上。",
    }
}

/// What is said after it was done.
#[must_use]
pub fn done(kind: CommandKind) -> &'static str {
    match kind {
        CommandKind::Transfer => "已转送。",
        CommandKind::SignFor => "已签收。",
        CommandKind::Accept => "已受理。",
        CommandKind::Assign => "已确定承办人。",
        CommandKind::HandOver => "已转交承办人。",
        CommandKind::GiveFeedback => "反馈已记下。",
        CommandKind::Promise => "承诺已记下。",
        CommandKind::SubmitClosure => "已报审核。",
        CommandKind::ReturnClosure => "已退回。",
        CommandKind::ApproveClosure => "已同意。",
        CommandKind::SignOpinion => "处理意见书已签发。",
        CommandKind::Deliver => "送达已登记。",
        CommandKind::Close => "已办结。",
        CommandKind::RequestMaterial => "已请信访人补充材料。",
        CommandKind::ReceiveMaterial => "材料已登记。",
        CommandKind::NotifyPetitioner => "书面告知已登记。",
        CommandKind::StampLetter => "来信的章已登记。",
        CommandKind::Recall => "已收回，请马上转给别的单位。",
        CommandKind::Object => "异议已提出。",
        CommandKind::UpholdObjection => "异议已同意，收回重新转送。",
        CommandKind::DismissObjection => "异议没有同意，退回责任单位。",
        CommandKind::AskCoHandler => "已请协办。",
        CommandKind::ReleaseCoHandler => "协办已收回。",
        CommandKind::AnswerCoHandling => "协办反馈已提交。",
        CommandKind::KeepPromise => "承诺兑现已记下。",
        CommandKind::HoldHearing => "听证已登记。",
        CommandKind::FileReport => "办结报告已提交。",
        CommandKind::BeginMediation => "调解已开始。",
        CommandKind::EndMediation => "调解已结束。",
        CommandKind::ConfirmAgreement => "司法确认已登记。",
        CommandKind::RequestReview => "复查申请已登记。",
        CommandKind::RequestRecheck => "复核申请已登记。",
        CommandKind::TakeReview => "受理复查复核已登记。",
        CommandKind::WithdrawReview => "撤回申请已登记。",
        CommandKind::DecideReview => "意见已提出。",
        CommandKind::DeliverReview => "意见送达已登记。",
        CommandKind::VetoSettled => "已改回办结。",
        CommandKind::Archive => "已存档。",
        CommandKind::LinkIntake => "重件已并入。",
        CommandKind::Supervise => "督办已发出。",
        CommandKind::Summon => "约谈已登记。",
        CommandKind::Advise => "建议已提出。",
        CommandKind::AnswerOversight => "回复已登记。",
        CommandKind::AdmitObserver => "已准许查阅。",
        CommandKind::DismissObserver => "查阅已终止。",
        CommandKind::ProposeExtension => "延期已报批。",
        CommandKind::ProposeNotAccepting => "不予受理已报批。",
        CommandKind::ProposeNoLongerAccepting => "不再受理已报批。",
        CommandKind::ProposeDirecting => "导入法定途径已报批。",
        CommandKind::ProposeAnswer => "当场答复已报批。",
        CommandKind::ProposeFiling => "存已报批。",
        CommandKind::ProposeWithdrawal => "撤回已报批。",
        CommandKind::ProposeReopening => "重开已提请。",
        CommandKind::ApproveProposal => "已批准。",
        CommandKind::RefuseProposal => "没有批准。",
        CommandKind::RetractProposal => "报批已收回。",
        CommandKind::EnterOldCase => "已列入积案台账。",
        CommandKind::TakeOn => "包案已登记。",
        CommandKind::NoteContract => "包案进展已记下。",
        CommandKind::SignContract => "包案领导意见已签。",
        CommandKind::StrikeOff => "积案已销号。",
        CommandKind::ProposeLeader => "更换包案领导已报批。",
        CommandKind::AnswerVoice => "答复已记下，信访人查询时看得到。",
    }
}

/// 送达方式.
#[must_use]
pub fn delivery_mode(mode: DeliveryMode) -> &'static str {
    match mode {
        DeliveryMode::InPerson => "当面",
        DeliveryMode::Post => "邮寄",
        DeliveryMode::Other => "其他",
    }
}

/// 保管期限.
#[must_use]
pub fn keeping(keep: Keeping) -> &'static str {
    match keep {
        Keeping::Permanent => "永久",
        Keeping::Long => "三十年",
        Keeping::Short => "十年",
    }
}

/// 信访人意见.
#[must_use]
pub fn petitioner_opinion(opinion: PetitionerOpinion) -> &'static str {
    match opinion {
        PetitionerOpinion::Agrees => "同意",
        PetitionerOpinion::Disagrees => "不同意",
        PetitionerOpinion::Unstated => "没有明确意见",
    }
}

/// 签收 or 拒收.
#[must_use]
pub fn signed(signed: bool) -> &'static str {
    if signed { "签收" } else { "拒收" }
}

/// 来信的章.
#[must_use]
pub fn letter_stamp(stamp: LetterStamp) -> &'static str {
    match stamp {
        LetterStamp::Reported => "当日呈报",
        LetterStamp::Replied => "当日署名回复",
    }
}
