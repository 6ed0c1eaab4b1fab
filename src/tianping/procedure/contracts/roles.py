"""角色表 · The roles that procedures name, with their official titles. One role, one English word."""

from __future__ import annotations

from tianping.law.text import T
from tianping.procedure.roles import Role


class Roles:
    """角色 · Every role of the city's institutions; a post holds roles with validity dates."""

    APPLICANT = Role(T("申请人", "Applicant"))
    OPPONENT = Role(T("对方当事人", "Other party"))
    PARTY = Role(T("当事人", "Party"))
    DEFENDANT = Role(T("被告", "Defendant"))
    INTERESTED = Role(T("利害关系人", "Interested person"))
    MEDIATOR = Role(T("调解员", "Mediator"))
    MEDIATION_BODY = Role(T("调解组织", "Mediation body"))
    COURT = Role(T("人民法院", "People's court"))
    FILING_JUDGE = Role(T("立案法官", "Filing judge"))
    JUDGE = Role(T("法官", "Judge"))
    JUDGE_ASSISTANT = Role(T("法官助理", "Judge's assistant"))
    PRESIDENT = Role(T("院长", "Court president"))
    SUPERIOR_COURT = Role(T("上级人民法院", "Superior court"))
    CLERK = Role(T("书记员", "Clerk"))
    SERVER = Role(T("送达人员", "Process server"))
    APPRAISER = Role(T("鉴定机构", "Appraisal body"))
    OFFICER = Role(T("民警", "Police officer"))
    CHIEF = Role(T("公安机关负责人", "Head of the public security organ"))
    DEPARTMENT_HEAD = Role(T("办案部门负责人", "Head of the case-handling department"))
    STATION_HEAD = Role(T("公安派出所负责人", "Head of the police station"))
    UPPER_POLICE = Role(T("上一级公安机关", "Next higher public security organ"))
    DISPATCHER = Role(T("接警员", "Call-taker"))
    HOTLINE = Role(T("12345热线及承办部门", "Citizens' hotline and its departments"))
    UNIT = Role(T("处警单位", "Response unit"))
    CENTRE_MANAGER = Role(T("办案中心管理员", "Centre manager"))
    MEDIC = Role(T("医务人员", "Medical staff"))
    KEEPER = Role(T("涉案财物保管员", "Property keeper"))
    CUSTODY_HOUSE = Role(T("看守所", "Custody house"))
    PROSECUTOR = Role(T("检察官", "Prosecutor"))
    CHIEF_PROSECUTOR = Role(T("检察长", "Chief prosecutor"))
    UPPER_PROCURATORATE = Role(T("上一级人民检察院", "Next higher procuratorate"))
    PROVINCIAL_PROCURATORATE = Role(T("省级人民检察院", "Provincial procuratorate"))
    SUSPECT = Role(T("犯罪嫌疑人", "Suspect"))
    DEFENDER = Role(T("辩护人", "Defender"))
    POLITICAL_DEPARTMENT = Role(T("政治部门", "Political department"))
    POLITICAL_LEGAL_COMMITTEE = Role(T("党委政法委员会", "Political and legal committee"))
    SELECTION_COMMITTEE = Role(T("遴选委员会", "Selection committee"))
    DISCIPLINE_COMMITTEE = Role(T("惩戒委员会", "Disciplinary committee"))
    APPOINTING_BODY = Role(T("任免机关", "Appointing body"))
    ESTABLISHMENT_OFFICE = Role(T("机构编制部门", "Establishment office"))
    CANDIDATE = Role(T("候选人", "Candidate"))
    COMMAND_CENTRE = Role(T("公安机关主管部门", "Department in charge"))
    ENTERPRISE = Role(T("项目单位、企业", "Project or enterprise"))
    INVITED = Role(T("受邀代表、委员", "Invited deputy or member"))
    CONDUCT_SUPERVISOR = Role(T("警风监督员", "Supervisor of conduct"))
    INSPECTOR = Role(T("督察人员", "Inspector"))
    MEASURE_OWNER = Role(T("措施责任单位", "Body in charge of a measure"))
    SYSTEM = Role(T("系统", "System"))
