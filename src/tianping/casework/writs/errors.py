"""文书的错误 · What keeps a document from being written, issued or published. Codes OPS-57x and OPS-58x."""

from __future__ import annotations

from tianping.law.errors import TianpingError
from tianping.law.text import T


class NoSuchTemplate(TianpingError):
    """没有此模板 · The procedure of the case has no such template."""

    code = "OPS-571"
    what = T("程序“{procedure}”没有文书模板“{template}”。", "The procedure “{procedure}” has no template “{template}”.")
    todo = T("请从本案可用的文书中选择。", "Choose one of those that the case offers.")


class NoSuchWrit(TianpingError):
    """没有此文书 · The case has no such document in writing, or the actor may not see it: the answer is the same."""

    code = "OPS-572"
    what = T("没有编号为 {writ} 的文书，或者您无权查看。", "There is no document {writ}, or it is not yours to see.")
    todo = T("请从案件的文书目录中选择。", "Choose one from the case's list.")


class Incomplete(TianpingError):
    """文书缺项 · A section that the law requires is missing, or a place is not filled."""

    code = "OPS-573"
    what = T("“{title}”还不能签发，缺：{missing}", "“{title}” may not be issued yet; missing: {missing}")
    todo = T("请补写后再签发。", "Write what is missing, then issue it.")


class StaleArticles(TianpingError):
    """引用失效条文 · The text relies on an article that was not in force on the day whose law applies."""

    code = "OPS-574"
    what = T("引用的条文当日无效：{articles}", "It relies on articles that were not in force: {articles}")
    todo = T("请改引 {day} 有效的条文。", "Rely on the text in force on {day}.")


class TooEarly(TianpingError):
    """尚未到此环节 · The step that the document belongs to has not been taken."""

    code = "OPS-575"
    what = T("“{title}”随“{step}”签发，本案尚未办理该环节。", "“{title}” is issued with “{step}”, which has not been taken in this case.")
    todo = T("请先办理“{step}”。", "Take “{step}” first.")


class NotYoursToIssue(TianpingError):
    """无权签发 · The actor holds none of the roles that may issue the document."""

    code = "OPS-576"
    what = T("“{title}”由{roles}签发。", "“{title}” is issued by: {roles}.")
    todo = T("请由有此岗位的人员签发。", "Somebody who holds such a post issues it.")


class Settled(TianpingError):
    """文书已定稿 · What was issued or dropped is not changed, and not issued twice."""

    code = "OPS-577"
    what = T("文书 {writ} 已经{state}，不能再改。", "The document {writ} has been {state} and stays as it is.")
    todo = T("需要更正的，另行制作补正文书。", "To correct it, write another document.")


class NotADraft(TianpingError):
    """不是本文书 · An edited file that is no Word file, or lost the marks of its sections."""

    code = "OPS-578"
    what = T("上传的文件不能作为“{title}”的修改稿：{reason}", "The file cannot be a version of “{title}”: {reason}")
    todo = T("请在下载的 Word 稿上修改后上传。", "Edit the Word file that you downloaded, and upload that.")


class Moved(TianpingError):
    """稿件已变化 · Somebody put another version in the place of the one that was looked at."""

    code = "OPS-579"
    what = T("文书 {writ} 在您打开后已有新稿。", "The document {writ} has a newer version than the one you opened.")
    todo = T("请重新查看后再办理。", "Look at it again, then go on.")


class CannotTypeset(TianpingError):
    """不能排版 · The typesetter, or a Chinese font, is not there."""

    code = "OPS-581"
    what = T("不能生成 PDF：{reason}", "No PDF can be made: {reason}")
    todo = T("请安装 tianping[documents] 和中文字体（如 fonts-noto-cjk）。", "Install tianping[documents] and a Chinese font (fonts-noto-cjk).")


class CannotSign(TianpingError):
    """不能签名 · The signing key cannot be used."""

    code = "OPS-582"
    what = T("不能对文书签名：{reason}", "The document cannot be signed: {reason}")
    todo = T("请核对签名设置 TIANPING_SIGNER、TIANPING_SIGNING_KEY。", "Check the settings TIANPING_SIGNER and TIANPING_SIGNING_KEY.")


class NotPublic(TianpingError):
    """不制作公开本 · The document is not one of those that are published, or it has not been issued."""

    code = "OPS-583"
    what = T("“{title}”不制作公开本：{reason}", "No copy for the public is made of “{title}”: {reason}")
    todo = T("请核对文书种类和状态。", "Check its kind and its state.")
