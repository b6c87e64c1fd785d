"""Settings of the house that are said in the browser (decision 0061)."""
