"""可移植监督的错误 · What can stand in the way of judging a log on DuckDB or Spark."""

from __future__ import annotations

from tianping.law.errors import TianpingError
from tianping.law.text import T


class EngineMissing(TianpingError):
    """未安装引擎 · A package of an optional extra that is not installed."""

    code = "SUP-201"
    what = T("后端“{backend}”需要 {package}，本机没有安装。", "The backend “{backend}” needs {package}, which is not installed.")
    todo = T("请安装附加组件：pip install 'tianping[{extras}]'。", "Install the extra: pip install 'tianping[{extras}]'.")


class NoJava(TianpingError):
    """没有 Java · Spark without a Java that can run it."""

    code = "SUP-202"
    what = T("Spark 需要 Java 17 或更高版本，本机没有找到。", "Spark needs Java 17 or later, and none was found.")
    todo = T("请安装 Java 并设置 JAVA_HOME，或改用 duckdb、arrays。", "Install Java and set JAVA_HOME, or use duckdb or arrays.")


class UnknownBackend(TianpingError):
    """没有此后端 · A backend that does not exist."""

    code = "SUP-203"
    what = T("没有后端“{given}”。", "There is no backend “{given}”.")
    todo = T("可用：{known}。", "There are: {known}.")


class NotExpressible(TianpingError):
    """不能写成表达式 · A definition or a log with words that the expressions do not hold, where only expressions were asked for."""

    code = "SUP-204"
    what = T("程序“{procedure}”用到表达式不支持的内容：{words}。", "The procedure “{procedure}” uses what the expressions do not hold: {words}.")
    todo = T("请不要限定方式：这些案件会分区由数组引擎计算。", "Do not force the way: such cases are judged by arrays, partition by partition.")


class DateBeyondCalendar(TianpingError):
    """日期超出日历 · A clock that is counted on days that the calendar does not hold."""

    code = "SUP-205"
    what = T("期限“{clock}”有 {count} 个时钟超出日历范围（1970—2069 年）。", "{count} clocks of “{clock}” leave the calendar (1970 to 2069).")
    todo = T("请核对日志中的年份。", "Check the years in the log.")


class UnknownWay(TianpingError):
    """没有此方式 · A way of judging that does not exist."""

    code = "SUP-206"
    what = T("没有“{given}”这种计算方式。", "There is no way “{given}” of judging a log.")
    todo = T("可用：{known}。", "There are: {known}.")
