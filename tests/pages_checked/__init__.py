"""Readers' pages as other people's checkers see them: axe-core and the Nu HTML checker."""
