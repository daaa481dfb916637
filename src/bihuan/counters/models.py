"""Service halls with their counters, what each serves, slots to book, and tickets to queue with. No name is in here."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from bihuan.core.say import Say


class ServiceHall(models.Model):
    """A place with counters; its unit runs the tickets."""

    code = models.SlugField(_("代码"), max_length=32, primary_key=True)
    name = models.CharField(_("名称"), max_length=80)
    name_en = models.CharField(_("英文名称"), max_length=120)
    address = models.CharField(_("地址"), max_length=120)
    unit = models.CharField(_("单位"), max_length=32)

    class Meta:
        verbose_name = verbose_name_plural = _("政务大厅")

    @property
    def title(self) -> Say:
        return Say(self.name, self.name_en)

    def __str__(self) -> str:
        return self.name


class Offering(models.Model):
    """What people queue for: slots of `minutes` with room for `capacity`, for the unit that is rated afterwards."""

    hall = models.ForeignKey(ServiceHall, models.PROTECT, related_name="services", verbose_name=_("政务大厅"))
    code = models.SlugField(_("代码"), max_length=32)
    letter = models.CharField(_("号码字母"), max_length=1)
    name = models.CharField(_("名称"), max_length=80)
    name_en = models.CharField(_("英文名称"), max_length=120)
    unit = models.CharField(_("单位"), max_length=32)
    minutes = models.IntegerField(_("一段多少分钟"))
    capacity = models.IntegerField(_("一段几个号"))

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["hall", "code"], name="counters_offering_once"),
            models.UniqueConstraint(fields=["hall", "letter"], name="counters_letter"),
        )
        verbose_name = verbose_name_plural = _("窗口业务")

    @property
    def title(self) -> Say:
        return Say(self.name, self.name_en)

    def __str__(self) -> str:
        return self.name


class Counter(models.Model):
    """One counter of a hall and what it serves."""

    hall = models.ForeignKey(ServiceHall, models.PROTECT, related_name="counters", verbose_name=_("政务大厅"))
    code = models.SlugField(_("代码"), max_length=32)
    label = models.CharField(_("名称"), max_length=40)
    label_en = models.CharField(_("英文名称"), max_length=40)
    services = models.ManyToManyField(Offering, related_name="counters", verbose_name=_("窗口业务"))

    class Meta:
        constraints = (models.UniqueConstraint(fields=["hall", "code"], name="counters_counter_once"),)
        verbose_name = verbose_name_plural = _("办事窗口")

    @property
    def title(self) -> Say:
        return Say(self.label, self.label_en)

    def __str__(self) -> str:
        return self.label


class Slot(models.Model):
    """A stretch of time that can be booked; the database itself refuses more than there is room for."""

    service = models.ForeignKey(Offering, models.PROTECT, related_name="slots", verbose_name=_("窗口业务"))
    start = models.DateTimeField(_("开始"))
    end = models.DateTimeField(_("结束"))
    capacity = models.IntegerField(_("几个号"))
    taken = models.IntegerField(_("约了几个"), default=0)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["service", "start"], name="counters_slot_once"),
            models.CheckConstraint(
                condition=Q(taken__gte=0, taken__lte=F("capacity")), name="counters_slot_room"
            ),
        )
        verbose_name = verbose_name_plural = _("预约时段")

    def __str__(self) -> str:
        return f"{self.service_id} {self.start}"


class Booking(models.Model):
    """A place in a slot. The telephone is kept as a digest only: it finds the booking and is never shown."""

    slot = models.ForeignKey(Slot, models.PROTECT, related_name="bookings", verbose_name=_("预约时段"))
    service = models.ForeignKey(Offering, models.PROTECT, related_name="bookings", verbose_name=_("窗口业务"))
    day = models.DateField(_("日期"))
    phone = models.CharField(_("电话摘要"), max_length=64)
    made_at = models.DateTimeField(_("预约时间"))
    cancelled_at = models.DateTimeField(_("取消时间"), null=True)
    arrived_at = models.DateTimeField(_("到达时间"), null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["service", "day", "phone"],
                condition=Q(cancelled_at=None),
                name="counters_one_booking",
            ),
        )
        indexes = (models.Index(fields=["phone", "day"], name="counters_phone"),)
        verbose_name = verbose_name_plural = _("预约")

    def __str__(self) -> str:
        return f"YY{self.pk}"


class Issued(models.Model):
    """The last number given out for a service on a day."""

    service = models.ForeignKey(Offering, models.PROTECT, related_name="+", verbose_name=_("窗口业务"))
    day = models.DateField(_("日期"))
    last = models.IntegerField(_("末号"))

    class Meta:
        constraints = (models.UniqueConstraint(fields=["service", "day"], name="counters_issued_once"),)
        verbose_name = verbose_name_plural = _("发号")

    def __str__(self) -> str:
        return f"{self.service_id} {self.day}"


class Ticket(models.Model):
    """A number in the queue: taken, called, done or passed over, each with its moment."""

    service = models.ForeignKey(Offering, models.PROTECT, related_name="tickets", verbose_name=_("窗口业务"))
    day = models.DateField(_("日期"))
    place = models.IntegerField(_("号"))
    booking = models.OneToOneField(
        Booking, models.PROTECT, null=True, related_name="ticket", verbose_name=_("预约")
    )
    not_before = models.DateTimeField(_("约定时间"), null=True)
    priority = models.CharField(_("优先"), max_length=16, blank=True)
    taken_at = models.DateTimeField(_("取号时间"))
    called_at = models.DateTimeField(_("叫号时间"), null=True)
    calls = models.IntegerField(_("叫了几次"), default=0)
    counter = models.ForeignKey(
        Counter, models.PROTECT, null=True, related_name="tickets", verbose_name=_("办事窗口")
    )
    served_by = models.CharField(_("经办人"), max_length=64, blank=True)
    done_at = models.DateTimeField(_("办完时间"), null=True)
    passed_at = models.DateTimeField(_("过号时间"), null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["service", "day", "place"], name="counters_place"),
            models.UniqueConstraint(
                fields=["counter"],
                condition=Q(called_at__isnull=False, done_at=None, passed_at=None),
                name="counters_one_at_a_time",
            ),
        )
        indexes = (
            models.Index(fields=["service", "day"], name="counters_waiting", condition=Q(called_at=None)),
        )
        verbose_name = verbose_name_plural = _("排队号")

    def __str__(self) -> str:
        return f"PH{self.pk}"
