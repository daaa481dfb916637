"""The action that heads a clause: one verb or one compound of verbs (深化完善), and what it acts upon."""

from __future__ import annotations

import re

from bihuan.core.report.words import ADVERBS, NOUNISH, VERBS

_MORE = """
构筑 划定 采取 紧盯 筹措 筹建 筹备 理顺 顺应 适应 细化 把握 明确 延续 彰显 发扬 拉长 缓解 开拓 节约 减轻 密切 增进 严密 严惩 收缩 审计 允许 赋予
纠正 塑造 汇聚 掀起 反对 大兴 催生 走出 方便 便利 体现 坚守 增创 厉行 统一 限制 侦破 梳理 展现 展示 攻坚 调控 丰富 选树 压实 严明 腾退 修编 恢复
保留 租赁 拨付 征集 吸收 收购 关停 关闭 公示 改良 举行 派驻 轮训 杜绝 根治 曝光 表彰 奖励 创设 复制 配套 试点 规划 设计 招商 重塑 承担 巡查 追踪
健全 分解 开掘 开拓 抢占 抢抓 补植 抚育 复垦 清淤 消纳 降低 压降 稳住 稳定 联通 融合 扶优 助力 放活 搞活 激发 做活 做特 用活 管住 算好 办优 建优
搭好 选好 配强 建强 抓细 抓紧 牵住 拧紧 扛牢 压紧 守护 厚植 深耕 擦亮 延展 拓深 吸附 归集 攻关 研发 转化 推介 推选 申创 申建 争列 试点 审议 修改
废止 清除 制止 取缔 惩处 惩戒 查办 核查 抽查 回访 听证 征求 吸取 汲取 采纳 兼顾 区分 严格 规范 统筹 创新 集中 聘请 招收 录用 返还 退还 免除 免收
投放 新辟 增开 增配 增派 改扩建 新改建 新开工 开工建设 新开工建设 规划建设 分解细化 用好用活 用足用好 共商 贯通 整修 粉刷 美化 绿化 亮化 植树 造林 凝聚 珍惜用好 紧跟 联手 保护性开发 堵塞 确立 继承 提档升级 关停并转 整治规范 改革完善 竣工投产 建成投产 建成通车
""".split()
_NOT_HEADS = frozenset(
    "依托 围绕 着眼 立足 紧扣 力争 争取 使 让 努力 坚决 稳步 认真 广泛 依法 对口 达到 增长 荣获 获得 获批 入选 入围 跻身 "
    "竣工 通车 投产 挂牌 抓 建 办 促".split()
)
ACTIONS = (VERBS | frozenset(_MORE)) - _NOT_HEADS
# words that before another verb say how it is done
_HOW = frozenset("突出 确保 严格 严厉 严肃 集中 坚定".split())
_NEVER_SECOND = frozenset("加快 继续 组织 研究 规划 策划 学习 宣传 转型 升级 试点 设计 招商".split())
_NOUNS_TOO = NOUNISH | frozenset("新开工 开工 试点 规划 设计 招商 配套 转化 研发 融合 公示".split())
_SIZES = sorted({len(v) for v in ACTIONS}, reverse=True)

# verbs of one group may stand side by side as one action: 建立健全, 培育壮大, 改造提升
_GROUPS = tuple(
    frozenset(g.split())
    for g in (
        "建立 健全 完善 构建 制定 出台 实施 落实 修订 编制 发布 推行 执行 组织 研究 贯彻 探索 修改 深化 优化 推广 复制 兑现 细化 分解 开展 推进 部署",
        "培育 壮大 发展 扶持 引进 培养 做大 做强 做优 做实 做精 做细 做活 做特 打造 集聚 吸引 招引 引育 提升 扩大 用好 用活 留住",
        "改造 提升 优化 整合 调整 完善 拓展 扩大 巩固 深化 规范 清理 整顿 整治 改善 改进 更新 简化 强化 加强 转型 升级 修缮 维修 修复 保护 治理 淘汰 化解 取消 下放 压缩",
        "规划 建设 新建 改建 扩建 续建 布局 谋划 储备 建成 开工 投产 开通 改造 配置 扩容 完善 启用 投用 筹集 策划 包装 提升",
        "盘活 挖掘 开发 利用 整合 用好 用足 用活 保护 运用 释放 激发 调动 发挥 传承 弘扬 践行 繁荣 活跃 培育",
        "防范 预防 化解 打击 惩治 遏制 防止 查处 控制 处置 排查 整治 消除 减少 降低 关停 关闭 取缔 淘汰 清理 拆除",
        "鼓励 支持 引导 规范 扶持 组织 动员 吸引 帮助 促进 推动 关心 关爱 尊重 发展 培育 保护",
        "研究 谋划 申报 争取 创建 争创 编制 论证 制定 探索",
        "宣传 普及 弘扬 推广 倡导 践行 培育 贯彻 学习",
    )
)
# verbs that take another verb: 探索建立, 推动形成, 加快推进
_LEADERS = frozenset(
    "加快 加速 探索 推动 启动 抓紧 协调 研究 组织 鼓励 支持 统筹 规划 促进 突出 狠抓 引导 帮助 参与 试点".split()
)
_LED = frozenset(
    "规划建设 开工建设 建设 建立 构建 健全 完善 设立 成立 组建 发展 培育 壮大 形成 推进 推动 实施 落实 制定 出台 编制 开展 推行 推广 打造 引进 改造 提升 淘汰 实现 完成 "
    "解决 建成 开工 整合 优化 转变 转型 融入 开发 化解 扩大 拓展 培养 修订 补齐 释放 集聚 构筑 抓好 做好 办好 提高 盘活 搭建 创建 申报 创办 举办 布局 普及 改善".split()
)
_NOUN_NEXT = re.compile(
    r"(?:的|工作|力度|机制|体系|工程|项目|水平|能力|步伐|方式|任务|行动|计划|进程|进度|作用|资金|模式|活动|质量|率|速度|动能|空间|格局|理念|规划|环境|成果|成效|潜力|势头|用地|规模|规律|需求|$)"
)
_MORE_ADVERBS = (
    "纵深|妥善|千方百计|因地制宜|合理|超前|优先|定期|最大限度地?|坚定不移地?|毫不动摇地?|毫不松懈地?|更多地?|更好地?|更大范围|更大程度|高起点|多渠道|定向|均衡|先行|动态|驰而不息|"
    "持之以恒|一如既往|下大气力|下大力气?|下决心|下功夫|集中(?:力量|资源|财力)|集中|综合|常态化|不折不扣|强势|纵深|从严从实|从严|从实|坚持不懈|多元|多点|多方|真正|公开|公平|公正|精细|精细化|审慎|"
    "适度|适时|平稳|大规模|整体|通盘|有计划|有步骤|有针对性|有重点|分层|分级|联合|合作|双向|全过程|全链条|全方位|全天候|全领域|大面积|成片|连片|连续|重新|首批|首次|"
    "正确|突出(?=抓[好紧实])|既|加紧|抓紧|还要|既要|更要|也要|又要|同时|继续|必须|应当|我们将|我们要|要|将|需|须|一手|共|拟|今年将|今年要|今年|年内|全年|上半年|下半年|明年|近期|"
    "(?:到|至)?20\\d\\d年(?:底|末)?(?:前)?|用心用情|倾情|用力|合力|聚力|致力于?|助力|奋力|大胆|扎实有效|深入扎实|扎实深入|深入持久|切实有效|进一步深入"
)
_ADVERB = re.compile(rf"(?:{_MORE_ADVERBS}|{ADVERBS})(?:地(?![区铁方理块下]))?")
_MANNER = re.compile(
    r"(?!以|用|通过|做到|达到|实现|形成|把|将|对|在)[^，]{1,9}?(?:化|性|(?<![土基各工场当园本绿耕林产])地)(?![^，]?工程|[^，]?产业|率|水平)"
)
_SUBJECT = re.compile(
    r"^(?!要|须|应|都|均|全[面力])[^“”要须应都均]{2,14}?(?:都要|都应|均要|要|均须|必须|应当|均|一律|全部|都|重点(?=抓好|实施|推进|解决|发展|建设|加强|开展))(?=.)"
)
_PAYER = re.compile(
    r"^(?:其中|今年|年内|全年)*(?:自治区|市区(?!两)|城区|主城区|全?[省市区县]|市区两级|各级|中央)?(?:财政|政府|级|本级|层面)*(?=安排|投入|筹集|筹措|补助|补贴|统筹|增加|新增)"
)
_WITH = (
    re.compile(r"^(?:围绕|通过|依托|借助|立足|以[^，]{1,24}?为)(?:“[^”]*”|[^，“]){2,60}?(?P<v>(?:推动|促进|带动|加快|推进|打造|构建|实施|实现|开展|提高|降低|建立|完善)(?!中心|[^，]{0,8}(?:原则|要求|思路|目标|为)).*)"),
    re.compile(
        r"^在.{1,44}?(?:方面|领域|环节|地区|范围|区域|基础上|过程中|前提下|[上中下内里省市区县镇村街间])(?P<v>(?=[\u4e00-\u9fff]{2}).*)"
    ),
    re.compile(r"^在[^，]{2,40}?(?P<v>(?:开展|推行|推广|实施|实行|设立|建立|试点).*)"),
    re.compile(r"^(?:把|将).{2,40}?(?P<v>(?:(?:打造|建设|培育|提升|改造|转化|发展|建)[成为]|纳入|列入|融入|推向|落实到|引导到|分解).*)"),
    re.compile(r"^对.{2,40}?(?:进行|予以|给予)(?P<v>.{2,})"),
    re.compile(r"^对.{2,40}?(?P<v>(?:实施|实行|开展|加强|推行|完善|加大).*)"),
    re.compile(r"^为.{2,24}?(?P<v>(?:提供|搭建|开辟|发放|办理|建设)(?!.{0,12}(?:支撑|保障|动力|条件|基础|支持|环境|空间|便利)$).*)"),
    re.compile(r"^向.{1,16}?(?P<v>(?:延伸|拓展|推广|推介|公开|公布|开放|集中|倾斜|发放|争取|转移).*)"),
    re.compile(r"^(?:与|同|和|会同|联合).{2,20}?(?P<v>(?:共建|签订|签署|开展|建立|对接|合作建设|联合).*)"),
)  # fmt: skip
# 争取 is a hedge before a goal (争取达到60%) and an action before what others may give (争取国家投资)
_SEEK = re.compile(
    r"^(?:积极|主动|大力|全力|努力)*争取(?=更多|国家|中央|上级|[省市]|自治区|各类|政策|资金|项目|支持)(?!.*(?:\d|成为|列入|纳入|升格|升级|获批|达到|建成|实现|改市))"
)
# 改革是发展的动力 acts on nothing, 重点是推进改革 does; “一企一策”开展防控
_IS = re.compile(r"^[\u4e00-\u9fff]{2,6}是(?!否)")
_MOTTOES = re.compile(r"^(?:“[^“”]{2,10}”){1,2}(?=开展|推进|实施|推动|化解|加强)")
_PACE = re.compile(r"^[^，]{0,16}(?:进程|步伐|进度)$")
_STATE = re.compile(
    r"(?:达到?|增长|突破|超过|控制在|保持在|稳定在|提高到|提升到|下降到?|降至|升至)[^，]{0,6}\d|"
    r"(?:显著|明显|持续|不断|进一步|更加|基本|全面|稳步|大幅)(?:增强|提升|提高|改善|完善|形成|优化|加快|下降|降低|健全|建立|显现)$|(?:增强|提升|提高|改善)$"
)


def head(clause: str) -> tuple[str, str]:
    """The action heading a clause and the words it governs; two empty strings when no action heads it."""
    text = clause.strip()
    if text.startswith("使"):
        return ("", "")
    if m := _IS.match(text):
        return ("", "") if "的" in text else head(text[m.end() :])
    text = _MOTTOES.sub("", text)
    for pattern in _WITH:
        if m := pattern.match(text):
            found = _at_head(m.group("v"))
            if found[0]:
                return found
    found = _at_head(text)
    if found[0]:
        noun = found[0] in _NOUNS_TOO and not text.startswith(("加快", "继续", "积极", "大力", "全面"))
        return ("", "") if noun and _STATE.search(text) else found
    if _SEEK.match(text):
        return ("争取", text[text.index("争取") + 2 :])
    for pattern in (_PAYER, _SUBJECT):
        if (m := pattern.match(text)) and m.end():
            found = _at_head(text[m.end() :])
            if found[0]:
                return found
    return ("", "")


def _verb(text: str, i: int) -> str:
    """The longest action word at position i."""
    for n in _SIZES:
        if text[i : i + n] in ACTIONS and len(text) >= i + n:
            return text[i : i + n]
    return ""


def _at_head(text: str) -> tuple[str, str]:
    i = _start(text)
    if i < 0:
        return ("", "")
    end = i + len(_verb(text, i))
    while True:
        joint = 1 if text[end : end + 1] in tuple("和与及并、") else 0
        after = _verb(text, end + joint)
        if not after or not _joins(_last(text, i, end), after, text[end + joint + len(after) :], bool(joint)):
            break
        end += joint + len(after)
    rest = text[end:]
    if rest[:1] in ("了", "好", "起", "出") and not re.match(r"好[的中]|出[租口台让]", rest):
        rest = rest[1:]
    return (text[i:end], rest)


def _last(text: str, a: int, b: int) -> str:
    """The last word of the compound [a, b): its last two characters."""
    return text[max(a, b - 2) : b]


def _start(text: str) -> int:
    """Where the action begins after adverbs; -1 when there is none."""
    i = 0
    while i < len(text):
        verb = _verb(text, i)
        m = _ADVERB.match(text, i)
        if verb and not (m and _is_adverb_here(text, i, verb, m.end())):
            return i
        if m:
            i = m.end() + (
                1 if text[m.end() : m.end() + 1] == "、" and _adverb_or_verb(text, m.end() + 1) else 0
            )
            continue
        break
    return _manner(text)


def _manner(text: str) -> int:
    """Where the action begins after words of manner (科学化、系统性实施); -1 when there are none."""
    i = 0
    while way := _MANNER.match(text, i):
        i = way.end()
        if _verb(text, i):
            return i
        if text[i : i + 1] != "、":
            break
        i += 1
    return -1


def _adverb_or_verb(text: str, i: int) -> bool:
    return bool(_verb(text, i) or _ADVERB.match(text, i))


def _is_adverb_here(text: str, i: int, verb: str, end: int) -> bool:
    """确保建成, 巩固提升, 严格落实: the first word says how, unless it leads or joins the second."""
    if verb not in _HOW:
        return False
    after = _verb(text, end)
    if not after or _NOUN_NEXT.match(text[end + len(after) :]) and after in NOUNISH:
        return False
    return not _joins(verb, after, text[end + len(after) :], False)


def _joins(first: str, second: str, rest: str, joint: bool) -> bool:
    """Whether two verbs side by side are one action rather than a verb and its object."""
    if second in _NEVER_SECOND or first in ("加快", "加速") and _PACE.search(rest):
        return False
    if _NOUN_NEXT.match(rest) and not (second.startswith(("做", "用")) and first.startswith(("做", "用"))):
        # 推进改造工程, 加强监管: the second verb is a noun here; 建成投产 and 做大做强 end a clause as verbs
        return (
            second in ("投产", "开通") or joint and bool(rest) and rest[0] != "的" and second not in NOUNISH
        )
    if joint:
        return bool(rest) or second not in NOUNISH
    if first in _LEADERS and second in _LED:
        return True
    return any(first in g and second in g for g in _GROUPS) or first[0] == second[0] == "做"
