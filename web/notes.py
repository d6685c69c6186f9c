"""What the search wants to tell about how it read the query, as sentences."""

from dataclasses import dataclass

from search.edits import put_into
from search.query import Note
from web.labels import name_value
from web.languages import Language, load_translations


@dataclass(frozen=True, slots=True)
class Remark:
    """A sentence, and a query to go on with, where there is one."""

    text: str
    offer: str = ""
    query: str = ""
    count: int | None = None


def write_remark(note: Note, language: Language, asked: str = "") -> Remark:
    """Give the sentence of a note; one that we do not know shows its values and no more.

    Args:
        asked: the whole text of the query, of which a note may concern one word.
    """
    say = load_translations(language).gettext
    first = note.values[0] if note.values else ""
    rest = ", ".join(note.values[1:])
    go = say("Search for this instead")
    match note.code:
        case "relaxed":
            text = say("No passage has all the words; these have the most telling of them.")
        case "unbalanced_quotes":
            text = say("A quotation mark was left open; it was closed at the end.")
            go = say("Search without quotation marks")
        case "unbalanced_parentheses":
            text = say("A bracket had no partner and was passed over.")
        case "dangling_operator" if first:
            text = say("%(operator)s had nothing to join and was passed over.") % {
                "operator": first
            }
        case "too_long":
            text = say("The query was too long; only its beginning was searched.")
        case "too_many_words":
            text = say("The query had too many words; the last ones were passed over.")
        case "too_deep":
            text = say("The query had too many brackets within brackets; some were passed over.")
        case "wildcard_too_short" if first:
            text = say("“%(word)s” has too few letters for a wildcard and was passed over.") % {
                "word": first
            }
        case "too_many_wildcards" if first:
            text = say(
                "The query had more than %(count)s words with *, ? or ~; the last were left out."
            )
            text %= {"count": first}
        case "bad_value" if rest:
            text = say("“%(field)s:%(value)s” makes no sense and was passed over.") % {
                "field": first,
                "value": note.values[1],
            }
        case "empty_after_repair":
            text = say("Nothing to search for was left in the query; this is the whole collection.")
        case "control_characters":
            text = say("Invisible control characters were removed from the query.")
        case "diacritics" if rest:
            text = say("“%(typed)s” was read as “%(read)s”.") % {"typed": first, "read": rest}
            go = say("Search exactly as typed")
        case "slip" if rest:
            text = say("No document has “%(typed)s”; it was read as “%(read)s”.") % {
                "typed": first,
                "read": rest,
            }
            go = say("Search exactly as typed")
        case "alias" if rest:
            text = say("“%(typed)s” also finds: %(names)s.") % {"typed": first, "names": rest}
            go = say("Search only for the word typed")
        case "related" if rest:
            text = say("“%(typed)s” may also stand for %(name)s.")
            text %= {"typed": first, "name": _name_country(note, language)}
            go = say("Count “%(typed)s” as %(name)s, too")
            go %= {"typed": first, "name": _name_country(note, language)}
        case "related_added" if rest:
            text = say("“%(typed)s” also finds: %(names)s.")
            text %= {"typed": first, "names": _name_country(note, language)}
            go = say("Search only for the word typed")
        case "fuzzy" if rest:
            text = say("“%(typed)s” finds these forms: %(forms)s.")
            text %= {"typed": first, "forms": rest}
            go = say("Search for the word without ~")
        case "fuzzy_cut" if rest:
            text = say("“%(typed)s” fits more than %(count)s forms; the nearest were searched.")
            text %= {"typed": first, "count": rest}
        case "fewer_slips" if rest:
            text = say("“%(typed)s” allows too much; it was read as “%(read)s”.")
            text %= {"typed": first, "read": rest}
        case "stray_tilde" if first:
            text = say("The ~ in “%(piece)s” stands behind no word and was passed over.")
            text %= {"piece": first}
        case "unknown_word" if first:
            text = say("No document has the word “%(word)s”.") % {"word": ", ".join(note.values)}
            go = say("Search without it")
        case "unknown_value" if rest:
            value = name_value(first, rest, language)
            text = say("No passage has the value “%(value)s”.") % {"value": value}
        case "wildcard_cut" if first:
            text = say("“%(word)s” fits too many words; the most frequent were searched.") % {
                "word": first
            }
        case "did_you_mean" if first:
            text = say("Did you mean “%(word)s”?") % {"word": note.values[-1]}
        case _:
            text = ", ".join(note.values) or note.code
    query = put_into(asked, first, note.query)
    # What a capital counts as is no matter of the words, but of a parameter.
    offers = query or note.code.startswith("related")
    return Remark(text, go if offers else "", query, note.count)


def _name_country(note: Note, language: Language) -> str:
    """Give the country that a note is about, by the code that it ends with."""
    return name_value("country", note.values[-1], language)
