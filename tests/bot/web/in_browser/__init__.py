"""The web chat and the panel in a real browser; a package, so that pytest starts one chromium for all of them."""
