"""Sentences that talk to a machine are no knowledge: no model sees them, no answer rests on them.

An article explains things to people. Where a sentence of it addresses a model or its rules, it was
planted, or it is about models; either way no customer needs it in an answer.
"""

import re

from retrieval.index.sentences import sentences

_ORDER = re.compile(
    r"""
    \b(?:ignore|disregard|forget|override|bypass|vergiss|vergessen\s+sie|ignorier\w*|missachte\w*)\b
        [^.!?\n]{0,60}
        \b(?:instruction|prompt|rule|guideline|previous|above|prior|before|everything|all
            |anweisung|regel|vorgabe|vorherig|obig|bisherig|alles)\w*
    | \b(?:system|developer|admin|debug|dan|jailbreak|god)[\s_-]?
        (?:prompt|mode|modus|override|message)\b
    | </?\s*(?:system|instructions?|assistant|user|passage|question|im_start|im_end)\b
    | \[/?(?:inst|system)\]
    | \b(?:as|you\s+are|act\s+as|pretend\s+to\s+be|du\s+bist|sie\s+sind|als)\s+(?:an?\s+|eine?\s+)?
        (?:\w+\s+){0,2}(?:ai|ki|llm|chatbot|language\s+model|sprachmodell|assistant|assistent)\b
    | \b(?:repeat|reveal|print|output|wiederhole|verrate|gib\s+aus)\b[^.!?\n]{0,40}
        \b(?:prompt|instruction|secret|password|token|anweisung|geheim\w*|passw[oö]rt)
    | \b(?:repeat\s+after\s+me|say\s+only|respond\s+(?:only\s+)?with|reply\s+(?:only\s+)?with
        |answer\s+(?:only\s+)?with|antworte\s+(?:nur\s+)?mit|sage\s+nur|schreibe\s+nur)\b
    | \bnew\s+(?:task|instructions?)\b | \bneue\s+(?:aufgabe|anweisung\w*)\b
    """,
    re.IGNORECASE | re.VERBOSE,
)


def is_order(text: str) -> bool:
    """Tell whether a text talks to a machine about what it should do."""
    return _ORDER.search(text) is not None


def without_orders(text: str) -> str:
    """Return a passage without the sentences that talk to a machine; lines stay lines."""
    if not is_order(text):
        return text
    kept = []
    for line in text.split("\n"):
        said = [one for one in sentences(line) if not is_order(one)]
        if said or not line.strip():
            kept.append(" ".join(said) if is_order(line) else line)
    whole = "\n".join(kept)
    return "" if is_order(whole) else whole  # what only shows over several lines
