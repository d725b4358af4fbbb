"""Asking machines that are not ours: which ones, for how long, and how; never what for."""
