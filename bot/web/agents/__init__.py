"""Where the inventory agents of the house's machines (glpi-agent) report: `POST /envanter`."""
