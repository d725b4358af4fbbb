"""Traditional Chinese: the answers of the site, written in Simplified, in the other script."""
