"""拒绝理由 · What the model checker refuses: one class for each, with its code, its words and what to do about it."""

from __future__ import annotations

from tianping.law.errors import TianpingError
from tianping.law.text import T


class Refusal(TianpingError):
    """拒绝 · A fault of a definition. ``where`` is the code of the part that it is about, as ``Class.attribute``."""

    @property
    def where(self) -> str:
        """The part that must be changed."""
        return str(self.values["where"])


# ---- words and articles -------------------------------------------------------------------------------------------------


class MissingWords(Refusal):
    """缺少双语文字 · A title, or one of its languages, is missing."""

    code = "PRO-201"
    what = T("{where} 缺少{lang_zh}名称。", "{where} has no {lang_en} words.")
    todo = T('请写 T("中文", "English")，两种语言都要有。', 'Write T("中文", "English"): both languages are needed.')


class DuplicateTitle(Refusal):
    """名称重复 · Two parts of one kind have the same title, so a reader cannot tell them apart."""

    code = "PRO-202"
    what = T("{where} 与 {other} 同名：“{title}”。", "{where} and {other} have the same title: “{title}”.")
    todo = T("请改其中一个名称，使人能够区分。", "Change one of them so that a reader can tell them apart.")


class NoArticle(Refusal):
    """没有法条 · An act or a ground without a citation from the statute index."""

    code = "PRO-203"
    what = T("{where} 没有引用法条。", "{where} cites no article.")
    todo = T(
        "请写 cites=CPL23[152] 这样的法条对象；自定做法引 POLICY 并说明。",
        "Write cites=CPL23[152], an object and not a text; cite POLICY for a choice of our own.",
    )


class UncitedNumber(Refusal):
    """数字没有法条 · A length, a pause or a count without a citation."""

    code = "PRO-204"
    what = T("{where} 的数字（{number}）没有法条依据。", "The number in {where} ({number}) rests on no article.")
    todo = T(
        "请写明规定该数字的法条；地方指标引 LOCAL_…，并写 target=True。",
        "Cite the article that sets it; for a local target cite LOCAL_… and write target=True.",
    )


class NotInIndex(Refusal):
    """索引中没有 · A citation whose statute or article the index does not hold."""

    code = "PRO-205"
    what = T("{where} 引用的 {cited} 不在法律文件索引中。", "{where} cites {cited}, which the statute index does not hold.")
    todo = T(
        "请从 tianping.law.statutes 引用；缺少的文件先补入 index.toml。", "Cite from tianping.law.statutes; add a missing text to index.toml first."
    )


class NotInForce(Refusal):
    """不在施行期间 · A citation that was not in force while this version is."""

    code = "PRO-206"
    what = T(
        "{where} 引用的{cited}在 {day} 没有有效文本，而本版本施行于 {life}。",
        "{where} cites {cited}: no text of it was in force on {day}, while this version runs {life}.",
    )
    todo = T(
        "请引用当时有效的文本，或改 valid_from、valid_to，旧法时期另写 history 版本。",
        "Cite the text of that time, or change valid_from and valid_to and write the older time as a version in history/.",
    )


class NobodyMayAct(Refusal):
    """无人可办 · A step that names no role, or whose role expression nobody can meet."""

    code = "PRO-207"
    what = T("{where} 没有写明由谁办理。", "{where} does not say who may take it.")
    todo = T("请写 by=Roles.…；共同办理写 A & B，择一写 A | B。", "Write by=Roles.…; jointly is A & B, either is A | B.")


class BadLife(Refusal):
    """施行期间不成立 · A version without a code or a first day, or whose last day is before its first."""

    code = "PRO-208"
    what = T("{where} 的代号或施行期间不成立：{given}。", "{where} has no proper code or life: {given}.")
    todo = T("请写 code、valid_from；valid_to 不得早于 valid_from。", "Write code and valid_from; valid_to is not before valid_from.")


class WrongType(Refusal):
    """类型写错 · An attribute of another type than the language declares; a type checker finds it before this does."""

    code = "PRO-209"
    what = T("{where} 的 {attribute} 应为 {wanted}，写成了 {given}。", "{attribute} of {where} should be {wanted}, not {given}.")
    todo = T("请改成所要求的对象；先运行 mypy 可更早发现。", "Write the object that is wanted; running mypy finds this earlier.")


# ---- stages -------------------------------------------------------------------------------------------------------------


class NoWayIn(Refusal):
    """无从开始 · A track that no step opens."""

    code = "PRO-211"
    what = T("{where} 没有由 NEW 开始的环节，无法开立。", "No step opens {where}: none leads out of NEW.")
    todo = T("请写 Step(NEW >> 首个阶段, …)。", "Write Step(NEW >> first stage, …).")


class UnreachableStage(Refusal):
    """到达不了的阶段 · A stage that no way from NEW reaches."""

    code = "PRO-212"
    what = T("阶段 {where} 无法到达。", "The stage {where} cannot be reached.")
    todo = T("请写进入该阶段的环节，或删去该阶段。", "Write a step that enters it, or take the stage out.")


class DeadEnd(Refusal):
    """走不出的阶段 · A stage from which no end can be reached."""

    code = "PRO-213"
    what = T("阶段 {where} 之后无法到达任何终结阶段。", "No end can be reached from the stage {where}.")
    todo = T("请写离开该阶段的环节，或标明 end=True。", "Write a step that leaves it, or mark it end=True.")


class NoLimitRuns(Refusal):
    """无期限的阶段 · A stage in which a case may wait for ever and nobody would notice."""

    code = "PRO-214"
    what = T("阶段 {where} 没有期限，也没有写明为何没有。", "In the stage {where} no limit runs, and no reason is given.")
    todo = T(
        "请写期限，或写 no_limit=T(…)，说明期限在何处计算或为何没有。", "Write a limit, or no_limit=T(…) to say where it runs or why there is none."
    )


class MergeDoesNotEnd(Refusal):
    """并案未终结 · A merging step that leaves its own case open."""

    code = "PRO-215"
    what = T("并案环节 {where} 没有终结本案。", "The merging step {where} does not end its own case.")
    todo = T("请让它进入一个终结阶段。", "Let it enter an end stage.")


# ---- time ---------------------------------------------------------------------------------------------------------------


class NeverTriggered(Refusal):
    """无从起算 · A limit whose beginning can never happen."""

    code = "PRO-221"
    what = T("{where} 没有可能发生的起算环节。", "Nothing that can happen starts {where}.")
    todo = T(
        "请核对 since：阶段须有进入的环节，要素须有环节询问。", "Look at since: a stage needs a step that enters it, a fact a step that asks for it."
    )


class UntilCannotFollow(Refusal):
    """无从终结 · What ends a limit can never come after what starts it."""

    code = "PRO-222"
    what = T("期限 {where}：{since} 之后不可能发生 {until}。", "The limit {where}: {until} can never follow {since}.")
    todo = T(
        "请核对 until 与阶段顺序；到期即止的期限写 until=None。",
        "Look at until and the order of stages; a limit that simply runs out has until=None.",
    )


class PauseNeverEnds(Refusal):
    """扣除无终点 · A pause that, once begun, can never end: the limit would stand still for ever."""

    code = "PRO-223"
    what = T(
        "扣除期间 {where}：{since} 之后不可能发生 {until}，期限将永久停止。",
        "The pause {where}: {until} can never follow {since}, so the limit would stand still for ever.",
    )
    todo = T(
        "请写能在其后办理的 until；中止期间只能办理其终结环节。",
        "Write an until that can be taken after it; while a pause halts, only its own end may be taken.",
    )


class SharedGrant(Refusal):
    """批准环节共用 · One granting step in two extensions: each grant would count twice."""

    code = "PRO-224"
    what = T("批准环节 {grant} 同时属于 {where} 与 {other}。", "The granting step {grant} belongs to both {where} and {other}.")
    todo = T("请为每个延长各写一个批准环节。", "Write a granting step of its own for each extension.")


class NoGrantor(Refusal):
    """延长无批准 · An extension that no step grants, or none that can be taken while the limit runs."""

    code = "PRO-225"
    what = T("延长 {where} 没有在期限内能够办理的批准环节。", "No step that can be taken while the limit runs grants the extension {where}.")
    todo = T(
        "请写 grant=批准环节，并使其能在起算之后办理；ask_before 须同时写 ask。",
        "Write grant=step, a step that can follow the trigger; with ask_before write ask too.",
    )


class MixedUnits(Refusal):
    """时日混用 · Hours and whole days in the rows, extensions and pauses of one limit."""

    code = "PRO-226"
    what = T("期限 {where} 混用了小时与日、月。", "The limit {where} mixes hours with whole days or months.")
    todo = T("请写成两个期限，一个按小时，一个按日。", "Write two limits: one in hours, one in days.")


class WrongAnchor(Refusal):
    """起算点不当 · An anchor that the kind of limit cannot have."""

    code = "PRO-227"
    what = T("期限 {where} 的写法不成立：{reason}。", "The limit {where} does not make sense: {reason}.")
    todo = T("请按提示修改。", "Change it as the reason says.")


class PauseOnOtherTrack(Refusal):
    """扣除不在本线 · A pause written on another track than the one its steps stand on, where that changes whose clock it stops."""

    code = "PRO-228"
    what = T("扣除期间 {where} 写在 {written}，其环节却在 {stands}。", "The pause {where} is written on {written}, but its steps stand on {stands}.")
    todo = T("请把它写在其环节所在的线上。", "Write it on the track of its steps.")


class LocalNotTarget(Refusal):
    """地方规定当作法律 · A limit that rests on a local norm or on our own choice only, but would be called a breach of law."""

    code = "PRO-229"
    what = T(
        "期限 {where} 只有地方规定或本系统选择为依据（{cited}），却会被认定为违法。",
        "The limit {where} rests on a local norm or our own choice only ({cited}), yet missing it would be called unlawful.",
    )
    todo = T("请写 target=True，或引用规定该期限的法律。", "Write target=True, or cite the law that sets it.")


# ---- facts and rules ----------------------------------------------------------------------------------------------------


class FactNeverAsked(Refusal):
    """无人询问的要素 · A fact that no step answers."""

    code = "PRO-231"
    what = T("要素 {where} 没有任何环节询问或设定。", "No step asks for the fact {where}, or sets it.")
    todo = T("请在相应环节写 asks=(…,)，或删去该要素。", "Write asks=(…,) on the step that learns it, or take the fact out.")


class FactUnknownYet(Refusal):
    """要素尚不可知 · A guard reads a fact that cannot be known when the step is taken: the step would always be refused."""

    code = "PRO-232"
    what = T("{where} 的条件要读“{fact}”，但办理时不可能已经知道。", "A condition of {where} reads “{fact}”, which cannot be known when it is taken.")
    todo = T("请在该环节或更早的环节询问该要素。", "Ask for the fact in this step or an earlier one.")


class Stranger(Refusal):
    """他人之物 · A part that belongs to no track of this procedure, or to another track than the rule says."""

    code = "PRO-233"
    what = T("{where} 用到的 {stranger} 不属于本程序的相应线。", "{where} speaks of {stranger}, which is not on that track of this procedure.")
    todo = T("请核对名称；同名的阶段与要素各属其线。", "Look at the name: stages and facts belong to their own tracks.")


class NotSetBased(Refusal):
    """不能成批运算 · A rule that an event log cannot be judged by as a set."""

    code = "PRO-234"
    what = T("{where} 的规则不能成批运算：{reason}。", "The rule of {where} cannot run set-based: {reason}.")
    todo = T(
        "请只用要素、阶段与次数，以 .is_()、<、& | ~ 组成规则，并使类型一致。",
        "Build it from facts, stages and counts with .is_(), < and & | ~, and let the types agree.",
    )


class AnonymousGround(Refusal):
    """无名事由 · A ground that is bound to no name, so that its finding would have no stable code."""

    code = "PRO-235"
    what = T("{where} 的一项事由没有名称。", "A ground of {where} is bound to no name.")
    todo = T("请把事由写成类的属性，再引用它。", "Write the ground as an attribute of the class and refer to it.")


class WrongKind(Refusal):
    """类型不符 · A value of another kind than its fact."""

    code = "PRO-236"
    what = T("{where} 给要素“{fact}”设定的值类型不符：{given}。", "{where} sets “{fact}” to a value of another kind: {given}.")
    todo = T("请使用要素声明的类型。", "Use the kind that the fact declares.")


class NotCountable(Refusal):
    """不能查比 · A fact that is counted from other cases and is no number, or is told apart by answers that this definition does not have."""

    code = "PRO-237"
    what = T("{where} 不能由其他案件得出：{reason}。", "{where} cannot be counted from other cases: {reason}.")
    todo = T(
        "请写 Fact(int, …, known_by=Tally(…))，same= 中写本程序的要素。",
        "Write Fact(int, …, known_by=Tally(…)) and name facts of this procedure in same=.",
    )


class NamedAsColumn(Refusal):
    """要素与日志列同名 · A fact named as a column that every event table has: its answers would be lost in a log."""

    code = "PRO-238"
    what = T("要素 {where} 与事件表的列同名。", "The fact {where} has the name of a column of every event table.")
    todo = T("请改用别的名称；这些名称已被占用：{taken}。", "Choose another name; these are taken: {taken}.")


# ---- between institutions ---------------------------------------------------------------------------------------------


class NoReceiver(Refusal):
    """移送无接收 · A matter that no procedure answers."""

    code = "PRO-241"
    what = T("{where} 移送的“{matter}”没有程序能够给出答复。", "No procedure answers the matter “{matter}” that {where} sends.")
    todo = T(
        "请在接收程序的终结阶段写 answers=…，或删去不会出现的结果。",
        "Write answers=… on an end stage of the receiving procedure, or take out an outcome that cannot come.",
    )


class WrongOutcome(Refusal):
    """结果不属于事项 · An outcome of another matter, or a matter without outcomes."""

    code = "PRO-242"
    what = T("{where} 所说的结果“{outcome}”不属于事项“{matter}”。", "{where} waits for “{outcome}”, which is no outcome of the matter “{matter}”.")
    todo = T("请使用该事项声明的结果。", "Use an outcome that the matter declares.")


# ---- examples -------------------------------------------------------------------------------------------------------------


class NotExercised(Refusal):
    """例案未覆盖 · A step that no worked case takes."""

    code = "PRO-251"
    what = T("没有例案办理过 {where}。", "No example takes the step {where}.")
    todo = T("请在 examples/*.yaml 写一个用到它的例案。", "Write a case in examples/*.yaml that takes it.")


class NothingRefused(Refusal):
    """例案没有拒绝 · A procedure whose examples never see a step refused."""

    code = "PRO-252"
    what = T("{where} 的例案没有一个被拒绝的环节。", "No example of {where} sees a step refused.")
    todo = T("请在某个例案中写 refuse。", "Write refuse in one of the cases.")
