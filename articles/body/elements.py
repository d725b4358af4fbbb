"""What each element and attribute of an aggregator's HTML means to tidying: frozen tables."""


def words(text: str) -> frozenset[str]:
    """The words of a table written as running text."""
    return frozenset(text.split())


#: element of the source -> element of ours; None: the tag goes, its content stays
RENAMED = {
    "b": "strong",
    "i": "em",
    "strike": "s",
    "del": "s",
    "ins": "u",
    "cite": "em",
    "dfn": "em",
    "var": "em",
    "xmp": "pre",
    "listing": "pre",
}
KEPT = words(
    "a article aside audio blockquote br center code dd details div dl dt em embed figcaption "
    "figure font footer form h1 h2 h3 h4 h5 h6 header hr iframe img kbd li main mark nav object "
    "ol p pre rp rt ruby s section small source span strong sub summary sup table tbody td tfoot "
    "th thead caption tr u ul video button select textarea input noscript dir menu address "
    "fieldset"
)
UNWRAPPED = words(
    "abbr acronym applet area base basefont bdi bdo big blink body canvas col colgroup data "
    "datalist dialog frame frameset head hgroup html label legend link map marquee meta meter "
    "nobr noframes optgroup option output param picture progress q rb rtc samp search slot time "
    "title track tt wbr math mi mo mn mrow msup msub mfrac semantics mtext svg"
)
SWALLOWED = frozenset({"script", "style", "svg", "template", "annotation"})
#: elements an article never needs: alone and bare, they are words about HTML
TALKED_ABOUT = words(
    "meter progress template dialog slot canvas output textarea select option button title head "
    "body html form label fieldset noscript object applet iframe video audio picture main nav "
    "header footer aside section article script style input link meta details summary svg math "
    "legend datalist map area base track embed source data time search table"
)
OPTIONAL_END = words(
    "p br hr li dt dd td th tr tbody thead tfoot caption option wbr param col colgroup rt rp"
)
VOID = words("br hr img input source embed wbr track col area base link meta param")
ATTRIBUTES_USED = words(
    "src href alt title width height class id style align lang start colspan rowspan scope poster "
    "controls type hidden srcset _src zoomfile file w h value data data-image data-embed data-lang "
    "data-language data-width data-height role size rel open"
)
IN_HEADING = frozenset({"p", "div", "section", "center"})
