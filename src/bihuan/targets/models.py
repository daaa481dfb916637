"""What a government work report promises, and who is to keep it."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

PERSON = settings.AUTH_USER_MODEL


class Report(models.Model):
    """A government work report: the text as it was found, never altered, and what the reader made of it."""

    place = models.CharField(max_length=40)
    year = models.IntegerField()
    title = models.CharField(max_length=200)
    speaker = models.CharField(max_length=80, blank=True)
    delivered = models.DateField(null=True, blank=True)
    source = models.CharField(max_length=300, blank=True)
    text = models.TextField()
    sha256 = models.CharField(max_length=64, unique=True)
    findings = models.JSONField()  # the reader's output: `actions.read_again` rebuilds it from the text
    reader = models.CharField(max_length=64)  # digest of the reader's code that made `findings`
    added_by = models.ForeignKey(PERSON, models.PROTECT, null=True, blank=True, related_name="+")
    added_at = models.DateTimeField()

    class Meta:
        ordering = ["-year", "-id"]
        verbose_name = verbose_name_plural = _("政府工作报告")

    def __str__(self) -> str:
        return f"{self.place} {self.year}"


class Original(models.Model):
    """原件: a file that a report came in, kept byte for byte. Never altered; one text may have come in several."""

    report = models.ForeignKey(Report, models.PROTECT, related_name="originals")
    name = models.CharField(max_length=120)
    form = models.CharField(max_length=8)  # text | html | docx | pdf
    encoding = models.CharField(max_length=16, blank=True)
    size = models.IntegerField()  # bytes
    sha256 = models.CharField(max_length=64)
    file = models.CharField(max_length=120)  # in the store
    by = models.ForeignKey(PERSON, models.PROTECT, null=True, related_name="+")  # None: at the command line
    at = models.DateTimeField()

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["report", "sha256"], name="one_original_a_file")]
        verbose_name = verbose_name_plural = _("报告原件")

    def __str__(self) -> str:
        return self.name


class Adoption(models.Model):
    """采用: which of several texts of one place and year is in force. Never altered: the latest one holds."""

    report = models.ForeignKey(Report, models.PROTECT, related_name="adoptions")
    why = models.CharField(max_length=300)
    by = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["id"]
        verbose_name = verbose_name_plural = _("报告的采用")

    def __str__(self) -> str:
        return self.why


class Rereading(models.Model):
    """重读: another version of the reader has read the text; what it changed, and what stood there. Never altered."""

    report = models.ForeignKey(Report, models.PROTECT, related_name="rereadings")
    reader = models.CharField(max_length=64)  # the version whose findings `before` are
    before = models.JSONField()
    changes = models.JSONField()
    by = models.ForeignKey(PERSON, models.PROTECT, null=True, related_name="+")  # None: at the command line
    at = models.DateTimeField()

    class Meta:
        ordering = ["id"]
        verbose_name = verbose_name_plural = _("报告的重读")

    def __str__(self) -> str:
        return f"{self.report_id} {self.reader[:8]}"


class Decision(models.Model):
    """What a person decided that a doubtful place of a report says. Never altered: the latest one holds."""

    report = models.ForeignKey(Report, models.PROTECT, related_name="decisions")
    start = models.IntegerField()
    end = models.IntegerField()
    value = models.CharField(max_length=120)
    why = models.CharField(max_length=300)
    by = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["id"]
        verbose_name = verbose_name_plural = _("存疑处的认定")

    def __str__(self) -> str:
        return self.value


class Indicator(models.Model):
    """Something that is measured, under one name, with the scope that makes two figures comparable."""

    name = models.CharField(max_length=120)
    unit = models.CharField(max_length=20)
    scope = models.CharField(max_length=120, blank=True)  # 口径: price basis, comparable basis, area
    place = models.CharField(max_length=40)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["place", "name", "unit", "scope"], name="one_indicator")
        ]
        verbose_name = verbose_name_plural = _("指标")

    def __str__(self) -> str:
        return self.name


class Reading(models.Model):
    """One figure of an indicator for a year, or of one of its months where a formula counts by month; with where it
    comes from. Never altered: the latest one holds."""

    class Status(models.TextChoices):
        ACHIEVED = "achieved", _("实际")
        EXPECTED = "expected", _("预计")

    class Kind(models.TextChoices):
        HAND = "hand", _("手填")
        COMPUTED = "computed", _("系统计算")

    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="readings")
    year = models.IntegerField()
    month = models.IntegerField(default=0)  # 1 to 12, 0: of the whole year
    value = models.DecimalField(max_digits=24, decimal_places=4)
    status = models.CharField(max_length=10, choices=Status.choices)
    source = models.CharField(max_length=300, blank=True)
    kind = models.CharField(max_length=10, choices=Kind.choices, default=Kind.HAND)
    formula = models.CharField(max_length=120, blank=True)  # of a computed one: line/indicator
    version = models.CharField(max_length=64, blank=True)  # digest of the formula that gave the figure
    report = models.ForeignKey(Report, models.PROTECT, null=True, blank=True)
    start = models.IntegerField(default=0)  # span in the report's text, half open
    end = models.IntegerField(default=0)
    by = models.ForeignKey(PERSON, models.PROTECT, null=True, related_name="+")  # None: computed
    added_at = models.DateTimeField()

    class Meta:
        ordering = ["year", "month", "id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(month=0) | models.Q(kind="computed", month__gte=1, month__lte=12),
                name="a_month_is_computed",
            ),
            models.CheckConstraint(
                condition=models.Q(kind="hand", formula="", version="", by__isnull=False)
                | (models.Q(kind="computed", by=None) & ~models.Q(formula="") & ~models.Q(version="")),
                name="computed_by_a_formula_else_by_a_person",
            ),
        ]
        verbose_name = verbose_name_plural = _("指标读数")

    def __str__(self) -> str:
        return f"{self.year} {self.value}"


class Target(models.Model):
    """A goal that one could later judge, confirmed by a person from a proposal of the reader."""

    report = models.ForeignKey(Report, models.PROTECT, related_name="targets")
    key = models.CharField(max_length=40)  # of its mark in the report
    text = models.TextField()
    kind = models.CharField(max_length=24)
    indicator = models.ForeignKey(Indicator, models.PROTECT, null=True, blank=True, related_name="targets")
    comparator = models.CharField(max_length=12, blank=True)
    value = models.DecimalField(max_digits=24, decimal_places=4, null=True, blank=True)
    unit = models.CharField(max_length=20, blank=True)
    by_year = models.IntegerField(null=True, blank=True)
    horizon = models.CharField(max_length=8)
    confirmed_by = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    confirmed_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["report", "key"], name="one_target_a_mark")]
        verbose_name = verbose_name_plural = _("目标")

    def __str__(self) -> str:
        return self.text


class Commitment(models.Model):
    """任务: a promise with one lead unit, followed as a case of the line `supervision`."""

    class Category(models.TextChoices):
        FIGURE = "figure", _("量化指标")
        PROJECT = "project", _("项目")
        PEOPLE = "people", _("民生实事")
        REFORM = "reform", _("改革")
        REGULAR = "regular", _("常规")

    report = models.ForeignKey(Report, models.PROTECT, related_name="commitments")
    key = models.CharField(max_length=40)  # of its first mark in the report; `sources` has all of them
    part = models.IntegerField(default=1)  # a proposal may be split: the parts of one mark are numbered
    quote = models.TextField()  # the words of the report
    title = models.CharField(max_length=200)
    target = models.ForeignKey(Target, models.PROTECT, null=True, blank=True, related_name="commitments")
    lead = models.ForeignKey("people.Unit", models.PROTECT, related_name="+")
    suggested = models.ForeignKey("people.Unit", models.PROTECT, null=True, blank=True, related_name="+")
    suggested_why = models.CharField(max_length=300, blank=True)
    category = models.CharField(max_length=10, choices=Category.choices, default=Category.REGULAR)
    leader = models.CharField(max_length=40, blank=True)  # 分管领导: the post, never the name
    answerable = models.CharField(max_length=40, blank=True)  # 责任人: the post in the lead unit
    result = models.CharField(max_length=200, blank=True)  # 成果形式
    evidence = models.CharField(max_length=200, blank=True)  # 佐证 that will be demanded
    public = models.BooleanField(default=True)
    measurability = models.CharField(max_length=16)
    case = models.OneToOneField("cases.Case", models.PROTECT, related_name="commitment")
    confirmed_by = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    confirmed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["report", "key", "part"], name="one_commitment_a_part")
        ]
        verbose_name = verbose_name_plural = _("承诺")

    def __str__(self) -> str:
        return self.title

    @property
    def rated(self) -> bool:
        """A soft promise says no state one could check, so it is followed but never rated."""
        return self.measurability != "soft"


class Source(models.Model):
    """原文: a mark of the report that a commitment stands on; several where proposals were merged."""

    commitment = models.ForeignKey(Commitment, models.PROTECT, related_name="sources")
    key = models.CharField(max_length=40)
    quote = models.TextField()
    target = models.ForeignKey(Target, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["commitment", "key"], name="one_source_a_mark")]
        verbose_name = verbose_name_plural = _("任务的原文")

    def __str__(self) -> str:
        return self.quote


class Party(models.Model):
    """责任单位, 配合单位: who works on a commitment beside its lead."""

    class Role(models.TextChoices):
        RESPONSIBLE = "responsible", _("责任单位")
        ASSISTING = "assisting", _("配合单位")

    commitment = models.ForeignKey(Commitment, models.CASCADE, related_name="parties")
    unit = models.ForeignKey("people.Unit", models.PROTECT, related_name="+")
    role = models.CharField(max_length=12, choices=Role.choices)

    class Meta:
        ordering = ["role", "id"]
        constraints = [models.UniqueConstraint(fields=["commitment", "unit"], name="one_role_a_unit")]
        verbose_name = verbose_name_plural = _("任务的各单位")

    def __str__(self) -> str:
        return f"{self.unit_id} {self.role}"


class Node(models.Model):
    """季度节点: what must stand on a day."""

    commitment = models.ForeignKey(Commitment, models.CASCADE, related_name="nodes")
    due = models.DateField()
    text = models.CharField(max_length=120)

    class Meta:
        ordering = ["due", "id"]
        verbose_name = verbose_name_plural = _("季度节点")

    def __str__(self) -> str:
        return f"{self.due} {self.text}"


class Edit(models.Model):
    """变更记录: one field of a commitment's assignment before and after. Never altered."""

    commitment = models.ForeignKey(Commitment, models.PROTECT, related_name="edits")
    field = models.CharField(max_length=16)
    old = models.TextField(blank=True)
    new = models.TextField(blank=True)
    by = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["id"]
        verbose_name = verbose_name_plural = _("任务的变更记录")

    def __str__(self) -> str:
        return f"{self.field}: {self.old} → {self.new}"


class Rejection(models.Model):
    """A proposal set aside with its reason, or taken up again. Never altered: the latest one holds."""

    report = models.ForeignKey(Report, models.PROTECT, related_name="rejections")
    key = models.CharField(max_length=40)
    withdrawn = models.BooleanField(default=False)
    why = models.CharField(max_length=300)
    by = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["id"]
        verbose_name = verbose_name_plural = _("不立任务的建议")

    def __str__(self) -> str:
        return self.why


class GoalChange(models.Model):
    """目标变更: another wording, figure, scope or year is proposed for a goal, with the one it replaces. Never altered."""

    target = models.ForeignKey(Target, models.PROTECT, related_name="changes")
    old_text = models.TextField()
    old_value = models.DecimalField(max_digits=24, decimal_places=4, null=True, blank=True)
    old_unit = models.CharField(max_length=20, blank=True)
    old_scope = models.CharField(max_length=120, blank=True)
    old_year = models.IntegerField(null=True, blank=True)
    text = models.TextField()
    value = models.DecimalField(max_digits=24, decimal_places=4, null=True, blank=True)
    unit = models.CharField(max_length=20, blank=True)
    scope = models.CharField(max_length=120, blank=True)
    year = models.IntegerField(null=True, blank=True)
    reason = models.CharField(max_length=300)
    basis = models.CharField(max_length=120)  # 文号: the decision or the later report that changes it
    basis_on = models.DateField(null=True, blank=True)  # 成文日期
    for_unit = models.CharField(max_length=32)  # the unit that `by` acted for
    by = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["id"]
        verbose_name = verbose_name_plural = _("目标变更")

    def __str__(self) -> str:
        return f"{self.old_text} → {self.text}"


class GoalPaper(models.Model):
    """依据文件: the document itself by which a goal is to be changed, kept like evidence. Never altered."""

    change = models.OneToOneField(GoalChange, models.PROTECT, related_name="paper")
    name = models.CharField(max_length=120)
    mime = models.CharField(max_length=64)
    size = models.IntegerField()  # bytes of the original
    sha256 = models.CharField(max_length=64)  # of the original
    file = models.CharField(max_length=120)  # in the store: the copy without a camera's notes

    class Meta:
        verbose_name = verbose_name_plural = _("目标变更的依据文件")

    def __str__(self) -> str:
        return self.name


class GoalRuling(models.Model):
    """The second person's word on a change of a goal. Never altered."""

    change = models.OneToOneField(GoalChange, models.PROTECT, related_name="ruling")
    agreed = models.BooleanField()
    why = models.CharField(max_length=300, blank=True)
    for_unit = models.CharField(max_length=32)
    by = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name = verbose_name_plural = _("目标变更的批准")

    def __str__(self) -> str:
        return f"{self.change_id}: {self.agreed}"
