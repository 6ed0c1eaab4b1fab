"""智能问答 · One question: answered with an article that stands in a law text, declined outside that, the risk form in the place of a verdict."""

from __future__ import annotations

from datetime import date
from enum import Enum

from tianping.law.statutes import LOCAL_HALL
from tianping.procedure import NEW, PLAIN, Fact, Ground, Procedure, Stage, Step, T
from tianping.procedure.contracts.roles import Roles

NO_TEXT = T("未查得时限", "no limit was found")


class Kind(Enum):
    """问题种类 · What is asked for."""

    LAW = "法律怎么规定"
    STEPS = "怎么办理"
    FORM = "要什么文书"
    OUTCOME = "能不能打赢"
    OUTSIDE = "超出范围"


class HallQuestion(Procedure):
    """智能问答 · Asked, answered or declined, handed to a person if wanted."""

    title = T("智能问答", "Question to the robot")
    code = "hall_question"
    valid_from = date(2018, 1, 1)
    counting = PLAIN
    corrects = Roles.GUIDE

    question = Fact(str, T("问题", "Question"))
    kind = Fact(Kind, T("问题种类", "What is asked for?"))
    article = Fact(str, T("引用条文", "Article cited"))
    article_held = Fact(bool, T("条文是否在法律文本库中", "Is the article in a stored law text?"))
    wrong = Fact(bool, T("复核认为引用有误", "Was the citation found wrong at review?"))

    asked = Stage(T("已提问", "Asked"), no_limit=T("当即回答", "answered at once"))
    answered = Stage(T("已答", "Answered"), no_limit=NO_TEXT)
    form_given = Stage(T("已给风险提示表", "Risk form given"), no_limit=NO_TEXT)
    declined = Stage(T("拒答", "Declined"), no_limit=NO_TEXT)
    with_guide = Stage(T("转人工", "With the guide"), no_limit=NO_TEXT)
    closed = Stage(T("已结束", "Closed"), end=True)

    no_article = Ground(
        ~(article.known() & article_held.is_(True)), T("没有法律文本库中的条文", "No article of a stored law text is cited"), LOCAL_HALL["问答"]
    )
    asks_outcome = Ground(kind.is_(Kind.OUTCOME), T("不预测胜负，给风险提示表", "No verdict is foretold: give the risk form"), LOCAL_HALL["问答"])
    no_outcome = Ground(~kind.is_(Kind.OUTCOME), T("问的不是胜负", "It does not ask who wins"), LOCAL_HALL["问答"])
    outside = Ground(kind.is_(Kind.OUTSIDE), T("超出范围", "It is outside the scope"), LOCAL_HALL["问答"])

    ask = Step(NEW >> asked, T("提问", "Ask"), by=Roles.VISITOR, asks=(question, kind), cites=LOCAL_HALL["问答"])
    answer = Step(
        asked >> answered,
        T("附条文回答", "Answer with the article"),
        by=Roles.SYSTEM,
        asks=(article, article_held),
        unless=(no_article, asks_outcome, outside),
        cites=LOCAL_HALL["问答"],
    )
    give_form = Step(asked >> form_given, T("给风险提示表", "Give the risk form"), by=Roles.SYSTEM, unless=no_outcome, cites=LOCAL_HALL["问答"])
    decline = Step(asked >> declined, T("拒答", "Decline"), by=Roles.SYSTEM, unless=asks_outcome, cites=LOCAL_HALL["问答"])
    hand_over = Step(
        (asked | answered | form_given | declined) >> with_guide,
        T("转人工", "Hand over to the guide"),
        by=Roles.VISITOR | Roles.SYSTEM,
        cites=LOCAL_HALL["问答"],
    )
    review = Step(answered, T("复核回答", "Review the answer"), by=Roles.JUDGE_ASSISTANT, asks=(wrong,), cites=LOCAL_HALL["问答"])
    resolve = Step(with_guide >> closed, T("人工答复", "Answered by the guide"), by=Roles.GUIDE, cites=LOCAL_HALL["问答"])
    close = Step((answered | form_given | declined) >> closed, T("结束", "Close"), by=Roles.VISITOR | Roles.SYSTEM, cites=LOCAL_HALL["问答"])
