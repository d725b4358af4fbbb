"""Static files with their content's hash in the name, so that they can be cached for ever."""

from whitenoise.storage import CompressedManifestStaticFilesStorage

from articles.reader.stylesheets import JoinedStylesheet


class HashedStaticFilesStorage(JoinedStylesheet, CompressedManifestStaticFilesStorage):
    """Hashed and compressed; a file nobody collected keeps its plain name.

    A page stays readable, if plainer, while a deployment is half-way.
    """

    manifest_strict = False

    def hashed_name(self, name, content=None, filename=None):
        try:
            return super().hashed_name(name, content, filename)
        except ValueError:
            return name
