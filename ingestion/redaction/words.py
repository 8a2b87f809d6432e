"""Words around names, and words that look like names and are none. German and English."""

NO_NAMES = frozenset(
    """
    Abend Afraid Afternoon All Anschluss Android Apple April August Auto Bitte Boje Box Computer
    Customer Damen Danke Dank Das Day December Dein Deine Dem Den Der Dezember Die Dienstag Dokter
    Donnerstag Du Ein Eine Es Euer Eure Evening Everybody Everyone February Februar Fernseher
    Festnetz Flut Frau Freitag Friday Getting Glad Google Gruß Grüße Gute Guten Had Handy Happy Has
    Hatte Haus Hausaufgaben Having He Herr Herrn Herren Hilfe Homeoffice Ich Ihr Ihre Internet
    Iphone It Ja Januar January Juli July June Juni Just Kabel Karte Kein Keine Kogge Koggenet
    Kunde Kunden Kundendienst Kundenservice Kundin Laptop Leute Looking Madam Mai March May Mein
    Meine Meint Microsoft Mittwoch Monday Montag Morgen Morning März Nachname Name Nein Netz Nicht
    Night No Nothing November Nummer Oder Ok Okay Oktober Online Our Please Problem Probleme
    Rechnung Router Sagt Said Samsung Samstag Saturday Says Schnecke September Service She Sie Sir
    Sonntag Sorry Still Sunday Support Sure Tablet Tag Tarif Team Telefon Termin Thank Thanks That
    The There They Thing This Thursday Trying Tuesday Und Aber And Using Vertrag Very Vorname Was
    We Wednesday Welle Welt Windows Wir Wird Wlan Wohnung World Yes You Your Zusammen
    British English Scottish Welsh Irish German French Italian Spanish Polish Turkish Dutch
    American Canadian Australian Indian Chinese Japanese Russian Ukrainian Danish Swedish Norwegian
    Finnish Greek Austrian Swiss Belgian Portuguese Brazilian Mexican African European Asian
    Romanian Bulgarian Hungarian Czech Slovak Croatian Serbian Afghan Syrian Iranian Kurdish
    Jetzt Anders Eigentlich Seit Nun Doch Übrigens Euch Falsch Richtig Wrong Spelled Spelt
    Misspelled Not On Missing Now Listed Written Printed Incorrect Changed Hers Mine Yours Them
    Technical Billing Sales Customers Kündigung Rückruf Gehört Head Office Refund Refunds Uns Mir
    Natürlich Certainly Course Gern Gerne Sicher Klar Gut Alles My Me Auch Hallo Hello Hi
    """.split()
)

ALSO_WORDS = frozenset(
    """
    baker band bach bank banks bauer bell berg best bill blank bond brief brown busch bush carter
    case cash chance cook engel ernst faith field ford frank frei freitag fuchs funk good grace
    green gross groß gut hill hope horn hunter jung kaiser kamp kern klein koch kraft kurz kühn
    könig lang line link long lord love major mark mason meister miller neu north page parker
    pfeiffer post power price rauch reich rice rich richter rose roth schnell schwarz sommer stark
    stein stone sturm summer süß sauer taylor vogel voll walker wand weber weiss weiß west white
    will winter wolf wood young black short king
    """.split()
)
"""Names that are written like common words: they count only as the case writes them."""

MINE = r"(?:mein|mei|mien|min|unser|ihr|sein|dein)(?:e[nrms]?)?|my|our|his|her|their|ma|me"
RELATED = (
    r"mann|frau|fru|sohn|tochter|vater|mutter|bruder|schwester|opa|oma|onkel|tante|freund|freundin"
    r"|nachbar|nachbarin|kollege|kollegin|enkel|enkelin|partner|partnerin|papa|mama|chef|chefin"
    r"|kumpel|mitbewohner|mitbewohnerin|vermieter|vermieterin|schwiegermutter|schwiegervater|neffe"
    r"|nichte|husband|wife|son|daughter|mother|father|mum|mom|dad|brother|sister|neighbou?r"
    r"|flatmate|roommate|friend|boyfriend|girlfriend|gran|nan|grandson|granddaughter|colleague"
    r"|boss|landlord|landlady|mother-in-law|father-in-law|nephew|niece|lass|lad|mate|accountant"
    r"|uncle|aunt"
)
SEVERAL = (
    r"kinder|kindern|kids|children|eltern|parents|söhne|töchter|sons|daughters|enkel|twins"
    r"|zwillinge"
)
GREETING = (
    r"hallo|hi|hey|moin|liebe[rs]?|guten[ ](?:tag|morgen|abend)|servus|dear|hello"
    r"|good[ ](?:morning|afternoon|evening)"
)
GERMAN_NAME = (
    r"mein(?:e[nrms])?[ ](?:vor|nach|familien)?name[ ](?:ist|lautet|war)|ich[ ]hei(?:ß|ss)e"
)
ENGLISH_NAME = (
    r"my[ ](?:(?:first|last|full|sur)[ ]?)?(?:sur)?name(?:[ ]is|['’]s)|i[ ]am[ ]called|name['’]s"
)
LABEL = (
    r"(?:(?:anschluss|vertrags|konto|karten)?inhaber(?:in)?|ansprechpartner(?:in)?)(?::|[ ]ist)"
    r"|(?:unterschrift|gezeichnet|kontakt|contact(?:[ ]name)?|signed):"
    r"|gez\.|signed[ ]by|(?:account[ ]|card)holder(?::|[ ]is)"
)
PART_LABEL = r"(?:vor|nach|familien)name|(?:first|last|full|sur)[ ]?name"
UNDER_NAME = r"under[ ]the[ ]name(?:[ ]of)?|(?:unter[ ]dem|auf[ ]den)[ ]namen"
REGARDS = (
    r"(?:mit[ ])?(?:viele|liebe|beste|freundliche|herzliche|schöne)[nr]?[ ]gr(?:ü|ue)(?:ß|ss)en?"
    r"(?:[ ]aus[ ]\w{2,30})?|gru(?:ß|ss)|grüße|mfg|lg|vg|glg|bg"
    r"|(?:(?:best|kind|warm|many)[ ])?regards|best[ ]wishes|all[ ]the[ ]best|cheers|sincerely"
    r"|yours(?:[ ](?:truly|sincerely|faithfully))?"
    r"|(?:(?:vielen|besten|herzlichen)[ ])?dank|danke(?:[ ]schön)?|many[ ]thanks|thank[ ]you|best"
    r"|ta|thanks(?:[ ](?:a[ ]lot|again|so[ ]much|in[ ]advance))?"
)
SHORT_REGARDS = r"mfg|lg|vg|glg|gru(?:ß|ss)|regards|cheers"
