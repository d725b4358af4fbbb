"""The subject: everything that is true about an article."""
