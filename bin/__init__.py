"""What stands behind the Makefile: finding Python, starting, testing and checking the newsroom."""
