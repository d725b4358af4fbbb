"""Pictures: what a picture is, and the one door through which it comes in."""
