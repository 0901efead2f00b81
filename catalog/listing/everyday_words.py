"""Words that people type around a name, and the words of the catalogue for some of theirs.

They are folded: without case and accents. Names are no business of this module.
"""

from collections.abc import Mapping


def _by_word(lines: Mapping[str, str]) -> dict[str, str]:
    return {word: ours for ours, line in lines.items() for word in line.split()}


FREE = "free"

# Words of other languages (Spanish, Portuguese, French, German, Italian) and other spellings.
IN_OUR_WORDS: Mapping[str, str] = _by_word(
    {
        "ai": "ia ki",
        "artificial": "artificielle artificiale kunstliche kunstlicher kunstlichen",
        "associate": "asociado asociada associado associada associe",
        "certificate": """
            certificado certificados certificat certificats certificato certificati zertifikat
            zertifikate certificacion certificaciones certificacao certificacoes certificazione
            certificazioni zertifizierung zertifizierungen
        """,
        "cloud": "nube nuvem nuage",
        "course": """
            curso cursos cours kurs kurse corso corsi weiterbildung weiterbildungen lehrgang
            formation formations formacion formacao
        """,
        "data": "datos dados daten donnees dati",
        "developer": "desarrollador desarrolladora desenvolvedor entwickler developpeur",
        "engineer": "ingeniero ingeniera engenheiro engenheira ingenieur ingegnere",
        "ethics": "etica ethik ethique",
        "everyone": "everybody",
        FREE: """
            gratis gratuito gratuita gratuitos gratuitas gratuit gratuite gratuits kostenlos
            kostenlose kostenloser kostenfrei
        """,
        "fundamentals": "fundamentos grundlagen fondamentaux fondamenti",
        "generative": "generativa generativo generativen",
        "hiring": "recruiter recruiters recruiting recruitment reclutador recrutador recruteur",
        "intelligence": "inteligencia intelligenz intelligenza",
        "learning": "aprendizaje aprendizado aprendizagem apprentissage lernen apprendimento",
        "level": "lvl",
        "machine": "automatico automatique maquina maquinas maschinelles",
        "professional": "profesional profissional professionnel professionnelle professionale",
        "programme": "programa programas",
        "resume": "resumes cv cvs lebenslauf curriculum",
        "science": "ciencia wissenschaft scienza",
        "specialty": "speciality",
    }
)

# Words that names have in another form as well, or instead.
ALSO: Mapping[str, str] = {
    "cert": "certificate",
    "certs": "certificates",
    "program": "programme",
    "programme": "program",
}

_SMALL = """
a about after all already also am an and any anybody anyone anything are as at be because been
before but by can could did do does done during else ever few for from get gets getting good got
had has have he help helps her his how i if in into is it its just like likely look make many me
mine more most much my need needed needs no not now of on once one only or other our ours out over
own really same she should since so some still such than that the their them then there these they
this those through to too under until up us very want was way we were what when where whether which
while who why will with without would you your yours

al au aux che com come como con cual da dans das de del della dem den der des di die do dos du e
ein eine einen el em en es est et fur gli ha i il ist ja je la las le les lo lohnen lohnt los ma
meilleur meilleure meilleures mejor mejores melhor melhores mi mia migliore mon na nao ne non nos o
oder ou para pas pelo pena per por pour qual quale que quel quelle sao se ser si sich sind soll son
sono su sur tem um uma un una und une uno vale valen valgono vaut von was welche welcher welches
wert wie y zum zur
"""

_TOPICS = """
advice average bad benefit benefits best better buy card care cares cheap cheaper cheapest compare
compared cost costs difference difficult difficulty easiest easy enough expire expired expires fee
forum free guide hard harder hardest helpful important join legit legitimate level listed meaning
money open opinion opinions pass passed passing pay pays people popular prep prepare price prices
quora recommended reddit renew renewal renewed renewing replaced replacement replaces required
respected result retire retired retirement retiring review reviews right salary scam score start
still study studying syllabus take taking thing think today top use useful useless valid validity
valuable value valued versus vs waste website worth worthless worthwhile year years

anymore available background beginner beginners boss career careers class classes classroom college
companies company cto employee employees employer employers employment freelance freelancer
graduate hire hired hiring hr interview interviews job jobs lawyer lawyers manager managers market
matter matters month months newbie next nurse nurses paid professor professors recognised
recognized resume school student students teacher teachers team teams two week weeks work working
"""

# Words that say nothing by themselves, and what people ask about a certification.
SMALL_WORDS = frozenset(_SMALL.split())
# Words to ask with: they tell nothing about which certification is meant.
ASKED_WITH = SMALL_WORDS | frozenset(_TOPICS.split())
