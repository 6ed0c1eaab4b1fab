"""发件箱的错误 · Why a message was not delivered. Codes OPS-42x."""

from __future__ import annotations

from tianping.law.errors import TianpingError
from tianping.law.text import T


class NoHandler(TianpingError):
    """无人投递 · No part of this installation delivers messages of the topic."""

    code = "OPS-421"
    what = T("没有部件投递“{topic}”类消息。", "No part of this installation delivers messages of the topic “{topic}”.")
    todo = T("请安装相应的对接部件，再重新投递。", "Install the adapter that does, then send the message again.")


class NotDead(TianpingError):
    """不是死信 · A message that is to be sent again was delivered, or is still being tried."""

    code = "OPS-422"
    what = T(
        "消息 {id} 不是死信：已送达、仍在重试，或者不存在。", "Message {id} was not given up: it was delivered, is still tried, or does not exist."
    )
    todo = T("请从死信列表中选择。", "Choose one from the list of those given up.")
