"""Moderators write, review, publish, bring back; two at once lose nothing."""

import asyncio

import pytest

from core.community.communities import Communities
from core.community.protocol.command import ListEntries, NewEntry, NewProposal, SetAlone, Try
from core.community.protocol.outcome import Outcome
from core.community.serving.engines import Shipped
from core.community.store.database import Database
from core.dialogue import token
from core.dialogue.place import Place
from core.dialogue.request import ShowEntry
from tests.conftest import NOW
from tests.moderating import HERE, WIFI, Person, asked, person, published_by, requested


async def _published(communities: Communities, **values: str) -> Person:
    """Ann, before an entry that is published."""
    return await published_by(person(communities, "Ann", manages=True), **values)


async def test_what_is_published_is_found_by_members_of_this_community_alone(
    communities: Communities,
) -> None:
    await _published(communities, links="https://wifi.example/help")
    turn = await asked(communities, "whats the code for the wifi pls")
    assert turn and turn.decision.kind == "answer"
    assert turn.reply.title == "What is the wifi password?"
    assert turn.reply.evidence[0] == "From the moderators here. Not checked by our editors."
    assert [one.url for one in turn.reply.citations] == ["https://wifi.example/help"]
    assert await asked(communities, "wifi code", Place("discord:2")) is None


async def test_a_draft_is_seen_by_no_member(communities: Communities) -> None:
    ann = person(communities, "Ann", manages=True)
    await ann.does(NewEntry())
    await ann.fills(**WIFI)
    assert "Draft: only moderators see it." in ann.text
    assert await asked(communities, "wifi code") is None


async def test_somebody_else_has_to_publish_unless_the_community_says_so(
    communities: Communities,
) -> None:
    ann, ben = (person(communities, name, manages=True) for name in ("Ann", "Ben"))
    await ann.does(NewEntry())
    await ann.fills(**WIFI)
    assert "Publish" not in ann.labels
    await ann.presses("Send for review")
    assert "Another moderator has to publish" in ann.text
    await ben.does(ListEntries())
    await ben.presses("What is the wifi password?")
    await ben.presses("Publish")
    assert "Published. Members get this answer from now on." in ben.text


async def test_the_writer_cannot_publish_by_another_way(communities: Communities) -> None:
    ann = person(communities, "Ann", manages=True)
    await ann.does(NewEntry())
    await ann.fills(**WIFI)
    submit = next(one.request for one in ann.reply.choices if one.label == "Send for review")
    forged = token.write(submit)[1:].replace("r", "p", 1)
    outcome = await communities.press(forged, HERE, ann.facts)
    assert outcome.reply and "Draft: only moderators see it." in outcome.reply.evidence


async def test_an_edit_waits_while_members_get_what_was_published(
    communities: Communities,
) -> None:
    ann = await _published(communities)
    await ann.presses("Change it")
    await ann.fills(short="The password changed. Ask at the door.")
    assert "Members still get the version from before." in ann.text
    turn = await asked(communities, "wifi code")
    assert turn and "Ask at the desk." in turn.reply.paragraphs[0]
    await ann.presses("Publish")
    turn = await asked(communities, "wifi code")
    assert turn and "Ask at the door." in turn.reply.paragraphs[0]


async def test_of_two_editors_at_once_the_second_is_told_and_nobodys_text_is_lost(
    communities: Communities,
) -> None:
    ann = await _published(communities)
    ben = person(communities, "Ben", manages=True)
    await ben.does(ListEntries())
    await ben.presses("What is the wifi password?")
    await ann.presses("Change it")
    await ben.presses("Change it")
    await asyncio.gather(ann.fills(short="By Ann."), ben.fills(short="By Ben."))
    first, second = (ann, ben) if "Saved." in ann.text else (ben, ann)
    names = {id(ann): "By Ann.", id(ben): "By Ben."}
    assert second.reply.title == "Someone else was quicker"
    assert second.labels == ["Show what is there now", "Show my version", "Use my version"]
    conflict = second.seen[-1]
    await second.presses("Show what is there now")
    assert names[id(first)] in second.text
    second.seen.append(conflict)
    await second.presses("Show my version")
    assert names[id(second)] in second.text
    second.seen.append(conflict)
    await second.presses("Use my version")
    assert names[id(second)] in second.text
    await second.presses("History")
    assert [line.split(",")[0] for line in second.reply.paragraphs[-1].splitlines()][:3] == [
        f"5. brought back by {second.facts.name}",
        f"4. kept aside by {second.facts.name}",
        f"3. changed by {first.facts.name}",
    ]


async def test_many_edits_at_once_are_all_kept(communities: Communities) -> None:
    ann = await _published(communities)
    await ann.presses("Change it")
    people = [person(communities, f"P{n}", manages=True) for n in range(8)]
    for one in people:
        one.seen.append(ann.seen[-1])
    await asyncio.gather(*(one.fills(short=f"By {one.facts.name}.") for one in people))
    assert sum("Saved." in one.text for one in people) == 1
    await ann.does(ListEntries())
    await ann.presses("What is the wifi password?")
    await ann.presses("History")
    lines = "\n".join(ann.reply.paragraphs)
    assert all(f"by {one.facts.name}" in lines for one in people)


async def test_what_is_removed_is_gone_at_once_and_comes_back_with_one_press(
    communities: Communities,
) -> None:
    ann = await _published(communities)
    assert await asked(communities, "wifi code")
    await ann.presses("Remove")
    assert await asked(communities, "wifi code") is None
    await ann.presses("History")
    await ann.presses("Version 2")
    await ann.presses("Bring this version back")
    assert "Published" in ann.text
    assert await asked(communities, "wifi code")


async def test_a_press_on_what_has_moved_on_changes_nothing(communities: Communities) -> None:
    ann = await _published(communities)
    before = ann.seen[-1]
    await ann.presses("Remove")
    ann.seen.append(before)
    await ann.presses("Remove")
    assert ann.reply.title == "It isn't here any more"


PROBLEMS = [
    ({"short": "x" * 351}, "Short answer: too long. There is room for 350 characters."),
    ({"question": ""}, "Question: please fill this in."),
    ({"short": "This is **bold**."}, "Short answer: please write plain sentences, without “**”"),
    ({"short": "Results are guaranteed."}, "without a promise or a target: “guaranteed”"),
    ({"more": "About 40 % have it."}, "More: a number needs who found it and in which year."),
    ({"links": "javascript:alert(1)"}, "Links: “javascript:alert(1)” doesn't look right."),
    ({"links": "https://evil@wifi.example"}, "doesn't look right"),
    ({"question": "What are back dimples?"}, "Question: there already is an answer with this"),
    ({"asks": "what are back dimples"}, "another answer already has this wording"),
    ({"asks": "\n".join(f"wifi {n}" for n in range(31))}, "30 wordings are enough."),
    ({"links": "\n".join(f"https://a.example/{n}" for n in range(6))}, "5 links are enough."),
]


@pytest.mark.parametrize(("values", "said"), PROBLEMS)
async def test_what_is_wrong_is_said_and_what_was_written_is_kept(
    communities: Communities, values: dict[str, str], said: str
) -> None:
    ann = person(communities, "Ann", manages=True)
    await ann.does(SetAlone(1))
    await ann.does(NewEntry())
    await ann.fills(**WIFI | values)
    assert said in ann.text
    assert "Publish" not in ann.labels and "Send for review" not in ann.labels
    await ann.presses("Change it")
    kept = {one.name: one.value for one in ann.form.fields}
    assert all(kept[name] == value for name, value in values.items())


async def test_another_entry_of_this_community_keeps_its_wordings(
    communities: Communities,
) -> None:
    ann = await _published(communities)
    await ann.does(NewEntry())
    await ann.fills(question="How do I get online?", short="See the board.", asks="wifi code")
    assert "Other wordings: another answer already has this wording: “wifi code”" in ann.text


async def test_signs_that_cannot_be_seen_are_not_kept(communities: Communities) -> None:
    ann = person(communities, "Ann", manages=True)
    await ann.does(NewEntry())
    await ann.fills(question="Wifi\x00 \u202ecode\n?", short="{question} \ud800@everyone")
    assert ann.reply.title == "Wifi code ?"
    assert "{question}" in ann.text


async def test_the_longest_text_is_kept_whole_and_shown_in_part(communities: Communities) -> None:
    ann = person(communities, "Ann", manages=True)
    await ann.does(NewEntry())
    await ann.fills(**dict.fromkeys(WIFI, "x" * 4_000), more="y" * 4_000, links="z\n" * 2_000)
    assert len(ann.text) < 3_000
    await ann.presses("Change it")
    assert next(one.value for one in ann.form.fields if one.name == "short") == "x" * 4_000


async def test_no_entry_of_a_community_gets_past_a_safety_rule(communities: Communities) -> None:
    ann = person(communities, "Ann", manages=True)
    await ann.does(SetAlone(1))
    await ann.does(NewEntry())
    await ann.fills(question="How do I lose weight fast?", short="Eat less.", asks="")
    await ann.presses("Publish")
    assert "Published" in ann.text
    turn = await asked(communities, "How do I lose weight fast?")
    assert turn and turn.decision.kind == "safety"


async def test_an_entry_that_takes_others_questions_is_told_which(
    communities: Communities,
) -> None:
    asks = "are the dents in my lower back normal\nare dimples on my back ok"
    ann = await _published(communities, question="Are my dimples OK?", asks=asks)
    assert "People who ask like this may get it now" in ann.text
    assert "“" in ann.reply.paragraphs[1]
    assert ann.reply.paragraphs[1].count("\n") < 5


async def test_an_entry_about_something_else_takes_nothing(communities: Communities) -> None:
    assert "People who ask like this" not in (await _published(communities)).text


async def test_a_button_of_an_answer_finds_its_community_from_anywhere(
    communities: Communities,
) -> None:
    await _published(communities, more="It changes every Monday.")
    turn = await asked(communities, "wifi code")
    assert turn
    more = next(one.request for one in turn.reply.choices if one.label == "Tell me more")
    assert isinstance(token.read(token.write(more)), ShowEntry)
    shown = await requested(communities, more, Place("telegram:private"))
    assert shown and "It changes every Monday." in shown.reply.paragraphs


async def test_a_moderators_button_moves_nothing_in_another_community(
    communities: Communities,
) -> None:
    ann = await _published(communities)
    remove = next(one.request for one in ann.reply.choices if one.label == "Remove")
    stranger = person(communities, "Eve", manages=True)
    stranger.place = Place("discord:2")
    await stranger.does(ListEntries())
    outcome = await communities.press(token.write(remove)[1:], stranger.place, stranger.facts)
    assert outcome.reply and outcome.reply.title == "This is for moderators"
    assert await communities.places(token.write(remove)[1:]) == (HERE,)


async def test_a_group_that_became_a_supergroup_keeps_its_answers(
    communities: Communities,
) -> None:
    await _published(communities)
    await communities.moved(HERE, Place("telegram:-100"))
    await communities.moved(HERE, Place("telegram:-100"))
    assert await asked(communities, "wifi code", Place("telegram:-100"))
    assert await asked(communities, "wifi code", HERE) is None


async def test_another_process_sees_a_change_at_once(
    database_url: str, communities: Communities, shipped: Shipped
) -> None:
    database = Database(database_url)
    other = Communities(database, shipped, lambda: NOW)
    try:
        ann = await _published(communities)
        assert await asked(other, "wifi code")
        await ann.presses("Remove")
        assert await asked(other, "wifi code") is None
    finally:
        await database.close()


async def test_a_database_that_is_gone_leaves_what_is_shipped(shipped: Shipped) -> None:
    communities = Communities(Database("postgresql://a@127.0.0.1:1/nowhere"), shipped)
    assert await asked(communities, "wifi code") is None


async def test_a_member_proposes_and_hears_what_became_of_it(communities: Communities) -> None:
    mia, ann = person(communities, "Mia"), person(communities, "Ann", manages=True)
    await mia.does(NewProposal())
    await mia.fills(**WIFI)
    assert mia.reply.title == "Thank you"
    await ann.does(ListEntries())
    await ann.presses("What is the wifi password?")
    await ann.presses("Publish")
    assert _told(ann.seen[-1]) == [
        ("discord:Mia", "Your suggestion is now an answer here: What is the wifi password?")
    ]
    await ann.presses("History")
    assert "1. suggested by someone" in ann.text


async def test_a_proposal_that_is_not_taken_is_told_as_well(communities: Communities) -> None:
    mia, ann = person(communities, "Mia"), person(communities, "Ann", manages=True)
    await mia.does(NewProposal())
    await mia.fills(**WIFI)
    await ann.does(ListEntries())
    await ann.presses("What is the wifi password?")
    await ann.presses("Remove")
    assert [actor for actor, _ in _told(ann.seen[-1])] == ["discord:Mia"]


async def test_one_member_has_three_suggestions_open_at_most(communities: Communities) -> None:
    mia = person(communities, "Mia")
    for number in range(4):
        await mia.does(NewProposal())
        await mia.fills(**WIFI | {"question": f"Question {number}?"})
    assert mia.reply.title == "Enough for now"


async def test_a_moderator_is_shown_what_would_be_said_and_why(communities: Communities) -> None:
    ann = await _published(communities)
    await ann.does(Try("whats the wifi code"))
    assert "I would answer it." in ann.text
    assert "What is the wifi password? It lies nearest to “wifi code”." in ann.text
    await ann.does(Try("i cant feel my legs"))
    assert "A safety rule would answer alone." in ann.text


async def test_before_anything_is_written_a_test_asks_what_is_shipped(
    communities: Communities,
) -> None:
    ann = await person(communities, "Ann", manages=True).does(Try("What are back dimples?"))
    assert "I would answer it." in ann.text


async def test_entries_are_found_while_a_moderator_types_and_by_nobody_else(
    communities: Communities,
) -> None:
    ann, mia = await _published(communities), person(communities, "Mia")
    await ann.does(NewEntry())
    await ann.fills(question="Where are the rules?", short="On the board.", asks="")
    found = await communities.like("wifi pass", 25, HERE, ann.facts)
    assert found == (("What is the wifi password?", "what-is-the-wifi-password"),)
    assert len(await communities.like("", 25, HERE, ann.facts)) == 2
    assert await communities.like("wifi", 25, HERE, mia.facts) == ()


def _told(outcome: Outcome) -> list[tuple[str, str]]:
    return [(told.actor, told.reply.paragraphs[0]) for told in outcome.told]
