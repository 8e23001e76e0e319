"""Questions asked in vain, and what moderators teach from them, on either database."""

from io import BytesIO

import pytest
from PIL import Image

from tests.e2e.discord.bot import words
from tests.e2e.discord.moderating import Gym
from tests.e2e.fakes.discord_forms import prefilled
from tests.e2e.fakes.discord_person import NotPossible

SORT = "What should answer this?"
PARKING = ("where can i park my car", "can i park my car here")
MARKS = "what r those lil marks by the waistband"


@pytest.fixture
async def here(here: Gym) -> Gym:
    """A server in which somebody has looked after the answers before."""
    await here.ann.slash(here.channel, "faq settings")
    return here


async def test_what_members_asked_in_vain_becomes_an_answer(here: Gym) -> None:
    for asked in PARKING:
        await here.mia.slash(here.channel, "ask", question=asked)
    inbox = await here.ann.slash(here.channel, "faq inbox")
    assert inbox.ephemeral and "where can i park my car (2)" in inbox.buttons
    question = await here.ann.press(inbox, "where can i park my car (2)")
    form = await here.ann.press(question, "Write an answer")
    assert form.form is not None
    values = dict(prefilled(form.form))
    assert (values["Question"], values["Other wordings"]) == PARKING
    draft = await here.ann.submit(form, {"Short answer": "Behind the house, for two hours."})
    assert "Saved as a draft." in words(draft)
    empty = await here.ann.slash(here.channel, "faq inbox")
    assert "Nothing to look at." in words(empty)


async def test_who_asked_is_nowhere_to_be_seen(here: Gym) -> None:
    for asked in PARKING:
        await here.mia.slash(here.channel, "ask", question=f"{asked} <@{here.bob.id}>")
    inbox = await here.ann.slash(here.channel, "faq inbox")
    question = await here.ann.press(inbox, inbox.buttons[0])
    for secret in (here.mia.id, here.mia.name, here.bob.id):
        assert secret not in words(question)


async def test_a_message_teaches_which_answer_fits_and_that_can_be_taken_back(here: Gym) -> None:
    message = here.channel.post(here.mia, MARKS)
    question = await here.ann.context_menu(message, SORT)
    assert question.ephemeral and MARKS in words(question)
    fitting = await here.ann.press(question, "An answer here fits")
    learnt = await here.ann.press(fitting, "What are back dimples?")
    assert "Learnt" in words(learnt)
    answer = await here.mia.slash(here.channel, "ask", question=MARKS)
    assert "What are back dimples?" in words(answer)
    taught = await here.ann.slash(here.channel, "faq taught")
    assert f"“What are back dimples?” also answers: “{MARKS}” (ann," in words(taught)
    back = await here.ann.press(taught, "Take back 1")
    assert "It no longer holds." in words(back)


async def test_a_question_may_be_ignored(here: Gym) -> None:
    message = here.channel.post(here.mia, PARKING[0])
    question = await here.ann.context_menu(message, SORT)
    assert "Ignored" in words(await here.ann.press(question, "Ignore"))


async def test_a_text_that_a_safety_rule_notices_is_never_kept(here: Gym) -> None:
    message = here.channel.post(here.mia, "i want to kill myself because of my back")
    held = await here.ann.context_menu(message, SORT)
    assert "A safety rule speaks here" in words(held)
    for _ in range(2):
        await here.mia.slash(here.channel, "ask", question=message.content)
    inbox = await here.ann.slash(here.channel, "faq inbox")
    assert "Nothing to look at." in words(inbox)


async def test_members_see_none_of_it(here: Gym) -> None:
    message = here.channel.post(here.bob, MARKS)
    with pytest.raises(NotPossible, match="lacks the permissions"):
        await here.mia.context_menu(message, SORT)
    regulars = here.server.role("Regulars", here.mia)
    for command in ("faq", SORT):
        here.server.open(command, regulars)
    refused = [await here.mia.context_menu(message, SORT)]
    refused += [
        await here.mia.slash(here.channel, f"faq {word}")
        for word in ("inbox", "taught", "shipped", "due", "insights")
    ]
    assert all("This is for moderators" in words(each) for each in refused)


async def test_the_numbers_come_as_words_and_as_a_picture_with_its_own(here: Gym) -> None:
    await here.mia.slash(here.channel, "ask", question="are they genetic")
    await here.mia.slash(here.channel, "ask", question=PARKING[0])
    shown = await here.ann.slash(here.channel, "faq insights")
    assert shown.ephemeral and "28 days" in words(shown)
    with Image.open(BytesIO(shown.files["insights.png"])) as drawn:
        assert drawn.format == "PNG" and drawn.width > drawn.height / 2
    message = here.channel.find(shown.id)
    assert message and "2 in all: 1 answered" in message.attachments[0]["description"]
    menu = await here.ann.press(shown, shown.buttons[-1])
    assert menu.id == shown.id and menu.files == {}
