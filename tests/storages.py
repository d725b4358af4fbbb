"""Where pictures can live in tests: a folder, and a bucket of a real S3 server on this machine."""

import urllib.request

import pytest
from django.core.files.storage import storages

FOLDER, BUCKET = "folder", "bucket"


@pytest.fixture(scope="session")
def s3_address():
    """The address of an S3 server that starts when the first test needs it."""
    from moto.server import ThreadedMotoServer  # noqa: PLC0415 -- half a second, for these tests only

    server = ThreadedMotoServer("127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


@pytest.fixture
def s3_reset(s3_address):
    """An S3 server that has no buckets."""
    request = urllib.request.Request(f"{s3_address}/moto-api/reset", method="POST")  # noqa: S310
    urllib.request.urlopen(request).close()  # noqa: S310 -- an address of our own
    return s3_address


@pytest.fixture
def bucket(s3_reset, settings):
    """A private bucket in which the site keeps its pictures."""
    settings.STORAGES = settings.STORAGES | {"default": bucket_at(s3_reset)}
    storage = storages["default"]
    client = storage.connection.meta.client
    client.create_bucket(Bucket="pictures")
    yield storage
    client.close()


@pytest.fixture(params=[FOLDER, BUCKET])
def storage(request):
    """The place where the site keeps its pictures; every test is told twice."""
    if request.param == BUCKET:
        return request.getfixturevalue("bucket")
    return storages["default"]


def bucket_at(address, **options):
    """What settings say of a bucket that the S3 server at `address` keeps."""
    return {
        "BACKEND": "newsroom.bucket.Bucket",
        "OPTIONS": {
            "bucket_name": "pictures",
            "endpoint_url": address,
            "region_name": "us-east-1",
            "access_key": "who-writes",
            "secret_key": "a secret",
            **options,
        },
    }
