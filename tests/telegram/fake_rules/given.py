"""What the tests of the fake have in common: who she is, and how the bot sends."""

HER = 501
SECRET = "canary-_"  # noqa: S105 # opens nothing
QUIETLY = {"disable_notification": True, "link_preview_options": {"is_disabled": True}}


def buttons(**button):
    return {"inline_keyboard": [[{"text": "Label"} | button]]}
