"""How a command reaches the database: directly, because one thread needs no pool."""

from django.db import connection


def connect_directly():
    """Let this command's connection be one of its own, not one out of a pool.

    A pool would open several, retry for half a minute when the server is away, and log each
    failure; a command says at once, and in one sentence, what is wrong. A connection that is open
    already stays as it is.
    """
    options = connection.settings_dict["OPTIONS"]
    if connection.connection is None and options.get("pool"):
        options["pool"] = False
