"""Words that say little about what a statement is about: they differ where the same is meant."""

from retrieval.language.words import fold

GENERIC = {
    "de": frozenset(
        """
        bitte geben gibt gehen geht sehen siehe wählen wählt tippen öffnen öffnet drücken
        klicken finden findet stehen steht liegen liegt setzen stellen legen halten warten
        dauert dauern kostet kosten berechnen berechnet betragen beträgt zahlen bezahlen
        entgelt gebühr einmalig können kann dürfen darf müssen muss sollen sollte möchten
        lassen lässt werden wird haben hat bekommen erhalten erhält senden schicken melden
        nennen angeben nutzen verwenden benötigen brauchen braucht reicht genügt gilt gelten
        heißt bedeutet ist sind sein innerhalb spätestens mindestens höchstens maximal erst
        dann danach vorher anschließend sofort gleich bereits noch nur auch immer jederzeit
        automatisch selbst weiter weitere neu neue neuen alle allen jede jeder jedes ihr ihre
        ihren sie wir uns unser unsere dafür dabei dazu damit darin hier dort oben unten rechts
        links seite schritt punkt stelle fall weise art möglich nötig erforderlich anhängen
        annehmen enthalten fasst kommt kommen ende beginn zeit frist uhr tag nummer zahl
        eingeben tragen eintragen einstellen ändern prüfen speichern erreichbar erreichen voll
        ganz gerne einfach schnell leicht andere anderen übrigen beim sowie lediglich einer
        eines
        """.split()
    ),
    "en": frozenset(
        """
        please give gives go goes see sees choose choosing pick select tap open opens press
        click find finds stand stands put set hold wait takes take lasts last cost costs charge
        charges pay fee once can could may must should want let will have has get gets receive
        receives send sends tell report name use using need needs require required enough apply
        applies mean means is are be within latest least most first then after before
        afterwards immediately already still only also always automatically itself further new
        all every each your our we you it there here above below right left page step point
        place case way possible necessary attach accept accepted accepting contain contains
        come comes end start time deadline number enter change check save reachable reach full
        whole easily quickly simple work works arrive arrives back own able try lets keep kept
        available make makes everybody everyone others other else soon no longer
        """.split()
    ),
}
_FOLDED = {locale: frozenset(map(fold, kept)) for locale, kept in GENERIC.items()}


def is_generic(word: str, locale: str) -> bool:
    """Say whether a folded word says little."""
    return word in _FOLDED.get(locale, frozenset())
