"""The players of other sites an article may hold: how each is recognised and where it lives."""

import re
from dataclasses import dataclass
from urllib.parse import parse_qs, quote, unquote, urlsplit

VIDEO = "video"
AUDIO = "audio"


@dataclass(frozen=True, slots=True)
class Provider:
    """One site whose players are known.

    `label` is the name the site goes by, never translated: it is part of stored bodies.
    `addresses` are patterns over `host/path?query` (no scheme, no `www.`) whose group `id` is the
    identifier; `identifier` is the strict pattern an identifier must match entirely; `player` and
    `page` are address templates with one `{id}`.
    """

    key: str
    label: str
    medium: str
    addresses: tuple[re.Pattern, ...]
    identifier: re.Pattern
    player: str
    page: str


@dataclass(frozen=True, slots=True)
class Embed:
    """A player found in a body: the key of its provider and its identifier there."""

    provider: str
    id: str

    @property
    def reference(self) -> str:
        """The value of `data-embed` in a stored body, `provider:id`."""
        return f"{self.provider}:{self.id}"


def _patterns(*sources: str) -> tuple[re.Pattern, ...]:
    return tuple(re.compile(source) for source in sources)


_BILIBILI = r"(?P<id>BV[0-9A-Za-z]{10}|av[0-9]{1,12})"
_YOUTUBE = r"(?P<id>[0-9A-Za-z_-]{11})"
_TENCENT = r"(?P<id>[0-9a-z]{11})"
_YOUKU = r"(?P<id>X[0-9A-Za-z]{8,20}={0,2})"
_END = r"(?:[/?&#.].*)?$"

PROVIDERS: tuple[Provider, ...] = (
    Provider(
        key="bilibili",
        label="bilibili",
        medium=VIDEO,
        addresses=_patterns(
            r"player\.bilibili\.com/player\.html\?(?:.*&)?bvid=" + _BILIBILI + _END,
            r"(?:m\.)?bilibili\.com/video/" + _BILIBILI + _END,
            r"bilibili\.com/blackboard/(?:html5|newh5)player\.html\?(?:.*&)?bvid="
            + _BILIBILI
            + _END,
        ),
        identifier=re.compile(_BILIBILI),
        player="https://player.bilibili.com/player.html?{id}&autoplay=0",
        page="https://www.bilibili.com/video/{id}",
    ),
    Provider(
        key="youtube",
        label="YouTube",
        medium=VIDEO,
        addresses=_patterns(
            r"(?:m\.)?youtube(?:-nocookie)?\.com/(?:embed|shorts|live|v)/" + _YOUTUBE + _END,
            r"(?:m\.)?youtube\.com/watch\?(?:.*&)?v=" + _YOUTUBE + _END,
            r"youtu\.be/" + _YOUTUBE + _END,
        ),
        identifier=re.compile(_YOUTUBE),
        player="https://www.youtube-nocookie.com/embed/{id}",
        page="https://www.youtube.com/watch?v={id}",
    ),
    Provider(
        key="tencent",
        label="腾讯视频",
        medium=VIDEO,
        addresses=_patterns(
            r"v\.qq\.com/(?:txp/)?iframe/(?:player|preview)\.html\?(?:.*&)?vid=" + _TENCENT + _END,
            r"(?:m\.)?v\.qq\.com/x/(?:m/)?page/" + _TENCENT + _END,
            r"v\.qq\.com/x/cover/[0-9a-z]+/" + _TENCENT + _END,
        ),
        identifier=re.compile(_TENCENT),
        player="https://v.qq.com/txp/iframe/player.html?vid={id}",
        page="https://v.qq.com/x/page/{id}.html",
    ),
    Provider(
        key="youku",
        label="优酷",
        medium=VIDEO,
        addresses=_patterns(
            r"player\.youku\.com/embed/" + _YOUKU + _END,
            r"player\.youku\.com/player\.php/(?:.*/)?sid/" + _YOUKU + _END,
            r"v\.youku\.com/v_show/id_" + _YOUKU + _END,
        ),
        identifier=re.compile(_YOUKU),
        player="https://player.youku.com/embed/{id}",
        page="https://v.youku.com/v_show/id_{id}.html",
    ),
    Provider(
        key="soundcloud",
        label="SoundCloud",
        medium=AUDIO,
        addresses=(),
        identifier=re.compile(r"(?P<id>(?:tracks|playlists)-[0-9]{1,15}(?:-s-[0-9A-Za-z]{5,20})?)"),
        player="https://w.soundcloud.com/player/?url={id}&visual=false",
        page="https://w.soundcloud.com/player/?url={id}",
    ),
)
_BY_KEY = {provider.key: provider for provider in PROVIDERS}

_ADDRESS = re.compile(r"(?:https?:)?//(?:www\.)?", re.ASCII | re.IGNORECASE)
_BILIBILI_NUMBER = re.compile(
    r"player\.bilibili\.com/player\.html\?(?:.*&)?aid=([0-9]{1,12})(?:&|$)"
)
_SOUNDCLOUD_THING = re.compile(
    r"https?://api\.soundcloud\.com/(tracks|playlists)/([0-9]{1,15})"
    r"(?:\?secret_token=(s-[0-9A-Za-z]{5,20}))?$"
)


def recognise(address: str) -> Embed | None:
    """The player behind an absolute or protocol-relative address, a page's or a player's.

    Only http and https; None for any address that is not of a provider in the table.
    """
    found = _ADDRESS.match(address.strip())
    if not found:
        return None
    rest = address.strip()[found.end() :]
    for provider in PROVIDERS:
        for pattern in provider.addresses:
            if match := pattern.match(rest):
                return Embed(provider.key, match["id"])
    if match := _BILIBILI_NUMBER.match(rest):
        return Embed("bilibili", f"av{match[1]}")
    return _recognise_soundcloud(rest)


def _recognise_soundcloud(rest: str) -> Embed | None:
    if not rest.startswith("w.soundcloud.com/player/"):
        return None
    target = parse_qs(urlsplit("//" + rest).query).get("url", [""])[0]
    if not (match := _SOUNDCLOUD_THING.match(unquote(target))):
        return None
    return Embed("soundcloud", "-".join(part for part in match.groups() if part))


def parse_reference(reference: str) -> Embed | None:
    """The embed that a `data-embed` value (`provider:id`) names; None if it is not valid."""
    provider, _colon, identifier = reference.partition(":")
    embed = Embed(provider, identifier)
    return embed if player_address(provider, identifier) else None


def player_address(provider: str, id: str) -> str | None:  # noqa: A002 - the id is what it is
    """Where the player itself lives (https), or None if provider or id are not valid ones."""
    return _address_of(provider, id, "player")


def page_address(provider: str, id: str) -> str | None:  # noqa: A002 - the id is what it is
    """Where the thing is shown on its own site (https), or None if provider or id are not valid."""
    return _address_of(provider, id, "page")


def label(provider: str) -> str:
    """What the provider calls itself, in every language; `KeyError` for an unknown one."""
    return _BY_KEY[provider].label


def medium(provider: str) -> str:
    """`VIDEO` or `AUDIO`; `KeyError` for an unknown provider."""
    return _BY_KEY[provider].medium


def _address_of(key: str, identifier: str, kind: str) -> str | None:
    provider = _BY_KEY.get(key)
    if provider is None or not provider.identifier.fullmatch(identifier):
        return None
    if key == "bilibili" and kind == "player":
        name = "aid=" + identifier[2:] if identifier.startswith("av") else "bvid=" + identifier
        return provider.player.format(id=name)
    if key == "soundcloud":
        identifier = quote(_soundcloud_address(identifier), safe="")
    return getattr(provider, kind).format(id=identifier)


def _soundcloud_address(identifier: str) -> str:
    kind, number, *token = identifier.split("-", 2)
    secret = f"?secret_token={token[0]}" if token else ""
    return f"https://api.soundcloud.com/{kind}/{number}{secret}"
