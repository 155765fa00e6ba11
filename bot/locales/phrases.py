"""Phrases: every word of the program itself that she may read.

The English is the msgid, so a phrase that changes its wording keeps its name here, and by that
name its translations. Words of flows and needs stand in their own files. Short sentences, no
blame, no idiom, no promise in the name of others.
"""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Phrase:
    """English words with `$name` slots of `bot.locales.rendering.SLOTS`.

    `plural` is the English for any count but one, empty where nothing is counted. `note` is for
    the translator. `safety` words fall back to English rather than be shown half translated.
    `most` is the longest translation in characters that still fits, 0 for no limit.
    """

    text: str
    plural: str = ""
    note: str = ""
    safety: bool = False
    most: int = 0


# A button is one row on a small phone: 32 letters of English and a tenth more for other languages.
BUTTON = 36

# ---- choosing and typing
HINT_NUMBER = Phrase("Type a number. To skip, type: next question.")
HINT_NUMBER_ONLY = Phrase("Type a number.")
HINT_NUMBERS = Phrase(
    "Type one or more numbers with a space between. To skip, type: next question."
)

# ---- how far she is
LEFT = Phrase(
    "About $count question left.",
    plural="About $count questions left.",
    note="Until she sees services, with this one. Keep $count in every form.",
)
LAST_QUESTION = Phrase("Last question before you see services.")

# ---- typed words that were not understood: one after the other, never the end of the talk
NOT_UNDERSTOOD = Phrase(
    "I only know a few words, and I have not kept yours. In danger now? Ring 999, or press Urgent help.",
    note="Above everything, for any typed words that are no answer: she may have told of something bad. No blame, no refusal. The first 40 letters give nothing away. 'Urgent help' is the button.",
    safety=True,
)
HEARD = Phrase(
    "This is for what you typed. If I misread it, press Back.",
    note="On top of urgent help, when her words brought it. 'Back' is the button. No question.",
)
RETRY_NUMBER = Phrase("Please press a button, or type the number of an answer.")
RETRY_SKIP = Phrase("You do not have to answer. You can go on with: next question.")
RETRY_PERSON = Phrase(
    "Would you like to talk or text with a person? Press Urgent help. Some lines there are open day and night.",
    note="The second time her words were no answer. 'Urgent help' is the button.",
    safety=True,
)
OLD_BUTTON = Phrase("That button is from before. Here is where we are now.")

MOVED = Phrase(
    "The questions have changed a little. Here is where we are now.",
    note="Shown when the questions were edited while she was answering.",
)
PLAIN_BYE = Phrase(
    "Bye for now.", note="The last words where somebody may be looking. Say no more."
)
PRESS_ENTER = Phrase("Press Enter to clear this screen.", note="In a terminal, at the very end.")

# ---- printed cards: anybody may find one, so that no word tells what the chat is about
PRINTED_CHAT = Phrase(
    "A private chat for women",
    note="A heading on a small printed card that lies in a library or a surgery.",
    most=40,
)
PRINTED_FREE = Phrase("Free. In your language. You do not give your name.", note="Printed.")
PRINTED_SCAN = Phrase(
    "Open it with the camera of your phone.", note="Printed beside a square code to scan."
)
PRINTED_RECIPES = Phrase(
    "More recipes",
    note="Printed beside a code to scan, on a card that looks like a recipe.",
    most=30,
)
PRINTED_CLASSES = Phrase(
    "Classes this week", note="The heading of a printed card that looks like a timetable.", most=36
)
PRINTED_ALL_CLASSES = Phrase(
    "All classes", note="Printed beside a code to scan, below a timetable.", most=30
)
PRINTED_SEWING = Phrase("Sewing", note="A class in a printed timetable.", most=24)
PRINTED_COOKING = Phrase("Cooking", note="A class in a printed timetable.", most=24)
PRINTED_READING = Phrase("Reading", note="A class in a printed timetable.", most=24)
PRINTED_WALKING = Phrase(
    "Walking", note="A class in a printed timetable: going for walks.", most=24
)

# ---- what a card says about one service
FITS = Phrase(
    "Fits what you asked", note="A heading. What this service has, of what she asked for."
)
LACKS = Phrase("Does not have", note="A heading. What this service says it does not have.")
ASKS = Phrase(
    "Not known. You can ask:",
    note="A heading. Under it stand sentences she can say to the service.",
)
ASKS_TOO = Phrase("Also not known: $words", note="$words: things a service may have.")
OPEN_UNTIL = Phrase("Open now, until $time")
OPEN_ALWAYS = Phrase("Open day and night")
OPENS_TODAY = Phrase("Closed now. Opens today at $time")
OPENS_TOMORROW = Phrase("Closed now. Opens tomorrow at $time")
OPENS_ON_DAY = Phrase("Closed now. Opens $day at $time", note="$day is a day of the week.")
OPENS_ON_DATE = Phrase("Closed now. Opens on $date at $time", note="$date: day and month.")
CLOSED_NOW = Phrase("Closed now")
HOURS_UNKNOWN = Phrase("Opening times not known. Ring first.")
HOLIDAYS_DIFFER = Phrase("May differ on bank holidays and in school holidays")
ANSWERS_UNTIL = Phrase("Someone answers now, until $time", note="When a telephone line answers.")
ANSWERS_ALWAYS = Phrase("Answers day and night", note="When a telephone line answers.")
ANSWERS_TODAY = Phrase("Nobody answers now. Answers again today at $time")
ANSWERS_TOMORROW = Phrase("Nobody answers now. Answers again tomorrow at $time")
ANSWERS_ON_DAY = Phrase(
    "Nobody answers now. Answers again $day at $time", note="$day is a day of the week."
)
ANSWERS_ON_DATE = Phrase(
    "Nobody answers now. Answers again on $date at $time", note="$date: day and month."
)
ANSWERS_NOT_NOW = Phrase("Nobody answers now")
ANSWERS_UNKNOWN = Phrase("Not known when someone answers")
ON_DAYS = Phrase(
    "$days, from $time to $until", note="Fixed times. $days: one or more days of the week."
)
FROM_DAY_TO_DAY = Phrase("$day to $until_day", note="Two days of the week: Monday to Friday.")
EVERY_DAY = Phrase("Every day, from $time to $until")
WOMEN_GROUP_AT = Phrase("Women's group: $when", note="$when: days and times, already translated.")
GROUP_AT = Phrase("Group: $when", note="$when: days and times, already translated.")
DROP_IN_AT = Phrase("You can walk in: $when", note="No appointment needed. $when: days and times.")

HOW_TO_START = Phrase("How to start: $words", note="$words: a sentence that the service wrote.")
STAYS_ON_PHONE = Phrase(
    "This stays on your phone until you delete it.",
    note="Beside a way to make contact, for a woman whose phone may be looked at.",
)
WAIT_WEEKS = Phrase(
    "First visit after about $count week, as of $month",
    plural="First visit after about $count weeks, as of $month",
    note="Keep $count in every form. $month: month and year.",
)
SEEN_IN = Phrase(
    "Last seen on a web page in $month. Not yet confirmed by phone.",
    note="$month: month and year.",
)
SEEN_NO_DATE = Phrase("The page had no date. Not yet confirmed by phone.")
CONFIRMED_IN = Phrase("Confirmed by phone in $month.", note="$month: month and year.")
MAY_HAVE_CHANGED = Phrase("It may have changed. Please ring or write first.")
CONFIRMED_BY_EMAIL = Phrase("Confirmed by email in $month.", note="$month: month and year.")
CONFIRMED_ON_VISIT = Phrase(
    "Confirmed on a visit in $month.", note="Somebody went there. $month: month and year."
)
OLDER_THAN_A_YEAR = Phrase("This is older than a year. Please check before you go.")

ANSWERED_IN = Phrase(
    "Answered when we tried in $month",
    note="Somebody at the service answered our test call. $month: month and year.",
)
NOT_ANSWERED_IN = Phrase(
    "Nobody answered when we tried in $month",
    note="Nobody at the service answered our test call. $month: month and year.",
)

ADDRESS_HIDDEN = Phrase("They tell you where it is when you get in touch.")
IN_PLACE = Phrase("In $place", note="$place: a town or part of town.")
AT_PLACE = Phrase("Where: $place", note="$place: a street and town.")
BESIDE = Phrase("In a council beside yours. Ask if they see women from where you live.")
BY_PHONE_OR_ONLINE = Phrase("You can use this by phone or online")
LINES_EVERYWHERE = Phrase(
    "These lines help people everywhere:", note="Before a list of helplines."
)
EVERYWHERE = Phrase(
    "For people anywhere in England", note="A service that is not tied to one place."
)
FOR_AGES = Phrase(
    "For ages $count to $until", note="Both are whole numbers, for example 10 to 18."
)
FOR_AGE_FROM = Phrase("From age $count", note="$count: a whole number.")
IN_ENGLISH = Phrase(
    "In English: $words", note="Before words that the service wrote, in English only."
)

# ---- near or far, in words, never in miles
BAND_NEAR = Phrase("Near you")
BAND_SHORT_RIDE = Phrase("A short ride away")
BAND_LONGER_RIDE = Phrase("A longer ride away")
BAND_FAR = Phrase("Far from you")

# ---- ways to make contact
PHONE = Phrase("Phone", note="A way to make contact.")
TEXT = Phrase("Text message", note="A way to make contact: SMS.")
WHATSAPP = Phrase("WhatsApp", note="A name. It often stays as it is.")
WEBCHAT = Phrase("Online chat", note="A way to make contact.")
EMAIL = Phrase("Email", note="A way to make contact.")
CALLBACK = Phrase("Ask for a call back", note="They ring her. A way to make contact.")
WEBSITE = Phrase("Website", note="A way to make contact.")
RELAY = Phrase("Relay or sign language", note="For people who are deaf.")
WALK_IN = Phrase("Walk in", note="She can go there without an appointment.")
FREE = Phrase("Free", note="It costs no money.")
STANDARD_COST = Phrase("Costs what a normal call costs")
SEND_WORD = Phrase(
    "Send the word $word", note="$word is an English word that she types, like SHOUT."
)
NO_VOICE = Phrase("You can use this without speaking")
NO_NAME = Phrase("You do not have to give your name")
SAFE_TIME = Phrase("Tell them when it is safe to ring you.")
SPOKEN_THERE = Phrase("They speak: $words", note="$words: names of languages.")

# ---- what she can say at a first call; no word of it tells a stranger what it is about
SAY_HELLO = Phrase(
    "Hello. I would like to talk to someone.",
    note="She says this to the service, before anything else.",
)
SAY_ALONE = Phrase("Can I see someone alone?", note="She asks the service. With nobody she knows.")
SAY_LANGUAGE = Phrase(
    "I would like someone who speaks $words.",
    note="$words: the name of her language, as it stands in a list of languages.",
)
THINGS_TO_ASK = Phrase(
    "Things to ask",
    note="A heading on a text that she may carry on paper. Say no more.",
    most=60,
)

# ---- the ladder: too little fitted, and this is what gave way
LADDER_AREA = Phrase(
    "Too little near you fits. Some of these are in a council beside yours, or work by phone or online."
)
LADDER_LANGUAGE = Phrase(
    "None says that a worker speaks your language. You can ask them for an interpreter.",
    note="An interpreter who speaks, not a written translation.",
)
LADDER_GROUP = Phrase(
    "None has the kind of group you asked for. You can ask to see one person alone."
)
LADDER_KIND = Phrase(
    "None gives exactly this kind of help. These help women in other ways and may know more."
)
LADDER_NEED = Phrase(
    "None says that it has this: $need. These fit the rest.", note="$need: a wish."
)

# ---- when there is little or nothing to show
NO_SERVICE = Phrase("I know of no drug and alcohol service in $council that I can show yet.")
NO_SERVICE_HERE = Phrase("I know of no drug and alcohol service near you that I can show yet.")
NO_SERVICE_DO = Phrase(
    "You can ask one of the lines below who helps near you, or ask your council."
)
OUTSIDE_AREA = Phrase(
    "I only know places in the West Midlands. These lines help people everywhere.",
    note="'West Midlands' is the name of a part of England.",
)
DANGER_FIRST = Phrase(
    "If you are in danger now, ring 999. This line is open day and night:", safety=True
)

# ---- the language itself
DRAFT_NOTICE = Phrase(
    "A computer helped to write this translation. A native speaker has not checked it yet.",
    note="Shown once, after she chose the language.",
)

SEE_ENGLISH = Phrase(
    "See this in English",
    note="A button under a text that no person has checked yet.",
    most=BUTTON,
)
SEE_MINE = Phrase(
    "Back to my language",
    note="A button under the English text. It brings the text in her language back.",
    most=BUTTON,
)

# ---- a recording of the words of a card
LISTEN = Phrase("Listen", note="A button: hear this card read aloud.", most=BUTTON)
LISTEN_WARNING = Phrase(
    "Others near you may hear this. Turn the sound down first, or use earphones.",
    note="Shown before any sound is played.",
    safety=True,
)
PLAY = Phrase("Play it now", note="A button: start the recording.", most=BUTTON)
NOT_NOW = Phrase("Not now", note="A button: go back without a sound.", most=BUTTON)

# ---- buttons that the chat on a phone adds by itself
HIDE = Phrase("Hide", note="A button: the screen shows nothing of the talk.", most=BUTTON)
OPEN = Phrase("Open", note="A button on an empty card: show it again.", most=BUTTON)
CLOSE = Phrase("Close", note="A button under a recipe. It must not say what this is.", most=BUTTON)
DONE = Phrase("Done", note="A button: these are all that I choose.", most=BUTTON)
PAGE = Phrase("Page", note="A button: a number follows, as in 'Page 2/3'.", most=20)
COPY = Phrase("Copy", note="A button: a telephone number follows.", most=20)

TYPE = Phrase("Or type here", note="Beside a field, under the buttons.")
SEND = Phrase("Send", note="A button beside the field.", most=BUTTON)

# ---- the web page around the card
WEB_LEAVE = Phrase("Leave", note="The first button of the page. One word.", most=20)
WEB_QUICKLY = Phrase(
    "quickly. You can also press Shift or Escape three times.",
    note="Follows 'Leave'; only a screen reader says it.",
)
WEB_KEEPS = Phrase(
    "Leave opens the weather in place of this page. Your browser still lists the address of this"
    " page: delete it there, or use a private window next time.",
    note="'Leave' is the button at the top.",
    safety=True,
)
WEB_NO_SCRIPT = Phrase(
    "A part of this page does not work in your browser. So every answer is listed in your browser"
    " too. The button at the top only goes away. To wipe your answers, press Leave and wipe.",
    note="Shown where the browser runs no script. 'Leave and wipe' is a button of the card.",
)
WEB_LOST = Phrase(
    "No answer came. Please press again. In danger now? Ring 999.",
    note="Shown when the connection is gone.",
    safety=True,
)

# ---- cards that say nothing of what this is: somebody may be looking
HIDDEN = Phrase("Paused.", note="All that stands on a hidden screen. Say no more.")
CLOSED = Phrase("Nothing is open.", note="Shown where an old card is pressed. Say no more.")

# ---- what one channel cannot wipe, said before she answers anything
TELEGRAM_KEEPS = Phrase(
    "Press Leave and wipe to empty this chat. Telegram still shows the chat in your list and on"
    " your other devices, and keeps data of its own. To take it off the list, delete the chat in"
    " Telegram.",
    note="'Leave and wipe' is the button. Telegram is the name of a messenger.",
    safety=True,
)

# ---- what the messenger shows around the chat; it must fit any chat at all
BOT_NAME = Phrase(
    "Quiet Notes", note="The name of the chat in a list. It must say nothing.", most=64
)
BOT_ABOUT = Phrase(
    "Short notes, one at a time.", note="Under the name. It must say nothing.", most=120
)
COMMAND_START = Phrase("Begin", note="In the menu of commands.", most=60)
COMMAND_LEAVE = Phrase("Close and clear", note="In the menu of commands.", most=60)
COMMAND_LANGUAGE = Phrase("Language", note="In the menu of commands.", most=60)
COMMAND_PRIVACY = Phrase("Privacy", note="In the menu of commands.", most=60)

# ---- the end
GOODBYE = Phrase(
    "This talk is wiped. You can come back at any time. In danger? Ring 999, day or night.",
    safety=True,
)


def named() -> Mapping[str, Phrase]:
    """Every phrase of this module under its name, in file order."""
    return {name: value for name, value in globals().items() if isinstance(value, Phrase)}
