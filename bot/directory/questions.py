"""Questions: every fact that a service can answer for, as a question in plain English.

A service reads them in an e-mail or hears them on the telephone, so they have short words and no
keys of the format. The names of facts stand in sentences about what changed.
"""

from collections.abc import Mapping
from typing import NamedTuple

from bot.directory.shape import SHAPE, fact_name


class Question(NamedTuple):
    """The short name of a fact (`a woman as key worker`), and the question for it."""

    name: str
    words: str


# What only editors write, or what follows from how an entry is kept.
NOT_ASKED: frozenset[str] = frozenset(
    key
    for key in SHAPE
    if key.startswith(("verified.", "checks[].", "sources[].", "changes[].", "closed."))
) | {
    *("schema", "id", "status", "confidence", "check_first", "notes", "places[].id"),
    *("contact[].tested", "contact[].answered"),
}  # fmt: skip

_TABLE = """
name | the name | What is the name of your service?
discreet_name | a name that gives nothing away | Is there a short name we can use that does not say what you do?
organisation.name | who runs it | Who runs your service?
organisation.charity_number | the charity number | What is your charity number?
organisation.website | the website of who runs it | What is the website of those who run your service?
paused.until | closed to new women until | When will you see new women again?
paused.say | what to tell women meanwhile | What should we tell women until then?
do_not_list | not on any list | Do you want us to leave you off the list?
kind | what kind of service | What kind of service are you?
helps_with | what it helps with | Do you help with drinking, with drugs, or with both? Do you help families?
who | who it is for | Who is your service for? Is it for women only?
summary | what it is, in a sentence | What can a woman get from you? Please say it in one or two short sentences.
area.councils | the councils | Which council areas do you work in?
area.national | for the whole country | Do you help women from anywhere in the country?
area.nations | the nations | Which nations do you work in: England, Scotland, Wales?
area.must_live_there | only for those who live there | Must a woman live in your area to get help?
places[].name | the name of a place | What is the name of the place?
places[].address | whether the address may be shown | May we show your address?
places[].address_confirmed_safe | the address is safe to show | Are you sure that it is safe for women if we show your address?
places[].street | the street | What is the street and the number?
places[].town | the town | What town is it in?
places[].postcode | the postcode | What is the postcode?
places[].building | the building | Do you share the building with others? With whom?
places[].sign | the sign outside | Does a sign outside say drugs, alcohol or addiction?
places[].men | men in the building | Are there men in the building when women come?
places[].women_only_space | a room for women only | Is there a room for women only?
places[].entrance_for_women | a way in for women | Do women have their own way in?
places[].step_free | step-free | Can a woman get in without steps?
places[].lift | a lift | Is there a lift, or is everything on the ground floor?
places[].pram | room for a pram | Is there room for a pram?
places[].baby_change | a place to change a baby | Is there a place to change a baby?
places[].toilet_accessible | a toilet for wheelchairs | Is there a toilet that a woman in a wheelchair can use?
places[].travel | how to get there | How does a woman get to you by bus, train or on foot?
ways.in_person | meeting face to face | Can a woman meet you face to face?
ways.phone | help by phone | Can a woman get your help by phone?
ways.video | help by video | Can a woman get your help by video call?
ways.text | help by text | Can a woman get your help by text message?
ways.home_visit | home visits | Can you visit a woman at home?
ways.online_group | groups online | Do you have groups online?
ways.remote | help from a distance | Can a woman get your help without coming to you?
ways.drop_in | a drop-in | Can a woman drop in without an appointment?
ways.outreach | workers who come out | Do your workers go out to meet women?
contact[].type | a way to reach it | How can a woman reach you: phone, text, chat, or another way?
contact[].number | the number | What number should a woman ring or text?
contact[].public_mobile | a mobile number of the service | If it is a mobile number: may everybody have it?
contact[].url | the link | What is the link?
contact[].address | the e-mail address | What is your e-mail address?
contact[].say_where | where to walk in | Where can a woman walk in?
contact[].label | the name of the line | What is this line for?
contact[].say | the word to send | Is there a word she should send?
contact[].cost | what it costs | Is it free to ring or text?
contact[].answers | when it is answered | On which days and at what times does someone really answer?
contact[].languages | languages on the line | Which languages do those who answer speak?
contact[].anonymous | no name needed | Can a woman ring without giving her name?
contact[].voicemail | voice messages | Do you leave voice messages? Do you ask first if that is safe?
contact[].withheld_number | ringing with a hidden number | When you ring a woman, is your number hidden?
contact[].safe_time_asked | asking when it is safe to ring | Do you ask when it is safe to ring her?
contact[].note | a note about it | Is there anything a woman should know before she gets in touch?
hours.open | the opening hours | On which days and at what times are you open?
hours.bank_holidays | bank holidays | Are you open on bank holidays?
hours.school_holidays | school holidays | Are your times different in the school holidays?
hours.holiday_dropin | a drop-in in the school holidays | Can a woman bring her children in the school holidays?
hours.closed_on | days it is closed | Are there days when you will be closed, such as Christmas?
sessions[].what | a group or drop-in | What groups or drop-ins do you have?
sessions[].name | the name of a group | What is the group called?
sessions[].when | the times of a group | On which days and at what times is the group?
sessions[].where | the place of a group | Where is the group?
sessions[].women_only | a group for women only | Is the group for women only?
sessions[].term_only | only in term time | Does the group stop in the school holidays?
sessions[].creche | child care at a group | Can someone look after the children during the group?
sessions[].online | a group online | Is the group online?
worker.female | a woman as key worker | Can a woman always have a woman as her worker, or only if she asks?
worker.male | a man as key worker | Can a woman have a man as her worker if she wants?
worker.gender_choice | choosing a woman or a man | Can she choose between a woman and a man?
worker.own_community | a worker from her community | Can she have a worker from her own community?
worker.other_community | a worker from outside her community | Can she have a worker who is not from her community?
worker.lived_experience | a worker who has been there | Do you have workers who have been through it too?
worker.one_to_one | one to one | Can she see one worker alone, with no group?
worker.contact | how often she sees her worker | How often does she see her worker?
worker.sees_you_alone | being seen alone | Do you make sure that you see her alone, without a partner or family?
worker.tea_first | just a cup of tea first | Can she come for just a cup of tea first?
groups.women_only | groups for women only | Do you have groups for women only?
groups.needed | a group that one must join | Must she join a group?
times.school_run | times in school hours | Can she come while her children are at school?
times.evening | evenings | Can she come in the evening?
times.night | nights | Is anyone there at night?
times.weekend | weekends | Can she come at the weekend?
children.welcome | bringing a child | Can she bring her child? Does the child have to be under five?
children.creche | someone to mind a child | Can someone look after her child while she is with you?
children.childcare_paid | paying for child care | Do you pay for child care?
children.stay_overnight | children staying overnight | Can her children stay overnight?
languages.spoken | languages of workers | Which languages do your workers speak?
languages.interpreter | interpreters | Can you get an interpreter? For which languages?
languages.interpreter_female | a woman as interpreter | Can the interpreter be a woman?
languages.interpreter_outside_community | an interpreter from outside | Can the interpreter be from outside her community?
languages.written | written languages | In which languages do you have leaflets or letters?
languages.bsl | sign language | Can she use British Sign Language with you?
languages.multilingual | workers of many languages | Do your workers speak several languages?
practice.trauma_informed | training about trauma | Are your workers trained to help women after trauma?
practice.domestic_abuse_trained | training about abuse at home | Are your workers trained about abuse at home?
practice.sexual_violence_trained | training about sexual violence | Are your workers trained to help after rape or sexual abuse?
practice.emdr | EMDR therapy | Do you offer EMDR, a therapy for trauma?
practice.safety_planning | planning to stay safe | Do you help women to plan how to stay safe?
by_and_for | run by and for a community | Are you run by and for one community? Which one?
welcomes | who is welcome | Which women do you make a point of welcoming?
specialist_in | who it knows most about | Which women do you know most about?
not_for | who it does not take | Is there anyone you do not take?
accepts.using_now | women who still use drugs | Do you see women who still use drugs?
accepts.drinking_now | women who still drink | Do you see women who still drink?
accepts.on_script | women on a script | Do you see women who take methadone or another script?
accepts.binge_or_not_dependent | women who do not use daily | Do you see women who do not drink or use every day?
accepts.mental_health | women with mental health needs | Do you see women who have mental health needs too?
age.from | the lowest age | How old must a woman be to come to you?
age.to | the highest age | Is there an age when you stop seeing people?
pregnancy.priority | pregnant women first | Do you see pregnant women first?
pregnancy.midwife_on_site | a midwife there | Is a midwife there? How often?
pregnancy.group | a group in pregnancy | Do you have a group for pregnant women?
on_site | other help there | What other help is in the same building?
medical.script | a script | Can she get a script from you, or do you send her on?
medical.alcohol_detox | stopping drinking safely | Can you help her to stop drinking safely, or do you send her on?
medical.needle_exchange | clean needles | Do you give out clean needles?
medical.needle_exchange_by_post | clean needles by post | Do you send clean needles by post?
medical.naloxone | naloxone | Do you give out naloxone?
residential.detox_first | detox before a stay | Must she stop drinking or using before she comes to stay?
residential.weeks | weeks of a stay | How many weeks can she stay?
residential.women_only_house | a house for women only | Is there a house for women only?
residential.children_stay | children living there | Can her children live there with her?
residential.family_visits | family visits | Can her family visit her?
residential.funding | who pays for a stay | Who pays for the stay: the council, or does she?
family_support | help for families | Do you help families of those who drink or use?
young_people | help for under 18s | Do you see people under 18?
referral.self | coming without a letter | Can a woman come to you herself, without a letter from a doctor?
referral.how | how to ask for help | How can she ask for help: by phone, walking in, a web form?
referral.others | who can send her | Who else can send a woman to you?
referral.gp_needed | having a doctor | Must she have a doctor?
referral.anonymous_first | a first talk with no name | Can she talk to you the first time without giving her name?
referral.start | how to start | What should she do or say first?
wait.first_reply_days | days until a first reply | How many days until you first reply?
wait.first_appointment_weeks | weeks until a first visit | How many weeks does a woman wait for her first visit?
wait.as_of | the day of the waiting time | When did you last look at your waiting time?
wait.support_while_waiting | help while she waits | Do you help her while she waits?
missed.policy | a missed visit | If she misses one visit, can she still come back?
missed.say | what happens after a missed visit | What happens if she misses a visit?
ends.after | when help ends | Does your help end after some weeks, or can she keep coming?
sharing.say | who is told what | Who do you tell about her, what, and when?
cost.free | free of charge | Is your help free?
commissioned_until | paid for until | Until when is your service paid for?
"""

QUESTIONS: Mapping[str, Question] = {
    key: Question(name, words)
    for key, name, words in (line.split(" | ") for line in _TABLE.strip().splitlines())
}

# The key to ask about for each fact that needs may be met by.
KEY_OF: Mapping[str, str] = {
    **{fact_name(key): key for key in QUESTIONS},
    "wait.short": "wait.first_appointment_weeks",
    "sharing.stated": "sharing.say",
}
