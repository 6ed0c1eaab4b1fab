"""看板的错误 · What can stand in the way of a page of the board. Codes POR-19x."""

from __future__ import annotations

from tianping.law.errors import TianpingError
from tianping.law.text import T


class NoTypesetter(TianpingError):
    """不能排版 · The typesetter, or a Chinese font, is not there."""

    code = "POR-190"
    what = T("不能生成 PDF 或图片：{reason}", "No PDF or picture can be made: {reason}")
    todo = T("请安装 tianping[documents] 和中文字体，或者导出 XLSX。", "Install tianping[documents] and a Chinese font, or export XLSX.")


class NotForYou(TianpingError):
    """看板不对此账号开放 · An account without a post: an administrator, or somebody whose post has run out."""

    code = "POR-191"
    what = T("看板供在岗人员查看；此账号没有在任的岗位。", "The board is for people in a post; this account holds none today.")
    todo = T("请用有岗位的账号登录。", "Sign in with an account that holds a post.")
