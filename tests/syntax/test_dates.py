"""Date expressions: what counts as one, and which ISO date it means."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

import detente
from detente.errors import DataError
from detente.parse.parser import parse
from detente.records import Document, check_date
from detente.syntax.calendar import Period, calendar_words, day, from_iso, month, moved, read_calendar_words, years
from detente.syntax.dates import find_dates
from detente.syntax.document import ParsedDocument

Dates = Callable[..., list[tuple[str, str | None, str]]]


@pytest.fixture(scope="session")
def dates(coder: detente.Coder) -> Dates:
    """The words, value and relation of each date expression in a text."""

    def _dates(text: str, published: str | None = None) -> list[tuple[str, str | None, str]]:
        p = next(parse([Document(id="t", text=text, published=published)], coder.nlp))
        return [(p.document.text[p.starts[d.start] : p.ends[d.end - 1]], d.value, d.relation) for d in find_dates(p)]

    return _dates


def case(published: str | None, text: str, *expected: str | None) -> object:
    return pytest.param(published, text, list(expected), id=text[:70])


ABSOLUTE = [
    case("2018-03", "The premier visited Oslo on 26 October 2005.", "2005-10-26"),
    case("2018-03", "The premier visited Oslo on October 26, 2005.", "2005-10-26"),
    case("2018-03", "On Tuesday, February 27, 2018 the envoys met.", "2018-02-27"),
    case("2018-03", "The law of 2014-02-27 was repealed.", "2014-02-27"),
    case("2001-09", "The bloc came into being in June 2001.", "2001-06"),
    case("2018-03", "The king visited Oslo in 2003.", "2003"),
    case("2018-03", "In the year 2000 the border opened.", "2000"),
    case("2018-03", "In the 1990s relations soured.", "1990/1999"),
    case("2018-03", "In the mid-1980s trade grew.", "1980/1989"),
    case("2018-03", "In the 19th century it was a colony.", "1801/1900"),
    case("2018-03", "He governed in 1979-80 and 2011/12.", "1979/1980", "2011/2012"),
    case("2018-03", "On the 15th of March 2017 the parliament voted.", "2017-03-15"),
    case("2018-03", "They met on 3, 4 and 5 May 2016.", "2016-05-03/2016-05-05"),
    case("2018-03", "They met on April 5-6, 2016.", "2016-04-05/2016-04-06"),
    case("2018-03", "Talks ran from 28 April to 3 May 2017.", "2017-04-28/2017-05-03"),
    case("2018-03", "Between 2004 and 2011 the two states traded freely.", "2004/2011"),
    case("2018-03", "From January to March 2015 the port was shut.", "2015-01/2015-03"),
    case("2018-03", "He joined in the summer of 2014.", "2014-06/2014-08"),
    case("2018-03", "It began in the winter of 2010.", "2010-12/2011-02"),
    case("2018-03", "At the end of 2014 and in early 2015 trade fell.", "2014", "2015"),
    case("2018-03", "The 9/11 attacks changed the alliance.", "2001-09-11"),
    case("2018-03", "The September 11 attacks changed the alliance.", "2001-09-11"),
    case("2018-03", "The 2015 deal and the accords of 1954 failed.", "2015", "1954"),
    case("2018-03", "Resolution 1701 (2006) stands.", "2006"),
    case("2018-03", "In 2014, 300 people died.", "2014"),
    case(None, "He left on 5 May 1999 and returned on 7 June.", "1999-05-05", "1999-06-07"),
]
YEARLESS = [
    case("2016-12-30", "The frigate joined the fleet on Dec. 27.", "2016-12-27"),
    case("2016-12", "The frigate joined the fleet on Dec. 27.", "2016-12-27"),
    case("2017-02-10", "The envoy met the king on April 4.", "2016-04-04"),
    case("2017-02-10", "The envoy will meet the king on April 4.", "2017-04-04"),
    case("2016-05-11", "The vote was set for May 20.", "2016-05-20"),
    case("2019-01-03", "In December the president announced a withdrawal.", "2018-12"),
    case("2016-12", "Talks will take place in Vienna in February.", "2017-02"),
    case("2016-12", "The truce broke down in September.", "2016-09"),
    case(
        "2016-05",
        "The minister saw Turin on 4 April and Minsk from 5-6 April 2015.",
        "2015-04-04",
        "2015-04-05/2015-04-06",
    ),
    case("2019-02-04", "He visited the troops over Christmas.", "2018-12"),
    case("2019-02-04", "On the eve of the New Year he left.", "2018-12-31"),
    case("2016-05-11", "In 1973 the war began. On 6 October, Egypt attacked.", "1973", "1973-10-06"),
    case("2016-05-11", "The accord was signed in December 1989. In February it failed.", "1989-12", "1990-02"),
    case("2016-05-11", "In mid-January trade fell.", "2016-01"),
    case("2017-06-01", "In December Jane Roe resigned as minister.", "2016-12"),
    case("2016-07-26", "He teed up the November election.", "2016-11"),
    case("2016-07-26", "He survived the May coup attempt.", "2016-05"),
    case("2016-07-26", "Let us defeat them in November.", "2016-11"),
]
RELATIVE = [
    case("2018-01-16", "The army attacked today.", "2018-01-16"),
    case("2018-01-16", "Yesterday evening it shelled the town.", "2018-01-15"),
    case("2018-01-16", "Tomorrow it will rest.", "2018-01-17"),
    case("2018-01-16", "The day before yesterday shots were heard.", "2018-01-14"),
    case("2018-01-16", "Last night and this morning shots were heard.", "2018-01-15", "2018-01-16"),
    case("2016-05", "The secretary called his counterpart earlier today.", "2016-05"),
    case("2018-01-17", "The ministry protested on Tuesday.", "2018-01-16"),
    case("2018-01-17", "The ministry protested on Wednesday.", "2018-01-17"),
    case("2018-01-17", "The ministers will meet on Tuesday.", "2018-01-23"),
    case("2018-01-17", "Foreign ministers meet on Monday in Vienna.", "2018-01-22"),
    case("2018-01-17", "The talks are scheduled for Thursday.", "2018-01-18"),
    case("2018-01-17", "The ministers met last Wednesday.", "2018-01-10"),
    case("2018-01-17", "The ministers will meet again next Friday.", "2018-01-19"),
    case("2018-01-17", "He spoke on Tuesday of last week.", "2018-01-09"),
    case("2018-01", "The ministry protested on Tuesday.", "2018-01"),
    case("2018-01-21", "He sent officials to Oslo last week.", "2018-01-08/2018-01-14"),
    case("2018-02-05", "He sent officials to Oslo last week.", "2018-01-29/2018-02-04"),
    case("2018-01-21", "He resigned last month.", "2017-12"),
    case("2016-12-10", "He resigned last December.", "2015-12"),
    case("2018-01-21", "He resigned last year.", "2017"),
    case("2018-01-21", "Earlier this year the two sides met.", "2018"),
    case("2018-01-21", "They will meet early next year.", "2019"),
    case("2018-01-21", "They will meet next month.", "2018-02"),
    case("2018-01-21", "They met two days ago.", "2018-01-19"),
    case("2018-01-21", "They met 3 years ago.", "2015"),
    case("2018-01-21", "They met two months ago.", "2017-11"),
    case("2016-05-11", "Over the past year it met twice.", "2015-05/2016-05"),
    case("2016-05-11", "In the last two years it met twice.", "2014/2016"),
    case("2016-05-11", "Tuesday's attack followed last December's visit.", "2016-05-10", "2015-12"),
    case("2016-05-11", "He arrived in Kabul at the weekend.", "2016-05-07/2016-05-08"),
    case("2016-05-11", "Some years ago they recently fought.", None, None),
    case(None, "The council met yesterday and on Tuesday.", None, None),
]
PARTS = [
    case("2019-02-01", "Exports fell in Q4 2018.", "2018-10/2018-12"),
    case("2015-11-20", "Exports fell in Q2.", "2015-04/2015-06"),
    case("2015-11-20", "Exports rose in the second half of 2012.", "2012-07/2012-12"),
    case("2015-11-20", "Exports rose in the second half of the 1990s.", "1995/1999"),
    case("2015-11-20", "Exports rose in the second half of May 2010.", "2010-05-16/2010-05-31"),
    case("2015-11-20", "Exports rose in the first nine months of the year.", "2015-01/2015-09"),
    case("2015-11-20", "Exports rose in the third quarter of last year.", "2014-07/2014-09"),
    case("2015-11-20", "Last quarter exports rose.", "2015-07/2015-09"),
    case("2015-11-20", "They came in the first week of May 2012.", "2012-05-01/2012-05-07"),
    case("2015-11-20", "They came in the opening months of 1942.", "1942"),
    case("2015-11-20", "They met on the first Monday of October.", "2015-10-05"),
    case("2000-01-02", "He resigned on the last day of 1999.", "1999-12-31"),
    case("2015-11-20", "Aid to India rose in fiscal year 2014-15.", "2014-04/2015-03"),
    case("2015-11-20", "Aid fell in the fiscal year ending June 2015.", "2014-07/2015-06"),
    case("2015-11-20", "In FY2014 aid fell.", "2014"),
    case("2003-09-09", "Presidents came and went in the southern summer of 2001-02.", "2001-12/2002-02"),
    case("2015-11-20", "In the late nineteenth century they came.", "1801/1900"),
    case("2015-11-20", "The eighties were hard.", "1980/1989"),
]
RANGES = [
    case("2015-11-20", "They met from March to October 2009.", "2009-03/2009-10"),
    case("2015-11-20", "They met from December 2003 until March 2004.", "2003-12/2004-03"),
    case("2015-11-20", "The truce held from 1976 to as late as 1989.", "1976/1989"),
    case("2015-11-20", "They stayed from the 14th to the 17th of April 1986.", "1986-04-14/1986-04-17"),
    case("2015-11-20", "In April and May 2011 planes bombed the city.", "2011-04/2011-05"),
    case("2015-11-20", "He served as envoy in 1994–2001.", "1994/2001"),
    case("2013-10-08", "For six years until 2010 it lived under emergency law.", "2004/2010"),
    case("2015-11-20", "Since the fifteenth of July it has rained.", "2015-07-15/.."),
]
NAMED_DAYS = [
    case("2004-05-02", "Ten countries joined the union on May Day.", "2004-05-01"),
    case("2015-11-20", "They signed on Good Friday 1998.", "1998-04-10"),
    case("2015-11-20", "They met on Thanksgiving.", "2014-11-27"),
    case("2015-11-20", "The newspaper mocked the Christmas tree near the line."),
    case("2015-11-20", "The 26 July Movement won."),
    case("2015-11-20", "They signed it on 23/08/1939.", "1939-08-23"),
    case("2015-11-20", "They signed it on 3/4/2019.", None),
]
AHEAD = [
    case("2000-11-06", "The court will rule on the lagoon in two weeks.", "2000-11-20/2000-11-26"),
    case("2012-10-18", "They will move their talks within a month.", "2012-10-18/2012-11-18"),
    case("2015-11-20", "By the end of the year they will vote.", "../2015"),
]
DATELINES = [
    case(None, "RIGA, 5 May 1990. Deputies voted yesterday for independence.", "1990-05-05", "1990-05-04"),
    case("2013-11-25", "GENEVA, Nov. 24, 2013: Six powers met early this morning.", "2013-11-24", "2013-11-24"),
]
FROM_THE_TEXT = [
    case("2016-05-11", "The army invaded on 3 March 2014. Two days later it withdrew.", "2014-03-03", "2014-03-05"),
    case("2016-05-11", "It invaded on 3 March 2014. The following month it left.", "2014-03-03", "2014-04"),
    case("2016-05-11", "He ruled in 2003. At that time he agreed.", "2003", "2003"),
    case("2016-05-11", "The king died on 2 May 1999. In the same year a treaty was signed.", "1999-05-02", "1999"),
    case("2016-05-11", "The war ended in 1999. Since then there has been peace.", "1999", "1999/.."),
]
OPEN = [
    ("Sanctions have been in place since 2005.", "2005/..", "since"),
    ("Sanctions have been in place since May 2014.", "2014-05/..", "since"),
    ("It was a colony until 1991.", "../1991", "until"),
    ("Before 1950 there were few contacts.", "../1950", "before"),
    ("After 2011 the war spread.", "2011/..", "after"),
    ("He will return by July.", "../2016-07", "before"),
    ("It will be clean by the 2050s.", "../2059", "before"),
    ("He resigned shortly before Christmas.", "2015-12", "on"),
]
NO_DATES = [
    "Under Resolution 2254 some 2,000 troops and 1500 soldiers joined CTF 50.",
    "Security Council resolutions 1701 and 1973 were adopted.",
    "He is aged 19 and works 24/7.",
    "The plane left at 2015 GMT as Flight 1980.",
    "Theresa May may march on.",
    "Police were criticised by May.",
    "The troops march to the border, as they may.",
    "The Sunday Times reported on Bloody Sunday.",
    "He was president for 20 years.",
    "The $2000 fine was paid.",
    "He told Africa Today so.",
    "Springs fall as waters rise.",
]


@pytest.mark.model
@pytest.mark.parametrize(
    ("published", "text", "expected"),
    [*ABSOLUTE, *YEARLESS, *RELATIVE, *FROM_THE_TEXT, *PARTS, *RANGES, *NAMED_DAYS, *AHEAD, *DATELINES],
)
def test_a_date_expression_means(dates: Dates, published: str | None, text: str, expected: list[str | None]) -> None:
    assert [value for _, value, _ in dates(text, published)] == expected


@pytest.mark.model
@pytest.mark.parametrize(("text", "value", "relation"), OPEN)
def test_a_preposition_opens_the_interval(dates: Dates, text: str, value: str, relation: str) -> None:
    assert [found[1:] for found in dates(text, "2016-05-11")] == [(value, relation)]


@pytest.mark.model
@pytest.mark.parametrize("text", NO_DATES)
def test_numbers_and_names_that_look_like_dates_are_none(dates: Dates, text: str) -> None:
    assert dates(text, "2019-02-01") == []


@pytest.mark.model
def test_the_span_takes_in_what_narrows_the_period_and_no_preposition(dates: Dates) -> None:
    found = dates("In early 2015 and at the end of May 2016 trade fell.", "2018")

    assert [words for words, _, _ in found] == ["early 2015", "the end of May 2016"]


# Without a parser ----------------------------------------------------------------------------------------

WORDS = sorted(
    set(
        "the a of in on to by since from between and until last next this that same ago later - , ( ) ' may May "
        "March Sunday Tuesday day week years month decade summer early mid today yesterday past two five some "
        "Christmas New Year 's Eve recently then time weekend 2015 1999 31 30 5 2016-02-31 2016-02-01 1990s "
        "2004/05 19th century Dec. September 11 attacks met will 9999 1000 0 ² visited".split()
    )
)


@st.composite
def documents(draw: st.DrawFn) -> ParsedDocument:
    """A document of calendar words under a random tree, one to three sentences."""
    words = draw(st.lists(st.sampled_from(WORDS), max_size=40))
    published = draw(st.sampled_from([None, "2016", "2016-02", "2016-02-29", "9998-12-31", "1000"]))
    cuts = sorted(draw(st.sets(st.integers(0, len(words)), max_size=2)) | {0, len(words)})
    sentences = [(a, b) for a, b in pairwise(cuts) if a < b]
    heads = [draw(st.integers(a, i)) for a, b in sentences for i in range(a, b)]
    count = len(words)
    starts = [sum(len(w) + 1 for w in words[:i]) for i in range(count)]
    return ParsedDocument(
        document=Document(id="d", text=" ".join(words), published=published),
        words=words,
        lemmas=[w.lower() for w in words],
        pos=[draw(st.sampled_from(["NOUN", "PROPN", "NUM", "VERB", "ADP", "ADV"])) for _ in words],
        tags=[draw(st.sampled_from(["NN", "NNP", "CD", "VBD", "VB", "IN"])) for _ in words],
        deps=[draw(st.sampled_from(["pobj", "nummod", "npadvmod", "compound", "advmod", "prep"])) for _ in words],
        heads=heads,
        starts=starts,
        ends=[start + len(w) for start, w in zip(starts, words, strict=True)],
        left=list(range(count)),
        right=list(range(count)),
        sentences=sentences,
        paragraphs=sentences,
        quotations=[],
        names=[],
    )


@given(documents())
def test_whatever_the_words_spans_lie_in_their_sentence_and_values_are_iso(parsed: ParsedDocument) -> None:
    found = find_dates(parsed)

    assert find_dates(parsed) == found
    assert all(a.end <= b.start for a, b in pairwise(found))
    for d in found:
        assert any(a <= d.start < d.end <= b for a, b in parsed.sentences)
        check_date(d.value, "the test")


@given(st.dates(date(1, 1, 2), date(9990, 1, 1)), st.integers(0, 900))
def test_a_period_reads_back_as_itself_or_the_units_it_fills(first: date, days: int) -> None:
    period = Period(first, date.fromordinal(first.toordinal() + days))

    check_date(period.iso(), "the test")
    assert from_iso(period.iso()) == period


def test_a_period_is_as_coarse_as_it_can_be() -> None:
    assert years(2016, 2016).iso() == "2016"
    assert month(2016, 2).iso() == "2016-02"
    assert Period(date(2016, 1, 1), date(2016, 12, 31)).iso() == "2016"
    assert Period(date(2016, 4, 1), date(2016, 5, 31)).iso() == "2016-04/2016-05"
    assert Period(date(2016, 4, 2), date(2016, 5, 31)).iso() == "2016-04-02/2016-05-31"


@pytest.mark.parametrize(
    ("start", "unit", "count", "expected"),
    [
        ("2016-03-31", "month", -1, "2016-02"),
        ("2016-02-29", "year", -1, "2015"),
        ("2016-03-01", "day", -1, "2016-02-29"),
        ("2016-03", "day", -1, "2016-03"),
        ("2016-03", "week", -1, "2016-02/2016-03"),
        ("2016-03", "day", -3, "2016-02/2016-03"),
        ("2016", "day", 0, "2016"),
    ],
)
def test_moving_keeps_the_precision_that_can_be_kept(start: str, unit: str, count: int, expected: str) -> None:
    period = from_iso(start)
    assert period is not None
    found = moved(period, unit, count)  # type: ignore[arg-type]

    assert found is not None
    assert found.iso() == expected


def test_what_the_calendar_does_not_hold_is_none() -> None:
    assert day(2015, 2, 29) is None
    assert from_iso("2015-02-30") is None
    assert from_iso("2005/..") is None
    assert moved(years(9998, 9998), "year", 50) is None
    assert moved(years(2016, 2016), "month", -1) is None


def test_the_words_of_the_calendar_load() -> None:
    assert calendar_words().months["dec."] == 12


@pytest.mark.parametrize("text", ["[]", "months: {1: [january]}", "version: 1"])
def test_a_broken_word_list_is_refused(text: str) -> None:
    with pytest.raises(DataError, match=r"syntax/calendar\.yaml"):
        read_calendar_words(text)
