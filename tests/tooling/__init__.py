"""Tests of what stands behind the Makefile, and of the start-up commands."""
