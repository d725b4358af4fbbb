"""Pictures in an S3 bucket, private or not; loaded only where a bucket is configured."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any, BinaryIO
from urllib.parse import urljoin

from boto3.exceptions import Boto3Error
from boto3.s3.transfer import TransferConfig
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError
from django.conf import settings
from django.core.files.base import ContentFile, File
from django.utils.encoding import filepath_to_uri
from storages.backends.s3 import S3Storage

from newsroom import media
from newsroom.storage import Held, KeepsNames

_MEBIBYTE = 1024 * 1024


class Bucket(KeepsNames, S3Storage):
    """A bucket of any server that speaks S3.

    It is asked with our key only, so it can be private; `base_url` is where readers find what is
    in it: at the site itself, or at the bucket's public address. It fails as a folder fails, with
    an OSError.
    """

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.file_overwrite = False  # KeepsNames says what may be written again
        self.default_acl = None  # whether readers may ask the bucket is the bucket's own policy

    def get_default_settings(self) -> dict[str, Any]:
        own = {
            "base_url": settings.MEDIA_URL,
            "transfer_config": TransferConfig(
                use_threads=False, multipart_threshold=64 * _MEBIBYTE
            ),
            "client_config": _manners(),
        }
        return super().get_default_settings() | own

    def get_object_parameters(self, name: str) -> dict[str, str]:
        """What the bucket says of a file to who asks it directly: never what an upload claimed."""
        return {
            "ContentType": media.media_type(name),
            "ContentDisposition": media.disposition(name),
            "CacheControl": media.cache_control(name),
        }

    def url(self, name: str, **_signing: Any) -> str:
        return urljoin(self.base_url, filepath_to_uri(name).lstrip("/"))

    def look(self, name: str) -> Held:
        """What is known of the file `name`; raises FileNotFoundError, or another OSError."""
        with _failing_as_a_folder(name):
            return _held(self._client.head_object(Bucket=self.bucket_name, Key=name))

    def fetch(self, name: str) -> tuple[Held, BinaryIO]:
        """The same, and the file's bytes, to be read and closed."""
        with _failing_as_a_folder(name):
            answer = self._client.get_object(Bucket=self.bucket_name, Key=name)
        return _held(answer), answer["Body"]

    @property
    def _client(self) -> Any:
        return self.bucket.meta.client

    def _open(self, name: str, mode: str = "rb") -> File:
        if mode != "rb":
            return super()._open(name, mode)
        with _failing_as_a_folder(name):
            _held_there, body = self.fetch(name)
            with body:
                return ContentFile(body.read(), name)

    def _save(self, name: str, content: File) -> str:
        with _failing_as_a_folder(name):
            return super()._save(name, content)

    def delete(self, name: str) -> None:
        with _failing_as_a_folder(name):
            super().delete(name)

    def exists(self, name: str) -> bool:
        with _failing_as_a_folder(name):
            return super().exists(name)

    def size(self, name: str) -> int:
        with _failing_as_a_folder(name):
            return super().size(name)

    def get_modified_time(self, name: str) -> datetime:
        with _failing_as_a_folder(name):
            return super().get_modified_time(name)

    def listdir(self, path: str) -> tuple[list[str], list[str]]:
        with _failing_as_a_folder(path):
            return super().listdir(path)


def _manners() -> Config:
    """How the server is asked: in the plain S3 that others than Amazon understand too."""
    return Config(
        signature_version="s3v4",
        s3={"addressing_style": settings.MEDIA_S3_ADDRESSING},
        request_checksum_calculation="when_required",
        response_checksum_validation="when_required",
        connect_timeout=3,  # seconds: a reader waits for it
        read_timeout=20,
        retries={"mode": "standard", "total_max_attempts": 2},
    )


def _held(answer: dict[str, Any]) -> Held:
    written_at = int(answer["LastModified"].timestamp())
    return Held(answer["ContentLength"], written_at, answer["ETag"])


@contextmanager
def _failing_as_a_folder(name: str) -> Iterator[None]:
    """Raise what a folder raises: FileNotFoundError, or OSError if the bucket is out of reach."""
    try:
        yield
    except ClientError as error:
        if error.response["Error"]["Code"] in {"404", "NoSuchKey"}:
            raise FileNotFoundError(name) from error
        raise OSError(f"{name}: {error}") from error
    except (BotoCoreError, Boto3Error) as error:
        raise OSError(f"{name}: {error}") from error
