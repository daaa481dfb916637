"""The noun phrase beside a number: what is left of a clause when connectors, adverbs and verbs are gone."""

from __future__ import annotations

import re

from bihuan.core.report.predicates import before_predicate
from bihuan.core.report.words import DEEDS, NOUNISH, PLACE_PREFIX, VERBS, split_verbs

STOP = "，；：。！？\n"
_TAIL_WORDS = (
    "达到了|达到|已达|达|完成了|完成|实现|突破|超过|超|逾|不低于|不少于|不超过|不高于|至少|低于|高于|大约|约|接近|将近|近|"
    "增长|增幅|增速|递增|上涨|上升|提高|提升|增加|扩大|攀升|下降|减少|降低|削减|回落|压减|压缩|缩减|加快|增|降|"
    "控制|稳定|保持|维持|巩固|力争|努力|尽快|翻|年底的|确保|预计|预期|争取|常年|同比|环比|按可比口径|可比口径|同口径|可比价|可比|口径|年均|平均|每年|"
    "分别|各|均|都|共|共有|共计|已|累计|合计|总计|拥有|实际|名义|五年来|五年|三年|两年|全年|全部|当年|年内|再|又|还|仅|就|"
    "比上年|较上年|比去年|较去年|比年初|较年初|比上年同期|比年度计划|比计划|比全国|比全省|比全市|比全区|是|为|有|至|到|了|在|由|从|将|以|的|地|于|快|高|低|多|"
    "每年|每月|每天|每人|人均每年|人均每月|户均每年|去年|上年|现在|目前|今年|年初|年末|年底|跨上|迈上|跃上|站上|继续|共开行|开行|大幅度|大幅|稳步|快速|逐步|逐年|首次|率先|再次|连续|先后|跨越|广泛|原来|分别占|各占|约占|分别由每[周月天年人]|由每[周月天年人]|拟定|精简|拟|需|要|稍|略|扩面|净增加|核减|调增|"
    "减低|升至|降至|增至|提至|扩至|拓展到|扩展到|占到|高出|快于|优于|好于|相当于|等于|之|净增|发展到|前移|精简到|精简至|保留|压缩到|减至|清理到|核减到|"
    "进入|跻身|左右|以上|以内|一直|始终|一律|一般|普遍|转为|现行|拟按|早日|提升至|提升到|提高至|上升至|下降至|缩小至|缩短至|原则上|提前一年|提前|整体|越过|跃升|恢复|缩短|延长|剩余|月均|月平均|日均|户均|尚有|另有|还有|其余|占"
)
_TAIL = re.compile(
    rf"(?:{_TAIL_WORDS}|(?:比|较)(?:\d{{4}}年|“十[一二三四五]?五”(?:时期|期间)?|[一二三四五六七八九十]年前|去年|上年|年初)(?:底|末|初|期末|同期)?(?:预算|计划|目标)?(?:批复)?数?|"
    r"[一二三四五六七八九十]年前|前[一二两三五十]年|“十[一二三四五]?五”(?:时期|期间|期末|末|初)?|在全[国省市区县]|(?<=.{4})(?:新开工|开工|完工|基本建成)|"
    r"(?:比|较)?(?:去年|上年|今年|目前)(?:底|末|初)?(?:年初)?(?:预算)?的?|(?:由|从)人均|(?:由|从)(?:\d{4}年(?:底|末)?|上年|年初|去年|五年前)的?|(?:高于|高出|低于|快于|快|(?<!占)比)[^，；。]{0,12}(?:平均水平|平均|增速|水平)|(?:增速|增幅|占比|比重|水平)?(?<=..)(?<![占对之相])比[^，；。、重例]{2,8}(?:快|高|低|多|少|慢)|\d{4}年(?:底|末)?|，|"
    # 铁路营业里程新增3万公里, 预算内投资安排5776亿元: the deed behind a name long enough to be one
    r"(?<=[^，、和各]{3})(?<!分别)(?:新增|安排|覆盖|基本|按|中?拿出)|(?:在|较|比)(?:\d{4}年|去年|上年)的?基础上|连续[一二三四五六七八九十\d]+年|(?:低于|高于|高出|超过?)(?:年度|全年|预期|年初|计划)?(?:目标|计划)(?:任务)?|(?:剔除|扣除)[^，；。]{2,18}(?:因素|影响)(?:后|外)?|(?:上年|去年|\d{4}年)(?:同期)?的)$"
)
_KEEP_TAIL = re.compile(r"(?:占比|增速|增幅|优良率|总数)$")
_TIME = re.compile(
    r"^(?:(?:20\d\d年|今年|去年)?(?:\d{1,2}(?:[—–-]{1,2}|至|到)\d{1,2}月份?|[前一]三?个?季度|上半年|一季度|前三季度)|20\d\d年(?:比|较)20\d\d年|(?:预计|力争|争取|确保)?(?:到|至|截至|自)?(?:20\d\d年(?:底|末|来)?|(?:今|去|上)年(?:底|末|初)?|近[一二两三四五六七八九十]年来?|全年|本届政府任期内|[五5]年来|过去的?五年|五年|三年来|今明两年|"
    r"[两三四五5]年(?=新增|累计|共|完成)|两年来|一年来|未来五年|今后五年|年内|年末|期末|“十[一二三四]五”(?:期间|时期|末|期末)?)(?:，|内|，?预计|，?力争)?)"
)
_LEAD = re.compile(
    r"^(?:分别(?=..)|稳固(?=提升|扩大)|(?:截至)?目前|应\w尽\w|共计|合计|初步(?=预计|核算|统计|测算)|(?:预计|核算|统计|测算)|力争|努力|争取|确保|其中|同时|并且?(?!网|购|轨|联)|也|还(?!款|贷)|以及|或|和|与|及|、|共|已|拟|仍|就是|是(?=.{3})|获(?=国家|全国|[省市])|在[^，；、]{1,5}的(?=.{2})|就(?!业|医|读|学|诊)|按?(?:可比|同)口径(?:计算)?(?=..)|按[^，；]{2,8}计算的?|比[^，；、]{2,6}(?=减轻|减少|增加|提高|降低|节约)|将|使(?!用)|其(?=在|占)|让|在|对(?!外|口|上争)|把|以(?![上下内])|为|从而|从(?!业)|高度(?=重视)|用(?![户于])|对上(?=争取|对接)|按|各|均|"
    r"先后|柔性|全职|累计|率先|全面|基本(?!医|养|公|农|药|社|建设|保|生活|口粮)|成功|顺利|深入|大力|积极|着力|加快|持续|扎实|有效(?!发明|专利|投资|灌溉|期)|年均|每年|每|平均|实现了?|进一步|继续|不断|共有|拥有|"
    r"重点(?=[抓推建打做扶治整实支培解完加发])(?=..[^，]{2})(?!建设项目|发展区)|严守|(?:底线|重点|关键|目标)是|标准化(?=[新改扩建])|(?:市区|城区|县城)(?=新|改|完成|实施|整治)|"
    r"现有|达到|全年|当年|已经|稳步|有序|统筹|依法|连续|了|投入|一手|又|再(?!生|就业|担保|融资|贷|保险)|前(?!期|沿)|正在|正|以来|要(?!素|闻|点|地|件|求|务|塞)|免费|累计|到位(?!资金|率|额|情况))"
)
# deeds that are no two-character verbs
_DEED = re.compile(
    r"^(?:恢复(?!到|至|性)|落户(?=各类|[^，；、]{2,6}(?:企业|机构|项目|公司|总部))|新增(?:、|和|及)(?:加密|优化|改造|更新|扩建|续建)(?:调整|提升)?|退出|竣工达产|投产达产|停建缓建|停建|缓建|管控|摸排|当选|撤并|新(?:引进|认定|培育|签约(?!项目)|筹集|发展|当选|招录|选聘|打造|创建|评选|命名|组建|获批|投放|推出|批准|落户|开通|改造|整治)(?!区|高地)|"
    r"新开工|新?改扩建|新扩建|新改建|新购|新辟|新开通|新开辟|减轻|委托|除险加固|清除|废止|置换|关闭|关停|取缔|腾退|[^，；、]{0,8}?提[请交][^，；]{0,12}?审议(?:通过)?|转移(?!支付|收入))(?=..)|^(?:新开工|改扩建|完工|续建|竣工投产|建成投产|[^，；、]{0,8}?提[请交][^，；]{0,12}?审议(?:通过)?)$"
)
_OFFICE = re.compile(r"^(?:[省市区县]|自治区)(?:本级|政府|级?财政)")
_KEEP_LEAD = re.compile(
    r"^(?:建档立卡|移送司法|新增|新开工(?=面积|项目|建筑|里程|和|、)|新型|新能源|新兴|新三板|新经济|新农合|以科技|为民|投入产出|连续|每万|每百|每千|每十万|每亿|均衡|平均|共享|用电|用水|用地|用能|各类|各项|在施|在建|在谈|在库|在营|在岗|在校|在册|在职|在线|各级|各界|各族|各种|实现率)"
)
_PLACE = re.compile(r"^(?:在)?(?:全[区市省县州]|我[区市省县]|本[区市省])(?:范围内|率先)?")
_RIGHTSTOP = re.compile(
    r"[，；：。！？、（）\n]|(?<=..)(?:规模|产值|(?:经营性|可支配|纯)?收入|税收|营收|投资)(?:均|都|全部)?(?=超|突破|达)|(?:全部|(?<![人户平年])均(?![衡价等])|(?<![首成])都(?![市会城])|被|已|得到|得以|获得|获|列入|纳入|进入|入选|消除|进行|实施(?!方案)|实现|完成|建成|竣工|开工|通车|投入|投产|"
    r"合理布局|启动|达到|达|增长|超过|突破|成为|实行|并|以及|(?<=[\u4e00-\u9fff]{2})[\u4e00-\u9fff]{2}了|签订|签署|签约|落户|入驻|开展|推进|加快|基本(?!公共|农田|医疗|养老|药物|草原|建设|单元|服务)|相继|陆续|用于|总(?![部会站院队体规])|占|比|为(?![民老农企侨军]|小微)|位居|(?<![出系陈])列|荣|将|春节|年[内底]|可(?=[在望享]|全部|网上|搬)|由|从|在(?!建|施|岗|校)|向|(?<![利使应公适费日食药军民专通乘])用(?![户水电地能品房工途])|广泛|一半|(?<=..)(?:参会|参展|参赛|排名|对口|来.(?:落户|发展|投资|就业|创业))|支持|给予|通过|投放|上线|挂牌(?!$)|启用|运行|交付|顺利|大幅|早日|全面|圆满|正式|如期|有序|稳步|深入|不断|作为|转办|转型为|转为|改为|效果|明显|成效|合计|仅|较|屡|(?<=..)(?:地区)?生产总值|(?<=..)(?:户均|亩均|月均|人均(?=增))|超(?=[\d百千万])|\d(?!\d*强))"
)
_DEVERBAL = re.compile(r"(?:完成|实施|推进|启动|加快|抓好|做好|开展|推动|对|将)[^，；。]{0,4}$")
_RIGHT_BLOCK = re.compile(
    r"^(?:外出|返乡|(?:减少|增加|提高|下降|扩大|提升|降低|上升|缩短|增|降|减|升)(?:到|至|为)|[，；：。！？、（）”\n]|和|与|及|以上|以下|以内|左右|上下|之多|并|增长|下降|用于|其中|，|比|较|的?(?:目标|任务)[，。；]|大关|台阶|/|了|后|时|以来|的基础上|分别|全部|均|都(?!市))"
)
_AFTER_LIMIT = re.compile(r"^(?:及?以上|以下|以内|左右|上下)(?:的)?")
_OF = re.compile(r"^的")
_ETC = re.compile(
    r"(?<![一二三高中初平同均甲乙优特头提])等(?!级|候|保|于|分|量)(?:地(?!区)|国(?!家)|一?批|[一二三四五六七八九十\d]+[个家项条座所大类]?)?"
)


def peel(left: str) -> tuple[str, str]:
    """Split the text before a number into the phrase and the connecting words."""
    s = left
    while s:
        m = _TAIL.search(s)
        if not m or m.end() == m.start():
            break
        rest = s[: m.start()]
        if m.group() in (
            "快",
            "以",
            "要",
            "需",
            "略",
            "拟",
            "继续",
            "年初",
            "年末",
            "年底",
            "高",
            "低",
            "多",
            "在",
            "为",
            "是",
            "有",
            "的",
            "地",
            "之",
            "到",
            "近",
            "均",
            "总计",
            "各",
            "降",
            "增",
            "将",
            "约",
        ) and _inside_word(rest, m.group()):
            break
        if m.group() in ("实际", "累计", "年均", "共有", "平均") and rest == "":
            s = rest
            continue
        s = rest
    return s, left[len(s) :]


_WORD_ENDS = {
    "以": ("所", "可", "予", "难", "加", "给", "得"), "要": ("主", "需", "重", "必", "纪"), "需": ("必", "急", "所", "内", "供"), "略": ("战", "策", "忽"),
    "拟": ("模", "虚"), "继续": (), "年初": (), "年末": (), "年底": (),
    "高": ("提", "最", "新"), "低": ("最",), "多": ("最", "许"), "在": ("存", "所", "现"), "为": ("成", "作", "行"),
    "是": ("于", "还"), "有": ("所", "国", "保", "私", "没"), "的": ("目",), "地": ("土", "基", "绿", "林", "用", "湿", "营", "产", "工", "属", "场", "耕", "占", "园", "草", "圣", "实"),
    "之": (), "到": (), "近": ("附",), "均": ("人", "年", "户", "平"), "快": (), "总计": (), "各": (), "降": ("升",), "增": ("新", "净"), "将": (), "约": ("签", "节", "集", "契", "预", "履", "违"),
}  # fmt: skip


def _inside_word(rest: str, word: str) -> bool:
    return rest.endswith(_WORD_ENDS.get(word, ()) or ("\0",))


def head_of(phrase: str) -> tuple[str, str]:
    """Strip time, place, adverbs and the governing verb from the front of the phrase."""
    verb, s = _stripped(phrase.lstrip("—-·）、，"))
    if re.fullmatch(r"在?(?:[全我本][区市省县州国]|各地|其中)", s):
        s = ""
    s = re.sub(r"^“[^“”]{2,10}”(?:建成|新增|完成|实施|引进)(?=.{2})", "", s)
    cut = _cut_inside(s)
    if cut != s:
        more, cut = _stripped(cut)  # 分两轮取消|和调整行政审批事项
        verb += more
    s = _DRIVEN.sub("", _REALISED.sub("", cut))
    if not s and verb[-2:] in ("减税", "降费", "减负", "退税"):
        s = verb[-2:]  # 其中减税3.2万亿元: the deed itself is counted
    return verb, s.strip("的、，和与及“" if s.count("“") > s.count("”") else "的、，和与及")


# 服务业实现增加值: the deed stands inside the name
_REALISED = re.compile(
    r"(?<=..)(?:累计)?(?:实现|完成)(?=增加值|(?:规上|规模以上)?(?:工业|农业|建筑业)?总?产值|(?:销售|主营业务|营业|旅游)?(?:总)?收入|利税|税收|利润|营业额)"
)


# 项目建设带动|投资, 市政府召开|全体会议: who moves or does what is measured
_DRIVEN = re.compile(
    r"^赴[^，；]{2,24}?(?:开展|举办|组织)(?=..)|^[^“”，]{2,12}?(?:带动|拉动|撬动(?:了)?|腾出|召开|举行)(?=..)(?!作用|能力|效应|系数|全社会[^，]*率)"
)


def _stripped(phrase: str) -> tuple[str, str]:
    """The verbs that govern the phrase and what is left behind them."""
    s = phrase
    verb = ""
    for _ in range(8):
        before = s
        s = _TIME.sub("", s)
        if m := _PLACE.match(s):
            if len(s) - m.end() >= 2:
                s = s[m.end() :]
        if _KEEP_LEAD.match(s):
            break
        if (m := _OFFICE.match(s)) and s[m.end() : m.end() + 2] in VERBS:
            s = s[m.end() :]  # 省本级取消行政许可事项
        if m := _RELIEF.match(s):
            return verb, s[m.end() :]
        if given := _FOR.match(s):
            verb += given.group(1)
            s = s[given.end() :]
            continue
        if deed := _DEED.match(s) or _more_deed(s):
            verb += deed.group()
            s = s[deed.end() :].removeprefix("了")
            continue
        m2 = _LEAD.match(s)
        if m2 and (len(s) - m2.end() >= 2 or m2.end() == len(s)):
            s = s[m2.end() :]
            continue
        head, end = split_verbs(s)
        if len(head) > 2 and s[end : end + 1] in tuple("率额度量林"):
            end -= len(head) - 2  # 完成营造林: the second verb belongs to the noun
            head = head[:2]
        if (
            end
            and s[end : end + 1] not in tuple("率额度量林")
            and not _NOUN_START.match(s)
            and not _MEASURED_DEED.match(s[end:])
            and not (head[:2] in NOUNISH and _MONEY_GIVEN.match(s[end:]))
            and not (verb and head[:2] in NOUNISH and head[:2] != "新建")
        ):
            # one verb at a time: 发放救助款项 must not lose 救助
            skip = end - len(head)
            end = skip + 2 + (head[2:3] in "和与及并" if len(head) > 2 else 0)
            verb += s[skip : skip + 2]
            s = s[end:]
            if s[:1] in ("了", "好", "出", "起") or s[:1] == "成" and verb.endswith("新建"):
                s = s[1:]
            continue
        if s == before:
            break
    return verb, s


# 为企业和个人|减税降费
_RELIEF = re.compile(r"^(?:为|给|向|帮助)[^，；、“”\d]{2,10}?(?=(?:新增)?(?:减税|减负|降费|增收|让利))")
_TWO = re.compile(r"..(?=..)")
_NEW = re.compile(r"新(?!设立|登记|注册|成立|签约项目)(..)(?=..)")
_DEED_NOUN = re.compile(
    r"[率额度量费点站所员线处者能]|资金|款|面积|人数|金额|户数|专利|标准|技术|格局|理念|阶段|业态|动能|系统|平台|程序|事项"
)


def _more_deed(s: str) -> re.Match[str] | None:
    """新谋划|重点项目, 破获|案件: a deed of a review, with or without 新, before what is counted."""
    if s.startswith(("新建", "新签约项目")):
        return None
    m = _NEW.match(s)
    if not m or m.group(1) not in DEEDS and m.group(1) not in VERBS:
        m = _TWO.match(s)
        if m and m.group() not in DEEDS:
            return None
    return None if not m or _DEED_NOUN.match(s, m.end()) else m


# 为市场主体减轻|非税负担: whom it was done for is not what the figure measures
_FOR = re.compile(
    r"^(?:要?(?:为|给|向|对|帮助|替))[^，；“”\d]{2,14}?(减轻|减免|发放|提供|解决|办理|争取|节约|节省|追讨|追回|返还|挽回|拨付|购买|配备|报销|核销|垫付|清欠|兑付|协调|投放)(?=..)"
)
_NOUN_START = re.compile(
    r"^(?:(?:开工|竣工|投产|签约|落地|履约|交付|办结|整改|接种|筛查|化解|建成)[\u4e00-\u9fff]{0,4}率|基本(?:建设|公共|医疗|养老|农田|药物)|建设(?:用地|资金|项目|规模|面积)|改造面积|发展(?:资金|基金)|培训(?:人|面积|机构)|治理面积|绿化|调查失业率|登记失业率|服务(?:业|外包|贸易)|投资(?:额|总额|强度|$)|就业|保障性|保障房|"
    r"保护区|设计|融资|规划(?:面积|$)|教育|创新(?:型|券|平台)|改革(?:事项|任务)|整治(?:面积|任务)|开发(?:面积|区)|出让(?:金|面积)|公开发行|储备(?:林|库|项目)|"
    r"新增|规范性|减排项目|支持资金|引进外资|运营(?:里程|收入)|安置房|增加值|提取|贷款|登记|覆盖(?:率|面积|人口|人数)|检测|监测|评价|实施率|运行|配套|认证|组织机构|考核|解决率|调解(?:率|成功率)|"
    r"回收率|利用(?:率|外资)|处理(?:率|能力)|采购|救助(?:款|金|标准)|补助(?:标准|资金)|补贴|供应量|储存|存|上市|培育期|改造提升面积|消费|建成区|减税降费|(?:续建|签约|储备|竣工|开工|投产|落地|完工)项目|签约(?:资金|金额|总额|额)|通车里程|退出(?:机制|率)|管控(?:区|率))"
)


# 资助金额, 培训人数: the deed is measured, not done
_MEASURED_DEED = re.compile(
    r"(?:金额|总额|额度|数量|人数|次数|户数|件数|能力|强度|比例|成本|单价|时间|时限|里程|周期|环节|费用|价格)(?:$|[^\u4e00-\u9fff])"
)


# 示范区创建单位: what follows the verb is no name by itself
_HALF_NAME = re.compile(
    r"(?:(?:计划)?任务|计划|目标|工作|工程|能力|规模|单位|项目|中心|基地|面积|人数|人员|资金|机构|数|数量|总数|活动|行动|事项|时间|时限|里程|周期|环节|费用)$"
)
_PREDICATE = re.compile(
    r"^.{2,}?(?:进一步|明显|显著|不断|持续|稳步|大幅)(?:提升|提高|下降|增长|改善|增强|降低|加快|完善|上升|优化)、(?=.{4})"
)


_MONEY_GIVEN = re.compile(r"(?:资金|款项|经费)(?:$|[^\u4e00-\u9fff])")


def _cut_inside(s: str) -> str:
    """Of a long clause keep what the number can measure: after 等, or after the last governing verb."""
    s = _PREDICATE.sub("", s)
    s = _NUMBERED_KIND.sub("", s)
    if "、" in s or len(s) > 5:
        for m in reversed(list(_ETC.finditer(s))):
            if len(s) - m.end() >= 2 and s[m.end() :][:1] not in "级":
                s = s[m.end() :]
                break
    host = _HOST.match(s) if 8 <= len(s) <= 14 else None
    if host and not _HALF_NAME.match(s[host.end() :]) and not re.search(r"[量数次]$", s):
        return s[host.end() :]
    if len(s) > 14:
        for i in range(len(s) - 4, 2, -1):
            if s[i : i + 2] in _CUTTERS:
                rest = s[i + 2 :].lstrip("了好的")
                if (
                    i > 4
                    and s[i - 1] in "和及、"
                    and s[i : i + 2] in ("实施", "改造", "新建")
                    and len(rest) > 3
                ):
                    return s[:i] + rest  # 各类保障性住房和|实施|旧住房综合改造: one figure for both
                joined = rest[:1] in tuple("或和与及、率") and rest[1:3] not in VERBS
                if (
                    len(rest) >= 2
                    and not joined
                    and not rest.startswith(("占", "相当于"))
                    and not _HALF_NAME.match(rest)
                ):
                    return rest
    return s


# 绿色照明、汽车、食品医药|五大产业占…比重
_NUMBERED_KIND = re.compile(
    r"^[^“”]*、[^、“”]*?(?=[一二三四五六七八九十]大(?:主导|支柱|重点|优势|特色|新兴)?产业)"
)
# 邮轮母港接待|邮轮: the place and the deed before what is counted
_HOST = re.compile(
    r"^[^、“”]{3,8}?(?:接待|置换|新?引进|新签约|发放|举办|吸引|安置|归集共享|归集)(?=[^率额度量点式会能、和]..?)"
)
_CUTTERS = frozenset(
    "引进 建成 新建 改造 培育 盘活 完成 实现 发放 取消 清理 打造 创建 成立 组建 争取 投入 筹集 落实 减免 办理 处理 "
    "化解 招聘 安置 帮助 帮扶 开通 新增 吸引 集聚 达到 解决 淘汰 关停 拆除 整治 治理 吸纳 共有 拥有 惠及 "
    "撬动 带动 置换 减轻 审议 获得 获批 签约 支持 举办 开展 实施 设立".split()
) & (VERBS | frozenset("共有 拥有 关停 招聘 签约 置换 减轻 审议".split()))


def right_of(text: str, b: int, left: str, following: int) -> str:
    """The noun phrase after the number, or nothing; `following` is where the next figure starts."""
    rest = _PRICED.sub("", re.sub(r"（[^（）]*）", "", text[b : b + 56])[:40])
    if re.match(r"(?:大幅度?|逐步|全部)?[\u4e00-\u9fff]{2}[到至为]\d", rest):
        return ""
    if _AFTER_LIMIT.match(rest):
        rest2 = _AFTER_LIMIT.sub("", rest)
        if not rest2 or _RIGHT_BLOCK.match(rest2) or rest2[0] in STOP:
            return ""
        rest = rest2
    if _RIGHT_BLOCK.match(rest):
        return ""
    if given := _GRANT.match(rest):
        return given.group(1)  # 给予1200元的资助
    rest = _OF.sub("", re.sub(r"^口径的?", "", rest))
    deverbal = bool(_DEVERBAL.search(left))
    m = _RIGHTSTOP.search(rest)
    end = m.start() if m else len(rest)
    phrase = rest[:end]
    if rest[:1] == "“":
        close = rest.find("”")
        if close > 0 and end <= close:
            phrase = rest[: close + 1]
    if following < b + 40 and not re.search(r"[，；。]", text[b:following]):
        # 5条迎宾线和鼓楼、古文化街等4个城市客厅: the second list belongs to the next figure
        phrase = re.split(r"(?<=..)(?:[和与]|及(?!以上))(?=.)", phrase)[0]
    if m and m.group() == "、" and not deverbal:
        phrase = _with_list(rest, phrase)
    if len(phrase) < 2:
        return phrase if phrase in ONE_CHAR else ""
    if not deverbal and "“" in phrase[2:]:
        at = phrase.index("“", 2)
        close = rest.find("”", at)
        phrase = rest[: close + 1] if _OF_PLACE.fullmatch(phrase[:at]) and close > 0 else phrase[:at]
    phrase = before_predicate(phrase, deverbal, left)
    _, stop = split_verbs(phrase)
    if stop >= len(phrase):
        return ""
    phrase = PLACE_PREFIX.sub("", phrase) if len(phrase) > 5 else phrase
    phrase = re.sub(r"^等(?!级|离)|和一批$", "", phrase)
    return phrase.rstrip("的等各和与及”" if phrase.count("”") > phrase.count("“") else "的等各和与及")


# 62个占地共1.46万亩|项目: how big the things counted are
_PRICED = re.compile(
    r"^(?:(?:计划)?总?(?:投资|占地|面积|规模|建筑面积)|占地面积|总占地)(?:约|超过|超|达|共)?[\d.]+(?:多|余)?[万亿]*(?:元|平方米|亩|公顷)(?:以上)?的?(?=[\u4e00-\u9fff]{2})"
)
_OF_PLACE = re.compile(r"(?:全[国省市区县]|国家级|[省市区县]级|首批)+")
_GRANT = re.compile(r"的((?:一次性)?(?:资助|补助|补贴|奖励|救助|补偿|支持))(?=[，。；、])")
ONE_CHAR = frozenset("县区市镇乡村省州路园")


def _with_list(rest: str, phrase: str) -> str:
    """`10所中小学、幼儿园` measures both; `58项许可、3个项目` does not go on."""
    if m := re.match(r"(?:[^，；。、\d]{1,6}[型性级类式]、)+[^，；。、\d]{3,24}", rest):
        return m.group()  # 180个都市型、楼宇型体育场地
    m = re.match(r"([^，；。、\d]{1,10})、([^，；。、\d]{2,10})(?=[，；。])", rest)
    if m and not split_verbs(m.group(2))[1]:
        return m.group()
    return phrase
