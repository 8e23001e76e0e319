"""Messages saved as answers, members' suggestions, and what members get, on either database."""

import pytest

from tests.e2e.discord.bot import words
from tests.e2e.discord.moderating import WIFI, Gym, gym
from tests.e2e.fakes.discord_forms import prefilled
from tests.e2e.fakes.discord_person import NotPossible, Shown

SAVE = "Save as FAQ"


def values(form: Shown) -> dict[str, str]:
    """What stands in a form that popped up."""
    assert form.form is not None
    return dict(prefilled(form.form))


async def proposed(here: Gym) -> Shown:
    """Mia suggests an answer, and Ann opens it from the queue."""
    form = await here.mia.slash(here.channel, "propose")
    await here.mia.submit(form, WIFI)
    queue = await here.ann.slash(here.channel, "faq review")
    return await here.ann.press(queue, WIFI["Question"])


# Save as FAQ


async def test_a_message_becomes_the_short_answer_of_a_new_draft(here: Gym) -> None:
    message = here.channel.post(here.mia, "The code is on the board at the desk.")
    form = await here.ann.context_menu(message, SAVE)
    assert values(form)["Short answer"] == "The code is on the board at the desk."
    draft = await here.ann.submit(form, {"Question": WIFI["Question"]})
    assert draft.ephemeral and "Saved as a draft." in words(draft)
    assert here.channel.messages == [message]


async def test_a_message_that_is_too_long_is_kept_whole_to_be_shortened(here: Gym) -> None:
    message = here.channel.post(here.mia, "Ask at the desk. " * 100)
    form = await here.ann.context_menu(message, SAVE)
    draft = await here.ann.submit(form, {"Question": WIFI["Question"]})
    assert "Short answer: too long. There is room for 350 characters." in words(draft)
    again = await here.ann.press(draft, "Change it")
    assert values(again)["Short answer"] == message.content.strip()


async def test_a_person_who_is_mentioned_is_kept_by_no_id(here: Gym) -> None:
    message = here.channel.post(here.mia, f"Ask <@{here.bob.id}>, he is at the desk.")
    message.mentions = [here.bob]
    form = await here.ann.context_menu(message, SAVE)
    assert values(form)["Short answer"] == "Ask @bob, he is at the desk."
    assert here.bob.id not in str(form.form)


async def test_a_message_without_words_is_no_answer(here: Gym) -> None:
    message = here.channel.post(here.mia, "")
    told = await here.ann.context_menu(message, SAVE)
    assert told.ephemeral and "I can only read text" in words(told)


async def test_only_moderators_save_messages(here: Gym) -> None:
    message = here.channel.post(here.mia, "The code is on the board.")
    with pytest.raises(NotPossible, match="lacks the permissions"):
        await here.mia.context_menu(message, SAVE)
    here.server.open(SAVE, here.server.role("Regulars", here.mia))
    refused = await here.mia.context_menu(message, SAVE)
    assert refused.ephemeral and "This is for moderators" in words(refused)


# Suggestions


async def test_a_member_suggests_an_answer_and_hears_that_it_was_taken(here: Gym) -> None:
    form = await here.mia.slash(here.channel, "propose")
    thanks = await here.mia.submit(form, WIFI)
    assert thanks.ephemeral and "Thank you" in words(thanks) and not thanks.files
    queue = await here.ann.slash(here.channel, "faq review")
    seen = await here.ann.press(queue, WIFI["Question"])
    await here.ann.press(seen, "Publish")
    home = here.bot.fake.dm(here.mia)
    told = await here.mia.eventually(home, "Your suggestion is now an answer here")
    assert WIFI["Question"] in words(told)
    assert here.bot.fake.pings == []
    answer = await here.bob.slash(here.channel, "ask", question="whats the wifi code pls")
    assert WIFI["Short answer"] in words(answer)


async def test_a_member_hears_that_a_suggestion_was_not_taken(here: Gym) -> None:
    removed = await here.ann.press(await proposed(here), "Remove")
    assert "Removed." in words(removed)
    home = here.bot.fake.dm(here.mia)
    await here.mia.eventually(home, "decided not to take your suggestion for now")


async def test_a_moderator_may_mend_a_suggestion_first(here: Gym) -> None:
    form = await here.ann.press(await proposed(here), "Change it")
    mended = await here.ann.submit(form, {"Short answer": "It is on the board at the desk."})
    assert "Waiting for a moderator to publish it." in words(mended)
    seen = await here.opens(here.bob, "show")
    await here.bob.press(seen, "Publish")
    await here.mia.eventually(here.bot.fake.dm(here.mia), "is now an answer here")


async def test_a_member_who_cannot_be_written_to_is_left_in_peace(here: Gym) -> None:
    here.bot.fake.close_dm(here.mia)
    published = await here.ann.press(await proposed(here), "Publish")
    assert "Published." in words(published)
    assert here.mia.sees(here.bot.fake.dm(here.mia)) == []


async def test_one_suggestion_too_many_is_handed_back(here: Gym) -> None:
    for _ in range(3):
        await here.mia.submit(await here.mia.slash(here.channel, "propose"), WIFI)
    form = await here.mia.slash(here.channel, "propose")
    told = await here.mia.submit(form, WIFI)
    assert "Enough for now" in words(told)
    assert WIFI["Short answer"] in told.files["what-you-wrote.txt"].decode()


async def test_somebody_who_needs_help_gets_it_from_a_form_too(here: Gym) -> None:
    form = await here.mia.slash(here.channel, "propose")
    await here.mia.submit(form, WIFI | {"Question": "i want to kill myself"})
    helped = await here.mia.eventually(here.channel, "call your local emergency number")
    assert helped.ephemeral and here.channel.messages == []


async def test_suggestions_are_made_in_servers_only(here: Gym) -> None:
    with pytest.raises(NotPossible, match="contexts are"):
        await here.mia.slash(here.bot.fake.dm(here.mia), "propose")


# What members get


async def test_answers_of_the_packs_and_of_the_server_stand_side_by_side(here: Gym) -> None:
    await here.publishes()
    own = await here.mia.slash(here.channel, "ask", question="how do i get online here")
    assert WIFI["Short answer"] in words(own)
    shipped = await here.mia.slash(here.channel, "ask", question="are they genetic")
    assert "Are back dimples genetic?" in words(shipped)


async def test_the_servers_answers_are_offered_while_somebody_types(here: Gym) -> None:
    await here.publishes()
    offered = await here.mia.typing(here.channel, "ask", question="wifi pass")
    assert WIFI["Question"] in [name for name, _ in offered]


async def test_the_servers_answers_are_a_topic_of_their_own(here: Gym) -> None:
    await here.publishes()
    topics = await here.mia.slash(here.channel, "topics")
    shelf = await here.mia.press(topics, "From the moderators here")
    answer = await here.mia.press(shelf, WIFI["Question"])
    assert WIFI["Short answer"] in words(answer)


async def test_another_server_and_a_direct_channel_do_not_get_them(here: Gym) -> None:
    await here.publishes()
    for where in (gym(here.bot).channel, here.bot.fake.dm(here.mia)):
        told = await here.mia.slash(where, "ask", question=WIFI["Question"])
        assert WIFI["Short answer"] not in words(told)


async def test_answer_this_answers_from_the_servers_answers_and_shares_them(here: Gym) -> None:
    await here.publishes()
    message = here.channel.post(here.mia, "whats the wifi code pls")
    mine = await here.bob.context_menu(message, "Answer this")
    assert mine.ephemeral and WIFI["Short answer"] in words(mine)
    await here.bob.press(mine, "Show it to everyone here")
    posted = here.channel.messages[-1]
    assert posted.reference is message and WIFI["Short answer"] in words(posted)


async def test_a_safety_rule_speaks_before_the_servers_answers(here: Gym) -> None:
    asked = "I can't feel my legs and lost control of my bladder"
    await here.publishes(question="What if I lose control of my bladder?", asks="legs feel numb")
    told = await here.mia.slash(here.channel, "ask", question=asked)
    assert WIFI["Short answer"] not in words(told)


async def test_an_old_button_of_an_answer_leads_on_after_a_restart(here: Gym) -> None:
    await here.publishes(more="Guests can use it too.")
    answer = await here.mia.slash(here.channel, "ask", question=WIFI["Question"])
    await here.bot.restart()
    more = await here.bob.press(answer, "Tell me more")
    assert more.ephemeral and "Guests can use it too." in words(more)
