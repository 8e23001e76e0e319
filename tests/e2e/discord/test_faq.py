"""Moderators look after their server's own answers on Discord, on either database."""

import asyncio
from unittest.mock import AsyncMock

import pytest

from bots.discord import saying
from core.community.communities import Communities
from tests.bots.discord_markdown import drawn
from tests.e2e.discord.bot import words
from tests.e2e.discord.moderating import WIFI, Gym, gym
from tests.e2e.fakes.discord_forms import prefilled
from tests.e2e.fakes.discord_menus import CHANNELS, ROLES, NotChoosable, preset
from tests.e2e.fakes.discord_person import NotPossible
from tests.e2e.fakes.discord_world import WRITING, Permission, Role

# Writing and publishing


async def test_a_moderator_writes_an_answer_and_another_one_publishes_it(here: Gym) -> None:
    form = await here.ann.slash(here.channel, "faq add")
    assert form.fields == ["Question", "Short answer", "Other wordings", "More", "Links"]
    draft = await here.ann.submit(form, WIFI)
    assert draft.ephemeral and "Saved as a draft." in words(draft)
    assert "Publish" not in draft.buttons
    waiting = await here.ann.press(draft, "Send for review")
    assert waiting.edited and "Waiting for a moderator to publish it." in words(waiting)
    queue = await here.bob.slash(here.channel, "faq review")
    seen = await here.bob.press(queue, WIFI["Question"])
    published = await here.bob.press(seen, "Publish")
    assert "Published. Members get this answer from now on." in words(published)
    answer = await here.mia.slash(here.channel, "ask", question="whats the wifi code pls")
    assert not answer.ephemeral and WIFI["Short answer"] in words(answer)
    assert "From the moderators here. Not checked by our editors." in words(answer)
    assert here.channel.messages == [here.channel.find(answer.id)]


async def test_links_and_more_are_shown_to_members(here: Gym) -> None:
    await here.publishes(more="Guests can use it too.", links="https://wifi.example/help")
    answer = await here.mia.slash(here.channel, "ask", question=WIFI["Question"])
    (link,) = drawn(answer.embeds[0]["description"]).links
    assert link[1] == "https://wifi.example/help"
    more = await here.mia.press(answer, "Tell me more")
    assert more.ephemeral and "Guests can use it too." in words(more)


async def test_who_wrote_an_answer_cannot_publish_it(here: Gym) -> None:
    waiting = await here.ann.press(await here.adds(here.ann), "Send for review")
    assert "Another moderator has to publish what you wrote." in words(waiting)
    assert "Publish" not in waiting.buttons


async def test_what_was_sent_for_review_can_be_sent_back(here: Gym) -> None:
    await here.ann.press(await here.adds(here.ann), "Send for review")
    seen = await here.opens(here.bob, "show")
    back = await here.bob.press(seen, "Send back")
    assert "Sent back. It is a draft again." in words(back)
    queue = await here.bob.slash(here.channel, "faq review")
    assert WIFI["Question"] not in queue.buttons


async def test_an_edit_waits_while_members_get_what_was_published(here: Gym) -> None:
    await here.publishes()
    form = await here.opens(here.ann, "edit")
    changed = await here.ann.submit(form, {"Short answer": "It is on the door now."})
    assert not changed.edited and changed.ephemeral
    assert "Members still get the version from before." in words(changed)
    answer = await here.mia.slash(here.channel, "ask", question=WIFI["Question"])
    assert WIFI["Short answer"] in words(answer)


async def test_a_form_from_a_button_shows_its_outcome_in_place(here: Gym) -> None:
    draft = await here.adds(here.ann)
    form = await here.ann.press(draft, "Change it")
    changed = await here.ann.submit(form, {"Short answer": "It is on the door now."})
    assert changed.id == draft.id and changed.edited
    assert "It is on the door now." in words(changed)


async def test_a_form_whose_message_was_dismissed_meanwhile_is_answered_anew(here: Gym) -> None:
    draft = await here.adds(here.ann)
    form = await here.ann.press(draft, "Change it")
    here.ann.dismiss(draft)
    changed = await here.ann.submit(form, {"Short answer": "It is on the door now."})
    assert changed.id != draft.id and changed.ephemeral
    assert "It is on the door now." in words(changed)


async def test_a_removed_answer_is_given_to_nobody_and_comes_back_with_one_tap(here: Gym) -> None:
    await here.publishes()
    await here.ann.press(await here.opens(here.ann, "remove"), "Remove")
    gone = await here.mia.slash(here.channel, "ask", question=WIFI["Question"])
    assert "No reviewed answer yet" in words(gone)
    history = await here.opens(here.ann, "history")
    assert "4. removed by ann, 25 November 2026, 12:00 UTC" in words(history)
    version = await here.ann.press(history, "Version 3")
    back = await here.ann.press(version, "Bring this version back")
    assert "Published." in words(back)
    answer = await here.mia.slash(here.channel, "ask", question=WIFI["Question"])
    assert WIFI["Short answer"] in words(answer)


async def test_all_answers_are_listed_ten_a_page(here: Gym) -> None:
    empty = await here.ann.slash(here.channel, "faq list")
    assert "No answers here yet" in words(empty)
    form = await here.ann.press(empty, "Add an answer")
    await here.ann.submit(form, WIFI)
    for number in range(10):
        await here.adds(here.ann, question=f"Where is locker {number}?", asks="")
    first = await here.ann.slash(here.channel, "faq list")
    assert "11 in all. Page 1 of 2." in words(first) and WIFI["Question"] in first.buttons
    last = await here.ann.press(first, "Next page")
    assert last.edited and "Where is locker 9?" in last.buttons


async def test_a_question_is_tried_before_members_ask_it(here: Gym) -> None:
    await here.publishes()
    tried = await here.ann.slash(here.channel, "faq test", text="whats the wifi code pls")
    assert tried.ephemeral and "I would answer it." in words(tried)
    assert "What is the wifi password?" in words(tried)
    assert here.channel.messages == []


async def test_everything_is_reached_from_one_menu(here: Gym) -> None:
    await here.adds(here.ann)
    menu = await here.ann.slash(here.channel, "faq menu")
    assert menu.ephemeral and "Answers here: 1." in words(menu)
    form = await here.ann.press(menu, "Test a question")
    assert len(form.fields) == 1
    tried = await here.ann.submit(form, {form.fields[0]: "are they genetic"})
    assert tried.id == menu.id and "I would answer it." in words(tried) and not tried.files
    menu = await here.ann.slash(here.channel, "faq menu")
    settings = await here.ann.press(menu, "Settings")
    assert here.bot.desk.wording.faq_commands.roles in settings.text


# While it is typed


async def test_entries_are_offered_by_any_words_of_their_question(here: Gym) -> None:
    await here.adds(here.ann)
    await here.adds(here.ann, question="Where are the lockers?", asks="")
    offered = await here.ann.typing(here.channel, "faq edit", entry="PASSWORD wi")
    assert [name for name, _ in offered] == [WIFI["Question"]]
    assert len(await here.ann.typing(here.channel, "faq show", entry="")) == 2


async def test_a_question_that_is_far_too_long_is_offered_in_part(here: Gym) -> None:
    draft = await here.ann.press(await here.adds(here.ann), "Change it")
    await here.ann.submit(draft, {"Question": "w" * 100})
    ((name, slug),) = await here.ann.typing(here.channel, "faq edit", entry="www")
    assert name == "w" * 100 and slug == "what-is-the-wifi-password"


async def test_what_was_typed_and_is_no_entry_is_said_kindly(here: Gym) -> None:
    for typed in ("the wifi thing", "x" * 6_000, "\N{PILE OF POO}", "_0_0", "nul\0byte"):
        gone = await here.ann.slash(here.channel, "faq edit", entry=typed)
        assert "It isn't here any more" in words(gone)
    listed = await here.ann.press(gone, "All answers")
    assert "No answers here yet" in words(listed)


# Nothing that was typed is lost


async def test_what_is_wrong_is_said_in_words_and_the_form_opens_again_with_all_of_it(
    here: Gym,
) -> None:
    wrong = {"question": "wifi?", "links": "wifi.example", "more": "**Bold** words."}
    draft = await here.adds(here.ann, **wrong)
    assert "Before it can be published:" in words(draft)
    assert "Links: “wifi.example” doesn't look right." in words(draft)
    assert "Publish" not in draft.buttons and "Send for review" not in draft.buttons
    form = await here.ann.press(draft, "Change it")
    assert form.form is not None
    values = dict(prefilled(form.form))
    assert values["More"] == "**Bold** words." and values["Links"] == "wifi.example"
    mended = await here.ann.submit(form, {"Links": "", "More": "Plain words."})
    assert "Send for review" in mended.buttons


async def test_two_moderators_at_once_lose_nothing_and_the_second_is_told(here: Gym) -> None:
    await here.publishes()
    anns, bobs = await here.opens(here.ann, "edit"), await here.opens(here.bob, "edit")
    await here.ann.submit(anns, {"Short answer": "Ann says: at the desk."})
    told = await here.bob.submit(bobs, {"Short answer": "Bob says: on the door."})
    assert "Someone else was quicker" in words(told)
    theirs = await here.bob.press(told, "Show what is there now")
    assert "Ann says: at the desk." in words(theirs)
    history = await here.bob.press(theirs, "History")
    mine = await here.bob.press(history, "Version 5")
    assert "Bob says: on the door." in words(mine) and "kept aside by bob" in words(mine)
    back = await here.bob.press(mine, "Bring this version back")
    assert "Bob says: on the door." in words(back)


async def test_forms_that_are_sent_in_the_same_moment_are_both_kept(here: Gym) -> None:
    await here.publishes()
    anns, bobs = await here.opens(here.ann, "edit"), await here.opens(here.bob, "edit")
    said = {"ann": "Ann says: at the desk.", "bob": "Bob says: on the door."}
    outcomes = await asyncio.gather(
        here.ann.submit(anns, {"Short answer": said["ann"]}),
        here.bob.submit(bobs, {"Short answer": said["bob"]}),
    )
    late = ["Someone else was quicker" in words(outcome) for outcome in outcomes]
    assert sorted(late) == [False, True]
    who, told = (here.bob, outcomes[1]) if late[1] else (here.ann, outcomes[0])
    assert said[who.name] in words(await who.press(told, "Show my version"))


async def test_a_form_opened_before_a_restart_still_counts(here: Gym) -> None:
    form = await here.ann.slash(here.channel, "faq add")
    await here.bot.restart()
    assert "Saved as a draft." in words(await here.ann.submit(form, WIFI))


async def test_what_a_moderator_wrote_who_is_none_any_more_is_handed_back(here: Gym) -> None:
    form = await here.ann.slash(here.channel, "faq add")
    here.server.granted.clear()
    refused = await here.ann.submit(form, WIFI)
    assert "This is for moderators" in words(refused)
    assert "What you wrote is in the file here" in words(refused)
    kept = refused.files["what-you-wrote.txt"].decode()
    assert all(f"{label}\n{value}" in kept for label, value in WIFI.items())


async def test_it_is_handed_back_as_well_where_the_message_was_dismissed(here: Gym) -> None:
    form = await here.ann.press(await here.adds(here.ann), "Change it")
    here.server.granted.clear()
    assert form.interaction and form.interaction.source
    here.ann.dismiss(form.interaction.source)
    refused = await here.ann.submit(form, {"Short answer": "It is on the door now."})
    assert "It is on the door now." in refused.files["what-you-wrote.txt"].decode()


async def test_what_was_written_is_handed_back_when_the_fault_is_ours(
    here: Gym, monkeypatch: pytest.MonkeyPatch
) -> None:
    form = await here.ann.slash(here.channel, "faq add")
    monkeypatch.setattr(Communities, "filled", AsyncMock(side_effect=OSError("disk full")))
    sorry = await here.ann.submit(form, WIFI)
    assert "That went wrong on my side" in words(sorry)
    assert WIFI["Short answer"] in sorry.files["what-you-wrote.txt"].decode()
    (record,) = here.bot.journal.take("ERROR")
    assert "modal_submit" in record.getMessage()


# When it takes long


async def test_what_takes_long_is_waited_for(here: Gym, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(saying, "PATIENCE", 0)
    draft = await here.adds(here.ann, question="Is there a car park?", asks="")
    assert draft.ephemeral and "Saved as a draft." in words(draft)
    sorry = await here.ann.press(draft, "Change it")
    assert "That went wrong on my side" in words(sorry)
    await here.ann.press(draft, "Send for review")
    seen = await here.opens(here.bob, "show", "Is there a car park?")
    published = await here.bob.press(seen, "Publish")
    assert published.id == seen.id and "Published." in words(published)
    answer = await here.mia.slash(here.channel, "ask", question="is there a car park")
    assert not answer.ephemeral and WIFI["Short answer"] in words(answer)
    private = await here.mia.slash(here.channel, "ask", question="car park", private=True)
    assert private.ephemeral


# Who may


async def test_faq_is_offered_to_those_who_manage_the_server_and_only_inside_one(
    here: Gym,
) -> None:
    with pytest.raises(NotPossible, match="lacks the permissions"):
        await here.mia.slash(here.channel, "faq list")
    with pytest.raises(NotPossible, match="contexts are"):
        await here.ann.slash(here.bot.fake.dm(here.ann), "faq list")
    elsewhere = here.bot.elsewhere()
    assert elsewhere.server is not None
    elsewhere.server.grant(here.ann, Permission.MANAGE_GUILD)
    with pytest.raises(NotPossible, match="not installed this way"):
        await here.ann.slash(elsewhere, "faq list")


async def test_every_press_and_form_is_checked_again(here: Gym) -> None:
    draft = await here.adds(here.ann)
    form = await here.ann.press(draft, "Change it")
    here.server.granted.clear()
    for custom_id in draft.custom_ids.values():
        refused = await here.ann.press_id(draft, custom_id)
        assert "This is for moderators" in words(refused)
    refused = await here.ann.submit(form, {"Short answer": "Mine now."})
    assert "This is for moderators" in words(refused)


async def test_no_command_serves_a_member_whom_only_discord_lets_use_it(here: Gym) -> None:
    await here.adds(here.ann)
    here.server.open("faq", here.server.role("Regulars", here.mia))
    (faq,) = (each for each in here.bot.fake.commands if each["name"] == "faq")
    assert len(faq["options"]) >= 19
    given = {
        "entry": "what-is-the-wifi-password",
        "text": "wifi",
        "file": ("a.yaml", b"a: 1"),
        "number": 10,
    }
    for command in faq["options"]:
        values = {each["name"]: given[each["name"]] for each in command.get("options", [])}
        refused = await here.mia.slash(here.channel, f"faq {command['name']}", **values)
        assert refused.ephemeral and "This is for moderators" in words(refused), command["name"]
        assert refused.files == {} and refused.form is None
    assert await here.mia.typing(here.channel, "faq show", entry="wifi") == []


async def test_a_button_of_one_server_does_nothing_in_another(here: Gym) -> None:
    draft = await here.adds(here.ann)
    other = gym(here.bot)
    other.server.grant(here.ann, Permission.MANAGE_GUILD)
    listed = await here.ann.slash(other.channel, "faq list")
    for custom_id in draft.custom_ids.values():
        refused = await here.ann.press_id(listed, custom_id)
        assert "This is for moderators" in words(refused)
    assert await here.ann.typing(other.channel, "faq show", entry="") == []


@pytest.mark.parametrize("custom_id", ["f", "fzzzz", "faaaaaaaaa-x_1_1_1", "roles:"])
async def test_a_forged_button_does_nothing(here: Gym, custom_id: str) -> None:
    shown = await here.mia.slash(here.channel, "about")
    answer = words(await here.mia.press_id(shown, custom_id))
    assert any(t in answer for t in ("isn't here any more", "for moderators", "out of date"))


# Settings


async def test_one_moderator_may_be_enough(here: Gym) -> None:
    settings = await here.ann.slash(here.channel, "faq settings")
    assert "someone else than the writer has to publish" in words(settings)
    turned = await here.ann.press(settings, "One moderator is enough")
    assert turned.edited and "one moderator is enough" in words(turned)
    assert "Publish" in (await here.adds(here.ann)).buttons


async def test_a_role_looks_after_the_answers_once_it_is_chosen(here: Gym) -> None:
    helpers = here.server.role("Helpers", here.mia)
    here.server.role("Others")
    here.server.open("faq", helpers)
    menu = here.bot.desk.wording.faq_commands.roles
    settings = await here.ann.slash(here.channel, "faq settings")
    chosen = await here.ann.choose(settings, menu, "Helpers")
    assert chosen.edited and "beside those who manage this community: 1." in words(chosen)
    (part,) = (part for part in chosen.parts() if part["type"] == ROLES)
    assert preset(part, here.server) == ["Helpers"]
    assert "Saved as a draft." in words(await here.adds(here.mia))
    refused = await here.mia.slash(here.channel, "faq settings")
    assert "This is for moderators" in words(refused)
    await here.ann.choose(chosen, menu)
    assert "This is for moderators" in words(await here.mia.slash(here.channel, "faq list"))


async def test_the_role_that_everybody_has_cannot_look_after_the_answers(here: Gym) -> None:
    everyone = Role("@everyone", here.server.id)
    here.server.roles.append(everyone)
    settings = await here.ann.slash(here.channel, "faq settings")
    menu = here.bot.desk.wording.faq_commands.roles
    chosen = await here.ann.choose(settings, menu, "@everyone")
    assert "beside those who manage this community: 0." in words(chosen)


async def test_a_channel_is_told_of_every_change_with_the_old_words_and_the_new(here: Gym) -> None:
    log = here.server.channel("faq-log")
    here.server.thread("a thread")
    menu = here.bot.desk.wording.faq_commands.log
    settings = await here.ann.slash(here.channel, "faq settings")
    with pytest.raises(NotChoosable, match="are offered"):
        await here.ann.choose(settings, menu, "a thread")
    chosen = await here.ann.choose(settings, menu, "faq-log")
    assert "Every change is told in the log channel" in words(chosen)
    (part,) = (part for part in chosen.parts() if part["type"] == CHANNELS)
    assert preset(part, here.server) == ["faq-log"]
    draft = await here.ann.press(await here.adds(here.ann), "Change it")
    await here.ann.submit(draft, {"Short answer": "It is on the door now."})
    told = await here.mia.eventually(log, "It is on the door now.")
    assert f"Before: {WIFI['Question']} / {WIFI['Short answer']}" in words(told)
    await here.ann.choose(await here.ann.slash(here.channel, "faq settings"), menu)
    before = len(log.messages)
    await here.adds(here.ann, question="Where are the lockers?", asks="")
    assert len(log.messages) == before


async def test_a_moderator_is_told_when_the_log_channel_is_closed(here: Gym) -> None:
    here.server.channel("faq-log", WRITING & ~Permission.SEND_MESSAGES)
    menu = here.bot.desk.wording.faq_commands.log
    await here.ann.choose(await here.ann.slash(here.channel, "faq settings"), menu, "faq-log")
    assert "Saved as a draft." in words(await here.adds(here.ann))
    told = await here.ann.eventually(here.channel, "I can't write in the log channel")
    assert told.ephemeral


async def test_a_channel_of_another_server_is_never_told(here: Gym) -> None:
    other = gym(here.bot).channel
    settings = await here.ann.slash(here.channel, "faq settings")
    chosen = await here.ann.choose_forged(settings, "channel:", CHANNELS, [other.id])
    assert "No channel is told of changes." in words(chosen)


# Answers that came with the bot


async def test_a_shipped_answer_is_hidden_in_this_server_alone_and_comes_back(here: Gym) -> None:
    label, question = "Why Venus?", "Why are they called dimples of Venus?"
    shipped = await here.ann.slash(here.channel, "faq shipped")
    one = await here.ann.press(shipped, label)
    hidden = await here.ann.press(one, "Hide it here")
    assert "Hidden: members here don't get this answer." in words(hidden)
    asked = await here.mia.slash(here.channel, "ask", question=question)
    assert not words(asked).startswith(question)
    other = await here.mia.slash(gym(here.bot).channel, "ask", question=question)
    assert words(other).startswith(question)
    back = await here.ann.slash(here.channel, "faq taught")
    await here.ann.press(back, "Take back 1")
    again = await here.mia.slash(here.channel, "ask", question=question)
    assert words(again).startswith(question)


async def test_a_note_stands_beside_a_shipped_answer(here: Gym) -> None:
    question = "What are back dimples?"
    one = await here.ann.press(await here.ann.slash(here.channel, "faq shipped"), question)
    form = await here.ann.press(one, "Write a note")
    noted = await here.ann.submit(form, {"Note": "We have a poster about this in the hall."})
    assert "We have a poster about this in the hall." in words(noted)
    asked = await here.mia.slash(here.channel, "ask", question=question)
    said = "The moderators here add: We have a poster about this in the hall."
    assert said in words(asked) and words(asked).startswith(question)


async def test_nothing_is_due_at_first(here: Gym) -> None:
    assert "Nothing is due." in words(await here.ann.slash(here.channel, "faq due"))
