"""Slack: Socket Mode or signed HTTP in, Block Kit out. Off until a bot token is set."""

from bot.channels.slack.channel import Slack
from bot.channels.slack.diagnostics import checks
from bot.channels.slack.inbound import to_event
from bot.channels.slack.settings import SlackSettings

__all__ = ["Slack", "SlackSettings", "checks", "to_event"]
