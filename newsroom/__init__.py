"""The site: how the newsroom is configured and wired together."""
