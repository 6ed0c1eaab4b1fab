"""参数 · Figures that the city added to the law's tables, each with its days, its source and who added it. Only added to."""

from __future__ import annotations

from django.db import models


class CityParameter(models.Model):
    """本地参数 · A figure that holds for its days and region in the place of what stood there before. The database refuses to change one."""

    name = models.CharField(max_length=80)
    region = models.CharField(max_length=6)
    value = models.DecimalField(max_digits=16, decimal_places=4)
    start = models.DateField()
    end = models.DateField(null=True)
    status = models.CharField(max_length=10)
    zh = models.CharField(max_length=300)
    en = models.CharField(max_length=300)
    added = models.DateTimeField()
    account = models.BigIntegerField()
