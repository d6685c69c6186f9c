"""Actor and pair pages: every count leads to what it counts, and nothing is made up."""

import csv
import re
from datetime import date

import pytest
from flask.testing import FlaskClient
from lxml import html
from lxml.html import HtmlElement

from corpus.document import Actor, DateRange, Passage
from web.appearances import RoleCount, count_appearances
from web.networks import HEIGHT, WIDTH, Neighbour, break_name, draw_network


def read(client: FlaskClient, path: str, language: str = "pl") -> HtmlElement:
    response = client.get(path, headers={"Accept-Language": language})
    assert response.status_code == 200, response.text
    return html.fromstring(response.text)


def texts(page: HtmlElement, selector: str) -> list[str]:
    return [" ".join(item.text_content().split()) for item in page.cssselect(selector)]


def total(client: FlaskClient, href: str) -> int:
    found: int = client.get(href.replace("/?", "/api/v1/search?")).get_json()["total"]
    return found


def counted(page: HtmlElement, section: str) -> list[tuple[str, int]]:
    rows = page.cssselect(f"section[aria-labelledby={section}] tbody tr")
    return [(row.cssselect("a")[0].get("href"), int(row.cssselect(".num")[0].text)) for row in rows]


@pytest.mark.parametrize("path", ["/actor/cem-aydogan", "/pair/RS-TR", "/pair/CN-KG"])
@pytest.mark.parametrize("section", ["who", "pairs", "hosts"])
def test_every_count_of_a_table_is_what_its_link_finds(
    client: FlaskClient, path: str, section: str
) -> None:
    rows = counted(read(client, path), section)
    assert [(href, total(client, href)) for href, _ in rows] == rows


def test_tables_of_an_actor_are_not_empty(client: FlaskClient) -> None:
    page = read(client, "/actor/cem-aydogan")
    assert all(counted(page, section) for section in ("who", "forms", "pairs", "hosts"))


def test_bars_and_the_undated_add_up_to_the_passages(client: FlaskClient) -> None:
    page = read(client, "/pair/RS-TR")
    shown = total(client, page.cssselect(".title .note a")[0].get("href"))
    bars = page.cssselect(".hist a")
    assert [total(client, bar.get("href")) for bar in bars] == [
        int(re.findall(r": (\d+)", bar.get("aria-label"))[0]) for bar in bars
    ]
    assert sum(total(client, bar.get("href")) for bar in bars) >= shown


def test_spelling_leads_to_passages_that_have_it(client: FlaskClient) -> None:
    forms = counted(read(client, "/actor/cem-aydogan"), "forms")
    assert len(forms) > 1
    for href, count in forms:
        assert total(client, href) >= count


def test_network_has_a_row_of_the_table_for_each_circle(client: FlaskClient) -> None:
    page = read(client, "/actor/cem-aydogan")
    circles = [link.get("href") for link in page.cssselect(".net a")]
    assert circles
    assert circles == [href for href, _ in counted(page, "who")][: len(circles)]
    assert len(page.cssselect(".net .ego")) == len(circles)


def test_pair_goes_by_any_order_and_name(client: FlaskClient) -> None:
    for typed in ("TR-RS", "rs-tr", "Turcja-Serbia"):
        response = client.get(f"/pair/{typed}?lang=en")
        assert (response.status_code, response.location) == (301, "/pair/RS-TR?lang=en")


@pytest.mark.parametrize(
    "path",
    ["/actor/nikt-taki", "/actor/none", "/actor/brak", "/pair/NZ-PL", "/pair/x", "/pair/none"],
)
def test_what_no_passage_has_is_not_found(client: FlaskClient, path: str) -> None:
    assert client.get(path).status_code == 404


def test_unknown_parameter_is_refused(client: FlaskClient) -> None:
    assert client.get("/actor/cem-aydogan?q=x").status_code == 400


def test_hits_and_filters_lead_to_the_pages_about_their_names(client: FlaskClient) -> None:
    page = read(client, "/?actor=cem-aydogan&pair=RS-TR")
    links = {link.get("href") for link in page.cssselect(".about .about-it")}
    assert {"/actor/cem-aydogan", "/pair/RS-TR"} <= links
    assert [link.get("href") for link in page.cssselect(".limit .of")] == [
        "/pair/RS-TR",
        "/actor/cem-aydogan",
    ]


def make_passage(*actors: Actor, day: date | None = None) -> Passage:
    text = "Rozmowy w porcie."
    return Passage(
        id="a", document_id="d", ordinal=0, kind="event", section="", headline="", label="",
        text=text, start=0, end=len(text), page_start=1, page_end=1, actors=actors,
        dates=DateRange(day, day) if day else None,
    )  # fmt: skip


def test_spellings_and_meetings_are_counted_by_passage() -> None:
    anna = Actor("anna-lis", "Anna Lis", "person", ("Anny Lis", "Lis"))
    later = Actor("anna-lis", "Anna Lis", "person", ("Lis",))
    port = Actor("zarzad-portu", "Zarząd Portu", "organisation", ("Zarządu Portu",))
    found = count_appearances(
        iter([make_passage(anna, port), make_passage(later), make_passage(port)]), "anna-lis"
    )
    assert found.read == 3
    assert found.spellings == (("Lis", 2), ("Anny Lis", 1))
    assert found.together == {("anna-lis", "zarzad-portu"): 1}
    assert found.actors["zarzad-portu"].kind == "organisation"


def test_roles_are_counted_with_their_dates_the_one_given_last_first() -> None:
    def passage(day: date | None, *roles: str) -> Passage:
        return make_passage(Actor("anna-lis", "Anna Lis", "person", ("Lis",), roles), day=day)

    first, second, third = date(2019, 3, 1), date(2021, 5, 2), date(2023, 7, 4)
    passages = [
        passage(None, "poetka"),
        passage(third, "premier Litwy"),
        passage(second, "minister morza", "premier Litwy"),
        passage(first, "minister morza"),
    ]
    assert count_appearances(passages, "anna-lis").roles == (
        RoleCount("premier Litwy", 2, DateRange(second, third)),
        RoleCount("minister morza", 2, DateRange(first, second)),
        RoleCount("poetka", 1, None),
    )
    assert count_appearances(passages, "jan-lis").roles == ()


def test_actor_page_has_the_roles_and_leads_to_the_passages_that_give_them(
    client: FlaskClient,
) -> None:
    page = read(client, "/actor/gao-shulin")
    assert texts(page, "section[aria-labelledby=roles] tbody td:first-child") == [
        "wicepremier Chin28–29 września 2023",
        "wicepremier23–25 września 2023",
    ]
    for href, count in counted(page, "roles"):
        assert total(client, href) >= count


def test_passage_page_has_the_role_beside_the_name(client: FlaskClient) -> None:
    hits = client.get("/api/v1/search?q=aktor:gao-shulin").get_json()["hits"]
    roles = {
        hit["url"]: actor["roles"]
        for hit in hits
        for actor in hit["actors"]
        if actor["id"] == "gao-shulin" and actor["roles"]
    }
    assert roles
    for url, given in roles.items():
        assert ", ".join(given) in texts(read(client, url), ".facts li small")


def test_table_taken_away_says_who_somebody_is(client: FlaskClient) -> None:
    content = client.get("/api/v1/export/csv?q=aktor:gao-shulin").get_data().decode("utf-8-sig")
    roles = [row["roles"] for row in csv.DictReader(content.splitlines())]
    assert any("Gao Shulin: wicepremier Chin" in told for told in roles)


def test_network_draws_no_more_than_there_is_room_for() -> None:
    neighbours = [
        Neighbour(f"n{at}", f"Imię Nazwisko{at}", at % 2 == 0, 20 - at) for at in range(12)
    ]
    drawn = draw_network(neighbours, {("n0", "n1"): 3, ("n1", "n11"): 9}, has_centre=True)
    assert [node.neighbour.id for node in drawn.nodes] == [f"n{at}" for at in range(8)]
    assert [edge.to_subject for edge in drawn.edges].count(False) == 1
    for node in drawn.nodes:
        assert node.x - node.radius > 0
        assert node.x + node.radius < WIDTH
        assert min(node.y - node.radius, node.label_y) > 0
        assert max(node.y + node.radius, node.label_y + 16 * (len(node.label) - 1)) < HEIGHT


def test_network_without_a_centre_joins_only_neighbours() -> None:
    pair = [Neighbour("a", "Ada", False, 2), Neighbour("b", "Bona", False, 1)]
    drawn = draw_network(pair, {("a", "b"): 1}, has_centre=False)
    assert drawn.centre is None
    assert [edge.to_subject for edge in drawn.edges] == [False]


@pytest.mark.parametrize(
    ("name", "lines"),
    [
        ("Ada", ("Ada",)),
        ("Maksim Orieszkin", ("Maksim", "Orieszkin")),
        ("Ministerstwo Spraw Zagranicznych", ("Ministerstwo", "Spraw …")),
        ("Rada do spraw Morza Północnego i Bałtyku", ("Rada do spraw", "Morza …")),
    ],
)
def test_name_breaks_in_two_lines(name: str, lines: tuple[str, ...]) -> None:
    assert break_name(name) == lines


def test_an_actor_without_a_date_has_a_sentence_instead_of_an_empty_chart(
    client: FlaskClient,
) -> None:
    facets = client.get("/api/v1/search?q=data:brak").get_json()["facets"]
    undated = {
        bucket["value"]
        for bucket in facets["actor"]["buckets"]
        if bucket["count"] == total(client, f"/?actor={bucket['value']}")
    }
    assert undated
    for actor in sorted(undated)[:3]:
        page = read(client, f"/actor/{actor}")
        assert texts(page, "section[aria-labelledby=when] .note") == [
            "Żaden z tych fragmentów nie ma daty."
        ]
