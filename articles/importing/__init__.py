"""Documents in, facts out: pure parsers of the formats that reach the outlet."""
