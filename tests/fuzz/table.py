"""The table of readers, by what they read."""

from tests.fuzz.documented import DOCUMENTED
from tests.fuzz.lettered import LETTERED
from tests.fuzz.packed import PACKED

READERS = {**DOCUMENTED, **PACKED, **LETTERED}
