"""Where readers arrive: pages, feeds, sitemaps, structured data."""
