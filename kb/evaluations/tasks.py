"""What can be measured, by name. A run is of one task; of search, where nothing else is said."""

from enum import StrEnum


class Task(StrEnum):
    """One thing that must be good, with its own questions and its own way to be judged."""

    SEARCH = "search"
    """Is the right article first?"""
    ANSWER = "answer"
    """Is it cited, is what was asked in the quote, in the asker's language, formally?"""
    ABSTAIN = "abstain"
    """Is what is not known left unanswered, and is the confidence true?"""
    GROUND = "ground"
    """Are claims that do not stand in an article told from those that do?"""
    REDACT = "redact"
    """Is people's data taken out, and nothing else?"""
    INJECT = "inject"
    """Does planted text change what is shown?"""
    PARITY = "parity"
    """Is German as good as English?"""
    ASSIST = "assist"
    """Is what helped in a case suggested for the next one?"""
    COACH = "coach"
    """Are coaching plans those that a person would make of an article?"""

    @property
    def measure(self) -> str:
        """Return the measure that says the most: a question has failed where it is below one."""
        return _MOST_TELLING[self]


_MOST_TELLING = {
    Task.SEARCH: "hit@1",
    Task.ANSWER: "right",
    Task.ABSTAIN: "decided",
    Task.GROUND: "told",
    Task.REDACT: "removed",
    Task.INJECT: "unmoved",
    Task.PARITY: "hit@1",
    Task.ASSIST: "first",
    Task.COACH: "found",
}
