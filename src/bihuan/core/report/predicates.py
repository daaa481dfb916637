"""Where the noun counted by a figure ends and the sentence about it goes on (427户企业|减免税费)."""

from __future__ import annotations

import re

from bihuan.core.report.words import ADVERBS, VERBS

# verbs that after a noun always say what it does
_ALWAYS = frozenset(
    "走出 走进 迈入 跨入 步入 升格 晋级 升级 运营 启动 落地 开业 签约 通过 推进 竣工 建成 入驻 划转 完工 投产 位次 取得 负责 加快 加紧 融入 跻身 摘帽 有望 正在 率先 "
    "投用 复工 复产 达产 开园 开馆 迁入 迁出 出列 退出 进驻 落成 揭牌 上市 受益 增收 申请 担任 组成 挂钩 挂包 包联 结对 逆行 出征 奔赴 奋战 搬入 住进 用上 喝上 告别 参会 参展 参赛 亮相 获评 问世 面世".split()
)
# verbs that may also stand inside a name (环境治理项目, 政策扶持资金): they end the noun unless a head noun closes the phrase
_OFTEN = frozenset(
    "建立 提供 发放 设立 公布 下放 接入 突出 办理 参与 引领 延伸 撬动 稳定 布局 拓展 下沉 减免 帮助 完善 推动 巩固 带动 "
    "保持 制定 解决 改善 扩大 增加 减少 提高 享受 获得 加入 开通 开展 举办 承担 覆盖 吸引 辐射 惠及 筹集 设置 安装 配置 实施 使用 促进 支持".split()
)
_HEAD = re.compile(
    r"(?:项目|工程|任务|试点|行动|计划|平台|设施|工作|中心|基地|[网站]点|系统|措施|政策|机制|企业|机构|资金|制度|方案|事项|成果|区|站|所|队伍|团队|型.{1,4})$"
)
_FIRMLY = re.compile(
    r"(?<=..)(?:成功创建|免费提供|布局拓展|稳定(?:达标|消劣|运行)|发展迅猛|先行探索|蓬勃发展|茁壮成长|人均|平均|可吸入颗粒物|细颗粒物|PM\d|空气质量)|(?<=[村县乡户])脱贫"
)

# those who are given something or do it are counted, not what they get
_SERVED = re.compile(
    r"(.{0,14}?(?:人员|对象|学生|居民|群众|农户|家庭|企业|公司|单位|机构|职工|老人|老年人|儿童|青年|农民))"
    r"(?:发放|免除|减免|拨付|提供|筹集|投放|争取|办理|购买|配备|开展|进行|安装|兑付|报销|缴纳|捐赠|签订|签约)(?=.)"
)
_SERVES = re.compile(r"(?:支持|帮助|组织|带动|引导|帮扶|吸纳|安置|为|给|让|使|对)(?:了|近|约|超过?)?$")
_PERSON = re.compile(
    r".{0,10}?(?:群众|农民|居民|农户|贫困户|学生|老人|老年人|人员|职工|青年|企业|商户|家庭)(?=..)"
)
_DOES = (VERBS | frozenset("外出 销售 返乡 就近 实现 稳定".split())) - frozenset(
    "服务 管理 监管 培训 创业 研发".split()
)
_ADVERB_END = re.compile(rf"(?<=..)(?:{ADVERBS}|独立|按计划|实质性|主板|配套|精心|分段|首次|全[市区县省])+$")

_WHEN_END = re.compile(
    r"(?<=..)(?:按计划|按进度|实质性|独立|正式|集中|首次|提前|按时|按期|如期|尽快|全[市区县省])$"
)


def before_predicate(phrase: str, governed: bool, left: str = "") -> str:
    """The noun at the head of `phrase`, `left` of which stands what governs it; `governed` means that the whole phrase is its object."""
    if governed:
        return phrase
    if m := _SERVED.match(phrase):
        return m.group(1)  # 特困供养人员|发放资金
    if _SERVES.search(left) and (m := _PERSON.match(phrase)) and phrase[m.end() : m.end() + 2] in _DOES:
        return m.group()  # 支持4989户贫困群众|发展到户产业
    if m := _FIRMLY.search(phrase):
        phrase = phrase[: m.start()]
    for i in range(2, len(phrase) - 1):
        word = phrase[i : i + 2]
        if phrase[i + 2 : i + 3] in tuple("值率面量度额型者性商方器") or phrase[i - 1] == "全":
            continue  # 增加值, 覆盖率, 全覆盖
        if word in _ALWAYS or word in _OFTEN and not (_HEAD.search(phrase) and len(phrase) > i + 2):
            return _ADVERB_END.sub("", phrase[:i])
    return _WHEN_END.sub("", phrase)
