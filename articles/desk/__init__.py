"""The desk: everything that can be done to a story, one function a verb.

The admin, the command line, the importer and the tests all come through here, and nothing else
writes stories. Each verb locks, checks the right and the stage, changes, and records an event, in
one transaction.
"""
