"""Words that say how somebody fares, German and English side by side: no language is guessed.

Patterns meet text that is folded, with umlauts written out. No pattern repeats what repeats, so a
long text takes time in proportion to its length. Words that mean something else in the other
language stand only with company ("not" is no emergency).
"""

import re

from kb.affect import Reason

_LOSS = r"""
    verst[oa]rben\w* | gestorben | gestorbene\w* | todesfall | tod\s(?:mein|unser|sein|ihr)\w*
    | beerdig\w* | beisetzung | trauer\w* | witwer? | ist\stot | lebt\snicht\smehr
    | sterbeurkunde | nachlass | hinterblieben\w* | uebers\sherz | passed\saway | died | deceased
    | funeral | buried | widow\w* | death | bereave\w* | grie(?:f|v\w+)
    | (?:is|are|was)\sdead(?=\sand) | (?:my|our)\slate\s\w+ | isn't\swith\sus
    | no\slonger\swith\sus | alles\sgeloescht
    | (?:fotos|bilder|arbeit|daten|manuskript)\b.{0,60}\b(?:weg|verschwunden|verloren)
    | (?:photos|pictures|thesis|dissertation|manuscript|memories)\b.{0,60}\b(?:gone|lost|vanished)
    | deleted\severything | heartbr\w+
"""
_SAFETY = r"""
    hausnotruf\w* | notruf\w* | notarzt\w* | lebensgefahr\w* | notaufnahme | rettungsdienst
    | krankenwagen | qualm\w* | rauch(?:t|en|entwicklung|geruch)? | brenn(?:t|en) | brandgeruch
    | verschmort | funken | stromschlag | nach\sgas | gasgeruch | komisch\w*\sgeruch
    | riecht\s\w+\s(?:nach|verschmort) | gestuerzt | bewusstlos | schwindlig | beatmung\w*
    | sauerstoffgeraet | herzschrittmacher | insulin\w* | medikament\w* | operiert | stalk\w+
    | verfolgt\smich | ortet | bedroh(?:t|en|ung) | alarm\s?button | personal\salarm
    | emergency\spendant | alarm\sservice | pendant | ambulance | 999 | 911 | smok(?:e|es|ing)
    | burn(?:t|ing)\s?(?:smell)? | on\sfire | sparks? | smell\w*\s(?:of|like)\s(?:gas|burning)
    | strange\ssmell | electric\sshock | fallen | unconscious | dizzy | ventilator | oxygen
    | medicine | medication | surgery\stomorrow | having\ssurgery
    | track(?:ing|s)\s(?:my\sphone|me) | threaten(?:s|ed|ing)\sme | life\sthreatening
    | carbon\smonoxide | kohlenmonoxid
"""
_FRAUD = r"""
    betrueger\w* | betrogen | betrugs?\b | reingefallen | gehackt | gestohlen\w* | geklaut
    | abgezockt\sworden | tan\sdurchgegeben | uebernommen\sund\skommt
    | jemand\shat\s.{0,25}(?:konto|geld|sim|passwort|ueberwiesen|abgehoben)
    | fehlen\s[\d.]+\seuro | scam\s?med | scammed | hacked | fraudster\w* | stolen
    | somebody\shas\s(?:just\s)?(?:sent|taken) | someone\shas\s(?:taken|got|stolen)
    | is\smissing(?=\W*$|[.!]) | taken\sover\smy | unauthori[sz]ed
"""
_MONEY = r"""
    nicht\s(?:be)?zahlen | kann\s.{0,30}nicht\s(?:be)?zahlen | arbeit\sverloren | arbeitslos\w*
    | kleine\srente | gepfaendet | pfaendung | inkasso | schulden
    | (?:dritte|zweite|letzte)\smahnung | mahnungen | wovon | abgestellt\swerden
    | strom\sabgestellt | obdachlos\w* | wohnung\sverlier\w* | buergergeld | hinten\snicht
    | kein\sgeld | nicht\sleisten | miete\snicht
    | (?:can't|cannot|can\snot|couldn't)\s(?:pay|afford) | lost\smy\sjob | unemployed
    | small\spension | frozen | debt\scollect\w* | bailiff\w* | final\sreminder | third\sreminder
    | cutting\soff | cut\soff | evict\w* | lose\sthis\sflat | homeless | buy\sfood
    | never\senough | no\smoney | on\sbenefits | don't\sknow\swhere\sto\sfind
"""
_FEAR = r"""
    angst | aengste | furchtbare?\sangst | panik\w* | verzweifel\w* | hilflos\w*
    | wein(?:e|en|end) | heul(?:e|en) | zitter\w* | traenen | nicht\smehr\sweiter
    | weiss\snicht\s(?:mehr\s)?weiter | am\sende | am\sboden | kann\snicht\smehr | kann\snimmer
    | nicht\sein\snoch\saus | so\sfertig | durcheinander | ueberfordert | allein\sund
    | mit\sallem\sallein | keine\skraft | trau(?:e)?\smich | schlaf\w*\s.{0,12}nicht\smehr
    | was\ssoll\sich\s(?:nur\s|denn\sjetzt\s|bloss\s)?(?:tun|machen) | was\smach\sich\sjetzt
    | ganz\sschlecht | macht\smich\s.{0,12}krank | niemanden?\shier | bitte,?\sbitte
    | bitte\shelf\w+\s(?:sie\s)?(?:mir|uns|schnell)? | hilfe\s?[!,] | ganz\sallein
    | schaffen\ssoll | diagnose\skam | ich\serreiche\sniemanden | auf\sder\sstrasse
    | weiss\snicht\swohin | sagen\ssie\sbitte,?\sdass | afraid | scared | frighten\w* | terrif\w+
    | panick?\w* | desperate\w* | helpless\w* | crying | could\scry | in\stears | sobbing
    | shaking | shaken | (?:don't|dont|do\snot)\sknow\swhat\s(?:to\sdo|i\shave) | what\sdo\si\sdo
    | what\sam\si\sto\sdo | nowhere\sto\sgo | too\smuch | can't\s?cope | cant\scope
    | breaking\sdown | at\smy\swits | overwhelm\w* | no\sstrength | strength\sleft | feel\ssick
    | all\salone | no\sone\shere | not\ssleeping | can't\ssleep | on\sthe\sfloor
    | please,?\splease | please\shelp | help\s?[!,] | please\s(?:hurry|be\squick) | don't\sdare
    | can't\sreach\sanyone | making\sme\sill | stuck\sat | tell\sme\sthey | got\sthe\sdiagnosis
    | manage\sall\sthis | bring\smyself
"""
_VULNERABLE = r"""
    baby | babys | saeugling\w* | pflegebeduerftig\w* | demenz\w* | herzkrank\w* | schwanger\w*
    | bettlaegerig\w* | rollstuhl\w* | chemo\w* | krebs\w* | behindert\w* | schwerbehindert\w*
    | krankenhaus | blind | gehoerlos | allein\szu\shause | wohne\sallein
    | meine?\s(?:tochter|sohn|kind|mutter|vater|oma|opa|frau|mann|eltern|kinder) | mein\skind
    | unser\s(?:kind|baby|opa) | patienten | arztpraxis | kita
    | my\s(?:mum|mom|mother|father|dad|son|daughter|child|wife|husband|parents)
    | my\s(?:kids|sister|grandmother|gran)
    | our\s(?:kids|baby|granddad) | newborn | pregnant | dementia | heart\scondition | bedridden
    | wheelchair | disabled | cancer | hospital | live\salone | on\sher\sown | on\shis\sown
    | patients | the\skids | nursery | elderly | (?:bin|i'm|i\sam)\s(?:7|8|9)\d\b
"""
_DEADLINE = r"""
    sofort | dringend\w* | heute\snoch | noch\sheute | bis\s(?:heute|morgen|spaetestens)
    | morgen\s(?:frueh|ist|soll|abgabe|werde) | uebermorgen | umgehend
    | schnell(?:stmoeglich|stens)? | (?:in|innerhalb)\s.{0,12}(?:stunden?|minuten) | eilt | eilig
    | gleich\ssperren | bitte\sbald | zeitnah | vorrangig | nur\snoch\sbis
    | gerade\s(?:eben\s)?(?:gestohlen|geklaut|ueberwiesen|wurde) | wurde\sgerade | eben\shat
    | hat\sgerade | muss\sheute | notfall | urgent\w* | immediate\w* | asap | right\s(?:now|away)
    | straight\saway | today | tonight | tomorrow | day\safter\stomorrow | in\stwo\sdays
    | (?:in|within)\s.{0,14}(?:hours?|minutes) | the\shour | quickly | hurry | soon | priority
    | emergency | be\squick | just\sbeen | (?:has|have)\sjust | only\slasts | call\sus\snow
    | expires?
"""
_ANGER = r"""
    frechheit\w* | unverschaemt\w* | saftladen | schnauze\svoll | verarsch\w* | sauerei
    | laecherlich\w* | wuetend | (?:stink|stock)?sauer | mir\sreicht\w* | es\sreicht
    | reicht\smir | abzocke | zumutung | unfassbar\w* | unglaublich\w* | unmoeglich\w*
    | inakzeptabel | hinnehmbar | ein\switz | a\switz | gelogen | luege\w* | muell | schrott
    | scheis+\w* | mist | verdammt\w* | nerv(?:t|end|ig)\w* | knall | fuer\sdumm | auf\sden\sarm
    | schlamperei | unfaehig\w* | enttaeuscht\w* | enttaeuschend | bei\sallem\srespekt
    | mit\sverlaub | geduld\sist | so\sgeht\sman | so\sbehandelt\sman | umspringen
    | keine\santwort | gehts?\snoch | spinnt | kann\sdoch\snicht | gibt'?s\sdoch\snich\w*
    | jibbet | zeitverschwendung | was\sist\sdas\sdenn\sfuer | wofuer\szahle
    | eigentlich\sniemand | tun\ssie\sendlich | endlich | katastrophe\w* | grundlos
    | schlechter?\sservice | wollen\ssie\s(?:mich|uns) | disgrac\w* | ridiculous\w* | pathetic
    | useless | furious | fuming | livid | fed\sup | had\senough | sick\sof | rip-?off | garbage
    | rubbish | crap | junk | (?:bloody|damn|ffs|wtf) | unbelievable | unacceptable
    | not\sacceptable | incompeten\w* | annoy(?:ing|ed) | joke | insult | a\slie | lies
    | how\sdare | having\sa\slaugh | havin\sme\son | taking\sthe\smick
    | treat\s(?:people|guests|customers|long) | disappoint\w* | with\srespect | if\si\smay\ssay
    | patience | shambles | take\sus\sfor\sfools | seriously | waste\sof\stime | what\ssort\sof
    | poor\sservice | terrible | appalling | clown | for\sno\sreason | hang\sup\son
    | do\ssomething | does\snothing | can't\sbe\sserious | nobody\scan\swork | gies\sa\stoss
"""
_SARCASM = r"""
    (?:na\s)?toll,? | na\s(?:super|klasse|prima|bravo) | ganz\sgrosse\sklasse
    | herzlichen\sglueckwunsch | danke\sfuer\s(?:nichts|gar) | bravo | respekt, | erste\ssahne
    | super\ssache | gewartet\W*$ | ist\sja\sklar | schoenen\sdank\sauch | gratulier\w*
    | oh\sgreat | thanks\sfor\snothing | congratulations | well\sdone | slow\sclap | as\salways
    | just\swhat\si | truly | brilliant\. | fantastic\sservice | impressive, | how\slovely
    | shame\sit | great\sjob | ofc
"""
_LEAVING = r"""
    kuendige\sich | (?:sonst|dann)\skuendig\w* | konkurrenz | anderen?\sanbieter | anwalt\w*
    | verbraucherzentrale | bundesnetzagentur | schlichtungsstelle | vor\sgericht
    | letzte\schance | wechsle\sich | bin\sich\sweg | nie\swieder | anzeige | i'm\scancel\w*
    | im\scancel\w* | cancelling\sand | competitor\w* | lawyer | solicitor | ombudsman
    | trading\sstandards | in\scourt | last\schance | elsewhere | i'm\sgone | other\sproviders
    | never\sagain | legal\saction | sue\syou | the\spapers
"""
_AGAIN = r"""
    schon\s?(?:wieder|widder) | scho\swieder
    | (?:zum|das)\s(?:dritten?|vierten?|fuenften?|x-ten|zweiten?|zigsten)\smal
    | immer\s(?:noch|wieder) | mal\swieder | wieder\skein\w*
    | seit\s(?:\w+\s)?(?:tag\w*|wochen|monaten|stunden)
    | (?:\d+|zwei|drei|vier|fuenf|zehn|sechs|zweimal|dreimal)\s?mal | zweimal | wie\soft
    | keiner\s(?:hilft|meldet) | keiner\smeldet | niemand\s(?:antwortet|meldet) | koana
    | jedes\smal | warteschleife | wie\sjeden\stag | fuenfte\w? | fuenf\s.{0,12}angerufen
    | nie\sjemand | niemand\sgekommen | (?:down|again|out)\sagain | again\b | agian
    | (?:third|fourth|fifth|umpteenth)\s(?:time|estimate) | fifth | three\s(?:times|weeks|days)
    | for\s(?:weeks|days|months|hours) | still\s(?:no|not|isn't) | how\smany\stimes
    | nobody\s(?:gets|answers|helps|showed|home) | every\s(?:time|update|day) | twice
    | \d+\st?i?mes | on\shold | yet\sagain | never\s(?:anyone|came|got) | called\s(?:\w+\s)?times
    | different\s(?:story|answers)
"""

PATTERNS = {
    Reason.LOSS: _LOSS,
    Reason.SAFETY: _SAFETY,
    Reason.FRAUD: _FRAUD,
    Reason.MONEY: _MONEY,
    Reason.FEAR: _FEAR,
    Reason.VULNERABLE: _VULNERABLE,
    Reason.DEADLINE: _DEADLINE,
    Reason.ANGER: _ANGER,
    Reason.SARCASM: _SARCASM,
    Reason.LEAVING: _LEAVING,
    Reason.AGAIN: _AGAIN,
}
POLITE = r"""
    bitte | danke\w* | vielen\sdank | freundlich\w* | gruessen? | koennten?\ssie | koennen\ssie
    | waere\ses | guten\s(?:tag|morgen) | haette\sgern | gerne? | entschuldig\w* | verzeihung
    | please | thanks? | thank\syou | kind\sregards | could\s(?:you|someone) | would\sit
    | good\s(?:morning|afternoon) | i'd\slike | sorry\sto | apologies | cheers | happy\swith
    | wondering
"""
STRONG = r"""
    sehr | total | absolut | voellig | echt | extrem | wirklich | dermassen | so\s(?:eine?|was)
    | ganz | furchtbar\w* | komplett | gar | ueberhaupt | really | absolutely | totally
    | completely | extremely | utterly | so | very | truly | honestly | simply | incredibly | all
"""
ASKING = r"""
    wie | wo | wann | was | welche[rsn]? | kann | koennen | gibt | wohin | wer | darf | muss
    | wieso | how | where | when | what | which | can | could | is | does | do | may | who
"""
RELAXED = r"""
    kein(?:e|en)?\s(?:eile|notfall|sorge|hast)
    | (?:nicht|gar\snicht)\s(?:dringend|eilig|sauer|boese) | hat\szeit | eilt\snicht | irgendwann
    | (?:no|in\sno|in\sno\sgreat)\s(?:rush|hurry|worries)
    | (?:not|isn't)\s(?:urgent|an\semergency|angry) | whenever | when\syou\shave\sa\smoment
"""
NEGATION = re.compile(
    r"\b(?:kein\w*|nicht|nie|ohne|weder|no|not|never|without|isn't|aren't|wasn't|don't)\W+(?:\w+\W+){0,2}$"
)
