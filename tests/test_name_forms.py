"""Names in every case meet their nominative; digits and acronyms stay as they are."""

import pytest

from index.analysis import analyse_word
from index.keys import keys_of
from index.tokenizer import fold

# Nominative, genitive, dative, accusative, instrumental, locative, as people decline them;
# where usage varies, both forms.
COUNTRIES_AND_PLACES = """
Ukraina Ukrainy Ukrainie Ukrainę Ukrainą
Japonia Japonii Japonię Japonią
Białoruś Białorusi Białorusią
Korea Korei Koreę Koreą
Rosja Rosji Rosję Rosją
Chiny Chin Chinom Chinami Chinach
Mińsk Mińska Mińskowi Mińskiem Mińsku
Seul Seulu Seulowi Seulem
Pjongjang Pjongjangu Pjongjangowi Pjongjangiem
Pekin Pekinu Pekinowi Pekinem Pekinie
Waszyngton Waszyngtonu Waszyngtonowi Waszyngtonem Waszyngtonie
Moskwa Moskwy Moskwie Moskwę Moskwą
Kioto Kioto
Tokio Tokio
Brześć Brześcia Brześciowi Brześciem Brześciu
Dniepr Dniepru Dnieprowi Dnieprem Dnieprze
Zaporoże Zaporoża Zaporożu Zaporożem
Odessa Odessy Odessie Odessę Odessą
Fukushima Fukushimy Fukushimie Fukushimę Fukushimą
Koriyama Koriyamy Koriyamie Koriyamę Koriyamą
Władywostok Władywostoku Władywostokowi Władywostokiem
Chabarowsk Chabarowska Chabarowskowi Chabarowskiem Chabarowsku
Jużnosachalińsk Jużnosachalińska Jużnosachalińskiem Jużnosachalińsku
Jakuck Jakucka Jakuckowi Jakuckiem Jakucku
Singapur Singapuru Singapurowi Singapurem Singapurze
Hanoi Hanoi
Kuryle Kuryli Kurylom Kurylami Kurylach
"""
PERSONS = """
Putin Putina Putinowi Putinem Putinie
Trump Trumpa Trumpowi Trumpem Trumpie
Łukaszenka Łukaszenki Łukaszence Łukaszenkę Łukaszenką
Matwijenko Matwijenki Matwijence Matwijenkę Matwijenką
Zacharowa Zacharowej Zacharową
Tokunaga Tokunagi Tokunadze Tokunagę Tokunagą
Petrenko Petrenki Petrence Petrenkę Petrenką
Hrynewycz Hrynewycza Hrynewyczowi Hrynewyczem Hrynewyczu
Połtorak Połtoraka Połtorakowi Połtorakiem Połtoraku
Ławrow Ławrowa Ławrowowi Ławrowem Ławrowie
Fiłatow Fiłatowa Fiłatowowi Fiłatowem Fiłatowie
Stepanow Stepanowa Stepanowowi Stepanowem Stepanowie
Morgulow Morgulowa Morgulowowi Morgulowem Morgulowie
Galuzin Galuzina Galuzinowi Galuzinem Galuzinie
Orieszkin Orieszkina Orieszkinowi Orieszkinem Orieszkinie
Kuzhman Kuzhmana Kuzhmanowi Kuzhmanem Kuzhmanie
Shved Shveda Shvedowi Shvedem Shvedzie
Bryl Bryla Brylowi Brylem Brylu
Bodnar Bodnara Bodnarowi Bodnarem Bodnarze
Agasandyan Agasandyana Agasandyanowi Agasandyanem Agasandyanie
Matsegora Matsegory Matsegorze Matsegorę Matsegorą
Rachimowek Rachimowka Rachimowkowi Rachimowkiem Rachimowku
Rachmanow Rachmanowa Rachmanowowi Rachmanowem Rachmanowie
Biegun Bieguna Biegunowi Biegunem Biegunie
Rubio Rubia Rubiowi Rubiem Rubiu
Fabrizio Fabrizia Fabriziowi Fabriziem Fabriziu
Garcia Garcii Garcię Garcią
Echeverria Echeverrii Echeverrię Echeverrią
Siergiej Siergieja Siergiejowi Siergiejem Siergieju
Igor Igora Igorowi Igorem Igorze
Oleg Olega Olegowi Olegiem Olegu
Anatolij Anatolija Anatolijowi Anatolijem Anatoliju
Wasyl Wasyla Wasylowi Wasylem Wasylu
Maksym Maksyma Maksymowi Maksymem Maksymie
Aleksandr Aleksandra Aleksandrowi Aleksandrem Aleksandrze
Kostyantyn Kostyantyna Kostyantynowi Kostyantynem Kostyantynie
Władimir Władimira Władimirowi Władimirem Władimirze
Walentina Walentiny Walentinie Walentinę Walentiną
Lilia Lilii Lilię Lilią
Marco Marca Marcowi Markiem Marcu
Donald Donalda Donaldowi Donaldem Donaldzie
Abe Abe
Seko Seko
Koike Koike
Murayama Murayamy Murayamie Murayamę Murayamą
Shibayama Shibayamy Shibayamie Shibayamę Shibayamą
Katayama Katayamy Katayamie Katayamę Katayamą
Hasegawa Hasegawy Hasegawie Hasegawę Hasegawą
Hiroki Hirokiego Hirokiemu Hirokim
Shigeru Shigeru
Kim Kima Kimowi Kimem Kimie
Moon Moona Moonowi Moonem Moonie
Park Parka Parkowi Parkiem Parku
Jae-in Jae-ina Jae-inowi Jae-inem Jae-inie
Jong-un Jong-una Jong-unowi Jong-unem Jong-unie
Eui-yong Eui-yonga Eui-yongowi Eui-yongiem Eui-yongu
Myung-guk Myung-guka Myung-gukowi Myung-gukiem Myung-guku
Young-shik Young-shika Young-shikowi Young-shikiem Young-shiku
Hon-chol Hon-chola Hon-cholowi Hon-cholem Hon-cholu
Chong-il Chong-ila Chong-ilowi Chong-ilem Chong-ilu
Hee-sang Hee-sanga Hee-sangowi Hee-sangiem Hee-sangu
Yang-gu Yang-gu
Son-hui Son-hui
Dzong Dzonga Dzongowi Dzongiem Dzongu
Sung Sunga Sungowi Sungiem Sungu
"""
VERBATIM = (
    *("USA", "KRLD", "ChRL", "ONZ", "MSZ", "EAS", "ICBM", "INF", "GGP", "RFBR", "DNA", "WNP"),
    *("ZSRR", "ROTOBO", "IT", "RP", "UE", "2021", "1948", "3,5", "2018-10", "G20"),
)


def list_pairs(table: str) -> list[tuple[str, str]]:
    rows = (line.split() for line in table.split("\n") if line)
    return [(nominative, form) for nominative, *forms in rows for form in [nominative, *forms]]


def meets(query: str, form: str) -> bool:
    analysis = analyse_word(query)
    found = set(keys_of(form))
    return bool(found.intersection(analysis.keys)) or (
        bool(analysis.parts) and all(found.intersection(part) for part in analysis.parts)
    )


@pytest.mark.parametrize(
    ("nominative", "form"), list_pairs(COUNTRIES_AND_PLACES) + list_pairs(PERSONS)
)
def test_form_of_a_name_is_found_by_its_nominative(nominative: str, form: str) -> None:
    assert meets(nominative, form)
    assert meets(nominative.lower(), form)


@pytest.mark.parametrize("form", VERBATIM)
def test_digits_and_acronyms_stay_as_they_are(form: str) -> None:
    for part in form.replace(",", "-").split("-"):
        assert keys_of(part) == (f"v:{part.lower()}",)


@pytest.mark.parametrize(
    ("query", "form"),
    [
        *[("Łukaszenka", "Liaszenko"), ("Yang-gu", "Young-ho"), ("Jong-un", "Yong-ho")],
        *[("Morgulow", "Mongolia"), ("Chiny", "Chińczyk"), ("Korea", "Korab"), ("USA", "usterka")],
        *[("Putin", "Putnam"), ("Rosja", "rosa"), ("Seul", "sola"), ("Trump", "trumna")],
        *[("Rachmanow", "Rachimow"), ("Stepanow", "Stefanow"), ("2021", "2022"), ("Kim", "ki")],
    ],
)
def test_names_that_only_look_alike_do_not_meet(query: str, form: str) -> None:
    assert fold(query) != fold(form)
    assert not meets(query, form)
