"""Slack: Socket Mode or signed HTTP in, Block Kit out. Off until a bot token is set."""
