"""Words too common to search for. Negations are not among them: "geht nicht" means something."""

_GERMAN = """
aber alle allem allen aller alles als also am an andere anderen anderer anderes auch auf aus bei
beim bin bis bist bitte da dabei dadurch dafür dagegen daher dahin damit danach dann daran darauf
daraus darf darüber das dass dazu dein deine dem den denn der deren des deshalb dessen desto dich
die dies diese diesem diesen dieser dieses dir doch dort du durch ein eine einem einen einer eines
er es etwa etwas euch euer für gegen gibt hab habe haben hallo hat hatte hatten hier hin hinter ich
ihm ihn ihnen ihr ihre ihrem ihren ihrer im in indem ins ist ja jede jedem jeden jeder jedes jetzt
kann kannst können könnte könnten man mein meine meinem meinen meiner meines mich mir mit muss
müssen nach neben noch nun nur ob oder sehr sein seine seinem seinen seiner seit sich sie sind
so soll solle sollen sollte sondern sowie um und uns unser unsere unter vom von vor wann warum was
weil welche welchem welchen welcher welches wem wen wenn wer werde werden wie wieder wieso will wir
wird wirst wo wobei wofür woher wohin womit woran worauf worin wurde wurden während würde würden zu
zum zur zwar zwischen über mal halt eben schon gerade bzw
"""
_ENGLISH = """
a about after again all also am an and any are as at be because been before being between both but
by can could did do does doing during each for from further had has have having he her here
hers him his how i if in into is it its itself just me more most my myself of on once only or other
our over own please same she should so some such than that the their them then there these they
this those through to too under until up very was we were what when where which while who whom why
will with would you your yours don doesn didn isn wasn won couldn shouldn hasn haven
hello hi im ive youre theyre thats whats
"""
STOPWORDS: dict[str, frozenset[str]] = {
    "de": frozenset(
        spelling
        for word in _GERMAN.replace("ß", "ss").split()
        for spelling in (word, word.replace("ä", "ae").replace("ö", "oe").replace("ü", "ue"))
    ),
    "en": frozenset(_ENGLISH.split()),
}
FOREIGN: dict[str, frozenset[str]] = {
    "de": STOPWORDS["en"] - STOPWORDS["de"],
    "en": STOPWORDS["de"] - STOPWORDS["en"],
}
"""Stop words of the other language, for questions that mix the two."""
