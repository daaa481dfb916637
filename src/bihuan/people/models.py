"""Persons, units, posts with dates, delegations, grants and the duty list."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models
from django.utils.translation import gettext_lazy as _


class Persons(BaseUserManager["Person"]):
    """Creates accounts; without a password nobody can log in with one."""

    def create_user(self, username: str, password: str | None = None, **rest: Any) -> Person:
        person = self.model(username=self.model.normalize_username(username), **rest)
        if password:
            person.set_password(password)
        else:
            person.set_unusable_password()
        person.save(using=self._db)
        return person

    def create_superuser(self, username: str, password: str | None = None, **rest: Any) -> Person:
        return self.create_user(username, password, **(rest | {"is_staff": True, "is_superuser": True}))


class Person(AbstractBaseUser, PermissionsMixin):
    """One human being with an account."""

    username = models.CharField(_("用户名"), max_length=64, unique=True)
    name = models.CharField(_("姓名"), max_length=64)
    name_en = models.CharField(_("英文姓名"), max_length=128, blank=True)
    phone = models.CharField(_("电话"), max_length=32, blank=True)
    is_active = models.BooleanField(_("启用"), default=True)
    is_staff = models.BooleanField(_("可进管理台"), default=False)

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]
    objects: ClassVar[Persons] = Persons()

    class Meta:
        verbose_name = _("人员")
        verbose_name_plural = _("人员")

    def __str__(self) -> str:
        return self.name or self.username

    def get_full_name(self) -> str:
        return self.name

    def get_short_name(self) -> str:
        return self.name


class Unit(models.Model):
    """A body of the district government; `code` is what events and cases carry."""

    code = models.CharField(_("代码"), max_length=32, primary_key=True)
    name = models.CharField(_("名称"), max_length=128)
    name_en = models.CharField(_("英文名称"), max_length=160, blank=True)
    kind = models.CharField(_("类别"), max_length=32)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="parts", verbose_name=_("上级单位")
    )
    division = models.CharField(_("行政区划"), max_length=12, blank=True)

    class Meta:
        ordering = ("code",)
        verbose_name = _("单位")
        verbose_name_plural = _("单位")

    def __str__(self) -> str:
        return self.name


class Post(models.Model):
    """A person holds a post in a unit from `since` until the day before `until`."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="posts", verbose_name=_("单位"))
    code = models.CharField(_("岗位"), max_length=32)
    person = models.ForeignKey(Person, models.PROTECT, related_name="posts", verbose_name=_("人员"))
    since = models.DateField(_("自"))
    until = models.DateField(_("至(不含)"), null=True, blank=True)

    class Meta:
        indexes = (models.Index(fields=["unit", "code"], name="people_post_held"),)
        constraints = (
            models.UniqueConstraint(fields=["unit", "code", "person", "since"], name="people_post_once"),
            models.CheckConstraint(
                condition=models.Q(until=None) | models.Q(until__gt=models.F("since")),
                name="people_post_dates",
            ),
        )
        verbose_name = _("岗位任职")
        verbose_name_plural = _("岗位任职")

    def __str__(self) -> str:
        return f"{self.unit_id}/{self.code}: {self.person}"


class Delegation(models.Model):
    """The holder of `post` is stood in for by `to_person` on the days [since, until)."""

    post = models.ForeignKey(Post, models.PROTECT, related_name="delegations", verbose_name=_("岗位"))
    to_person = models.ForeignKey(
        Person, models.PROTECT, related_name="delegations", verbose_name=_("代行人")
    )
    since = models.DateField(_("自"))
    until = models.DateField(_("至(不含)"))
    reason = models.CharField(_("事由"), max_length=200)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=models.Q(until__gt=models.F("since")), name="people_delegation_dates"
            ),
        )
        verbose_name = _("代行授权")
        verbose_name_plural = _("代行授权")

    def __str__(self) -> str:
        return f"{self.post} → {self.to_person}"


class Grant(models.Model):
    """Holders of `post` in `unit` may see or handle cases of this line, matter and area for this purpose.

    Empty line, matter or area means all; an empty unit means the post in any unit.
    """

    post = models.CharField(_("岗位"), max_length=32)
    unit = models.CharField(_("单位"), max_length=32, blank=True)
    line = models.CharField(_("条线"), max_length=32, blank=True)
    matter = models.CharField(_("事项"), max_length=64, blank=True)
    area = models.CharField(_("区域"), max_length=32, blank=True)
    purpose = models.CharField(_("目的"), max_length=32)
    basis = models.CharField(_("依据"), max_length=200)
    since = models.DateField(_("自"))
    until = models.DateField(_("至(不含)"), null=True, blank=True)

    class Meta:
        verbose_name = _("授权")
        verbose_name_plural = _("授权")

    def __str__(self) -> str:
        return f"{self.unit or '*'}/{self.post} {self.line or '*'} {self.area or '*'}: {self.purpose}"


class Duty(models.Model):
    """One row of the duty list (权责清单): which unit must handle which matter where."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="duties", verbose_name=_("单位"))
    kind = models.CharField(_("职权类型"), max_length=32, blank=True)
    line = models.CharField(_("条线"), max_length=32)
    matter = models.CharField(_("事项"), max_length=128)
    area = models.CharField(_("区域"), max_length=32, blank=True)
    role = models.CharField(_("主办或协办"), max_length=16)
    since = models.DateField(_("自"))
    until = models.DateField(_("至(不含)"), null=True, blank=True)
    basis = models.TextField(_("依据"), blank=True)
    confidence = models.CharField(_("可信程度"), max_length=16, blank=True)

    class Meta:
        indexes = (models.Index(fields=["line", "matter"], name="people_duty_matter"),)
        verbose_name = _("职权")
        verbose_name_plural = _("权责清单")

    def __str__(self) -> str:
        return f"{self.unit_id} {self.line} {self.matter} {self.area}"


class Reading(models.Model):
    """Somebody read somebody's personal data: who, which case, what for, on which basis. Append-only."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="readings", verbose_name=_("查阅人"))
    unit = models.CharField(_("单位"), max_length=32)
    case_id = models.BigIntegerField(_("办件"), db_index=True)
    fields = models.JSONField(_("查阅的字段"))
    purpose = models.CharField(_("目的"), max_length=200)
    basis = models.CharField(_("依据"), max_length=200)
    at = models.DateTimeField(_("时间"))

    class Meta:
        verbose_name = _("个人信息查阅记录")
        verbose_name_plural = _("个人信息查阅记录")

    def __str__(self) -> str:
        return f"{self.person_id} → {self.case_id}"


class ApiKey(models.Model):
    """Another program may file reports with this key from `since` until the day before `until`; only its digest is kept."""

    name = models.CharField(_("程序"), max_length=64, unique=True)
    contact = models.CharField(_("联系方式"), max_length=128)
    digest = models.CharField(_("密钥摘要"), max_length=64, unique=True)
    since = models.DateField(_("自"))
    until = models.DateField(_("至(不含)"), null=True, blank=True)

    class Meta:
        verbose_name = _("接口密钥")
        verbose_name_plural = _("接口密钥")

    def __str__(self) -> str:
        return self.name


class Change(models.Model):
    """One row that a trigger stamps with every change of units, grants and duties: what is kept in memory is
    kept only while the stamp stands."""

    n = models.BigIntegerField(default=0)

    class Meta:
        db_table = "people_change"
