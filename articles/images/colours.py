"""The colours of a picture: brought to sRGB, and the one that stands for it while it loads."""

from functools import cache
from io import BytesIO

from PIL import Image as Pillow
from PIL import ImageChops, ImageCms

# How far, of 255, a profile may move a colour and still be called sRGB.
_NEAR = 3
# What every browser and our renditions show as it is, provided the colours are sRGB.
_SHOWN = {"1", "L", "LA", "P", "PA", "RGB", "RGBA"}
_STEP = 51  # of the web-safe cube: 0 3 6 9 c f, written twice
_SAMPLE = 32  # pixels a side that the main colour is counted on

Profile = ImageCms.ImageCmsProfile


@cache
def _srgb() -> Profile:
    return Profile(ImageCms.createProfile("sRGB"))


def profile_of(picture: Pillow.Image) -> Profile | None:
    """The embedded ICC profile (ISO 15076-1), or None without one that can be used."""
    try:
        profile = Profile(BytesIO(picture.info["icc_profile"]))
    except (KeyError, OSError, TypeError, ValueError):
        return None
    space = profile.profile.xcolor_space.strip()
    return profile if space == _space_of(picture) else None


def _space_of(picture: Pillow.Image) -> str:
    if picture.mode in ("1", "L", "LA", "I;16", "I", "F"):
        return "GRAY"
    return "CMYK" if picture.mode == "CMYK" else "RGB"


def _convert(picture: Pillow.Image, profile: Profile) -> Pillow.Image:
    intent = ImageCms.Intent.RELATIVE_COLORIMETRIC
    flags = ImageCms.Flags.BLACKPOINTCOMPENSATION
    return ImageCms.profileToProfile(picture, profile, _srgb(), intent, "RGB", flags=flags)


def shifts_colours(picture: Pillow.Image) -> bool:
    """Whether the embedded profile means other colours than sRGB, looked up on a sample of them."""
    profile = profile_of(picture)
    if profile is None or picture.mode == "CMYK":
        return profile is not None
    if _space_of(picture) == "GRAY":
        sample = Pillow.linear_gradient("L")
    else:
        ramp = Pillow.linear_gradient("L").resize((16, 16))
        turned = ramp.transpose(Pillow.Transpose.ROTATE_90)
        sample = Pillow.merge("RGB", (ramp, turned, ImageChops.difference(ramp, turned)))
    try:
        difference = ImageChops.difference(_convert(sample, profile), sample.convert("RGB"))
    except ImageCms.PyCMSError:
        return False
    return max(high for _low, high in difference.getextrema()) > _NEAR


def is_shown_everywhere(picture: Pillow.Image) -> bool:
    """Whether its pixels can be shown as they are: eight bits, grey or RGB, and sRGB."""
    return picture.mode in _SHOWN and not shifts_colours(picture)


def to_srgb(picture: Pillow.Image) -> Pillow.Image:
    """The picture in a mode of `_SHOWN`, its colours sRGB; a broken profile is taken for that."""
    profile = profile_of(picture) if shifts_colours(picture) else None
    if picture.mode.startswith("I;16"):  # Pillow would cut it off at 255
        picture = picture.convert("I").point(lambda level: level * (1 / 257)).convert("L")
    elif picture.mode not in _SHOWN and profile is None:
        picture = picture.convert("RGB")
    return picture if profile is None else _by_profile(picture, profile)


def _by_profile(picture: Pillow.Image, profile: Profile) -> Pillow.Image:
    alpha = None
    if picture.has_transparency_data:
        whole = picture.convert("RGBA")
        alpha = whole.getchannel("A")
        picture = whole.convert("L" if _space_of(picture) == "GRAY" else "RGB")
    elif picture.mode in ("1", "P"):
        picture = picture.convert("L" if picture.mode == "1" else "RGB")
    try:
        picture = _convert(picture, profile)
    except ImageCms.PyCMSError:
        picture = picture.convert("RGB")
    if alpha is not None:
        picture.putalpha(alpha)
    return picture


def is_transparent(picture: Pillow.Image) -> bool:
    """Whether something shines through; an alpha channel that is full everywhere does not count."""
    if not picture.has_transparency_data:
        return False
    with_alpha = picture if picture.mode in ("RGBA", "LA") else picture.convert("RGBA")
    return with_alpha.getchannel("A").getextrema()[0] < 255


def tone_of(picture: Pillow.Image) -> str:
    """The commonest colour as three hexadecimal digits of the web-safe cube, such as "369"."""
    if picture.mode in ("1", "P", "PA"):  # their pixels are no amounts that could be averaged
        small = picture.resize((_SAMPLE, _SAMPLE), Pillow.Resampling.NEAREST)
    else:
        eight_bits = to_srgb(picture) if picture.mode.startswith("I") else picture
        small = eight_bits.resize((_SAMPLE, _SAMPLE), Pillow.Resampling.BOX)
    small.info = {name: picture.info[name] for name in ("icc_profile",) if name in picture.info}
    plain = to_srgb(small).convert("RGB").point(lambda level: round(level / _STEP))
    _count, steps = max(plain.getcolors(_SAMPLE * _SAMPLE))
    return "".join(f"{step * 3:x}" for step in steps)
