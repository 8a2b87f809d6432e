"""What in a customer's words speaks against sending them to do it themselves.

A few plain signs of danger, and of people for whom the line is more than a line. They only ever
add a warning for the agent, who decides.
"""

import re

from kb.coaching.policy import Against

_DANGER = re.compile(
    r"\b(?:verschmort|schmort|verbrannt|brennt|brand\w*|rauch(?:t|en)?|qualm\w*|funken|"
    r"stromschlag|kurzschluss|gasgeruch|nasse? steckdose|"
    r"smoke|smoking|burn(?:s|t|ed|ing)?|on fire|sparks?|electric shock|short circuit|"
    r"smell of gas)\b",
    re.IGNORECASE,
)
_DEPENDENT = re.compile(
    r"\b(?:hausnotruf\w*|notruf(?:knopf|gerät)\w*|beatmung\w*|sauerstoffgerät\w*|"
    r"herzschrittmacher\w*|pflegebedürftig\w*|"
    r"bettlägerig\w*|sehbehindert\w*|blind|demenz\w*|"
    r"medical alarm|alarm pendant|panic button|ventilator|oxygen (?:machine|concentrator)|"
    r"pacemaker|"
    r"bedridden|visually impaired|dementia|housebound)\b",
    re.IGNORECASE,
)


def cautions(words: str) -> tuple[Against, ...]:
    """Return what the words warn of.

    >>> cautions("Nach dem Gewitter riecht die Box verschmort.")
    (<Against.DANGER: 'danger'>,)
    """
    signs = ((Against.DANGER, _DANGER), (Against.DEPENDENT, _DEPENDENT))
    return tuple(against for against, sign in signs if sign.search(words))
