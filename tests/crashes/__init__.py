"""What a crash leaves behind: the newsroom is killed again and again while people work in it.

`make crash` does it at length, on SQLite and PostgreSQL; the suite has a short run of the same.
"""
