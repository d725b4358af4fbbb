"""Tests of what readers get: pages, feeds, sitemaps."""
