"""Why a question came out wrong: the first thing on its way that failed."""

from enum import StrEnum


class Cause(StrEnum):
    """One reason. The value is kept with runs and golden questions."""

    NOT_INDEXED = "not indexed"
    """No article that answers it is on show, or the index does not have it."""
    NOT_RETRIEVED = "not retrieved"
    """It is in the index, and not among what was found."""
    RANKED_LOW = "ranked low"
    """It was found, and not as the first."""
    ABSTAINED = "abstained"
    """It was the first, and the answer was not sure enough to be given."""
    WRONG_PASSAGE = "wrong passage"
    """Something else was quoted."""
    UNSUPPORTED = "unsupported"
    """A sentence says what its source does not."""
    ANSWERED = "answered"
    """Something was quoted where nothing answers."""
