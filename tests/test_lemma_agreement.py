"""Sharing a key means sharing a lemma: the measure, on a few sentences of our own."""

from lemma_agreement import LemmaForm, measure_agreement, read_conllu

CONLLU = """\
# text = Minister odwiedził nowe porty i rozmawiał z ministrami w Gdyni.
1\tMinister\tminister\tNOUN\tsubst:sg:nom:m1\t_\t2\tnsubj\t_\t_
2-3\todwiedziłby\t_\t_\t_\t_\t_\t_\t_\t_
2\todwiedził\todwiedzić\tVERB\tpraet:sg:m1:perf\t_\t0\troot\t_\t_
3\tby\tby\tAUX\tqub\t_\t2\taux\t_\t_
4\tnowe\tnowy\tADJ\tadj:pl:acc:m3:pos\t_\t5\tamod\t_\t_
5\tporty\tport\tNOUN\tsubst:pl:acc:m3\t_\t2\tobj\t_\t_
6\tMINISTRAMI\tminister\tNOUN\tsubst:pl:inst:m1\t_\t2\tobl\t_\t_
7\tGdyni\tGdynia\tPROPN\tsubst:sg:loc:f\t_\t2\tobl\t_\t_
8\tGdynią\tGdynia\tPROPN\tsubst:sg:inst:f\t_\t2\tobl\t_\t_
9\tC-130\tC-130\tPROPN\tign\t_\t2\tobl\t_\t_
10\t.\t.\tPUNCT\tinterp\t_\t2\tpunct\t_\t_
"""

FORMS = {
    "noun": (
        "minister ministra ministrowi ministrem ministrze ministrowie ministrów ministrami",
        "port portu portowi portem porcie porty portów portom portami portach",
        "sankcja sankcji sankcję sankcją sankcje sankcjom sankcjami sankcjach",
        "miasto miasta miastu miastem mieście miast miastom miastami miastach",
        "dzień dnia dniowi dniem dniu dni dniom dniami dniach",
        "ręka ręki ręce rękę ręką rąk rękom rękami rękach",
        "książę księcia księciu księciem książęta książąt książętom",
        "tydzień tygodnia tygodniowi tygodniem tygodniu tygodnie tygodni tygodniom",
    ),
    "adjective": (
        "północny północnego północnemu północnym północna północnej północną północne",
        "rosyjski rosyjskiego rosyjskiemu rosyjskim rosyjska rosyjskiej rosyjską rosyjscy",
        "dobry dobrego dobremu dobrym dobra dobrej dobrą dobrzy dobrych",
    ),
    "verb": (
        "podpisać podpisał podpisała podpisali podpisano podpisze podpiszą podpisaliśmy",
        "wziąć wziął wzięła wzięli wzięto weźmie wezmą",
        "iść szedł szła szli idzie idą szliśmy",
        "mówić mówił mówiła mówili mówi mówią mówiono",
    ),
    "proper noun": (
        "Ukraina Ukrainy Ukrainie Ukrainę Ukrainą",
        "Mińsk Mińska Mińskowi Mińskiem Mińsku",
        "Niemcy Niemiec Niemcom Niemcami Niemczech",
        "Zełenski Zełenskiego Zełenskiemu Zełenskim",
        "Macron Macrona Macronowi Macronem Macronie",
        "Fiedorczuk Fiedorczuka Fiedorczukowi Fiedorczukiem Fiedorczuku",
    ),
}


def list_forms() -> list[LemmaForm]:
    return [
        LemmaForm(form, line.split()[0].lower(), kind)
        for kind, lines in FORMS.items()
        for line in lines
        for form in line.split()
    ]


def test_printed_words_of_a_treebank_are_read_once_each_in_their_case() -> None:
    assert [
        (word.form, word.lemma, word.part_of_speech) for word in read_conllu(CONLLU.split("\n"))
    ] == [
        ("minister", "minister", "noun"),
        ("odwiedziłby", "odwiedzić", "verb"),
        ("nowe", "nowy", "adjective"),
        ("porty", "port", "noun"),
        ("ministrami", "minister", "noun"),
        ("Gdyni", "gdynia", "proper noun"),
        ("Gdynią", "gdynia", "proper noun"),
    ]


def test_agreement_counts_pairs_of_forms() -> None:
    forms = [
        LemmaForm("porty", "port", "noun"),
        LemmaForm("portem", "port", "noun"),
        LemmaForm("xyzzy", "port", "noun"),
        LemmaForm("portach", "porto", "noun"),
        LemmaForm("portach", "port", "noun"),
    ]
    found = measure_agreement(forms)["noun"]
    assert (found.forms, found.right, len(found.wrong), len(found.missed)) == (5, 3, 2, 3)
    assert (found.precision, found.recall, found.f1) == (3 / 5, 3 / 6, 6 / 11)


def test_forms_of_one_word_meet_and_those_of_others_do_not() -> None:
    measured = measure_agreement(list_forms())
    assert {kind: round(found.f1, 2) for kind, found in measured.items()} == {
        "adjective": 1.0,
        "noun": 1.0,
        "proper noun": 1.0,
        "verb": 1.0,
    }
