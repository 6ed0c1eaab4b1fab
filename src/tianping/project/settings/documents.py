"""材料设置 · Where documents lie, how large one may be and which kinds are taken."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from tianping.project.settings.database import VAR
from tianping.project.settings.variables import declared, words

FOLDER: Final = declared(
    "TIANPING_DOCUMENTS", "", str, zh="材料的目录；不设则为可写目录下的 documents", en="folder of documents; unset: documents/ in the var folder"
)
MEGABYTES: Final = declared("TIANPING_DOCUMENT_MEGABYTES", 50, int, zh="单个材料的上限（MB）", en="a document has at most so many MB")
IMPORT_MEGABYTES: Final = declared(
    "TIANPING_IMPORT_MEGABYTES",
    20,
    int,
    zh="在页面上导入的文件的上限（MB）；更大的用命令行",
    en="a file imported on a page has at most so many MB; larger ones go by the command line",
)
KINDS: Final = declared(
    "TIANPING_DOCUMENT_KINDS",
    ["pdf", "ofd", "docx", "xlsx", "png", "jpg", "jpeg", "tif", "txt"],
    words,
    zh="收哪些种类的材料，逗号分隔",
    en="kinds of documents that are taken, with commas",
)
TEMPLATES: Final = declared(
    "TIANPING_TEMPLATES",
    "",
    str,
    zh="本机构修改过的 Word 模板的文件夹：程序代号/模板.docx；不设则用自带的",
    en="folder of Word templates that the institution edited: procedure/template.docx; unset: those that come along",
)
SIGNER: Final = declared(
    "TIANPING_SIGNER",
    "",
    str,
    zh="文书签名的部件（模块:函数，返回 pyHanko 签名者），硬件密码模块由此接入",
    en="what signs documents (module:function that gives a pyHanko signer): the place of a hardware module",
)
SIGNING_KEY: Final = declared(
    "TIANPING_SIGNING_KEY",
    "",
    str,
    zh="文书签名的 PKCS #12 文件（0600）；不设则用测试密钥，签名无法律效力",
    en="PKCS #12 file that signs documents (mode 0600); unset: a test key, whose signatures have no legal effect",
)
SIGNING_PASSWORD: Final = declared("TIANPING_SIGNING_PASSWORD", "", str, zh="该文件的口令", en="the password of that file")


def test_key() -> Path:
    """Where the test key is kept."""
    return VAR.value() / "test-signer.p12"


def folder() -> Path:
    """Where documents lie."""
    given = FOLDER.value()
    return Path(given) if given else VAR.value() / "documents"
