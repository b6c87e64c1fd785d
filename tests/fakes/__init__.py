"""Hand-written stand-ins for the desk's ports. They pass the same contract tests as the real store."""
