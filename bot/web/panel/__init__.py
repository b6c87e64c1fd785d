"""The panel: pages for who works in the house, sees the work or keeps the desk. One module a page."""
