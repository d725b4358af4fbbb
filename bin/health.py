"""Exit status 0 if the web server of this container or machine answers and its database too."""

import http.client
import os
import sys
from collections.abc import Mapping

from bin import address

SECONDS = 5


def host_header(environment: Mapping[str, str]) -> str:
    """Return a host name the site answers to: the first that is not a pattern."""
    allowed = [name.strip() for name in environment.get("ALLOWED_HOSTS", "").split(",")]
    return next((name.lstrip(".") for name in allowed if name and name != "*"), "127.0.0.1")


def main() -> int:
    """Ask the server's health page; say what was wrong, if anything."""
    place = address.read(os.environ)
    connection = http.client.HTTPConnection(place.reachable, place.port, timeout=SECONDS)
    try:
        connection.request("GET", "/healthz/", headers={"Host": host_header(os.environ)})
        status = connection.getresponse().status
    except (OSError, http.client.HTTPException) as error:
        sys.stderr.write(f"{place.url} does not answer: {error}\n")
        return 1
    finally:
        connection.close()
    if status != http.client.OK:
        sys.stderr.write(f"{place.url}/healthz/ answers {status}\n")
    return int(status != http.client.OK)


if __name__ == "__main__":
    sys.exit(main())
