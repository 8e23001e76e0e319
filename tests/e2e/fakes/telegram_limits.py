"""What Telegram refuses in texts, keyboards, inline results and commands, in its own words."""

import re
from typing import Any
from urllib.parse import parse_qs, urlsplit

from tests.e2e.fakes import telegram_markup as markup
from tests.e2e.fakes.telegram_refusal import bad, bug

Json = dict[str, Any]

TEXT, CAPTION, ENTITIES, RESULTS, COMMANDS = 4096, 1024, 100, 50, 100
ACTIONS = (
    "url",
    "callback_data",
    "web_app",
    "login_url",
    "switch_inline_query",
    "switch_inline_query_current_chat",
    "switch_inline_query_chosen_chat",
    "copy_text",
    "callback_game",
    "pay",
)
BUTTONS = 100
START = re.compile(r"[A-Za-z0-9_-]{1,64}")
COMMAND = re.compile(r"[a-z0-9_]{1,32}")


def formatted(params: Json, key: str, entities: str) -> markup.Formatted:
    """The text of a request without its markup."""
    text, mode = str(params.get(key, "")), str(params.get("parse_mode", ""))
    if mode and mode.lower() != "html":
        raise bug(f"unsupported parse_mode (this fake reads HTML only, not {mode})")
    if not mode:
        return markup.trimmed(markup.Formatted(text, list(params.get(entities, []))))
    try:
        return markup.from_html(text)
    except markup.Unparsable as error:
        raise bug(f"can't parse entities: {error}") from error


def text_of(params: Json, key: str = "text") -> markup.Formatted:
    """The text of a message: not empty, not too long."""
    if not params.get(key):
        raise bug("message text is empty")
    found = formatted(params, key, "entities")
    if not found.text:
        raise bug("text must be non-empty")
    if markup.length(found.text) > TEXT:
        raise bug("message is too long")
    if len(found.entities) > ENTITIES:
        found.complaints.append(
            f"{len(found.entities)} entities: Telegram drops all beyond {ENTITIES}"
        )
    return found


def caption_of(params: Json) -> markup.Formatted:
    """The text under a picture."""
    found = formatted(params, "caption", "caption_entities")
    if markup.length(found.text) > CAPTION:
        raise bug("message caption is too long")
    return found


def check_keyboard(keyboard: Json | None) -> None:
    """Refuse an inline keyboard that has a wrong button."""
    buttons = [button for row in (keyboard or {}).get("inline_keyboard", []) for button in row]
    if len(buttons) > BUTTONS:
        raise bug("reply markup is too long")
    for button in buttons:
        check_button(button)


def check_button(button: Json) -> None:
    """Refuse a button without a text, without exactly one action, or whose action is wrong."""
    if not str(button.get("text", "")).strip():
        raise bug("can't parse inline keyboard button: Text of the button must be non-empty")
    if sum(action in button for action in ACTIONS) != 1:
        raise bug(
            "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard"
        )
    if not 1 <= len(str(button.get("callback_data", "x")).encode()) <= 64:
        raise bug("BUTTON_DATA_INVALID")
    url = str(button.get("url", "https://t.me"))
    if not re.match(r"(https?|tg)://\S+$|[^\s/:]+\.\S+$", url):
        raise bug(f"inline keyboard button URL '{url}' is invalid: Wrong HTTP URL")


def check_results(results: list[Json]) -> None:
    """Refuse too many inline results, wrong or repeated ids, and contents that could not be sent."""
    if len(results) > RESULTS:
        raise bug("too many inline query results specified")
    ids = [str(result.get("id", "")) for result in results]
    if any(not 1 <= len(each.encode()) <= 64 for each in ids):
        raise bug("RESULT_ID_INVALID")
    if len(set(ids)) < len(ids):
        raise bug("RESULT_ID_DUPLICATE")
    for result in results:
        content_of(result)
        check_keyboard(result.get("reply_markup"))


def content_of(result: Json) -> markup.Formatted:
    """The text that an inline result sends."""
    if not str(result.get("title", "x")).strip():
        raise bug("can't parse inline query result: title must be non-empty")
    content = result.get("input_message_content")
    return text_of(content, "message_text") if content else caption_of(result)


def check_offer(button: Json | None) -> None:
    """Refuse a button above inline results that opens nothing."""
    if (
        button
        and "web_app" not in button
        and not START.fullmatch(str(button.get("start_parameter", "")))
    ):
        raise bug("START_PARAM_INVALID")


def check_commands(commands: list[Json], language: str) -> None:
    """Refuse a list of commands that BotFather would refuse as well."""
    if len(commands) > COMMANDS:
        raise bug("BOT_COMMANDS_TOO_MUCH")
    if language and not re.fullmatch("[a-z]{2}", language):
        raise bug("invalid language code specified")
    for command in commands:
        check_command(
            str(command.get("command", "")).removeprefix("/"), str(command.get("description", ""))
        )


def check_command(name: str, description: str) -> None:
    """Refuse a name or a description of the wrong length or letters."""
    if not COMMAND.fullmatch(name):
        raise bug("BOT_COMMAND_INVALID")
    if not 1 <= len(description.strip()) <= 256:
        raise bug("BOT_COMMAND_DESCRIPTION_INVALID")


def check_answer(params: Json, username: str) -> None:
    """Refuse an answer to a press that is too long or leads outside the bot."""
    if markup.length(str(params.get("text", ""))) > 200:
        raise bug("MESSAGE_TOO_LONG")
    url = params.get("url")
    if url and start_of(str(url), username) is None:
        raise bug("URL_INVALID")


def start_of(url: str, username: str) -> str | None:
    """The parameter of a link that opens the private chat with the bot, None when it is no such link."""
    parts = urlsplit(url if "://" in url else f"https://{url}")
    asked = {
        name: values[0] for name, values in parse_qs(parts.query, keep_blank_values=True).items()
    }
    name = asked.get("domain", "") if parts.scheme == "tg" else parts.path.strip("/")
    known = parts.netloc in ("t.me", "telegram.me") or (parts.scheme, parts.netloc) == (
        "tg",
        "resolve",
    )
    payload = asked.get("start", "")
    return (
        payload if known and name.lower() == username.lower() and START.fullmatch(payload) else None
    )


def check(params: Json, username: str, method: str) -> list[str]:
    """Refuse what no chat would accept; what Telegram only tolerates comes back as complaints."""
    found: list[markup.Formatted] = []
    if method in ("sendMessage", "editMessageText") and "rich_message" not in params:
        found.append(text_of(params))
    if "caption" in params:
        found.append(caption_of(params))
    check_keyboard(params.get("reply_markup"))
    check_rest(params, username, method)
    results = [*params.get("results", []), *([params["result"]] if "result" in params else [])]
    found += [content_of(result) for result in results]
    return [complaint for text in found for complaint in text.complaints]


def check_rest(params: Json, username: str, method: str) -> None:
    """Refuse wrong results, commands and answers."""
    if method in ("answerInlineQuery", "answerGuestQuery"):
        check_results(params.get("results", [params.get("result", {})]))
        check_offer(params.get("button"))
    if method.endswith("MyCommands"):
        check_commands(params.get("commands", []), str(params.get("language_code", "")))
    if method == "answerCallbackQuery":
        check_answer(params, username)


def too_old() -> Exception:
    """The refusal of an answer that comes too late."""
    return bad("query is too old and response timeout expired or query ID is invalid")
