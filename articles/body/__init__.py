"""HTML in, safe HTML out: pure functions over strings that tidy, sanitise, render and measure."""
